import Planning
import ScalingLaws
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A problem of which every limit can be left out, with its limits written out by hand.
struct PlanCase: Sendable, CustomTestStringConvertible {
  /// Amounts at which different limits bind.
  struct Amounts: Sendable {
    var flops = 4e22
    var days = 4.0
    var dollars = 24e3
    var bytes = 80e9
    var epochs = 6.0
    var served = 2e12
  }

  var amounts = Amounts()
  var resources: Set<PlanResource>
  let unique = 25e9

  static let all: [PlanCase] = {
    let kinds: [PlanResource] = [.compute, .time, .money, .memory, .epochs]
    let subsets = (1..<32).map { mask in
      Set(kinds.indices.filter { mask >> $0 & 1 == 1 }.map { kinds[$0] })
    }
    // Something must bound tokens, and something parameters.
    let bounded = subsets.filter {
      !$0.isDisjoint(with: [.compute, .time, .money]) || $0.isSuperset(of: [.memory, .epochs])
    }
    let tight = Amounts(
      flops: 1.2e22, days: 9, dollars: 13e3, bytes: 100e9, epochs: 30, served: 1e11)
    return bounded.flatMap { [PlanCase(resources: $0), PlanCase(amounts: tight, resources: $0)] }
  }()

  var testDescription: String {
    "\(amounts.days) days: " + resources.map(\.rawValue).sorted().joined(separator: ", ")
  }

  func problem(scaling scales: [PlanResource: Double] = [:]) throws -> PlanProblem {
    func amount(_ resource: PlanResource, _ amount: Double) -> Double? {
      resources.contains(resource) ? amount * (scales[resource] ?? 1) : nil
    }
    var problem = PlanProblem(
      DataRecipe(
        "C4", law: try RepetitionTests.muennighoff(),
        uniqueTokens: unique * (scales[.uniqueTokens] ?? 1)))
    problem.cluster = try Cluster(Accelerator.named("h100-80gb"), count: 64)
    problem.serving = try ServingDemand(outputTokens: amounts.served)
    problem.flops = amount(.compute, amounts.flops)
    problem.days = amount(.time, amounts.days)
    problem.dollars = amount(.money, amounts.dollars)
    problem.maximumEpochs = amount(.epochs, amounts.epochs)
    problem.memory = amount(.memory, amounts.bytes).map { MemoryLimit(bytes: $0, setups: [setup]) }
    return problem
  }

  /// Optimizer states over 64 GPUs.
  var setup: MemorySetup {
    MemorySetup(parallelism: Parallelism(data: 64, zero: .states), sequence: 4096)
  }

  /// Whether N and D keep every limit, from the figures of the data sheet.
  func keeps(_ params: Double, _ tokens: Double, tolerance: Double = 0) -> Bool {
    let training = 6 * params * tokens
    let total = training + 2 * params * amounts.served
    let perGPUHour = 989.5e12 * 0.4 * 3600
    let checks: [(PlanResource, Double, Double)] = [
      (.compute, total, amounts.flops),
      (.time, training / (64 * 24 * perGPUHour), amounts.days),
      (.money, 2 * total / perGPUHour, amounts.dollars),
      (.epochs, tokens / unique, amounts.epochs),
      (.memory, setup.use(of: ModelShape(params: params)).needed.upperBound, amounts.bytes),
    ]
    return checks.allSatisfy { resource, used, amount in
      !resources.contains(resource) || used <= amount * (1 + tolerance)
    }
  }

  /// The loss as arXiv:2305.16264 has it.
  func loss(_ params: Double, _ tokens: Double) -> Double {
    let (e, a, b, alpha) = (1.8691436784054858, 520.8249516599187, 1487.716093782861, 0.3526596)
    let (rd, rn) = (15.387756, 5.309743)
    let g = pow(a / b, 1 / (2 * alpha))
    let fresh = min(unique, tokens)
    let useful = min(params, g * g * fresh)
    let d = fresh + fresh * rd * (1 - exp(-(tokens / fresh - 1) / rd))
    let n = useful + useful * rn * (1 - exp(-(params / useful - 1) / rn))
    return e + a / pow(n, alpha) + b / pow(d, alpha)
  }
}
