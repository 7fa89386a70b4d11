import LeastSquares
import Planning
import ScalingLaws
import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Two recipes of known laws: where they cross, how sure that is, and which is best.
struct GroupComparisonTests {
  /// Chinchilla surfaces that differ in floor and in the factor of both terms; the optimal split is
  /// that of (400, 1500, .34, .36) for all.
  struct Recipe {
    var name: String
    var floor: Double
    var factor: Double

    func loss(_ params: Double, _ tokens: Double) -> Double {
      floor + factor * (400 / pow(params, 0.34) + 1500 / pow(tokens, 0.36))
    }
  }

  /// Lower terms but a higher floor: better at first, worse in the end.
  static let early = Recipe(name: "early", floor: 1.9, factor: 0.8)
  static let late = Recipe(name: "late", floor: 1.8, factor: 1)

  /// The loss of both is equal where .2 of the terms is .1: where the terms at the optimum are .5.
  static func trueCrossing() throws -> Double {
    let surface = try ChinchillaSurface(E: 0, A: 400, B: 1500, alpha: 0.34, beta: 0.36)
    return surface.leastCompute(reaching: 0.5)
  }

  static func table(_ recipes: [Recipe], noise: Double, seed: UInt64) -> Table {
    var generator = Philox(seed: seed, stream: 5)
    var (names, params, tokens, loss): ([String], [Double], [Double], [Double]) = ([], [], [], [])
    for recipe in recipes {
      for budget in 0..<7 {
        for size in 0..<7 {
          let flops = 1e18 * pow(10, Double(budget) / 2)
          let n = (flops / 120).squareRoot() * pow(10, (Double(size) - 3) / 4)
          names.append(recipe.name)
          params.append(n)
          tokens.append(flops / 6 / n)
          loss.append(recipe.loss(n, flops / 6 / n) * exp(noise * generator.nextNormal()))
        }
      }
    }
    return Table(columns: [
      ("recipe", .texts(names)), ("params", .numbers(params)), ("tokens", .numbers(tokens)),
      ("loss", .numbers(loss)),
    ])
  }

  private static func fits(
    noise: Double, seed: UInt64, recipes: [Recipe] = [early, late],
    _ change: (inout FitSpec) -> Void = { _ in }
  ) async throws -> LawFits {
    var spec = FitSpec(law: .chinchilla)
    spec.loss = .squares
    change(&spec)
    return try await LawFits(table(recipes, noise: noise, seed: seed), spec, by: "recipe")
  }

  @Test func withoutNoiseTheCrossingIsExact() async throws {
    let comparison = try await GroupComparison(Self.fits(noise: 1e-7, seed: 1), draws: 50)
    let crossing = try #require(comparison.crossings.first)
    let truth = try Self.trueCrossing()
    #expect(crossing.budgets.count == 1)
    // Noise of 1e-7 moves where curves of nearly one slope cross by some 1e-4.
    #expect(abs(try #require(crossing.budgets.first) / truth - 1) <= 1e-3)
    #expect(crossing.betterBelow == 0)
    #expect(crossing.crossed == 50)
  }

  @Test func intervalsCoverTheTrueCrossing() async throws {
    let truth = try Self.trueCrossing()
    var covered = 0
    for seed in 0..<30 {
      let comparison = try await GroupComparison(
        Self.fits(noise: 0.002, seed: UInt64(10 + seed)), draws: 400)
      let crossing = try #require(comparison.crossings.first)
      #expect(crossing.crossed + crossing.below + crossing.above + crossing.other == crossing.draws)
      if (crossing.lower ?? 0) <= truth, truth <= (crossing.upper ?? .infinity) { covered += 1 }
    }
    // 95 % of 30 are 28.5; below 25 chance is one in a hundred.
    #expect(covered >= 25, "\(covered) of 30")
  }

  @Test func bootstrapDrawsDecideAsWell() async throws {
    let fits = try await Self.fits(noise: 0.002, seed: 2) {
      ($0.interval, $0.loss) = (.bootstrap(replicates: 200), nil)
    }
    let comparison = try await GroupComparison(fits, budgets: [1e19, 1e24])
    let crossing = try #require(comparison.crossings.first)
    let truth = try Self.trueCrossing()
    #expect(crossing.draws == 200)
    #expect((crossing.lower ?? 0) <= truth && truth <= (crossing.upper ?? .infinity))
    let probabilities = try comparison.budgets.map { try #require($0.probabilities) }
    #expect(probabilities[0][0] > 0.99)
    #expect(probabilities[1][1] > 0.9)
  }

  @Test func probabilitiesSumToOne() async throws {
    let third = Recipe(name: "third", floor: 1.85, factor: 0.9)
    let comparison = try await GroupComparison(
      Self.fits(noise: 0.01, seed: 3, recipes: [Self.early, Self.late, third]),
      budgets: [1e20, Self.trueCrossing(), 1e25], draws: 500)
    #expect(comparison.crossings.count == 3)
    for budget in comparison.budgets {
      let sum = try #require(budget.probabilities).reduce(0, +)
      #expect(abs(sum - 1) <= 1e-12)
      #expect(budget.losses.count == 3)
    }
  }

  /// A recipe that is better everywhere: nothing crosses, and the order is said.
  @Test func dominanceHasNoCrossing() async throws {
    let better = Recipe(name: "better", floor: 1.6, factor: 0.9)
    let comparison = try await GroupComparison(
      Self.fits(noise: 0.001, seed: 4, recipes: [Self.late, better]), budgets: [1e22], draws: 200)
    let crossing = try #require(comparison.crossings.first)
    #expect(crossing.budgets.isEmpty && crossing.lower == nil && crossing.upper == nil)
    #expect(crossing.betterBelow == 1)
    #expect(comparison.budgets.first?.probabilities == [0, 1])
  }

  /// The end of an interval that lies beyond the range is open, and its draws are counted.
  @Test func rangesThatCutTheIntervalLeaveItOpen() async throws {
    let truth = try Self.trueCrossing()
    let fits = try await Self.fits(noise: 0.002, seed: 5)
    let whole = try #require(try await GroupComparison(fits, draws: 400).crossings.first)
    let place = try #require(whole.budgets.first)
    let cut = try #require(
      try await GroupComparison(fits, range: 1e18...(1.05 * place), draws: 400).crossings.first)
    #expect(cut.upper == nil)
    #expect(cut.above > 0)
    #expect(cut.above + cut.crossed + cut.below + cut.other == 400)
    let lower = try #require(cut.lower)
    #expect(abs(lower / (whole.lower ?? 0) - 1) <= 1e-6)
    #expect(truth > 1e18)
  }

  @Test func resultsDoNotDependOnTasks() async throws {
    let fits = try await Self.fits(noise: 0.005, seed: 6)
    let one = try await GroupComparison(fits, budgets: [1e22], draws: 300, tasks: 1)
    let two = try await GroupComparison(fits, budgets: [1e22], draws: 300, tasks: 2)
    #expect(one == two)
  }

  /// Groups of as many rows must not be resampled alike.
  @Test func groupsAreDrawnIndependently() async throws {
    let fits = try await Self.fits(noise: 0.005, seed: 7) {
      $0.interval = .bootstrap(replicates: 50)
    }
    #expect(fits.fits.map(\.interval.seed) == [0, 1])
  }

  /// A law of one variable is compared at its values.
  @Test func lawsOfOneVariable() async throws {
    let tokens = (0..<25).map { 1e8 * pow(10, Double($0) / 6) }
    var generator = Philox(seed: 8, stream: 0)
    func loss(_ E: Double, _ A: Double) -> [Double] {
      tokens.map { (E + A / pow($0, 0.3)) * exp(1e-4 * generator.nextNormal()) }
    }
    let table = Table(columns: [
      ("kind", .texts(tokens.map { _ in "a" } + tokens.map { _ in "b" })),
      ("tokens", .numbers(tokens + tokens)), ("loss", .numbers(loss(1.9, 400) + loss(1.8, 500))),
    ])
    let fits = try await LawFits(table, FitSpec(law: .powerData), by: "kind")
    let comparison = try await GroupComparison(fits, budgets: [1e9], draws: 200)
    #expect(comparison.variable == "D")
    // 100 / D^.3 = .1.
    let truth = pow(1000, 1 / 0.3)
    let crossing = try #require(comparison.crossings.first)
    #expect((crossing.lower ?? 0) <= truth && truth <= (crossing.upper ?? .infinity))
    #expect(abs(log(try #require(crossing.budgets.first) / truth)) <= 0.1)
  }

  @Test func refusals() async throws {
    await #expect(throws: AnalysisError.self) {
      _ = try await Self.fits(noise: 0.01, seed: 1, recipes: [Self.early])
    }
    let fits = try await Self.fits(noise: 0.01, seed: 1)
    await #expect(throws: AnalysisError.self) {
      _ = try await GroupComparison(fits, budgets: [0], draws: 10)
    }
    await #expect(throws: AnalysisError.self) {
      _ = try await GroupComparison(fits, range: 0...1e20, draws: 10)
    }
  }
}
