internal import ScalingLaws

/// A way to train among which a plan chooses: data, bits, and setups of memory of equal work.
struct PlanCandidate {
  /// The place of the data recipe.
  var recipe: Int
  /// Bits trained at; nil where nobody asked.
  var bits: Double?
  /// The setups; nil without a limit of memory.
  var group: MemoryLimit.Group?
  /// The bound on N and its slope in bytes, where memory limits it.
  var paramsPerByte = 0.0
  var uniqueTokens: Double?
  var limits: [TokenLimit]
  /// The solver at the resources given; nil where they leave nothing.
  var solver: PlanSolver?
  /// The solver with a tenth more of one resource.
  var relaxed: [PlanResource: PlanSolver] = [:]

  private let surface: any LossSurface
  private let memory: MemoryLimit?
  private let fixedParams: Double?
  /// The largest models found for other amounts of memory.
  private let known = LargestModels()

  init(
    _ problem: PlanProblem, recipe: Int, surface: any LossSurface, bits: Double?,
    group: MemoryLimit.Group?
  ) {
    let data = problem.data[recipe]
    (self.recipe, self.bits, self.group, self.surface) = (recipe, bits, group, surface)
    (memory, fixedParams) = (problem.memory, problem.params)
    uniqueTokens = data.uniqueTokens
    limits = problem.limits(
      data, work: group?.work ?? 1,
      share: (bits ?? PrecisionPlan.referenceBits)
        / PrecisionPlan.referenceBits)
    if let memory, let last = group?.setups.last {
      paramsPerByte = memory.slope(last.setup, largest: last.largest)
    }
    solver = makeSolver()
    for resource in resources { relaxed[resource] = makeSolver(scaling: [resource: 1.1]) }
  }

  /// What limits it, in the order of the cases.
  var resources: [PlanResource] {
    PlanResource.allCases.filter { resource in
      switch resource {
      case .memory: group != nil && fixedParams == nil
      case .uniqueTokens: uniqueTokens != nil
      default: limits.contains { $0.resource == resource }
      }
    }
  }

  /// The solver with more of some resources; nil where they leave nothing.
  func makeSolver(scaling scales: [PlanResource: Double] = [:]) -> PlanSolver? {
    var scaled = limits
    for index in scaled.indices {
      scaled[index].amount *= scales[scaled[index].resource] ?? 1
      if scaled[index].resource == .epochs {
        scaled[index].perToken /= scales[.uniqueTokens] ?? 1
      }
    }
    var largest = group?.largest
    if let scale = scales[.memory], let memory, let setup = group?.setups.last?.setup {
      largest = known.find(setup, in: memory.bytes * scale, memory)
    }
    return TokenCeiling(scaled, largest: largest, fixed: fixedParams).map {
      PlanSolver(
        surface: scales[.uniqueTokens].map { surface.scalingUnique(by: $0) } ?? surface,
        ceiling: $0)
    }
  }

  /// The first setup that holds N parameters.
  func setup(_ params: Double) -> MemorySetup? {
    group.flatMap { group in
      (group.setups.first { params <= $0.largest * (1 + 1e-9) } ?? group.setups.last)?.setup
    }
  }

  /// What one more unit of a resource is worth at an optimum, in nats, by the envelope theorem.
  func multiplier(of resource: PlanResource, at point: PlanPoint) -> Double {
    switch resource {
    case .memory: return point.multipliers.params * paramsPerByte
    case .uniqueTokens:
      guard let uniqueTokens else { return 0 }
      let epochs = point.multiplier(of: .epochs)
      return max(0, -point.gradient.unique / uniqueTokens)
        + epochs * point.tokens / (uniqueTokens * uniqueTokens)
    default: return point.multiplier(of: resource)
    }
  }

  /// What an optimum uses of a resource.
  func used(_ resource: PlanResource, at point: PlanPoint) -> Double {
    switch resource {
    case .memory:
      setup(point.params).flatMap { setup in
        memory.map { setup.use(of: $0.shape(point.params)).needed.upperBound }
      } ?? 0
    case .uniqueTokens: min(point.tokens, uniqueTokens ?? point.tokens)
    default:
      limits.first { $0.resource == resource }?.used(point.params, point.tokens) ?? 0
    }
  }
}

/// A memory of the searches for the largest model of one setup: many solvers ask for the same.
private final class LargestModels {
  private var params: [Double: Double] = [:]

  func find(_ setup: MemorySetup, in bytes: Double, _ memory: MemoryLimit) -> Double? {
    if let known = params[bytes] { return known }
    let found = setup.largestParams(in: bytes, vocabulary: memory.vocabulary)
    params[bytes] = found
    return found
  }
}

extension PlanProblem {
  /// The limits on tokens for some data.
  func limits(_ data: DataRecipe, work: Double, share: Double) -> [TokenLimit] {
    let training = 6 * share
    let selection = data.selection?.flops ?? 0
    let served = serving?.tokens ?? 0
    var limits: [TokenLimit] = []
    if let flops {
      limits.append(
        TokenLimit(
          resource: .compute, perProduct: training, perParam: 2 * served, fixed: selection,
          amount: flops))
    }
    if let days, let cluster {
      let day = cluster.flops(inSeconds: 86_400)
      limits.append(
        TokenLimit(
          resource: .time, perProduct: training * work / day, fixed: selection / day, amount: days))
    }
    if let dollars, let cluster, let price = cluster.dollars(1) {
      limits.append(
        TokenLimit(
          resource: .money, perProduct: training * work * price,
          perParam: serving?.dollarsPerParam(cluster) ?? 0, fixed: selection * price,
          amount: dollars))
    }
    if let kilowattHours, let cluster, let rate = cluster.kilowattHours(1) {
      limits.append(
        TokenLimit(
          resource: .energy, perProduct: training * work * rate, fixed: selection * rate,
          amount: kilowattHours))
    }
    if let maximumEpochs, let unique = data.uniqueTokens {
      limits.append(
        TokenLimit(resource: .epochs, perToken: 1 / unique, amount: maximumEpochs))
    }
    return limits
  }
}
