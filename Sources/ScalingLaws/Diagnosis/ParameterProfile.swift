internal import Formulas
internal import LeastSquares
public import Tables

/// How far the objective rises as one parameter is moved and all others are fitted again: what a
/// profile interval is read from.
public struct ParameterProfile: Sendable, Hashable {
  /// A point of the curve.
  public struct Point: Sendable, Hashable {
    /// The value at which the parameter was held.
    public var value: Double
    /// The minimum of the objective over the others; infinite where there is none.
    public var objective: Double
  }

  /// The parameter.
  public var name: String
  /// Its estimate.
  public var estimate: Double
  /// The objective at the estimate.
  public var minimum: Double
  /// How far the objective may rise inside the interval.
  public var rise: Double
  /// The interval; an end is nil where the data leave that side open.
  public var interval: LawFit.Ends
  /// The curve, ascending, over the interval and a little beyond it.
  public var points: [Point]

  /// The profiles of the free parameters of a fit.
  ///
  /// - Parameters:
  ///   - fit: the fit; fixed parameters, those at a bound and those that the rows do not determine
  ///     have no profile.
  ///   - table: the table it was made from. Its filter is applied, unless the table has as many
  ///     rows as the fit used.
  ///   - count: how many points a curve has. The default is 41.
  /// - Returns: a profile for each, in the order of the parameters.
  /// - Throws: what a fit of the table would throw, and `AnalysisError` `badValue` for a table on
  ///   which the estimates are no minimum, `undetermined` without degrees of freedom or scatter.
  /// - Complexity: `count` local fits for each parameter.
  public static func profiles(
    of fit: LawFit, on table: Table, points count: Int = 41
  ) throws -> [ParameterProfile] {
    let spec = FitSpec(fit, on: table)
    let data = try FitData(table, spec)
    let fitter = try GlobalFitter(data.problem(spec), options: data.options(spec))
    let best = try fitter.fit()
    try fit.checkMinimum(best, of: table)
    let rise = fitter.profileRise(level: fit.interval.level, fit: best)
    guard rise.isFinite, data.constantResponse == nil else {
      let reason = rise.isFinite ? "a constant response leaves" : "as many parameters as rows leave"
      throw AnalysisError(.undetermined, "\(table.place): \(reason) nothing to judge by")
    }
    let covariance = try fitter.covariance(of: best)
    let moving = fit.parameters.filter { !$0.fixed && !$0.atBound }.compactMap { parameter in
      data.formula.parameters.firstIndex(of: parameter.name)
    }.filter { !covariance.unidentified.contains($0) }
    let scales = covariance.internalStandardErrors
    let intervals = fitter.profiles(of: moving, fit: best, rise: rise, scales: scales)
    return zip(moving, intervals).map { index, interval in
      let estimate = best.parameters[index]
      // An open side is drawn as far as the other goes.
      let error = covariance.standardErrors[index]
      let reach = [interval.lower, interval.upper].compactMap { $0 }.map { abs($0 - estimate) }
      let far = reach.max() ?? (error.isFinite && error > 0 ? 3 * error : abs(estimate))
      let bounds = fitter.problem.bounds[index]
      let ends = (lower: interval.lower ?? estimate - far, upper: interval.upper ?? estimate + far)
      // A quarter beyond each end, in logarithms where the ends lie a factor apart.
      let isLog = ends.lower > 0 && ends.upper / ends.lower > 5
      func beyond(_ end: Double) -> Double {
        isLog
          ? estimate * exponential(1.25 * logarithm(end / estimate))
          : estimate + 1.25 * (end - estimate)
      }
      let low = max(isLog ? max(bounds.lower, 0) : bounds.lower, beyond(ends.lower))
      let high = min(bounds.upper, beyond(ends.upper))
      let values = (0..<count).map { place in
        let share = Double(place) / Double(count - 1)
        return isLog
          ? low * exponential(share * logarithm(high / low)) : low + share * (high - low)
      }
      return ParameterProfile(
        name: data.formula.parameters[index], estimate: estimate, minimum: best.objective,
        rise: rise, interval: LawFit.Ends(lower: interval.lower, upper: interval.upper),
        points: fitter.profile(of: index, at: values, fit: best).map {
          Point(value: $0.value, objective: $0.objective)
        })
    }
  }
}
