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

/// Training at few bits and rounding afterwards, arXiv:2411.04330.
struct PrecisionTests {
  private static let truth: [String: Double] = [
    "E": 1.8, "A": 480, "B": 2000, "alpha": 0.35, "beta": 0.36, "gamma": 4,
  ]

  /// The law with made-up constants: the forms are tested, not the numbers.
  private static func law() throws -> EstimatedLaw {
    try EstimatedLaw(
      .precision,
      Law.PublishedConstants("made", citation: "", values: truth, verification: .recalled))
  }

  /// e^x = 1 + k x, six decimals.
  @Test(arguments: [(2, 1.256431), (3, 1.903814)])
  func tiedFactors(count: Int, expected: Double) throws {
    for gamma in [1, 3.7, 4.2] {
      let bits = try PrecisionSensitivity(gammas: Array(repeating: gamma, count: count)).optimalBits
      #expect(abs(try #require(bits) / gamma - expected) <= 5e-7)
    }
  }

  /// 7 to 8 bits are what gammas of 3.7 to 4.2 imply.
  @Test func sevenToEightBits() throws {
    let bits = try [3.7, 4.2].map {
      try #require(PrecisionSensitivity(gammas: [$0, $0, $0]).optimalBits)
    }
    #expect(abs(bits[0] - 7) <= 0.05 && abs(bits[1] - 8) <= 0.05)
    #expect(try PrecisionSensitivity(gammas: [4]).optimalBits == nil)
  }

  @Test func capacityAndSlope() throws {
    let sensitivity = try PrecisionSensitivity(gammas: [2, 3, 5])
    let expected = (1 - exp(-4.0)) * (1 - exp(-8.0 / 3)) * (1 - exp(-1.6))
    #expect(abs(sensitivity.capacity(bits: 8) / expected - 1) <= 1e-14)
    let h = 1e-5
    let ends = [-h, h].map { log(sensitivity.capacity(bits: 8 * exp($0))) }
    #expect(abs((ends[1] - ends[0]) / (2 * h) - sensitivity.slope(bits: 8)) <= 1e-9)
    let unequal = try #require(sensitivity.optimalBits)
    #expect(abs(sensitivity.slope(bits: unequal) - 1) <= 1e-11)
  }

  /// Against a search over bits and parameters of the law itself, at a cost of N D P.
  @Test(arguments: [1e20, 1e24])
  func bestWidthOfALaw(budget: Double) throws {
    let law = try Self.law()
    let plan = try PrecisionPlan(law, budgets: [budget])
    let best = try #require(plan.budgets.first?.best)
    #expect(abs(best.bits.value - 4 * 1.903814) <= 4 * 5e-7)
    #expect(
      abs(6 * best.params.value * best.tokens.value * best.bits.value / 16 / budget - 1) <= 1e-12)
    func loss(_ params: Double, _ bits: Double) throws -> Double {
      let tokens = budget * 16 / bits / (6 * params)
      return try law.predict(["N": [params], "D": [tokens], "P": [bits]], rowCount: 1)[0].value
    }
    #expect(abs(try loss(best.params.value, best.bits.value) - best.loss.value) <= 1e-12)
    for (params, bits) in [(0.99, 1), (1.01, 1), (1, 0.99), (1, 1.01), (1.01, 0.99), (0.99, 1.01)] {
      #expect(try loss(best.params.value * params, best.bits.value * bits) > best.loss.value)
    }
    let options = plan.budgets[0].options
    #expect(options.map(\.bits.value) == [4, 8, 16])
    #expect(options.allSatisfy { $0.loss.value > best.loss.value })
    for option in options {
      let direct = try AllocationPlan(
        law, budgets: [budget * 16 / option.bits.value], inputs: ["P": option.bits.value]
      ).allocations[0]
      #expect(abs(direct.params.value / option.params.value - 1) <= 1e-8)
      #expect(abs(direct.loss.value / option.loss.value - 1) <= 1e-12)
    }
  }

  /// With N fixed the best width grows with the logarithm of the budget.
  @Test func fixedSize() throws {
    let plan = try PrecisionPlan(Self.law(), budgets: [1e20, 1e22, 1e24, 1e26], params: 1e9)
    let best = try plan.budgets.map { try #require($0.best) }
    let bits = best.map(\.bits.value)
    let steps = zip(bits, bits.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { $0 > 1 })
    #expect(abs(steps[2] / steps[1] - 1) <= 0.1)
    for (budget, option) in zip([1e20, 1e22, 1e24, 1e26], best) {
      func loss(_ bits: Double) throws -> Double {
        let tokens = budget * 16 / bits / 6e9
        return try Self.law().predict(["N": [1e9], "D": [tokens], "P": [bits]], rowCount: 1)[0]
          .value
      }
      #expect(abs(try loss(option.bits.value) - option.loss.value) <= 1e-12)
      #expect(try loss(option.bits.value * 1.01) > option.loss.value)
      #expect(try loss(option.bits.value * 0.99) > option.loss.value)
    }
  }

  /// A law of runs at 16 bits with sensitivities that are given: at 16 bits it is the law.
  @Test func sensitivitiesMayBeGiven() throws {
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants.first))
    let plan = try PrecisionPlan(
      law, sensitivity: PrecisionSensitivity(gammas: [2, 3, 3]), budgets: [1e22])
    let direct = try AllocationPlan(law, budgets: [1e22]).allocations[0]
    let at16 = try #require(plan.budgets[0].options.last)
    #expect(abs(at16.params.value / direct.params.value - 1) <= 1e-12)
    #expect(abs(at16.loss.value / direct.loss.value - 1) <= 1e-14)
    #expect(throws: AnalysisError.self) { try PrecisionPlan(law, budgets: [1e22]) }
    #expect(throws: AnalysisError.self) {
      try PrecisionPlan(
        Self.law(), sensitivity: PrecisionSensitivity(gammas: [2]), budgets: [1e22])
    }
    #expect(throws: AnalysisError.self) { try PrecisionPlan(Self.law(), budgets: [-1]) }
    #expect(throws: AnalysisError.self) { try PrecisionSensitivity(gammas: [0]) }
  }

  /// Runs of the law itself give its constants back, and the interval of the width.
  @Test func fitOfTheLaw() async throws {
    let law = try Self.law()
    var columns: [String: [Double]] = ["N": [], "D": [], "P": []]
    for params in [3e7, 1e8, 4e8, 1.6e9] {
      for ratio in [5.0, 20, 80] {
        for bits in [3.0, 4, 6, 8, 16] {
          columns["N"]?.append(params)
          columns["D"]?.append(ratio * params)
          columns["P"]?.append(bits)
        }
      }
    }
    var random = Philox(seed: 1, stream: 0)
    let losses = try law.predict(columns, rowCount: 60).map { prediction in
      prediction.value * exp(1e-3 * random.nextNormal())
    }
    let table = Table(columns: [
      ("N", .numbers(columns["N"] ?? [])), ("D", .numbers(columns["D"] ?? [])),
      ("P", .numbers(columns["P"] ?? [])), ("loss", .numbers(losses)),
    ])
    let fitted = try EstimatedLaw(await LawFit(table, FitSpec(law: .precision)))
    #expect(abs(try #require(fitted["gamma"]) / 4 - 1) <= 0.01)
    let best = try #require(PrecisionPlan(fitted, budgets: [1e21]).budgets[0].best)
    let interval = try #require(best.bits.interval)
    #expect(interval.lower < 7.6153 && 7.6153 < interval.upper)
    #expect(interval.upper / interval.lower < 1.05)
  }

  private static let penalty = Result {
    try QuantisationPenalty(amplitude: 0.05, tokenExponent: 0.5, paramExponent: 0.45, bitDecay: 0.6)
  }

  /// beta B D^-beta = gD delta, in closed form.
  @Test func moreDataCanHurt() throws {
    let penalty = try Self.penalty.get()
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants.first))
    let (B, beta) = (try #require(law["B"]), try #require(law["beta"]))
    let critical = try #require(try penalty.criticalTokens(law, params: 1e9, bits: 4)).value
    let expected = pow(
      beta * B * pow(1e9, 0.45) * exp(4 / 0.6) / (0.5 * 0.05), 1 / (0.5 + beta))
    #expect(abs(critical / expected - 1) <= 1e-9)
    // Fewer bits sooner, larger models later.
    let fewer = try #require(try penalty.criticalTokens(law, params: 1e9, bits: 3)).value
    let larger = try #require(try penalty.criticalTokens(law, params: 1e10, bits: 4)).value
    #expect(fewer < critical && critical < larger)
    #expect(try penalty.criticalTokens(law, params: 1e9, bits: 200) == nil)
    // Over-trained models lose more.
    let delta = [20e9, 2000e9].map { penalty.penalty(params: 1e9, tokens: $0, bits: 4) }
    #expect(abs(delta[1] / delta[0] - 10) <= 1e-12)
  }

  /// Nothing is lost by rounding to the bits trained at, almost everything by far fewer.
  @Test func trainingAtFewBitsRelieves() throws {
    let full = try Self.penalty.get()
    var penalty = full
    penalty.trainedWidths = [.init(bits: 8, rate: 0.5), .init(bits: 6, rate: 2)]
    func share(_ bits: Double) -> Double {
      penalty.penalty(params: 1e9, tokens: 1e11, bits: bits)
        / full.penalty(params: 1e9, tokens: 1e11, bits: bits)
    }
    #expect(abs(share(4) - (1 - exp(-2.0)) * (1 - exp(-4.0))) <= 1e-14)
    #expect(share(6) == 0 && share(7) == 0 && share(8) == 0)
  }

  @Test func penaltyIsFitted() async throws {
    let penalty = try Self.penalty.get()
    var columns: [String: [Double]] = ["N": [], "D": [], "P": [], "penalty": []]
    for params in [1e8, 1e9] {
      for ratio in [10.0, 100, 1000] {
        for bits in [3.0, 4, 5] {
          columns["N"]?.append(params)
          columns["D"]?.append(params * ratio)
          columns["P"]?.append(bits)
          columns["penalty"]?.append(
            penalty.penalty(params: params, tokens: params * ratio, bits: bits))
        }
      }
    }
    let table = Table(
      columns: ["N", "D", "P", "penalty"].map { ($0, .numbers(columns[$0] ?? [])) })
    let fit = try EstimatedLaw(await LawFit(table, FitSpec(law: .quantisation)))
    let found = try QuantisationPenalty(fit)
    #expect(abs(found.tokenExponent - 0.5) <= 1e-6 && abs(found.paramExponent - 0.45) <= 1e-6)
    #expect(abs(found.bitDecay - 0.6) <= 1e-6 && abs(found.amplitude / 0.05 - 1) <= 1e-4)
    #expect(throws: AnalysisError.self) { try QuantisationPenalty(Self.law()) }
    #expect(throws: AnalysisError.self) {
      try QuantisationPenalty(amplitude: 0, tokenExponent: 1, paramExponent: 1, bitDecay: 1)
    }
  }
}
