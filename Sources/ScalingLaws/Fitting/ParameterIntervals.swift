internal import Formulas
internal import LeastSquares

/// Standard errors and intervals of the parameters of a fit.
///
/// By covariance, a parameter that is positive by nature (its bound is stated as `A > 0`) has its interval on the
/// log scale, `estimate * exp(± t se / estimate)`: that is where the distribution of an amplitude is close to
/// normal. Every other, also a floor that may be zero (`E >= 0`), has `estimate ± t se`, cut off at its bounds. By bootstrap, intervals are
/// percentiles of the draws and standard errors their standard deviation.
struct ParameterIntervals {
  let parameters: [LawFit.ParameterPart]
  let covariancePart: LawFit.CovariancePart?
  let degreesOfFreedom: Int

  init(data: FitData, spec: FitSpec, best: Fit, _ covariance: Covariance, _ draws: Draws?) {
    let names = data.formula.parameters
    let bounds = data.bounds(spec)
    let free = names.indices.filter { spec.fixed[names[$0]] == nil && !best.atBound[$0] }
    let freedom = covariance.degreesOfFreedom
    degreesOfFreedom = freedom
    let isLog = names.indices.map { 
      data.parsed.isPositive(names[$0]) && bounds[$0].lower == 0 && bounds[$0].upper == .infinity
    }
    let tail = (1 - spec.level) / 2
    let t = StudentT.quantile(1 - tail, degreesOfFreedom: Double(max(freedom, 1)))
    // Where only a combination of parameters is determined, none of them has an error of its own.
    let isKnown = names.indices.map {
      freedom > 0 && free.contains($0) && !covariance.unidentified.contains($0)
        && covariance.standardErrors[$0].isFinite
    }
    parameters = names.indices.map { index in
      let estimate = best.parameters[index]
      var part = LawFit.ParameterPart(
        name: names[index], estimate: estimate, standardError: nil, lower: nil, upper: nil,
        atBound: best.atBound[index], fixed: spec.fixed[names[index]] != nil,
        bounds: LawFit.Range(lower: bounds[index].lower, upper: bounds[index].upper))
      if part.fixed { return part }
      if let draws {
        let ends = Draws.quantiles(draws.values.map { $0[index] }, [tail, 1 - tail])
        part.standardError = draws.standardDeviation(of: index)
        (part.lower, part.upper) = (ends[0], ends[1])
      } else if isKnown[index] {
        let error = covariance.standardErrors[index]
        part.standardError = error
        if isLog[index] {
          let factor = exponential(t * error / estimate)
          (part.lower, part.upper) = (estimate / factor, estimate * factor)
        } else {
          part.lower = max(estimate - t * error, bounds[index].lower)
          part.upper = min(estimate + t * error, bounds[index].upper)
        }
      }
      return part
    }
    guard !free.isEmpty, free.allSatisfy({ isKnown[$0] }) else {
      covariancePart = nil
      return
    }
    func scale(_ index: Int) -> Double { isLog[index] ? 1 / best.parameters[index] : 1 }
    covariancePart = LawFit.CovariancePart(
      parameters: free.map { names[$0] }, scales: free.map { isLog[$0] ? "log" : "linear" },
      matrix: free.map { row in
        free.map { covariance[row, $0] * scale(row) * scale($0) }
      })
  }
}
