/// How far approach 2 misses the optimum of a surface on noise-free runs: what of its answer is
/// method, not data.
///
/// The surface's own losses at the runs' N and D, without noise, are put through the same approach:
/// the same budgets, curves and weights. The difference from the surface's true optimum is the bias
/// of curve and grid. It vanishes only for a symmetric surface on centred runs.
///
/// Source: Czech 2026, arXiv:2603.22339.
public struct MethodBias: Sendable, Hashable {
  /// The bias of the optimum at a budget.
  public struct Optimum: Sendable, Hashable {
    /// The budget in FLOP.
    public var flops: Double
    /// N* of approach 2 over the true one, less 1.
    public var params: Double
    /// D* of approach 2 over the true one, less 1.
    public var tokens: Double
  }

  /// a of approach 2 less the true one.
  public var paramsExponent: Double
  /// b of approach 2 less the true one.
  public var tokensExponent: Double
  /// The coefficient of N* over the true one, less 1.
  public var paramsCoefficient: Double
  /// The coefficient of D* over the true one, less 1.
  public var tokensCoefficient: Double
  /// The bias at each budget asked for.
  public var optima: [Optimum]
  /// The optima found without noise, one per budget of the analysis; refused ones with the reason.
  public var budgets: [IsoFLOPBudget]

  /// Puts the surface's losses at the runs through approach 2.
  ///
  /// What the runs themselves did not use is not used here, and their weights are taken.
  ///
  /// - Throws: `AnalysisError` `tooFewRows` where fewer than three budgets have an optimum without
  ///   noise.
  init(
    _ surface: ChinchillaSurface, _ runs: IsoFLOPRuns, _ groups: [BudgetGroup],
    _ found: IsoFLOPOptima, _ options: IsoFLOPOptions, budgets asked: [Double]
  ) throws(AnalysisError) {
    let loss = (0..<runs.count).map {
      surface.loss(params: runs.params[$0], tokens: runs.tokens[$0])
    }
    // The surface's optimum lies on 6ND, whatever convention the compute of the table follows.
    let own = groups.map { group in
      var group = group
      group.flops = 6 * exponential(group.logProduct)
      return group
    }
    budgets = IsoFLOPOptima.budgets(own, runs, loss: loss, options, withErrors: false)
    let clean = try IsoFLOPOptima(budgets, isWeighted: false, weights: found.weights)
    paramsExponent = clean.params.exponent - surface.paramsExponent
    tokensExponent = clean.tokens.exponent - surface.tokensExponent
    paramsCoefficient = clean.params.coefficient / surface.paramsCoefficient - 1
    tokensCoefficient = clean.tokens.coefficient / surface.tokensCoefficient - 1
    optima = asked.map { flops in
      Optimum(
        flops: flops,
        params: clean.params.value(at: flops) / surface.optimalParams(flops: flops) - 1,
        tokens: clean.tokens.value(at: flops) / surface.optimalTokens(flops: flops) - 1)
    }
  }
}
