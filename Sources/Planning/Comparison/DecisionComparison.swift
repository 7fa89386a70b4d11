public import ScalingLaws
internal import Tables

/// What several laws would have us train with a budget, whether they agree, and what it costs to
/// follow the wrong one.
public struct DecisionComparison: Sendable, Hashable {
  /// The laws at one budget; the laws are those of `laws`, in that order.
  public struct AtBudget: Sendable, Hashable {
    /// The budget, in FLOP.
    public var flops: Double
    /// The optimum by each law; nil where a law has none there.
    public var allocations: [Allocation?]
    /// For a law i that decides and a law j that is true, the share of the budget wasted:
    /// (C - Ceq) / C, with Ceq the compute at which j's own optimum has the loss that j gives the
    /// model that i chose.
    ///
    /// Zero on the diagonal; nil where it does not exist.
    public var waste: [[Double?]]
    /// Pairs whose intervals can be compared.
    public var overlaps: [Overlap]
  }

  /// Whether the intervals of two laws have a number in common.
  public struct Overlap: Sendable, Hashable {
    /// The place of one law.
    public var first: Int
    /// The place of the other.
    public var second: Int
    /// Those of N*; on C = 6ND those of D* say the same.
    public var params: Bool
    /// Those of D*.
    public var tokens: Bool
    /// Those of the loss.
    public var loss: Bool
  }

  /// The names of the laws.
  public var laws: [String]
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// One per budget, in the order asked for.
  public var budgets: [AtBudget]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Compares the decisions of laws.
  ///
  /// Laws that are no function of N and D make no decision and are left out with a warning.
  ///
  /// - Parameters:
  ///   - laws: the laws, with names that tell them apart.
  ///   - budgets: budgets in FLOP, each positive.
  ///   - inputs: values of further inputs, such as U; a law is given those it reads.
  /// - Throws: `AnalysisError` for a budget that is not positive, an input that no law reads or that
  ///   a law lacks, or where no law decides.
  /// - Complexity: an optimum per law, budget and draw; some fifty per pair of laws and budget.
  public init(_ laws: [EstimatedLaw], budgets: [Double], inputs: [String: Double] = [:]) throws {
    let deciding = laws.filter { $0.inputs.contains("N") && $0.inputs.contains("D") }
    guard !deciding.isEmpty else {
      throw AnalysisError(
        .unsuitableLaw,
        "none of \(laws.map(\.name).joined(separator: ", ")) is a function of N and D: there is no "
          + "decision to compare; leave --flops out")
    }
    for name in inputs.keys.sorted() where !deciding.contains(where: { $0.inputs.contains(name) }) {
      throw AnalysisError(.badSetting, "no law reads \(name); leave it out of --at")
    }
    var warnings = laws.filter { law in !deciding.contains { $0.name == law.name } }.map {
      "\($0.name) is no function of N and D (it reads \($0.inputs.joined(separator: ", "))): "
        + "it decides nothing"
    }
    self.laws = deciding.map(\.name)
    level = deciding.lazy.compactMap { $0.uncertainty?.level }.first
    let given = deciding.map { law in inputs.filter { law.inputs.contains($0.key) } }
    let optima = try zip(deciding, given).map { try ComputeOptimum($0, inputs: $1) }
    var result: [AtBudget] = []
    for budget in budgets {
      let allocations = try zip(deciding, given).map { law, inputs -> Allocation? in
        do {
          return try AllocationPlan(law, budgets: [budget], inputs: inputs).allocations.first
        } catch let error as AnalysisError where error.code == .unsuitableLaw {
          warnings.append(error.message)
          return nil
        }
      }
      let waste = allocations.map { decided in
        optima.indices.map { truth -> Double? in
          guard let decided else { return nil }
          return optima[truth].deadweightCompute(
            decided.params.value, decided.tokens.value, deciding[truth].values
          ).map { $0 / budget }
        }
      }
      result.append(
        AtBudget(
          flops: budget, allocations: allocations, waste: waste,
          overlaps: Self.overlaps(allocations)))
    }
    let ranges = deciding.filter { $0.ranges["C"] != nil }
    if let law = ranges.first, let warning = budgets.max().flatMap(law.warningBeyondData) {
      warnings.append(warning)
    }
    self.budgets = result
    self.warnings = warnings
  }

  private static func overlaps(_ allocations: [Allocation?]) -> [Overlap] {
    allocations.indices.flatMap { first in
      allocations.indices.dropFirst(first + 1).compactMap { second -> Overlap? in
        guard let one = allocations[first], let other = allocations[second],
          let params = overlap(one.params, other.params),
          let tokens = overlap(one.tokens, other.tokens), let loss = overlap(one.loss, other.loss)
        else { return nil }
        return Overlap(first: first, second: second, params: params, tokens: tokens, loss: loss)
      }
    }
  }

  private static func overlap(_ a: Allocation.Estimate, _ b: Allocation.Estimate) -> Bool? {
    guard let one = a.interval, let other = b.interval else { return nil }
    return one.lower <= other.upper && other.lower <= one.upper
  }
}
