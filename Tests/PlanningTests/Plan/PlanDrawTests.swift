import Planning
import ScalingLaws
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Plans of a fit, draw by draw, and choices among data, bits and layouts.
struct PlanDrawTests {
  private static func fitted() async throws -> EstimatedLaw {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    return try EstimatedLaw(await LawFit(Checkout.table("chinchilla/fig4.csv"), spec))
  }

  /// The interval of every number is that of plans made one draw at a time, without warm start.
  @Test func intervalsArePercentilesOfWholePlans() async throws {
    let law = try await Self.fitted()
    func problem(_ law: EstimatedLaw) throws -> PlanProblem {
      var problem = PlanProblem(DataRecipe("all", law: law, uniqueTokens: 60e9))
      problem.cluster = try Cluster(Accelerator.named("h100-80gb"), count: 16)
      (problem.flops, problem.days, problem.dollars) = (2.2e22, 30, 3e4)
      problem.serving = try ServingDemand(outputTokens: 4e11)
      problem.memory = MemoryLimit(
        bytes: 80e9,
        setups: [MemorySetup(parallelism: Parallelism(data: 16, zero: .states))])
      problem.maximumEpochs = 6
      return problem
    }
    let samples = try #require(law.uncertainty).samples(100)
    var drawn = law
    drawn.uncertainty = Uncertainty(law.values, draws: samples, level: 0.9)
    let plan = try Plan(problem(drawn))
    let single = try samples.map { values in
      var one = law
      (one.values, one.uncertainty) = (values, nil)
      return try Plan(problem(one))
    }
    func expect(
      _ estimate: Allocation.Estimate, _ values: [Double], _ what: String
    ) throws {
      let interval = try #require(estimate.interval)
      let sorted = values.sorted()
      // R's type 7 at 5 and 95 % of 100 numbers.
      let lower = sorted[4] + 0.95 * (sorted[5] - sorted[4])
      let upper = sorted[94] + 0.05 * (sorted[95] - sorted[94])
      let scale = max(abs(lower), abs(upper), 1e-300)
      // Searches from different starts agree to 1e-10 in ln N.
      #expect(abs(interval.lower - lower) <= 1e-7 * scale, "\(what)")
      #expect(abs(interval.upper - upper) <= 1e-7 * scale, "\(what)")
    }
    for quantity in PlanQuantity.allCases {
      guard let estimate = plan[quantity] else { continue }
      try expect(estimate, single.map { $0[quantity]?.value ?? .nan }, quantity.rawValue)
    }
    #expect(plan.level == 0.9 && plan.limits.count == 6)
    for limit in plan.limits {
      let same = single.compactMap { $0.limits.first { $0.resource == limit.resource } }
      try expect(limit.multiplier, same.map(\.multiplier.value), limit.resource.rawValue)
      try expect(limit.gain, same.map(\.gain.value), limit.resource.rawValue)
      try expect(limit.used, same.map(\.used.value), limit.resource.rawValue)
      #expect(limit.probability == Double(same.count { $0.binds }) / 100)
    }
    // Which limit binds is itself uncertain.
    #expect(plan.limits.contains { ($0.probability ?? 0) > 0 && ($0.probability ?? 1) < 1 })
  }

  /// The best of several pools is that of plans for each alone.
  @Test func bestPoolIsTaken() async throws {
    let law = try RepetitionTests.withoutRepeats()
    var filtered = law
    let place = try #require(law.parameters.firstIndex(of: "B"))
    filtered.values[place] *= 0.8
    let recipes = [
      DataRecipe("everything", law: law, uniqueTokens: 400e9),
      DataRecipe(
        "best tenth", law: filtered, uniqueTokens: 40e9,
        selection: try Selection(.perplexity, scorerParams: 125e6, scoredTokens: 400e9)),
    ]
    for (flops, expected) in [(5e19, 0), (2e20, 0), (1e22, 1), (1e25, 0)] {
      var problem = PlanProblem(recipes)
      problem.flops = flops
      let plan = try Plan(problem)
      #expect(plan.bestRecipe == expected, "\(flops)")
      let choice = try await DataChoice(recipes, budgets: [flops], range: flops / 2...flops * 2)
      let option = try #require(choice.budgets[0].options[expected])
      #expect(abs(try #require(plan[.loss]).value / option.loss.value - 1) <= 1e-12)
      #expect(abs(try #require(plan[.params]).value / option.params.value - 1) <= 1e-9)
      #expect(plan[.selectionFlops]?.value == (expected == 1 ? 1e20 : nil))
      #expect(plan.recipes.map(\.name) == ["everything", "best tenth"])
    }
  }

  /// More unique tokens of a mixture of pools are worth what the difference says.
  @Test func worthOfPoolsByUtility() throws {
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants.first))
    func plan(_ size: Double) throws -> Plan {
      let pools = try [
        UtilityPool("a", size: size, utility: -0.40, halfLife: 4),
        UtilityPool("b", size: 2 * size, utility: -0.36, halfLife: 6),
      ]
      var problem = PlanProblem(DataRecipe(UtilityMixture(pools), in: law))
      (problem.flops, problem.maximumEpochs, problem.params) = (1e22, 20, 8e9)
      return try Plan(problem)
    }
    let middle = try plan(20e9)
    let limit = try #require(middle.limits.first { $0.resource == .uniqueTokens })
    #expect(limit.amount == 60e9 && limit.binds)
    let losses = try [20e9 * (1 - 1e-4), 20e9 * (1 + 1e-4)].map {
      try #require(plan($0)[.loss]).value
    }
    let slope = (losses[0] - losses[1]) / (2e-4 * 60e9)
    #expect(abs(slope / limit.multiplier.value - 1) <= 1e-4)
  }

  /// Bits of least loss among those asked, as the plan of precisions has them.
  @Test func bestBitsAreTaken() throws {
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants.first))
    let sensitivity = try PrecisionSensitivity(gammas: [3, 3, 3])
    let widths = [4.0, 6, 8, 16]
    var problem = PlanProblem(DataRecipe("all", law: law))
    (problem.flops, problem.widths, problem.sensitivity) = (1e23, widths, sensitivity)
    let plan = try Plan(problem)
    let options = try PrecisionPlan(
      law, sensitivity: sensitivity, budgets: [1e23], widths: widths
    ).budgets[0].options
    let best = try #require(options.min { $0.loss.value < $1.loss.value })
    #expect(plan.bits == best.bits.value)
    #expect(abs(try #require(plan[.loss]).value / best.loss.value - 1) <= 1e-12)
    #expect(abs(try #require(plan[.params]).value / best.params.value - 1) <= 1e-9)
  }

  /// Of layouts that train the same the first is taken that holds the model; recomputation, which
  /// costs time, only where nothing else does.
  @Test func layoutIsChosen() throws {
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants.first))
    let setups = MemorySetup(parallelism: Parallelism(data: 8), sequence: 4096)
      .alternatives(for: ModelShape(params: 1e10))
    #expect(setups.first?.parallelism.zero == Parallelism.ZeRO.none)
    func plan(_ days: Double, _ bytes: Double = 80e9) throws -> Plan {
      var problem = PlanProblem(DataRecipe("all", law: law))
      problem.cluster = try Cluster(Accelerator.named("h100-80gb"), count: 8)
      problem.days = days
      problem.memory = MemoryLimit(bytes: bytes, setups: setups)
      return try Plan(problem)
    }
    let small = try plan(1)
    #expect(small.setup == setups[0] && small.limits.count == 2 && !small.limits[1].binds)
    let larger = try #require(plan(40).setup)
    #expect(larger.parallelism.zero != .none && larger.activations.recomputation == .none)
    // With little memory, recomputation holds a model that is worth a third of the time.
    let tight = try plan(2000, 24e9)
    #expect(tight.setup?.activations.recomputation == .full)
    let days = try #require(tight[.days]).value
    let flops = try #require(tight[.trainingFlops]).value
    #expect(abs(days / 2000 - 1) <= 1e-9)
    #expect(abs(flops * 4 / 3 / (8 * 989.5e12 * 0.4 * 86_400) / days - 1) <= 1e-9)
    let relief = try #require(tight.memoryRelief)
    #expect(try relief.params > #require(tight[.params]).value)
    #expect(try relief.loss < #require(tight[.loss]).value)
    #expect(!relief.steps.isEmpty)
  }
}
