internal import Formulas
internal import LeastSquares

/// Standard errors and intervals of the parameters of a fit.
///
/// By covariance, a parameter that is positive by nature (its bound is stated as `A > 0`) has its
/// interval on the log scale, `estimate * exp(± t se / estimate)`: that is where the distribution
/// of an amplitude is close to normal. Every other, also a floor that may be zero (`E >= 0`), has
/// `estimate ± t se`. Intervals are cut off at the bounds. Standard errors are the standard
/// deviation of the draws where there are any.
struct ParameterIntervals {
  let data: FitData
  let spec: FitSpec
  let best: Fit
  let covariance: Covariance
  private let identification: Identification
  /// Which parameters have their interval formed for the logarithm.
  private let isLog: [Bool]
  /// Which have an error of their own: where only a combination is determined, none of them has.
  private let isKnown: [Bool]

  init(
    data: FitData, spec: FitSpec, best: Fit, covariance: Covariance,
    identification: Identification
  ) {
    self.data = data
    self.spec = spec
    self.best = best
    self.covariance = covariance
    self.identification = identification
    let names = data.formula.parameters
    let bounds = data.bounds(spec)
    isLog = names.indices.map {
      data.parsed.isPositive(names[$0]) && bounds[$0].lower == 0 && bounds[$0].upper == .infinity
    }
    isKnown = names.indices.map {
      covariance.degreesOfFreedom > 0 && covariance.free.contains($0)
        && !identification.open.contains($0) && covariance.standardErrors[$0].isFinite
    }
  }

  /// The parameters without their intervals.
  var parameters: [LawFit.ParameterPart] {
    let bounds = data.bounds(spec)
    return data.formula.parameters.indices.map { index in
      let name = data.formula.parameters[index]
      let isFixed = spec.fixed[name] != nil
      return LawFit.ParameterPart(
        name: name, estimate: best.parameters[index],
        standardError: isKnown[index] ? covariance.standardErrors[index] : nil,
        atBound: best.atBound[index], fixed: isFixed,
        bounds: LawFit.Range(lower: bounds[index].lower, upper: bounds[index].upper))
    }
  }

  /// The same with intervals.
  func parameters(_ engine: inout IntervalEngine) -> [LawFit.ParameterPart] {
    if spec.interval.methods.contains(.profile) {
      let names = data.formula.parameters
      engine.profile(
        isKnown.indices.filter {
          isKnown[$0] && spec.profiledParameters?.contains(names[$0]) != false
        })
    }
    return parameters.enumerated().map { index, part in
      var part = part
      // A replicate leaves open what the fit does; where it ends there is chance.
      guard !part.fixed, !identification.open.contains(index) else { return part }
      if let draws = engine.draws { part.standardError = draws.standardDeviation(of: index) }
      var all: [String: LawFit.Ends] = [:]
      for (place, method) in spec.interval.methods.enumerated() {
        let usesCovariance = method == .covariance || method == .profile
        if usesCovariance, !isKnown[index] { continue }
        guard
          let ends = engine.interval(method, ofParameter: index, isPositive: isLog[index])
        else { continue }
        all[method.rawValue] = ends
        if place == 0 { (part.lower, part.upper) = (ends.lower, ends.upper) }
      }
      if spec.interval.methods.count > 1 { part.intervals = all }
      return part
    }
  }

  /// The covariance of what is determined, on the scales that intervals are formed on; nil where
  /// nothing says how sure it is.
  var covariancePart: LawFit.CovariancePart? {
    let free = covariance.free
    guard !free.isEmpty, covariance.degreesOfFreedom > 0, data.constantResponse == nil,
      free.allSatisfy({ covariance[$0, $0].isFinite })
    else { return nil }
    func scale(_ index: Int) -> Double { isLog[index] ? 1 / best.parameters[index] : 1 }
    return LawFit.CovariancePart(
      parameters: free.map { data.formula.parameters[$0] },
      scales: free.map { isLog[$0] ? "log" : "linear" },
      matrix: free.map { row in
        free.map { covariance[row, $0] * scale(row) * scale($0) }
      },
      root: covariance.root?.map { vector in free.map { vector[$0] * scale($0) } })
  }
}
