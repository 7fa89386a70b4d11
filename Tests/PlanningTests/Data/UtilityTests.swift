import Planning
import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Pools by utility and half-life, arXiv:2404.07177.
struct UtilityTests {
  private static let law = UtilityLaw(a: 1, d: 0.1, unit: 1e6)

  private static func mixtures() throws -> [UtilityMixture] {
    UtilityMixture.nested([
      try UtilityPool("rest", size: 12.8e6, utility: -0.15, halfLife: 6),
      try UtilityPool("best", size: 12.8e6, utility: -0.25, halfLife: 2),
    ])
  }

  /// The worked table, six decimals.
  @Test(arguments: [
    (12.8e6, 0.628686, 0.700562), (32e6, 0.554850, 0.602696), (64e6, 0.527436, 0.547053),
    (128e6, 0.519463, 0.506517), (640e6, 0.518563, 0.467533), (1280e6, 0.518563, 0.464761),
  ])
  func workedTable(samples: Double, best: Double, both: Double) throws {
    let mixtures = try Self.mixtures()
    #expect(mixtures.map(\.name) == ["best", "best + rest"])
    #expect(abs(Self.law.error(mixtures[0], samples: samples) - best) <= 5.01e-7)
    #expect(abs(Self.law.error(mixtures[1], samples: samples) - both) <= 5.01e-7)
  }

  @Test func singlePool() throws {
    let pool = UtilityMixture([
      try UtilityPool("one", size: 12.8e6, utility: -0.2, halfLife: 4)
    ])
    #expect(abs(Self.law.error(pool, samples: 32e6) - 0.617876) <= 5.01e-7)
  }

  /// The choice flips from filtering hard to keeping both between 64M and 128M samples.
  @Test func choiceFlips() throws {
    let mixtures = try Self.mixtures()
    let changes = try Self.law.changes(mixtures, range: 1e6...1e10)
    let change = try #require(changes.first)
    #expect(changes.count == 1 && (change.from, change.to) == (0, 1))
    #expect(change.budget > 64e6 && change.budget < 128e6)
    let errors = mixtures.map { Self.law.error($0, samples: change.budget) }
    #expect(abs(errors[0] - errors[1]) <= 1e-8)
  }

  /// The product of the paper, epoch by epoch, far beyond where samples are worth anything.
  @Test(arguments: [0.3, 1, 1.7, 5, 12.25, 400, 1e6])
  func productByHand(epochs: Double) throws {
    let mixture = UtilityMixture([
      try UtilityPool("a", size: 3e6, utility: -0.3, halfLife: 1.5),
      try UtilityPool("b", size: 9e6, utility: -0.1, halfLife: 7),
    ])
    func utility(_ epoch: Int) -> Double {
      0.25 * -0.3 * exp2(-Double(epoch - 1) * 0.25 / 1.5)
        + 0.75 * -0.1 * exp2(-Double(epoch - 1) * 0.75 / 7)
    }
    var sum = utility(1) * log(12 * min(epochs, 1))
    var epoch = 2
    while Double(epoch - 1) < epochs {
      sum += utility(epoch) * log(min(epochs, Double(epoch)) / Double(epoch - 1))
      epoch += 1
    }
    #expect(abs(mixture.logFactor(samples: 12e6 * epochs, unit: 1e6) - sum) <= 1e-12)
    let step = 1e-6
    let ends = [-step, step].map {
      mixture.logFactor(samples: 12e6 * epochs * (1 - 2e-6) * exp($0))
    }
    let slope = mixture.slope(samples: 12e6 * epochs * (1 - 2e-6))
    #expect(abs((ends[1] - ends[0]) / (2 * step) - slope) <= 1e-8)
  }

  /// One fresh pool with the law's own exponent is the law itself.
  @Test func mixtureInALawOfLoss() async throws {
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants.first))
    let beta = try #require(law["beta"])
    let endless = UtilityMixture([
      try UtilityPool("all", size: 1e15, utility: -beta, halfLife: 1)
    ])
    let choice = try await DataChoice([DataRecipe(endless, in: law)], budgets: [1e22])
    let option = try #require(choice.budgets[0].options[0])
    let plan = try AllocationPlan(law, budgets: [1e22]).allocations[0]
    #expect(abs(option.params.value / plan.params.value - 1) <= 1e-9)
    #expect(abs(option.loss.value / plan.loss.value - 1) <= 1e-12)
    #expect(choice.sources.contains { $0.contains("2404.07177") })
  }

  @Test(arguments: [(0, -0.2, 4), (1e6, 0, 4), (1e6, 0.2, 4), (1e6, -0.2, 0), (.nan, -0.2, 4)])
  func badPools(size: Double, utility: Double, halfLife: Double) {
    #expect(throws: AnalysisError.self) {
      try UtilityPool("p", size: size, utility: utility, halfLife: halfLife)
    }
  }
}
