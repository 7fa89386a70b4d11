import Formulas
import Planning
import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Plans whose answer is known.
struct PlanSpecialCaseTests {
  private static func besiroglu() throws -> EstimatedLaw {
    try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants(named: "besiroglu")))
  }

  private static func expectAllocation(
    _ plan: Plan, _ law: EstimatedLaw, flops: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let allocation = try #require(AllocationPlan(law, budgets: [flops]).allocations.first)
    for (quantity, expected) in [
      (PlanQuantity.params, allocation.params), (.tokens, allocation.tokens),
      (.tokensPerParam, allocation.tokensPerParam), (.loss, allocation.loss),
    ] {
      let value = try #require(plan[quantity], sourceLocation: sourceLocation).value
      #expect(
        abs(value / expected.value - 1) <= 1e-9, "\(quantity)", sourceLocation: sourceLocation)
    }
  }

  /// With no limit but FLOP: what `allocate` says, for every published law of the form.
  @Test(arguments: Law.chinchilla.constants, [1e19, 5.76e23, 1e27])
  func computeAloneIsTheAllocation(_ constants: Law.PublishedConstants, flops: Double) throws {
    let law = try EstimatedLaw(.chinchilla, constants)
    var problem = PlanProblem(DataRecipe("all", law: law))
    problem.flops = flops
    let plan = try Plan(problem)
    try Self.expectAllocation(plan, law, flops: flops)
    #expect(plan.limits.map(\.resource) == [.compute] && plan.limits[0].binds)
    #expect(plan.next == nil && plan.memoryRelief == nil && plan.level == nil)
    let stop = try #require(StoppingPlan(law, price: nil, budgets: [flops]).budgets.first)
    #expect(abs(plan.limits[0].multiplier.value / stop.marginal.value - 1) <= 1e-8)
  }

  /// Every limit slack but one, which is the closed form for what that one buys.
  @Test(arguments: [PlanResource.compute, .time, .money, .energy])
  func oneLimitAmongSlackOnes(_ tight: PlanResource) throws {
    let law = try Self.besiroglu()
    let cluster = try Cluster(Accelerator.named("h100-80gb"), count: 256, utilization: 0.35)
    let flops = 1e21
    var problem = PlanProblem(DataRecipe("all", law: law, uniqueTokens: 1e15))
    problem.data[0].repetition = Repetition(tokenDecay: 1e9, paramDecay: 1e9, source: "")
    problem.cluster = cluster
    let order: [PlanResource] = [.compute, .time, .money, .energy].filter { $0 != tight }
    func slack(_ resource: PlanResource) -> Double {
      order.firstIndex(of: resource).map { 1000 * exp2(Double($0)) } ?? 1
    }
    problem.flops = slack(.compute) * flops
    problem.days = slack(.time) * cluster.seconds(flops) / 86_400
    problem.dollars = slack(.money) * (try #require(cluster.dollars(flops)))
    problem.kilowattHours = slack(.energy) * (try #require(cluster.kilowattHours(flops)))
    problem.memory = MemoryLimit(bytes: 1e15, setups: [MemorySetup()])
    problem.maximumEpochs = 100
    let plan = try Plan(problem)
    // Parameters and tokens stay below what the repetition of data would touch.
    try Self.expectAllocation(plan, law, flops: flops)
    #expect(plan.limits.filter { $0.binds }.map(\.resource) == [tight])
    #expect(plan.limits[0].resource == tight)
    let next = try #require(plan.next)
    // A tenth more of the first is cut off from here on.
    #expect(next.resource == order[0])
    #expect(next.factor > 1000 / 1.1 && next.factor < 1010)
    let hours = try #require(plan[.gpuHours]).value
    #expect(abs(hours / cluster.gpuHours(flops) - 1) <= 1e-9)
    #expect(abs(try #require(plan[.dollars]).value / (2 * hours) - 1) <= 1e-12)
    #expect(abs(try #require(plan[.kilowattHours]).value / (0.77 * hours) - 1) <= 1e-12)
    #expect(abs(try #require(plan[.days]).value * 256 * 24 / hours - 1) <= 1e-12)
  }

  /// eps_N / eps_D = 1 + T / (3 D) at a budget for training and serving.
  @Test(arguments: [1e10, 2e12, 1e14], [1e21, 1e24])
  func servingObeysTheFirstOrderCondition(served: Double, flops: Double) throws {
    var problem = PlanProblem(DataRecipe("all", law: try Self.besiroglu()))
    problem.flops = flops
    problem.serving = try ServingDemand(outputTokens: served)
    let plan = try Plan(problem)
    let n = try #require(plan[.params]).value
    let d = try #require(plan[.tokens]).value
    let ratio = 0.3478 * 482.01 * pow(n, -0.3478) / (0.3658 * 2085.43 * pow(d, -0.3658))
    #expect(abs(ratio / (1 + served / (3 * d)) - 1) <= 1e-8)
    #expect(abs((6 * n * d + 2 * n * served) / flops - 1) <= 1e-12)
  }

  /// Sardana's 13B to 7B: the budget of the cheapest model of that quality has that model as its
  /// plan.
  ///
  /// Half a per cent is asked of the printed numbers.
  @Test func sardanaAtTheBudgetOfItsQuality() throws {
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants(named: "sardana")))
    let quality = try #require(law.predict(["N": [13e9], "D": [5.765e11]], rowCount: 1).first).value
    let serving = try ServingPlan(law, loss: quality, inferenceTokens: 2e12)
    var problem = PlanProblem(DataRecipe("all", law: law))
    problem.flops = serving.totalFlops.value
    problem.serving = try ServingDemand(outputTokens: 2e12)
    let plan = try Plan(problem)
    for (quantity, exact, printed) in [
      (PlanQuantity.params, serving.params.value, 6.969e9),
      (.tokens, serving.tokens.value, 1.248e12), (.loss, quality, 2.0453),
      (.trainingFlops, serving.trainingFlops.value, 8.005e22 - 2 * 6.969e9 * 2e12),
    ] {
      let value = try #require(plan[quantity]).value
      #expect(abs(value / exact - 1) <= 1e-7, "\(quantity)")
      #expect(abs(value / printed - 1) <= 0.005, "\(quantity)")
    }
    let served = try #require(plan[.servingFlops]).value
    #expect(abs(served / (4e12 * serving.params.value) - 1) <= 1e-7)
  }

  /// Money with a serving of its own price and utilizations is that of the tokens it is worth.
  @Test func dollarsOfServing() throws {
    let cluster = try Cluster(Accelerator.named("h100-80gb"), count: 64)
    let cost = ServingCost(
      accelerator: Accelerator(
        name: "cheap", memory: 24e9, peakFlops: 165e12, bandwidth: 1e12, hourlyPrice: 0.5),
      promptUtilization: 0.5, outputUtilization: 0.1)
    var problem = PlanProblem(DataRecipe("all", law: try Self.besiroglu()))
    problem.cluster = cluster
    problem.dollars = 1e5
    problem.serving = try ServingDemand(promptTokens: 1e12, outputTokens: 2e11, cost: cost)
    let plan = try Plan(problem)
    let equivalent = try #require(
      cost.equivalentTokens(promptTokens: 1e12, outputTokens: 2e11, training: cluster))
    var other = PlanProblem(DataRecipe("all", law: try Self.besiroglu()))
    other.flops = cluster.flops(forDollars: 1e5)
    other.serving = try ServingDemand(outputTokens: equivalent)
    let same = try Plan(other)
    for quantity in [PlanQuantity.params, .tokens, .loss] {
      let one = try #require(plan[quantity])
      let two = try #require(same[quantity])
      #expect(abs(one.value / two.value - 1) <= 1e-9)
    }
    let training = try #require(plan[.trainingDollars]).value
    let served = try #require(plan[.servingDollars]).value
    let total = try #require(plan[.dollars]).value
    #expect(abs(training + served - 1e5) <= 1e-6)
    #expect(total == training + served)
  }

  /// 1e22 FLOP over 25e9 unique tokens: 9.488 epochs; 0.1 % is asked.
  @Test(arguments: [true, false])
  func uniqueTokensAndCompute(isFittedWithRepeats: Bool) throws {
    let law =
      try isFittedWithRepeats
      ? RepetitionTests.muennighoff() : RepetitionTests.withoutRepeats()
    var problem = PlanProblem(DataRecipe("C4", law: law, uniqueTokens: 25e9))
    problem.flops = 1e22
    let plan = try Plan(problem)
    #expect(abs(try #require(plan[.params]).value / 7.02616e9 - 1) <= 1e-5)
    #expect(abs(try #require(plan[.tokens]).value / 2.372088e11 - 1) <= 1e-5)
    #expect(abs(try #require(plan[.epochs]).value - 9.48835) <= 1e-4)
    #expect(abs(try #require(plan[.loss]).value - 2.2221292749) <= 5e-11)
    // At 9.5 epochs fresh data are worth more than compute.
    #expect(plan.limits.map(\.resource) == [.uniqueTokens, .compute])
    #expect(plan.limits.allSatisfy { $0.binds })
  }

  /// Llama-3-8B on 15T tokens is the plan for 12.65 times as many tokens served.
  @Test func llama3ReadBack() throws {
    let served = 12.65 * 15e12
    var problem = PlanProblem(DataRecipe("all", law: try Self.besiroglu()))
    problem.flops = 6 * 8e9 * 15e12 + 2 * 8e9 * served
    problem.serving = try ServingDemand(outputTokens: served)
    let plan = try Plan(problem)
    // The ratio has four digits, and N answers to it with half its relative error.
    #expect(abs(try #require(plan[.params]).value / 8e9 - 1) <= 1e-3)
    #expect(abs(try #require(plan[.tokens]).value / 15e12 - 1) <= 1e-3)
  }

  /// A given N takes the tokens that the tightest limit leaves.
  @Test func givenParameters() throws {
    var problem = PlanProblem(DataRecipe("all", law: try Self.besiroglu()))
    (problem.flops, problem.params) = (1e22, 7e9)
    let plan = try Plan(problem)
    #expect(abs(try #require(plan[.params]).value - 7e9) <= 1)
    #expect(abs(try #require(plan[.tokens]).value / (1e22 / 42e9) - 1) <= 1e-12)
    let stop = try RunStop(Self.besiroglu(), params: 7e9, seen: 1e22 / 42e9, price: nil)
    let marginal = try #require(stop.marginal).value
    #expect(abs(plan.limits[0].multiplier.value / marginal - 1) <= 1e-9)
  }

  /// A law for the logarithm of the loss is the same law; only its loss is shown.
  @Test(arguments: ["log", "log2", "log10"])
  func lawsOfTheLogarithm(function: String) throws {
    let law = try Self.besiroglu()
    var logarithmic = law
    logarithmic.formula = try Formula(
      "\(function)(loss) ~ \(function)(E + A / N^alpha + B / D^beta)")
    logarithmic.closedForm = nil
    let plans = try [law, logarithmic].map { law in
      var problem = PlanProblem(DataRecipe("all", law: law))
      problem.flops = 1e22
      return try Plan(problem)
    }
    for quantity in [PlanQuantity.params, .loss] {
      let values = try plans.map { try #require($0[quantity]).value }
      #expect(abs(values[0] / values[1] - 1) <= 1e-9)
    }
    let multipliers = plans.map(\.limits[0].multiplier.value)
    #expect(abs(multipliers[0] / multipliers[1] - 1) <= 1e-9)
  }

  /// A law whose loss rises again in tokens: the limit on them does not bind, and that is said.
  @Test func moreTokensCanHurt() throws {
    var law = try Self.besiroglu()
    law.formula = try Formula("loss ~ E + A / N^alpha + B / D^beta + (D / (100 * N))^2")
    law.closedForm = nil
    var problem = PlanProblem(DataRecipe("all", law: law))
    (problem.flops, problem.params) = (1e24, 1e9)
    let plan = try Plan(problem)
    let d = try #require(plan[.tokens]).value
    let slope = -0.3658 * 2085.43 * pow(d, -0.3658) + 2 * pow(d / 1e11, 2)
    #expect(abs(slope) <= 1e-10)
    #expect(!plan.limits[0].binds && plan.limits[0].multiplier.value == 0)
    #expect(plan.warnings.contains { $0.contains("no limit on tokens binds") })
  }
}
