// Likelihood-ratio intervals: how far a parameter, or any quantity computed from the parameters,
// can be moved before the refitted objective rises by more than chance explains.

/// A profile interval; an end is nil where the data do not close it.
public struct ProfileInterval: Sendable, Hashable {
  /// The lower end.
  public var lower: Double?
  /// The upper end.
  public var upper: Double?

  /// Makes an interval.
  public init(lower: Double?, upper: Double?) {
    self.lower = lower
    self.upper = upper
  }
}

extension GlobalFitter {
  /// How far the objective may rise above its minimum on an interval of a level.
  ///
  /// ```
  /// 1/2 t^2  sum(w psi^2) / sum(psi')  n / (n - p),   t the quantile of Student's t
  /// ```
  /// For squares that is t^2 RSS / (n - p), exact for a linear model. For a robust loss it is the
  /// scale of the likelihood-ratio statistic of an M-estimator; psi' is smoothed as in the sandwich
  /// covariance.
  ///
  /// Source: E. Ronchetti, Robust testing in linear models, 1982; F. Hampel et al., Robust
  /// Statistics, 1986, 7.2.
  ///
  /// - Parameters:
  ///   - level: The level, between 0 and 1.
  ///   - fit: A fit of this problem.
  /// - Returns: The rise; NaN without degrees of freedom.
  public func profileRise(level: Double, fit: Fit) -> Double {
    let (objective, rows) = makeObjective(weights: allWeights)
    objective.parameters = fit.parameters
    let moving = free.count { !fit.atBound[$0] }
    let freedom = rows.count - moving
    guard freedom > 0 else { return .nan }
    let residuals = objective.residuals()
    let weights = objective.weights
    let slopes = ScoreSlopes.slopes(problem.loss, residuals, parameters: moving)
    var size = 0.0
    var slope = 0.0
    for row in residuals.indices {
      let psi = problem.loss.psi(residuals[row])
      size += weights[row] * psi * psi
      slope += slopes[row]
    }
    let t = StudentT.quantile(0.5 + level / 2, degreesOfFreedom: Double(freedom))
    return 0.5 * t * t * size / slope * Double(rows.count) / Double(freedom)
  }

  /// The profile interval of a parameter: where the objective, minimised over all others, has risen
  /// by `rise`.
  ///
  /// Steps outwards from the estimate in the coordinate of the fit, twice as far each time, then
  /// Brent's root finder. A side on which the objective has not risen enough a factor e^60 away (or
  /// 1e6 standard errors, where the coordinate is the parameter itself) is open.
  ///
  /// - Parameters:
  ///   - parameter: Its index; neither fixed nor at a bound.
  ///   - fit: A fit of this problem.
  ///   - rise: See ``profileRise(level:fit:)``.
  ///   - scale: Its standard error in the coordinate of the fit, see
  ///     ``Covariance/internalStandardErrors``.
  /// - Returns: The interval.
  /// - Complexity: Some ten local fits a side, and a global one for each value that they rule out.
  public func profile(of parameter: Int, fit: Fit, rise: Double, scale: Double) -> ProfileInterval {
    let coordinate = coordinates[parameter]
    let center = coordinate.internal(fit.parameters[parameter])
    var held = problem
    var options = FitOptions()
    options.search = .local
    func refit(_ options: FitOptions) -> Fit? {
      guard let refit = try? GlobalFitter(held, options: options).fit(), refit.objective.isFinite
      else { return nil }
      return refit
    }
    // A refit that seems too high may only be stuck: the others of a law with several valleys are
    // searched before the value is ruled out.
    var global = FitOptions()
    global.sobolPoints = 64
    func excess(_ t: Double, _ near: inout [Double]) -> Double {
      held.fixed[parameter] = coordinate.natural(t)
      options.starts = [near, fit.parameters]
      var best = refit(options)
      if (best?.objective ?? .infinity) >= fit.objective + rise {
        global.starts = options.starts
        best = refit(global) ?? best
      }
      guard let best else { return .infinity }
      near = best.parameters
      return best.objective - fit.objective - rise
    }
    let isIdentity = coordinate == .identity
    let size = scale > 0 && scale.isFinite ? scale : isIdentity ? 1 : 0.1
    let farthest = isIdentity ? 1e6 * size : 60
    let ends = [-1.0, 1.0].map { side in
      profileEnd(
        center: center, first: side * size, farthest: farthest, near: fit.parameters, excess)
    }
    var interval = ProfileInterval(lower: nil, upper: nil)
    let values = ends.map { $0.map(coordinate.natural) }
    // The coordinate of an upper bound runs backwards.
    let runsBackwards = coordinate.derivatives(center).first < 0
    interval.lower = values[runsBackwards ? 1 : 0]
    interval.upper = values[runsBackwards ? 0 : 1]
    let bound = problem.bounds[parameter]
    // At a finite bound the objective still was not too high: the bound is the end.
    if interval.lower == nil, bound.lower.isFinite, isAllowed(bound.lower, parameter, fit, rise) {
      interval.lower = bound.lower
    }
    if interval.upper == nil, bound.upper.isFinite, isAllowed(bound.upper, parameter, fit, rise) {
      interval.upper = bound.upper
    }
    return interval
  }

  private func isAllowed(_ value: Double, _ parameter: Int, _ fit: Fit, _ rise: Double) -> Bool {
    var held = problem
    held.fixed[parameter] = value
    var options = FitOptions()
    options.search = .local
    options.starts = [fit.parameters]
    guard let refit = try? GlobalFitter(held, options: options).fit() else { return false }
    return refit.objective <= fit.objective + rise
  }

  /// Where `excess` crosses zero on one side; nil where it does not up to `farthest`.
  private func profileEnd(
    center: Double, first: Double, farthest: Double, near: [Double],
    _ excess: (Double, inout [Double]) -> Double
  ) -> Double? {
    var inside = center
    var near = near
    var step = first
    while abs(step) <= farthest {
      let trial = center + step
      var trialNear = near
      let value = excess(trial, &trialNear)
      if value >= 0 {
        // From here on every refit starts from the last point inside, which is the nearest known.
        let from = near
        let bracket = min(inside, trial)...max(inside, trial)
        return BrentRoot.find(in: bracket, tolerance: 1e-7) { t in
          if t == center { return -1 }
          var warm = from
          let value = excess(t, &warm)
          return value.isFinite ? value : .greatestFiniteMagnitude
        }?.x
      }
      near = trialNear
      inside = trial
      step *= 2
    }
    return nil
  }

  /// The weights of a fit of all rows.
  var allWeights: [Double] {
    problem.weights ?? Array(repeating: 1, count: problem.model.rowCount)
  }
}
