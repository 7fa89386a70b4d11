internal import LeastSquares
internal import Tables

/// Approach 2: an optimum per budget, then power laws of N* and D* over budgets.
struct IsoFLOPOptima {
  /// The smallest number of budgets a power law is drawn through.
  static let minimumBudgets = 3

  let budgets: [IsoFLOPBudget]
  let params: PowerLawFit
  let tokens: PowerLawFit
  /// The weight of each budget, 0 where it was refused.
  let weights: [Double]
  /// Whether the SDs of the optima weigh the budgets.
  let isWeighted: Bool

  /// The optimum of each group, by curves of the given losses.
  static func budgets(
    _ groups: [BudgetGroup], _ runs: IsoFLOPRuns, loss: [Double], _ options: IsoFLOPOptions,
    withErrors: Bool
  ) -> [IsoFLOPBudget] {
    let sizes = options.axis == .params ? runs.params : runs.tokens
    let axis = sizes.map(logarithm)
    var noise: BudgetCurve.Noise?
    if options.curve == .akima, withErrors {
      let deviation =
        options.noise
        ?? BudgetCurve.noise(
          of: groups.map { group in
            BudgetCurve.means(group.rows.map { axis[$0] }, group.rows.map { loss[$0] })
          })
      noise = deviation.map {
        BudgetCurve.Noise(deviation: $0, replicates: options.replicates, seed: options.seed)
      }
    }
    let curve = BudgetCurve(kind: options.curve, axis: options.axis, noise: noise)
    return groups.enumerated().map { index, group in
      var budget = IsoFLOPBudget(
        flops: group.flops, runs: group.rows.count, spread: group.spread)
      let widest = exponential(4 * logarithm(1 + options.tolerance))
      guard group.spread <= widest * (1 + 1e-9) else {
        budget.refusal = IsoFLOPBudget.Refusal(
          code: .mixedCompute,
          message: "its compute differs by a factor of \(Rounding.significant(group.spread, 3)); "
            + "lower --tolerance to divide it")
        return budget
      }
      let (x, y) = (group.rows.map { axis[$0] }, group.rows.map { loss[$0] })
      if withErrors {
        budget.points = group.rows.map { .init(size: sizes[$0], loss: loss[$0]) }
          .sorted { ($0.size, $0.loss) < ($1.size, $1.loss) }
        budget.curve = curve.line(x: x, loss: y)
      }
      switch curve.minimum(x: x, loss: y, stream: index) {
      case .failure(let fault):
        budget.refusal = IsoFLOPBudget.Refusal(code: fault.code, message: fault.message)
      case .success(let best):
        // What the axis leaves of the compute goes to the other quantity.
        let (size, other) = (exponential(best.x), exponential(group.logProduct - best.x))
        let isParams = options.axis == .params
        budget.optimum = IsoFLOPBudget.Optimum(
          params: isParams ? size : other, tokens: isParams ? other : size, loss: best.loss,
          logError: best.error)
      }
      return budget
    }
  }

  /// Draws the power laws.
  ///
  /// - Parameters:
  ///   - budgets: the budgets, used and refused.
  ///   - isWeighted: whether their SDs weigh them.
  ///   - given: a weight for each budget instead of those of their SDs.
  /// - Throws: `AnalysisError` `tooFewRows` with fewer than three optima.
  init(
    _ budgets: [IsoFLOPBudget], isWeighted: Bool, weights given: [Double]? = nil
  ) throws(AnalysisError) {
    self.budgets = budgets
    let used = budgets.indices.filter { budgets[$0].optimum != nil && given?[$0] != 0 }
    guard used.count >= Self.minimumBudgets else {
      throw AnalysisError(.tooFewRows, Self.shortage(budgets, used: used.count))
    }
    let errors = used.map { budgets[$0].optimum?.logError ?? 0 }
    let hasErrors = errors.allSatisfy { $0 > 0 }
    self.isWeighted = isWeighted && hasErrors
    let inverse = errors.map { isWeighted && hasErrors ? 1 / ($0 * $0) : 1 }
    let weights = given.map { given in used.map { given[$0] } } ?? inverse
    let flops = used.map { budgets[$0].flops }
    let optima = used.compactMap { budgets[$0].optimum }
    params = try PowerLawFit(x: flops, y: optima.map(\.params), weights: weights)
    tokens = try PowerLawFit(x: flops, y: optima.map(\.tokens), weights: weights)
    var all = Array(repeating: 0.0, count: budgets.count)
    for (index, weight) in zip(used, weights) { all[index] = weight }
    self.weights = all
  }

  /// Why there are too few budgets, naming those refused.
  private static func shortage(_ budgets: [IsoFLOPBudget], used: Int) -> String {
    let refused = budgets.filter { $0.refusal != nil }
    let named = refused.prefix(3).map { budget in
      let message = budget.refusal?.message ?? ""
      let reason = message.split(separator: ";").first.map(String.init) ?? message
      return "\(Quantity.format(budget.flops)) FLOP: \(reason)"
    }
    let rest = refused.count > 3 ? ", and \(refused.count - 3) more" : ""
    return
      "\(used) of \(budgets.count) budget\(budgets.count == 1 ? "" : "s") can be used, and three are needed"
      + (named.isEmpty ? "" : " (\(named.joined(separator: "; "))\(rest))")
  }
}
