internal import Planning
internal import ScalingLaws
internal import Tables

/// Plans in every format.
struct PlanPresentation: Presentable {
  let answers: [(group: String?, plan: Plan)]
  let sources: [String]

  var warnings: [String] {
    answers.flatMap { group, plan in
      plan.warnings.map { (group.map { "group \($0): " } ?? "") + $0 }
    }
  }

  var blocks: [Block] {
    answers.enumerated().flatMap { index, answer -> [Block] in
      let plan = answer.plan
      let level = plan.level.map { "; \(Rounding.significant(100 * $0, 6)) % intervals" } ?? ""
      var blocks: [Block] = index > 0 ? [.line("")] : []
      blocks += [.line("plan by \(plan.law)\(level)"), .line(""), .table(Self.answer(plan))]
      if plan.recipes.count > 1 { blocks.append(.table(Self.recipes(plan))) }
      if let setup = plan.setup { blocks += [.line("in memory: \(setup.words)"), .line("")] }
      return blocks + [.table(Self.limits(plan))] + Self.sentences(plan).map(Block.paragraph)
    } + sources.map { .line("source: \($0)") }
  }

  // MARK: - Text

  private static func answer(_ plan: Plan) -> TextTable {
    let ends = plan.level == nil ? [] : ["from", "to"]
    var table = TextTable(
      headers: ["quantity", "estimate"] + ends,
      alignments: [.left, .right] + ends.map { _ in .right })
    if plan.recipes.count > 1 {
      table.append(["data", plan.recipes[plan.bestRecipe].name] + ends.map { _ in "" })
    }
    if let bits = plan.bits {
      table.append(["bits", NumberText.shortest(bits)] + ends.map { _ in "" })
    }
    for quantity in PlanQuantity.allCases {
      guard let estimate = plan[quantity] else { continue }
      table.append(
        [quantity.words]
          + [estimate.value, estimate.interval?.lower, estimate.interval?.upper]
          .prefix(1 + ends.count)
          .map { $0.map { quantity.text($0, isExact: ends.isEmpty) } ?? "" })
    }
    return table
  }

  private static func recipes(_ plan: Plan) -> TextTable {
    var table = TextTable(
      headers: ["data", "the best in"], alignments: [.left, .right])
    for (place, recipe) in plan.recipes.enumerated() {
      let isBest = place == plan.bestRecipe
      table.append([
        recipe.name, recipe.probability.map(percent) ?? (isBest ? "the estimate" : ""),
      ])
    }
    return table
  }

  private static func limits(_ plan: Plan) -> TextTable {
    var table = TextTable(
      headers: ["limit", "there is", "used", "binds", "worth in nats", "10 % more buys"],
      alignments: [.left, .right, .right, .right, .left, .left])
    for limit in plan.limits {
      let share = limit.used.value / limit.amount
      table.append([
        limit.resource.words, limit.resource.text(limit.amount),
        share < 0.0005 ? "< 0.1 %" : percent(share),
        limit.probability.map(percent) ?? (limit.binds ? "yes" : "no"),
        limit.binds ? worth(limit) : "0",
        limit.binds || (limit.gain.interval?.upper ?? 0) > 0
          ? AllocationPresentation.show(limit.gain) { Rounding.significant($0, 3) } : "0",
      ])
    }
    return table
  }

  private static func worth(_ limit: Plan.Limit) -> String {
    let (scale, unit) = limit.resource.shown
    return "\(Rounding.significant(limit.multiplier.value * scale, 3)) per \(unit)"
  }

  static func percent(_ share: Double) -> String {
    "\(Rounding.significant(100 * share, 3)) %"
  }

  /// What holds the plan back, what does so next, and what would lift a limit of memory.
  private static func sentences(_ plan: Plan) -> [String] {
    guard let first = plan.limits.first, first.binds else {
      return ["No limit holds the loss back."]
    }
    let gain = AllocationPresentation.show(first.gain) { Rounding.significant($0, 3) }
    let others = plan.limits.dropFirst().filter(\.binds).map(\.resource.words)
    let next =
      plan.next.map {
        "With \(Rounding.significant($0.factor, 3)) times the \(first.resource.words), the "
          + "bottleneck becomes \($0.resource.words)."
      } ?? "No other limit comes before it."
    var sentences = [
      "The bottleneck is \(first.resource.words): 10 % more lowers the loss by \(gain)"
        + ". " + (others.isEmpty ? "" : "Also binding: \(MemoryPresentation.list(others)). ") + next
    ]
    if let relief = plan.memoryRelief {
      let steps = MemoryPresentation.list(relief.steps)
      let place = relief.layout.map { "\($0.words)\(steps.isEmpty ? "" : " with ")" } ?? ""
      let remedy =
        steps.isEmpty && place.isEmpty
        ? "no recipe here would hold them" : "\(place)\(steps) would hold them"
      sentences.append(
        "Without the limit of memory \(Quantity.format(relief.params, digits: 3)) parameters would be "
          + "best, at a loss of \(Rounding.significant(relief.loss, 4, keepingZeros: true)); "
          + "\(remedy).")
    }
    return sentences
  }
}

extension PlanQuantity {
  /// What it is called.
  var words: String {
    switch self {
    case .params: "params"
    case .tokens: "tokens"
    case .epochs: "epochs"
    case .tokensPerParam: "tokens/param"
    case .loss: "loss"
    case .trainingFlops: "training FLOP"
    case .selectionFlops: "selection FLOP"
    case .servingFlops: "serving FLOP"
    case .gpuHours: "GPU-hours"
    case .days: "days"
    case .kilowattHours: "kWh"
    case .trainingDollars: "dollars, training"
    case .servingDollars: "dollars, serving"
    case .dollars: "dollars"
    }
  }

  /// A value for people.
  func text(_ value: Double, isExact: Bool) -> String {
    self == .loss
      ? Rounding.significant(value, 4, keepingZeros: true)
      : Quantity.format(value, digits: isExact ? 4 : 3)
  }
}
