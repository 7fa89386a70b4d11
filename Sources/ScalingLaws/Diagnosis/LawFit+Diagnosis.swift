internal import LeastSquares
internal import Tables

extension LawFit {
  /// Adds the design check and the refits asked for.
  mutating func diagnose(
    _ diagnosis: Diagnosis, _ data: FitData, _ spec: FitSpec, _ best: Fit,
    _ engine: inout IntervalEngine
  ) async {
    guard diagnosis.checksDesign || !diagnosis.variants.isEmpty else { return }
    let budgets = diagnosis.budgets.isEmpty ? defaultBudgets : diagnosis.budgets
    let params = optimum(diagnosis)
    var decision: (flops: Double, params: ([Double]) -> Double?)?
    if let params, let budget = budgets.max() { decision = (budget, { params(budget, $0) }) }
    if diagnosis.checksDesign {
      design = DesignAnalysis(
        data: data, spec: spec, fitter: engine.fitter, best: best, covariance: engine.covariance,
        optimum: decision
      )?.check()
    }
    guard !diagnosis.variants.isEmpty else { return }
    let rows = await Sensitivity(
      data: data, spec: spec, problem: engine.fitter.problem, best: best,
      variants: [SensitivityVariant()] + diagnosis.variants
    ).rows()
    sensitivity = rows.enumerated().map { place, entry in
      var row = entry.row
      guard let params, let values = entry.values else { return row }
      let optima = budgets.compactMap { budget -> SensitivityRow.Optimum? in
        guard let best = params(budget, values), best > 0, best.isFinite else { return nil }
        let tokens = budget / 6 / best
        var optimum = SensitivityRow.Optimum(
          flops: budget, params: best, tokens: tokens, tokensPerParam: tokens / best)
        if place == 0 {
          optimum.interval = engine.interval(
            spec.interval.methods[0],
            of: DerivedQuantity("D/N") { values in
              params(budget, values).map { budget / 6 / $0 / $0 }
            })
        }
        return optimum
      }
      if !optima.isEmpty { row.optima = optima }
      return row
    }
  }

  /// Ten times the largest budget of the rows, rounded to one digit.
  private var defaultBudgets: [Double] {
    guard let largest = data.ranges["C"]?.upper, largest > 0 else { return [] }
    return [Double(Rounding.significant(10 * largest, 1)) ?? 10 * largest]
  }

  /// N* for a budget and parameters; nil for a law that has none.
  private func optimum(
    _ diagnosis: Diagnosis
  ) -> ((_ flops: Double, _ values: [Double]) -> Double?)? {
    // Draws say nothing here and take long to read.
    var bare = self
    (bare.draws, bare.jackknife) = (nil, nil)
    guard let make = diagnosis.optimum, let law = try? EstimatedLaw(bare) else { return nil }
    return try? make(law)
  }
}
