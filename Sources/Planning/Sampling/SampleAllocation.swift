public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How to spend a budget of samples on queries of differing difficulty.
///
///     maximise  sum_i u_i(b_i)   subject to  sum_i cost_i b_i <= budget
///
/// Marginal returns per unit of cost are made equal on the concave envelopes of the utilities; a
/// query whose best average return is below the common price gets nothing. What is left when the
/// next step of an envelope no longer fits is spent on the best steps that do.
///
/// For concave utilities of one cost the result is optimal. Otherwise it may fall short of the
/// optimum, which lies below `bound`.
public struct SampleAllocation: Sendable, Hashable {
  /// A query.
  public struct Query: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// What samples are worth.
    public var utility: SampleUtility
    /// What a sample costs, in the unit of the budget.
    ///
    /// The default is 1.
    public var cost: Double

    /// Makes a query.
    public init(_ name: String, _ utility: SampleUtility, cost: Double = 1) {
      (self.name, self.utility, self.cost) = (name, utility, cost)
    }
  }

  /// Samples for each query, in their order.
  public var samples: [Int]
  /// The budget spent.
  public var spent: Double
  /// What is expected: for chances of success, the number of queries solved.
  public var value: Double
  /// No allocation is worth more.
  public var bound: Double
  /// The worth of the same budget spread evenly, as far as it goes.
  public var uniformValue: Double
  /// The price: what one more unit of budget brings, on the envelopes.
  public var price: Double
  /// The places of queries that get nothing.
  public var abandoned: [Int]

  /// Allocates a budget.
  ///
  /// - Parameters:
  ///   - budget: the budget, not negative.
  ///   - queries: the queries.
  /// - Throws: `AnalysisError` for a budget that is negative, no queries, or a query whose cost or
  ///   utility is out of range; it is named.
  /// - Complexity: some hundred searches in O(log budget) per query.
  public init(budget: Double, _ queries: [Query]) throws(AnalysisError) {
    try Self.check(budget, queries)
    let envelopes = queries.map {
      UtilityEnvelope($0.utility, limit: Int(min(budget / $0.cost, 1e9)))
    }
    func cost(_ counts: [Int]) -> Double {
      zip(queries, counts).reduce(0) { $0 + $1.0.cost * Double($1.1) }
    }
    func counts(_ price: Double) -> [Int] {
      zip(queries, envelopes).map { $1.count(above: price * $0.cost) }
    }
    let slopes = zip(queries, envelopes).map { $1.slope(beyond: 0) / $0.cost }
    var best = counts(0)
    if cost(best) > budget, let steepest = slopes.max() {
      // Logarithms of prices: at the upper one the budget is not exceeded.
      var (low, high) = (log(steepest) - 690, log(steepest))
      best = counts(steepest)
      while high - low > 1e-13 * max(abs(high), 1) {
        let middle = (low + high) / 2
        let trial = counts(exp(middle))
        if cost(trial) <= budget { (high, best) = (middle, trial) } else { low = middle }
      }
    }
    // No step of the envelopes that is left is steeper than this.
    let price =
      queries.indices.map {
        envelopes[$0].slope(beyond: best[$0]) / queries[$0].cost
      }.max() ?? 0
    let relaxed = Self.total(queries, best) + price * (budget - cost(best))
    Self.fill(&best, budget - cost(best), queries, envelopes)
    samples = best
    spent = cost(best)
    value = Self.total(queries, best)
    bound = max(relaxed, value)
    self.price = price
    abandoned = best.indices.filter { best[$0] == 0 }
    uniformValue = Self.total(queries, Self.uniform(budget, queries))
  }

  private static func total(_ queries: [Query], _ counts: [Int]) -> Double {
    zip(queries, counts).reduce(0) { $0 + $1.0.utility.value($1.1) }
  }

  /// Spends what is left, the steepest steps that fit first.
  private static func fill(
    _ counts: inout [Int], _ budget: Double, _ queries: [Query], _ envelopes: [UtilityEnvelope]
  ) {
    var left = budget
    while true {
      let steps = queries.indices.compactMap {
        place -> (place: Int, samples: Int, slope: Double)? in
        // A hair of rounding must not cost a sample.
        let room = Int(min(left * (1 + 1e-12) / queries[place].cost, 1e9))
        return envelopes[place].next(from: counts[place], within: room).map {
          (place, $0.samples, $0.slope / queries[place].cost)
        }
      }.sorted { ($0.slope, $1.place) > ($1.slope, $0.place) }
      var isSpent = true
      for step in steps {
        let cost = Double(step.samples) * queries[step.place].cost
        guard cost <= left * (1 + 1e-12) else { continue }
        counts[step.place] += step.samples
        left -= cost
        isSpent = false
      }
      if isSpent { return }
    }
  }

  /// As many samples for each as the budget allows, then one more in their order.
  private static func uniform(_ budget: Double, _ queries: [Query]) -> [Int] {
    let round = queries.reduce(0) { $0 + $1.cost }
    let each = Int(min(budget / round, 1e9))
    var left = budget - Double(each) * round
    return queries.map { query in
      guard query.cost <= left else { return each }
      left -= query.cost
      return each + 1
    }
  }

  private static func check(_ budget: Double, _ queries: [Query]) throws(AnalysisError) {
    guard budget >= 0, budget.isFinite else {
      throw AnalysisError(
        .badSetting,
        "a budget of \(NumberText.shortest(budget)) samples: it is not negative, such as 1000")
    }
    guard !queries.isEmpty else {
      throw AnalysisError(.tooFewRows, "no queries to allocate samples to")
    }
    for query in queries {
      let isFine =
        switch query.utility {
        case .chance(let p): (0...1).contains(p)
        case .beta(let alpha, let beta):
          alpha > 0 && beta > 0 && alpha.isFinite && beta.isFinite
        case .table(let values): !values.isEmpty && values.allSatisfy(\.isFinite)
        }
      guard isFine, query.cost > 0, query.cost.isFinite else {
        throw AnalysisError(
          .badValue,
          "query \(query.name): a cost above 0 is needed, and chances between 0 and 1 or a table of "
            + "finite numbers")
      }
    }
  }
}
