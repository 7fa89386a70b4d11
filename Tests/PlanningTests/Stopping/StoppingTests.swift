import Planning
import ScalingLaws
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When compute is no longer worth its price.
struct StoppingTests {
  private static func besiroglu() throws -> EstimatedLaw {
    try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants(named: "besiroglu")))
  }

  /// Values printed for the published constants; half a unit of their last digit.
  @Test func publishedIdentities() throws {
    let price = try ComputePrice(natsPerFLOP: 1e-26)
    let plan = try StoppingPlan(Self.besiroglu(), price: price, budgets: [5.76e23])
    let point = try #require(plan.budgets.first)
    #expect(abs(point.loss.value - 1.97444) <= 5e-6)
    #expect(abs(point.marginal.value * 5.76e23 - 0.028034) <= 5e-7)
    #expect(abs(point.doubling.value - 0.018279) <= 5e-7)
    let stop = try #require(plan.stop)
    #expect(abs(stop.flops.value / 2.20645e24 - 1) <= 2.3e-6)
    #expect(point.worthIt == nil && stop.flops.interval == nil)
  }

  /// K = A G^-alpha + B G^beta and gamma, from two marginal values: both forms of lambda.
  @Test func closedForms() throws {
    let law = try Self.besiroglu()
    let (A, B, E, alpha, beta) = (482.01, 2085.43, 1.8172, 0.3478, 0.3658)
    let G = pow(alpha * A / (beta * B), 1 / (alpha + beta))
    let K = A * pow(G, -alpha) + B * pow(G, beta)
    let gamma = alpha * beta / (alpha + beta)
    #expect(abs(K - 1967.861779) <= 5e-7 && abs(gamma - 0.178286) <= 5e-7)
    for budget in [1e19, 1e24, 1e29] {
      let point = try #require(StoppingPlan(law, price: nil, budgets: [budget]).budgets.first)
      let expected = gamma * (point.loss.value - E) / budget
      #expect(abs(point.marginal.value / expected - 1) <= 1e-10)
    }
    for lambda in [1e-15, 1e-26, 1e-35] {
      let stop = try #require(StoppingPlan(law, price: ComputePrice(natsPerFLOP: lambda)).stop)
      let expected = pow(gamma * K * pow(6, gamma) / lambda, 1 / (1 + gamma))
      // A root found to 1e-12 of ln C, which is at most 80.
      #expect(abs(stop.flops.value / expected - 1) <= 1e-9)
    }
  }

  /// At fixed N: three models of the reference, four digits.
  @Test(arguments: [(70e9, 1.4e12, 4.677e-26), (8e9, 15e12, 1.604e-26), (1e9, 20e9, 1.084e-21)])
  func fixedModels(params: Double, tokens: Double, expected: Double) throws {
    let law = try Self.besiroglu()
    let run = try RunStop(law, params: params, seen: tokens, price: nil)
    let marginal = try #require(run.marginal).value
    #expect(abs(marginal / expected - 1) <= 4e-4, "\(marginal)")
    // The price it is worth now is the price at which it stops now.
    let stopped = try RunStop(
      law, params: params, seen: nil, price: ComputePrice(natsPerFLOP: marginal))
    #expect(abs(try #require(stopped.stopTokens).value / tokens - 1) <= 1e-9)
  }

  /// A law without a closed optimum: the slope of its own optimal loss by differences.
  @Test func anyLaw() throws {
    let law = try EstimatedLaw(.dataConstrained, #require(Law.dataConstrained.constants.first))
    let unique = ["U": 25e9]
    let (budget, h) = (1e22, 1e-4)
    let point = try #require(
      StoppingPlan(law, price: nil, budgets: [budget], inputs: unique).budgets.first)
    let ends = try AllocationPlan(
      law, budgets: [budget * exp(-h), budget * exp(h)], inputs: unique
    ).allocations.map(\.loss.value)
    let slope = (ends[0] - ends[1]) / (2 * h) / budget
    // Central differences: h^2 and rounding of the loss over h.
    #expect(abs(point.marginal.value / slope - 1) <= 1e-6)
    let plan = try StoppingPlan(
      law, price: ComputePrice(natsPerFLOP: point.marginal.value), inputs: unique)
    #expect(abs(try #require(plan.stop).flops.value / budget - 1) <= 1e-8)
  }

  /// ln C_stop has the gradient of its closed form: intervals of draws straddle the estimate, and
  /// draws say how likely a budget is worth it.
  @Test func intervalsComeFromTheDraws() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    spec.interval = .bootstrap(replicates: 200)
    let law = try EstimatedLaw(
      await LawFit(Checkout.table("chinchilla/fig4.csv"), spec))
    let price = try ComputePrice(natsPerDollar: 7e-9, flopsPerDollar: 7e17)
    #expect(abs(price.natsPerFLOP - 1e-26) <= 1e-40)
    let stop = try #require(StoppingPlan(law, price: price).stop).flops
    let interval = try #require(stop.interval)
    #expect(interval.lower < stop.value && stop.value < interval.upper)
    // By hand from the draws: the closed form at each.
    let draws = try #require(law.uncertainty).samples().map { values -> Double in
      let v = Dictionary(uniqueKeysWithValues: zip(law.parameters, values))
      let (A, B) = (v["A"] ?? .nan, v["B"] ?? .nan)
      let (alpha, beta) = (v["alpha"] ?? .nan, v["beta"] ?? .nan)
      let G = pow(alpha * A / (beta * B), 1 / (alpha + beta))
      let gamma = alpha * beta / (alpha + beta)
      let K = A * pow(G, -alpha) + B * pow(G, beta)
      return pow(gamma * K * pow(6, gamma) / 1e-26, 1 / (1 + gamma))
    }.sorted()
    #expect(draws.count >= 190)
    #expect(abs(interval.lower / draws[Int(0.025 * Double(draws.count - 1))] - 1) <= 0.05)
    #expect(abs(interval.upper / draws[Int(0.975 * Double(draws.count - 1)) + 1] - 1) <= 0.05)
    let plan = try StoppingPlan(
      law, price: price, budgets: [interval.lower / 2, stop.value, interval.upper * 2])
    let shares = plan.budgets.compactMap(\.worthIt)
    #expect(shares.count == 3 && shares[0] == 1 && shares[2] == 0)
    #expect(shares[1] > 0.2 && shares[1] < 0.8)
  }

  @Test(arguments: [0, -1e-26, .nan, .infinity])
  func badPrices(price: Double) {
    #expect(throws: AnalysisError.self) { try ComputePrice(natsPerFLOP: price) }
    #expect(throws: AnalysisError.self) {
      try ComputePrice(natsPerDollar: 1, flopsPerDollar: price)
    }
  }

  /// A law whose loss never falls slower than this.
  @Test func pricesNeverReached() throws {
    let law = try Self.besiroglu()
    #expect(throws: AnalysisError.self) {
      try StoppingPlan(law, price: ComputePrice(natsPerFLOP: 1e-90))
    }
    #expect(throws: AnalysisError.self) { try StoppingPlan(law, price: nil, budgets: [0]) }
    #expect(throws: AnalysisError.self) {
      try RunStop(law, params: 0, seen: 1e9, price: nil)
    }
  }
}
