internal import Planning
internal import ScalingLaws
internal import Tables

/// The cheapest models of a loss in every format.
struct ServingPresentation: Presentable {
  let plans: [(group: String?, plan: ServingPlan)]

  var warnings: [String] {
    plans.flatMap { group, plan in plan.warnings.map { (group.map { "group \($0): " } ?? "") + $0 }
    }
  }

  var blocks: [Block] {
    plans.enumerated().flatMap { index, entry -> [Block] in
      let plan = entry.plan
      let isServed = plan.inferenceTokens > 0
      let level = plan.level.map { "; \(Rounding.significant(100 * $0, 6)) % intervals" } ?? ""
      let ends = plan.level == nil ? [] : ["from", "to"]
      var people = TextTable(
        headers: ["quantity", "estimate"] + ends,
        alignments: [.left, .right] + ends.map { _ in .right })
      for (name, estimate) in plan.quantities.prefix(isServed ? 4 : 3) {
        let digits = estimate.interval == nil ? 4 : 3
        people.append(
          [name]
            + [estimate.value, estimate.interval?.lower, estimate.interval?.upper]
            .prefix(1 + ends.count)
            .map { $0.map { Quantity.format($0, digits: digits) } ?? "" })
      }
      let saving = 1 - plan.totalFlops.value / plan.totalFlopsWithoutServing
      return (index > 0 ? [.line("")] : []) + [
        .line(
          "cheapest model of loss \(NumberText.shortest(plan.loss)) by \(plan.law)"
            + (isServed ? ", \(Quantity.format(plan.inferenceTokens)) tokens served" : "") + level),
        .line(""), .table(people),
      ]
        + (!isServed
          ? []
          : [
            .line(
              "The model that is optimal in training alone costs \(Quantity.format(plan.totalFlopsWithoutServing)) FLOP "
                + "in all; this one saves \(Rounding.significant(100 * saving, 3)) %.")
          ])
    }
  }

  var table: TextTable {
    let isGrouped = plans.contains { $0.group != nil }
    var headers = (isGrouped ? ["group"] : []) + ["loss", "inference_tokens"]
    headers += ["params", "tokens", "training_flops", "total_flops"]
      .flatMap { [$0, "\($0)_lower", "\($0)_upper"] }
    headers += ["total_flops_without_serving", "warnings"]
    var table = TextTable(headers: headers)
    for (group, plan) in plans {
      let cells = plan.quantities.flatMap { _, estimate in
        [estimate.value, estimate.interval?.lower, estimate.interval?.upper]
          .map { $0.map(NumberText.shortest) ?? "" }
      }
      table.append(
        (isGrouped ? [group ?? ""] : []) + [
          NumberText.shortest(plan.loss), NumberText.shortest(plan.inferenceTokens),
        ]
          + cells + [
            NumberText.shortest(plan.totalFlopsWithoutServing),
            plan.warnings.joined(separator: "; "),
          ])
    }
    return table
  }

  func json() throws -> String {
    try JSONText.encode(
      File(
        schema: "fitlaws.serving/1", version: fitLawsVersion,
        plans: plans.map { group, plan in
          let numbers = plan.quantities.map { NumberPart($0.estimate) }
          return File.Part(
            group: group, law: plan.law, level: plan.level, loss: plan.loss,
            inferenceTokens: plan.inferenceTokens, params: numbers[0], tokens: numbers[1],
            trainingFlops: numbers[2], totalFlops: numbers[3],
            totalFlopsWithoutServing: plan.totalFlopsWithoutServing, warnings: plan.warnings)
        }))
  }

  private struct File: Encodable {
    struct Part: Encodable {
      var group: String?
      var law: String
      var level: Double?
      var loss: Double
      var inferenceTokens: Double
      var params: NumberPart
      var tokens: NumberPart
      var trainingFlops: NumberPart
      var totalFlops: NumberPart
      var totalFlopsWithoutServing: Double
      var warnings: [String]
    }
    var schema: String
    var version: String
    var plans: [Part]
  }
}

extension ServingPlan {
  fileprivate var quantities: [(name: String, estimate: Allocation.Estimate)] {
    [
      ("params", params), ("tokens", tokens), ("training FLOP", trainingFlops),
      ("training + serving FLOP", totalFlops),
    ]
  }
}

/// A number with its interval as JSON.
struct NumberPart: Encodable {
  var value: Double
  var lower: Double?
  var upper: Double?

  /// A number that is given, not estimated.
  init(_ value: Double) { self.value = value }

  init(_ estimate: Allocation.Estimate) {
    value = estimate.value
    lower = estimate.interval?.lower
    upper = estimate.interval?.upper
  }
}
