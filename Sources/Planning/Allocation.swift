public import ScalingLaws
internal import Tables

/// What to train with a compute budget: the split of C = 6ND into parameters and tokens that
/// minimises the loss.
public struct Allocation: Sendable, Hashable {
  /// A number with its interval, where there is one.
  public struct Estimate: Sendable, Hashable {
    /// The value at the estimate of the law.
    public var value: Double
    /// Its interval, from the uncertainty of the law.
    public var interval: Uncertainty.Interval?

    /// Makes an estimate.
    public init(value: Double, interval: Uncertainty.Interval? = nil) {
      (self.value, self.interval) = (value, interval)
    }
  }

  /// The budget, in FLOP.
  public var flops: Double
  /// Parameters.
  public var params: Estimate
  /// Training tokens.
  public var tokens: Estimate
  /// Tokens per parameter.
  public var tokensPerParam: Estimate
  /// Predicted loss at the optimum.
  public var loss: Estimate
}

/// Allocations of one law for several budgets.
public struct AllocationPlan: Sendable, Hashable {
  /// Where the law comes from.
  public var law: String
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// One per budget, in the order asked for.
  public var allocations: [Allocation]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Finds the compute-optimal split for each budget.
  ///
  ///     let plan = try AllocationPlan(EstimatedLaw(fit), budgets: [1e22, 1e24])
  ///     plan.allocations[0].params.value
  ///
  /// Laws of the Chinchilla form have a closed optimum. Any other law of N and D is minimised
  /// numerically on D = C / (6N): a scan in log N, then the root of its exact derivative. With
  /// uncertainty, the optimum is found anew for every draw.
  ///
  /// - Parameters:
  ///   - law: a law whose inputs include N and D.
  ///   - budgets: budgets in FLOP, each positive.
  ///   - inputs: values of any further inputs, such as U.
  /// - Throws: `AnalysisError` for a budget that is not positive, a law that is no function of N
  ///   and D, a missing input, or an optimum that does not exist.
  public init(_ law: EstimatedLaw, budgets: [Double], inputs: [String: Double] = [:]) throws {
    for budget in budgets where !(budget > 0 && budget.isFinite) {
      throw AnalysisError(
        .badSetting,
        "a budget of \(NumberText.shortest(budget)) FLOP: a budget is positive, such as 1e24")
    }
    let optimum = try ComputeOptimum(law, inputs: inputs)
    self.law = law.name
    level = law.uncertainty?.level
    allocations = try budgets.map { budget in
      guard let best = optimum.find(budget, law.values) else {
        throw AnalysisError(
          .unsuitableLaw,
          "\(law.name) has no optimum between N and D at \(NumberText.shortest(budget)) FLOP: "
            + "its loss falls all the way to one end of C = 6ND")
      }
      let intervals = law.uncertainty?.interval(isPositive: true) { values in
        optimum.find(budget, values)?.quantities ?? Array(repeating: .nan, count: 4)
      }
      let estimates = best.quantities.indices.map {
        Allocation.Estimate(value: best.quantities[$0], interval: intervals?[$0])
      }
      return Allocation(
        flops: budget, params: estimates[0], tokens: estimates[1], tokensPerParam: estimates[2],
        loss: estimates[3])
    }
    warnings = law.warnings
    if let warning = budgets.max().flatMap(law.warningBeyondData) { warnings.append(warning) }
  }
}
