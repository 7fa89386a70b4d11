public import ScalingLaws
internal import Tables

/// How much compute is worth its price: the marginal value of compute at some budgets, and the
/// budget at which it falls to the price.
///
///     lambda(C) = gamma (L*(C) - E) / C,   C_stop = (gamma K 6^gamma / lambda)^(1/(1+gamma))
///
/// for laws of the Chinchilla form; for any other law of N and D from its exact derivatives.
public struct StoppingPlan: Sendable, Hashable {
  /// The frontier at a budget.
  public struct AtBudget: Sendable, Hashable {
    /// The budget, in FLOP.
    public var flops: Double
    /// The loss of the optimum.
    public var loss: Allocation.Estimate
    /// lambda: what one more FLOP brings, in nats per FLOP.
    public var marginal: Allocation.Estimate
    /// What twice the budget brings, in nats.
    public var doubling: Allocation.Estimate
    /// The share of draws in which one more FLOP is worth the price; nil without a price or draws.
    public var worthIt: Double?
  }

  /// Where compute stops being worth its price.
  public struct Stop: Sendable, Hashable {
    /// C_stop, in FLOP.
    public var flops: Allocation.Estimate
    /// The optimum there: parameters.
    public var params: Allocation.Estimate
    /// Training tokens.
    public var tokens: Allocation.Estimate
    /// Loss.
    public var loss: Allocation.Estimate
  }

  /// The law used.
  public var law: String
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// What compute must bring; nil where none was given.
  public var price: ComputePrice?
  /// Where to stop; nil without a price.
  public var stop: Stop?
  /// One per budget, in the order asked for.
  public var budgets: [AtBudget]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Finds the marginal values and the budget at which to stop.
  ///
  /// - Parameters:
  ///   - law: a law whose inputs include N and D.
  ///   - price: what compute must bring; with none, only the budgets are looked at.
  ///   - budgets: budgets in FLOP, each positive.
  ///   - inputs: values of any further inputs, such as U.
  /// - Throws: `AnalysisError` for a budget that is not positive, a law that is no function of N
  ///   and D, or a price that its marginal value never crosses.
  /// - Complexity: an optimum per budget and draw; some twenty per draw for the stop.
  public init(
    _ law: EstimatedLaw, price: ComputePrice?, budgets: [Double] = [],
    inputs: [String: Double] = [:]
  ) throws {
    for budget in budgets where !(budget > 0 && budget.isFinite) {
      throw AnalysisError(
        .badSetting,
        "a budget of \(NumberText.shortest(budget)) FLOP: a budget is positive, such as 1e24")
    }
    let optimum = try ComputeOptimum(law, inputs: inputs)
    self.law = law.name
    self.price = price
    level = law.uncertainty?.level
    warnings = law.warnings
    stop = try price.map { try Self.stop(law, optimum, $0) }
    let samples = price == nil || budgets.isEmpty ? [] : law.uncertainty?.samples() ?? []
    self.budgets = try budgets.map { budget in
      let estimates = try law.estimates(
        orRefuse:
          "\(law.name) has no optimum between N and D at \(NumberText.shortest(budget)) FLOP"
      ) { values in
        guard let now = optimum.find(budget, values), let twice = optimum.find(2 * budget, values)
        else { return nil }
        return [
          now.loss, optimum.marginal(now.params, now.tokens, values), now.loss - twice.loss,
        ]
      }
      let worth = samples.compactMap { values in
        price.flatMap { price in
          optimum.marginal(budget, values).map { $0 > price.natsPerFLOP }
        }
      }
      return AtBudget(
        flops: budget, loss: estimates[0], marginal: estimates[1], doubling: estimates[2],
        worthIt: worth.isEmpty ? nil : Double(worth.count { $0 }) / Double(worth.count))
    }
    let largest = max(budgets.max() ?? 0, stop?.flops.value ?? 0)
    if let warning = law.warningBeyondData(largest) { warnings.append(warning) }
  }

  private static func stop(
    _ law: EstimatedLaw, _ optimum: ComputeOptimum, _ price: ComputePrice
  ) throws -> Stop {
    let price = price.natsPerFLOP
    // Draws begin their search where the estimate ended.
    let start = optimum.stop(price, law.values) ?? 1e22
    let estimates = try law.estimates(
      orRefuse:
        "the marginal value of compute by \(law.name) never falls to \(NumberText.shortest(price)) "
        + "nats per FLOP where the law has an optimum; ask for another price"
    ) { values in
      guard let flops = optimum.stop(price, near: start, values),
        let point = optimum.find(flops, values)
      else { return nil }
      return [flops, point.params, point.tokens, point.loss]
    }
    return Stop(
      flops: estimates[0], params: estimates[1], tokens: estimates[2], loss: estimates[3])
  }
}

extension EstimatedLaw {
  /// Positive quantities at the estimate, each with its interval.
  ///
  /// - Parameters:
  ///   - message: what to say where they have no value at the estimate.
  ///   - quantities: the quantities for a parameter vector, always as many; nil where they have
  ///     none.
  /// - Returns: an estimate for each.
  /// - Throws: `AnalysisError` with that message.
  func estimates(
    orRefuse message: @autoclosure () -> String, _ quantities: ([Double]) -> [Double]?
  ) throws(AnalysisError) -> [Allocation.Estimate] {
    guard let best = quantities(values), best.allSatisfy(\.isFinite) else {
      throw AnalysisError(.unsuitableLaw, message())
    }
    let intervals = uncertainty?.interval(isPositive: true) {
      quantities($0) ?? Array(repeating: .nan, count: best.count)
    }
    return best.indices.map { Allocation.Estimate(value: best[$0], interval: intervals?[$0]) }
  }
}
