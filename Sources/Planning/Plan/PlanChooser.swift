internal import ScalingLaws
internal import Tables

/// The best of all ways to train, for any draw of the laws.
struct PlanChooser {
  /// A way to train at its optimum.
  struct Choice {
    var place: Int
    var point: PlanPoint
  }

  let candidates: [PlanCandidate]
  /// What limits any of them, in the order of the cases.
  let resources: [PlanResource]
  /// Whether the candidates differ in how they lie in memory alone.
  private let hasOneRecipe: Bool

  init(_ problem: PlanProblem) throws {
    let groups: [MemoryLimit.Group?] = problem.memory.map { $0.groups() } ?? [nil]
    var candidates: [PlanCandidate] = []
    for (recipe, data) in problem.data.enumerated() {
      for bits in problem.widths.isEmpty ? [nil] : problem.widths.map(Optional.init) {
        let capacity = try bits.map { _ in try EffectiveCapacity(data.law, problem.sensitivity) }
        let base = try data.surface(
          problem.inputs.merging(capacity?.inputs ?? [:]) { $1 },
          isRepeated: problem.maximumEpochs.map { $0 > 1 } ?? true)
        let surface: any LossSurface
        if let bits, let capacity {
          surface = PrecisionLoss(base: base, capacity: capacity, bits: bits)
        } else {
          surface = base
        }
        candidates += groups.map {
          PlanCandidate(problem, recipe: recipe, surface: surface, bits: bits, group: $0)
        }
      }
    }
    self.candidates = candidates
    hasOneRecipe = problem.data.count == 1 && problem.widths.count < 2
    let all = Set(candidates.flatMap(\.resources))
    resources = PlanResource.allCases.filter { all.contains($0) }
  }

  /// The best way to train.
  ///
  /// - Parameters:
  ///   - draw: values of the parameters of each recipe's law.
  ///   - guess: choices to begin near, one per candidate.
  ///   - solver: the solver of a candidate; nil where it has none.
  /// - Returns: nil where no candidate has an optimum.
  func best(
    _ draw: [[Double]], near guess: [PlanPoint?] = [],
    _ solver: (PlanCandidate) -> PlanSolver? = { $0.solver }
  ) -> Choice? {
    var best: Choice?
    var isSettled = false
    for (place, candidate) in candidates.enumerated() {
      // More work is taken only where memory holds the model back: groups of one recipe and width
      // follow each other.
      let isSame =
        place > 0 && candidates[place - 1].recipe == candidate.recipe
        && candidates[place - 1].bits == candidate.bits
      if isSame, isSettled { continue }
      isSettled = false
      guard
        let point = solver(candidate)?.solve(
          draw[candidate.recipe], near: guess.isEmpty ? nil : guess[place])
      else { continue }
      isSettled = !point.isAtMemory
      if point.loss < best?.point.loss ?? .infinity { best = Choice(place: place, point: point) }
    }
    return best
  }

  /// The optimum of every candidate, to begin near.
  func points(_ draw: [[Double]]) -> [PlanPoint?] {
    candidates.map { $0.solver?.solve(draw[$0.recipe]) }
  }

  /// What a tenth more of a resource brings, in nats.
  func gain(
    _ resource: PlanResource, _ choice: Choice, _ draw: [[Double]], near guess: [PlanPoint?]
  ) -> Double {
    // What does not bind brings nothing, unless another way to train could use it.
    let candidate = candidates[choice.place]
    if hasOneRecipe, !choice.point.isAtMemory,
      candidate.multiplier(of: resource, at: choice.point) == 0
    {
      return 0
    }
    guard
      let more = best(
        draw, near: guess, { $0.resources.contains(resource) ? $0.relaxed[resource] : $0.solver })
    else { return 0 }
    return max(0, choice.point.loss - more.point.loss)
  }
}
