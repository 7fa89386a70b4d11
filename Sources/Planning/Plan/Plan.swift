internal import ScalingLaws
internal import Tables

/// What to train with the resources there are, which of them holds it back, and what more of each
/// is worth.
///
/// The loss is minimised over N, D, the data recipe, the bits and the setup of memory, for the
/// estimate of the law and for every draw of its uncertainty. Intervals are percentiles over the
/// draws, so that a limit that binds in some draws only is seen.
public struct Plan: Sendable, Hashable {
  /// A limit at the optimum.
  public struct Limit: Sendable, Hashable {
    /// What is limited.
    public var resource: PlanResource
    /// How much there is.
    public var amount: Double
    /// How much is used.
    public var used: Allocation.Estimate
    /// Whether it binds: whether more of it would lower the loss.
    public var binds: Bool
    /// The share of draws in which it binds; nil without draws.
    public var probability: Double?
    /// lambda: what one more unit lowers the loss by, in nats.
    public var multiplier: Allocation.Estimate
    /// What a tenth more lowers the loss by, in nats.
    public var gain: Allocation.Estimate
  }

  /// What holds back next.
  public struct Next: Sendable, Hashable {
    /// The limit that is worth most once there is more of the first.
    public var resource: PlanResource
    /// From how many times the first on.
    public var factor: Double
  }

  /// A data recipe and how often it is the best.
  public struct RecipeShare: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// The share of draws in which it is the best; nil without draws.
    public var probability: Double?
  }

  /// What would lift a limit of memory that binds.
  public struct MemoryRelief: Sendable, Hashable {
    /// Parameters that would be best if memory were no limit.
    public var params: Double
    /// The loss then.
    public var loss: Double
    /// What is changed: the cheapest that makes them fit; where nothing does on these GPUs, what
    /// needs least.
    public var steps: [String]
    /// The smallest layout that then holds them, where these GPUs do not; nil as well if none does.
    public var layout: Parallelism?
  }

  /// The law used.
  public var law: String
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// All recipes, in the order given.
  public var recipes: [RecipeShare]
  /// The place of the best.
  public var bestRecipe: Int
  /// Bits to train at; nil where nobody asked.
  public var bits: Double?
  /// How the model lies in memory; nil without a limit of memory.
  public var setup: MemorySetup?
  /// The limits, the one of which more is worth most first.
  public var limits: [Limit]
  /// What holds back next; nil where nothing does within a million times the first.
  public var next: Next?
  /// What would lift the limit of memory; nil where it does not bind.
  public var memoryRelief: MemoryRelief?
  /// Published numbers used, each with its source.
  public var sources: [String]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  private var quantities: [PlanQuantity: Allocation.Estimate]

  /// A quantity; nil where it does not apply.
  public subscript(quantity: PlanQuantity) -> Allocation.Estimate? { quantities[quantity] }

  /// Solves a problem.
  ///
  /// - Parameters:
  ///   - problem: data and limits.
  ///   - count: how many draws to make from a covariance. The default is 1000.
  /// - Throws: `AnalysisError` for resources that are not positive, limits that cannot be met
  ///   together, no limit at all, or a law that is no function of N and D.
  /// - Complexity: some twenty evaluations of the law per draw and limit that binds.
  public init(_ problem: PlanProblem, draws count: Int = 1000) throws {
    try problem.check()
    let chooser = try PlanChooser(problem)
    let estimates = problem.data.map(\.law.values)
    guard let center = chooser.best(estimates) else { throw problem.conflict(chooser) }
    let (samples, drawn) = GroupStudy.paired(
      problem.data.samples(count), estimates: estimates)
    let near = chooser.points(estimates)
    var choices: [PlanChooser.Choice] = []
    var table: [[Double]] = []
    for draw in 0..<drawn {
      let values = samples.map { $0[draw] }
      guard let choice = chooser.best(values, near: near) else { continue }
      choices.append(choice)
      table.append(problem.row(chooser, choice, values, near: near))
    }
    let best = chooser.candidates[center.place]
    let row = problem.row(chooser, center, estimates, near: near)
    level = table.isEmpty ? nil : problem.data.lazy.compactMap { $0.law.uncertainty?.level }.first
    let intervals = level.map { level in
      Uncertainty(row, draws: table, level: level).interval(isPositive: false) { $0 }
    }
    func estimate(_ column: Int) -> Allocation.Estimate {
      Allocation.Estimate(value: row[column], interval: intervals?[column])
    }
    law = problem.data[best.recipe].law.name
    recipes = problem.data.indices.map { place in
      RecipeShare(
        name: problem.data[place].name,
        probability: choices.isEmpty
          ? nil : choices.share { chooser.candidates[$0.place].recipe == place })
    }
    (bestRecipe, bits, setup) = (best.recipe, best.bits, best.setup(center.point.params))
    quantities = [:]
    for (column, quantity) in PlanQuantity.allCases.enumerated() where row[column].isFinite {
      quantities[quantity] = estimate(column)
    }
    limits = chooser.resources.enumerated().filter { best.resources.contains($0.element) }.map {
      index, resource in
      let column = PlanQuantity.allCases.count + 3 * index
      let amount = problem.amount(resource, best)
      // A limit of which even twice as much brings nothing that can be told from rounding is none.
      func binds(_ row: [Double]) -> Bool { row[column + 1] * amount > 1e-9 }
      return Limit(
        resource: resource, amount: amount, used: estimate(column), binds: binds(row),
        probability: table.isEmpty ? nil : table.share(binds), multiplier: estimate(column + 1),
        gain: estimate(column + 2))
    }
    // Sorting by worth keeps the order of those that are worth nothing.
    limits = limits.enumerated().sorted {
      ($1.element.gain.value, $0.offset) < ($0.element.gain.value, $1.offset)
    }.map(\.element)
    next = nil
    memoryRelief = problem.memoryRelief(best, center, estimates)
    sources = problem.data.flatMap(\.sources) + (bits == nil ? [] : [PrecisionSensitivity.source])
    warnings = problem.warnings(chooser, center)
    if drawn > choices.count {
      let share = 100 * Double(drawn - choices.count) / Double(drawn)
      warnings.append(
        "in \(Rounding.significant(share, 2)) % of draws there is no optimum under these limits; "
          + "they are left out")
    }
    if let first = limits.first, first.binds {
      next = chooser.next(after: first.resource, estimates)
    }
  }
}

extension Sequence {
  /// The share of elements for which something holds.
  fileprivate func share(_ holds: (Element) -> Bool) -> Double {
    var (count, all) = (0, 0)
    for element in self {
      all += 1
      if holds(element) { count += 1 }
    }
    return Double(count) / Double(Swift.max(all, 1))
  }
}

extension PlanProblem {
  /// The numbers of a choice: the quantities, then use, multiplier and gain of every resource.
  fileprivate func row(
    _ chooser: PlanChooser, _ choice: PlanChooser.Choice, _ draw: [[Double]],
    near guess: [PlanPoint?]
  ) -> [Double] {
    let candidate = chooser.candidates[choice.place]
    var row: [Double] = []
    row.reserveCapacity(PlanQuantity.allCases.count + 3 * chooser.resources.count)
    for quantity in PlanQuantity.allCases { row.append(value(quantity, candidate, choice.point)) }
    for resource in chooser.resources {
      row.append(candidate.used(resource, at: choice.point))
      row.append(candidate.multiplier(of: resource, at: choice.point))
      row.append(chooser.gain(resource, choice, draw, near: guess))
    }
    return row
  }

  /// How much of a resource there is.
  fileprivate func amount(_ resource: PlanResource, _ candidate: PlanCandidate) -> Double {
    switch resource {
    case .memory: memory?.bytes ?? .nan
    case .uniqueTokens: candidate.uniqueTokens ?? .nan
    default: candidate.limits.first { $0.resource == resource }?.amount ?? .nan
    }
  }

  fileprivate func warnings(_ chooser: PlanChooser, _ center: PlanChooser.Choice) -> [String] {
    let candidate = chooser.candidates[center.place]
    let recipe = data[candidate.recipe]
    var warnings: [String] = []
    for warning in data.flatMap(\.law.warnings) where !warnings.contains(warning) {
      warnings.append(warning)
    }
    if let warning = recipe.selection?.warning(trainedParams: center.point.params) {
      warnings.append(warning)
    }
    let point = center.point
    if let warning = recipe.law.warningBeyondData(6 * point.params * point.tokens) {
      warnings.append(warning)
    }
    if point.first == nil {
      warnings.append(
        "by this law more tokens would not lower the loss any more: no limit on tokens binds")
    }
    return warnings
  }
}
