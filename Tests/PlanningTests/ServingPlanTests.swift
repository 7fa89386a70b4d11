import Planning
import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The inference-aware optimum of arXiv:2401.00448, with the constants behind its examples.
struct ServingPlanTests {
  private static func sardana() throws -> EstimatedLaw {
    try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants(named: "sardana")))
  }

  private static func quality13B(_ law: EstimatedLaw) throws -> Double {
    try #require(law.predict(["N": [13e9], "D": [5.765e11]], rowCount: 1).first).value
  }

  /// Half a unit of the last digit: 17.4 % and 1.69e22 FLOP.
  @Test func servingTwoTrillionTokensSaves() throws {
    let law = try Self.sardana()
    let plan = try ServingPlan(law, loss: Self.quality13B(law), inferenceTokens: 2e12)
    let saving = plan.totalFlopsWithoutServing - plan.totalFlops.value
    #expect(abs(saving - 1.69e22) <= 0.005e22, "\(saving)")
    #expect(abs(100 * saving / plan.totalFlopsWithoutServing - 17.4) <= 0.05)
    #expect(plan.params.interval == nil && plan.level == nil)
  }

  /// eps_N / eps_D = 1 + T / (3 D), with the elasticities alpha A N^-alpha and beta B D^-beta.
  @Test(arguments: [0, 1e11, 2e12, 1e14])
  func firstOrderCondition(inferenceTokens: Double) throws {
    let law = try Self.sardana()
    let loss = try Self.quality13B(law)
    let plan = try ServingPlan(law, loss: loss, inferenceTokens: inferenceTokens)
    let (n, d) = (plan.params.value, plan.tokens.value)
    let ratio = 0.336 * 406.4 * pow(n, -0.336) / (0.283 * 410.7 * pow(d, -0.283))
    // A root found to about 1e-10 in the logarithm of N.
    #expect(abs(ratio / (1 + inferenceTokens / (3 * d)) - 1) <= 1e-8)
    let reached = try #require(law.predict(["N": [n], "D": [d]], rowCount: 1).first).value
    #expect(abs(reached / loss - 1) <= 1e-10)
    #expect(abs(plan.trainingFlops.value / (6 * n * d) - 1) <= 1e-12)
    #expect(abs(plan.totalFlops.value / (6 * n * d + 2 * n * inferenceTokens) - 1) <= 1e-12)
  }

  /// Without serving it is the compute-optimal model of that loss.
  @Test func withoutServingItIsTheAllocation() throws {
    let law = try Self.sardana()
    let plan = try ServingPlan(law, loss: Self.quality13B(law))
    let allocation = try #require(
      AllocationPlan(law, budgets: [plan.trainingFlops.value]).allocations.first)
    #expect(abs(allocation.params.value / plan.params.value - 1) <= 1e-7)
    #expect(abs(allocation.loss.value / plan.loss - 1) <= 1e-10)
  }

  /// Below its floor of 1.69 no model reaches a loss.
  @Test(arguments: [1.69, 1.0, 0, -1, .nan])
  func unreachableLossesAreRefused(loss: Double) throws {
    let law = try Self.sardana()
    #expect(throws: AnalysisError.self) { try ServingPlan(law, loss: loss) }
  }
}
