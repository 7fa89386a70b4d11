import LeastSquares
import Planning
import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A budget of samples over queries of differing difficulty.
struct SampleAllocationTests {
  private typealias Query = SampleAllocation.Query

  /// The best of all allocations, by trying them.
  private static func exhaustive(_ budget: Double, _ queries: [SampleAllocation.Query]) -> Double {
    guard let first = queries.first else { return 0 }
    var best = 0.0
    var samples = 0
    while Double(samples) * first.cost <= budget + 1e-9 {
      let rest = exhaustive(budget - Double(samples) * first.cost, Array(queries.dropFirst()))
      best = max(best, first.utility.value(samples) + rest)
      samples += 1
    }
    return best
  }

  /// Concave utilities of one cost: the optimum itself.
  @Test(arguments: 0..<20)
  func concaveUtilitiesAreOptimal(seed: Int) throws {
    var random = Philox(seed: 7, stream: UInt64(seed))
    let queries = (0..<4).map { index in
      let utility: SampleUtility =
        index < 2
        ? .chance(pow(random.nextUniform(), 3))
        : .beta(alpha: 0.1 + random.nextUniform(), beta: 5 * random.nextUniform() + 0.1)
      return Query("\(index)", utility)
    }
    for budget in [0.0, 1, 2, 5, 9, 13] {
      let allocation = try SampleAllocation(budget: budget, queries)
      let best = Self.exhaustive(budget, queries)
      #expect(abs(allocation.value - best) <= 1e-12, "\(queries) \(budget)")
      #expect(allocation.bound >= allocation.value && allocation.bound - allocation.value <= 1e-12)
      #expect(allocation.spent == budget)
      #expect(allocation.samples.reduce(0, +) == Int(budget))
      #expect(allocation.uniformValue <= allocation.value + 1e-12)
    }
  }

  /// S-curves and costs: never above the bound nor below it by more than one step is worth.
  @Test(arguments: 0..<20)
  func sCurvesAreNearTheOptimum(seed: Int) throws {
    var random = Philox(seed: 8, stream: UInt64(seed))
    let queries = (0..<4).map { index -> Query in
      let (middle, top) = (1 + 6 * random.nextUniform(), 0.3 + 0.7 * random.nextUniform())
      let table = (1...8).map { top / (1 + exp(2 * (middle - Double($0)))) }
      return Query("\(index)", .table(table), cost: Double(1 + random.next(below: 3)))
    }
    for budget in [1.0, 3, 7, 12, 25, 80] {
      let allocation = try SampleAllocation(budget: budget, queries)
      let best = Self.exhaustive(min(budget, 25), queries)
      #expect(allocation.value <= best + 1e-12 || budget > 25)
      #expect(allocation.bound >= best - 1e-12)
      #expect(allocation.value >= best - 1 || budget > 25)
      #expect(allocation.spent <= budget + 1e-9)
    }
    // Enough for all.
    let all = try SampleAllocation(budget: 1000, queries)
    #expect(abs(all.value - queries.reduce(0) { $0 + $1.utility.value(8) }) <= 1e-12)
    #expect(all.abandoned.isEmpty && all.price == 0)
  }

  /// Scarcity abandons the query whose best average return is below the price.
  @Test func hopelessQueriesAreAbandoned() throws {
    let queries = [
      Query("easy", .table([0.9, 0.95, 0.96])),
      Query("late", .table([0, 0, 0, 0.8])),
      Query("hopeless", .table([0, 0, 0, 0, 0, 0, 0, 0.2])),
      Query("impossible", .chance(0)),
    ]
    let scarce = try SampleAllocation(budget: 5, queries)
    #expect(scarce.samples == [1, 4, 0, 0])
    #expect(scarce.abandoned == [2, 3])
    // The next step: one more sample of the easy one.
    #expect(abs(scarce.price - 0.05) <= 1e-15)
    for place in scarce.abandoned {
      let average = (1...8).map { queries[place].utility.value($0) / Double($0) }.max() ?? 0
      #expect(average < scarce.price)
    }
    #expect(scarce.uniformValue < scarce.value)
    let rich = try SampleAllocation(budget: 15, queries)
    #expect(rich.samples == [3, 4, 8, 0] && rich.abandoned == [3])
  }

  /// At the optimum the marginal returns per cost of all queries are one price.
  @Test func marginalsAreEqual() throws {
    let queries = (1...50).map { Query("\($0)", .chance(0.002 * Double($0))) }
    let allocation = try SampleAllocation(budget: 20_000, queries)
    for (query, samples) in zip(queries, allocation.samples) {
      let last = query.utility.value(samples) - query.utility.value(samples - 1)
      let next = query.utility.value(samples + 1) - query.utility.value(samples)
      // Differences of numbers near 1 have errors of 1e-16.
      #expect(samples > 0 && last >= allocation.price - 1e-15)
      #expect(next <= allocation.price + 1e-15)
    }
  }

  @Test func equalQueriesShareEqually() throws {
    let queries = (0..<7).map { Query("\($0)", .chance(0.1)) }
    let allocation = try SampleAllocation(budget: 24, queries)
    #expect(allocation.samples.sorted() == [3, 3, 3, 3, 4, 4, 4])
    #expect(abs(allocation.value - allocation.uniformValue) <= 1e-12)
  }

  @Test func badAllocations() {
    for (budget, query) in [
      (-1.0, Query("q", .chance(0.5))), (.nan, Query("q", .chance(0.5))),
      (1, Query("q", .chance(1.5))), (1, Query("q", .chance(0.5), cost: 0)),
      (1, Query("q", .table([]))), (1, Query("q", .beta(alpha: 0, beta: 1))),
    ] {
      #expect(throws: AnalysisError.self) { try SampleAllocation(budget: budget, [query]) }
    }
    #expect(throws: AnalysisError.self) { try SampleAllocation(budget: 1, []) }
  }
}

/// Training a larger model or sampling a smaller one, at equal compute.
struct TrainingOrSamplingTests {
  private static func model(
    _ name: String, _ params: Double, _ training: Double, _ curve: CoverageCurve,
    draws: [[Double]] = []
  ) throws -> SampledModel {
    let center: [Double] =
      switch curve {
      case .power(let a, let b): [a, b]
      case .betaBinomial(let alpha, let beta): [alpha, beta]
      }
    let analysis = CoverageAnalysis.Curve(
      estimate: curve,
      uncertainty: draws.isEmpty ? nil : Uncertainty(center, draws: draws, level: 0.9))
    return try SampledModel(
      name, params: params, trainingFlops: training, tokensPerSample: 500, coverage: analysis)
  }

  /// The small model exists; the large one must be trained, and wins once that is paid for.
  @Test func largerModelPaysOnlyAtLargeBudgets() throws {
    let small = try Self.model("7B", 7e9, 0, .power(a: -2, b: -0.3))
    let large = try Self.model("70B", 70e9, 1e23, .power(a: -0.5, b: -0.3))
    let plan = try TrainingOrSampling(
      [small, large], queries: 1e6, budgets: [7e18, 1e20, 1.05e23, 1e25], targets: [0.8])
    // k = C / (1e6 * 2 * 7e9 * 500)
    let option = try #require(plan.budgets[1].options[0])
    #expect(abs(option.samples - 1e20 / 7e18) <= 1e-9)
    #expect(abs(option.coverage.value - exp(-2 * pow(1e20 / 7e18, -0.3))) <= 1e-12)
    #expect(plan.budgets.map(\.best) == [0, 0, 0, 1])
    #expect(plan.budgets[1].options[1] == nil && plan.budgets[1].probabilities == nil)
    let change = try #require(plan.changes.first)
    #expect(plan.changes.count == 1 && change.from == 0 && change.to == 1)
    let k = [change.budget / 7e18, (change.budget - 1e23) / 7e19]
    #expect(abs(-2 * pow(k[0], -0.3) - -0.5 * pow(k[1], -0.3)) <= 1e-7)
    let need = try #require(plan.needs.first)
    let samples = [pow(log(0.8) / -2, 1 / -0.3), pow(log(0.8) / -0.5, 1 / -0.3)]
    #expect(abs(try #require(need.flops[0]).value / (7e18 * samples[0]) - 1) <= 1e-12)
    #expect(abs(try #require(need.flops[1]).value / (1e23 + 7e19 * samples[1]) - 1) <= 1e-12)
  }

  @Test func drawsSayHowSure() throws {
    let draws = (0..<101).map { [-2 + 0.01 * (Double($0) - 50), -0.3] }
    let small = try Self.model("7B", 7e9, 0, .power(a: -2, b: -0.3), draws: draws)
    let large = try Self.model(
      "70B", 70e9, 1e21, .power(a: -1, b: -0.3), draws: draws.map { [$0[0] / 2, $0[1]] })
    let plan = try TrainingOrSampling([small, large], queries: 1e6, budgets: [1e20, 1e22])
    #expect(plan.budgets[0].probabilities == [1, 0])
    let coverage = try #require(plan.budgets[1].options[0]).coverage
    let interval = try #require(coverage.interval)
    // 90 % of a uniform spread of a over 1 about -2.
    let ends = [-2.45, -1.55].map { exp($0 * pow(1e22 / 7e18, -0.3)) }
    #expect(abs(interval.lower - ends[0]) <= 1e-3 && abs(interval.upper - ends[1]) <= 1e-3)
  }

  @Test func badModels() throws {
    #expect(throws: AnalysisError.self) { try Self.model("m", 0, 0, .power(a: -1, b: -1)) }
    #expect(throws: AnalysisError.self) { try Self.model("m", 1, -1, .power(a: -1, b: -1)) }
    let model = try Self.model("m", 1e9, 0, .power(a: -1, b: -0.5))
    #expect(throws: AnalysisError.self) {
      try TrainingOrSampling([model], queries: 0, budgets: [1e20])
    }
    #expect(throws: AnalysisError.self) {
      try TrainingOrSampling([model], queries: 1, budgets: [1e20], targets: [1])
    }
  }
}
