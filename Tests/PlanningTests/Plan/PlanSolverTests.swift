import Planning
import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The plan under every combination of limits.
struct PlanSolverTests {
  /// Against all of a grid, which is closed in on its best point until it is finer than 1e-6.
  @Test(arguments: PlanCase.all)
  func noPointOfAGridIsBetter(_ example: PlanCase) throws {
    let plan = try Plan(example.problem())
    let n = try #require(plan[.params]).value
    let d = try #require(plan[.tokens]).value
    let loss = try #require(plan[.loss]).value
    #expect(example.keeps(n, d, tolerance: 1e-9))
    #expect(abs(example.loss(n, d) - loss) <= 1e-12)
    var (logN, logD, width) = (log(5e9), log(3e11), 8.0)
    var best = Double.infinity
    while width > 1e-6 {
      let center = (logN, logD)
      for row in -30...30 {
        for column in -30...30 {
          let (x, y) = (center.0 + width * Double(row) / 30, center.1 + width * Double(column) / 30)
          guard example.keeps(exp(x), exp(y)) else { continue }
          let value = example.loss(exp(x), exp(y))
          if value < best { (best, logN, logD) = (value, x, y) }
        }
      }
      width *= 0.25
    }
    // Nothing on the grid is better; its own best is near a vertex only to its first order.
    #expect(loss <= best + 1e-12, "\(loss) \(best)")
    #expect(loss >= best - 1e-5, "\(loss) \(best)")
  }

  /// lambda against central differences of the optimal loss, which is found anew; and the loss of
  /// a tenth more.
  @Test(arguments: PlanCase.all.filter { $0.amounts.days == 9 || $0.resources.count > 3 })
  func multipliersAreSlopesOfTheOptimalLoss(_ example: PlanCase) throws {
    let plan = try Plan(example.problem())
    let loss = try #require(plan[.loss]).value
    #expect(Set(plan.limits.map(\.resource)) == example.resources.union([.uniqueTokens]))
    for limit in plan.limits {
      func optimal(_ factor: Double) throws -> Double {
        try #require(
          Plan(example.problem(scaling: [limit.resource: factor]))[.loss]
        ).value
      }
      let step = 1e-4
      let slope = try (optimal(1 - step) - optimal(1 + step)) / (2 * step)
      let predicted = limit.multiplier.value * limit.amount
      // The differences are exact to the square of the step; one ulp of the loss is 1e-11 of them.
      #expect(
        abs(slope - predicted) <= 1e-4 * predicted + 1e-10,
        "\(limit.resource) \(slope) \(predicted)")
      #expect(limit.binds == (predicted > 1e-9))
      let gain = try max(0, loss - optimal(1.1))
      #expect(abs(limit.gain.value - gain) <= 1e-12)
      let share = limit.used.value / limit.amount
      #expect(share <= 1 + 1e-9)
      if limit.binds { #expect(share >= 1 - 1e-6, "\(limit.resource)") }
    }
  }

  /// grad L + sum lambda grad g = 0 in ln N and ln D, with slopes of the loss by differences and
  /// the limits by hand.
  @Test(arguments: PlanCase.all)
  func conditionsOfTheOptimumHold(_ example: PlanCase) throws {
    let plan = try Plan(example.problem())
    let n = try #require(plan[.params]).value
    let d = try #require(plan[.tokens]).value
    let step = 1e-5
    var slopes = (
      (example.loss(n * exp(step), d) - example.loss(n * exp(-step), d)) / (2 * step),
      (example.loss(n, d * exp(step)) - example.loss(n, d * exp(-step))) / (2 * step)
    )
    let (training, served) = (6 * n * d, 2 * n * example.amounts.served)
    let perGPUHour = 989.5e12 * 0.4 * 3600
    for limit in plan.limits {
      let lambda = limit.multiplier.value
      switch limit.resource {
      case .compute:
        slopes = (slopes.0 + lambda * (training + served), slopes.1 + lambda * training)
      case .time:
        let days = training / (64 * 24 * perGPUHour)
        slopes = (slopes.0 + lambda * days, slopes.1 + lambda * days)
      case .money:
        slopes.0 += lambda * 2 * (training + served) / perGPUHour
        slopes.1 += lambda * 2 * training / perGPUHour
      case .epochs: slopes.1 += lambda * d / example.unique
      case .memory:
        let more = example.setup.use(of: ModelShape(params: n * (1 + step))).total
        let less = example.setup.use(of: ModelShape(params: n * (1 - step))).total
        slopes.0 += lambda * (more - less) / (2 * step)
      case .energy, .uniqueTokens: break
      }
    }
    // The central differences of the loss are good to about 1e-10.
    #expect(abs(slopes.0) <= 1e-8 && abs(slopes.1) <= 1e-8, "\(slopes)")
  }

  /// The amounts are such that every limit binds somewhere, vertices included.
  @Test func everyLimitBindsSomewhere() throws {
    var seen: Set<PlanResource> = []
    var vertices = 0
    for example in PlanCase.all {
      let binding = try Plan(example.problem()).limits.filter(\.binds).map(\.resource)
      seen.formUnion(binding)
      if binding.filter({ $0 != .uniqueTokens && $0 != .memory }).count == 2 { vertices += 1 }
    }
    #expect(seen == [.compute, .time, .money, .memory, .uniqueTokens, .epochs])
    #expect(vertices >= 3, "\(vertices)")
  }
}
