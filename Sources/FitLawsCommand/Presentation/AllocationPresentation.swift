internal import Planning
internal import ScalingLaws
internal import Tables

/// Allocations in every format.
struct AllocationPresentation: Presentable {
  let plans: [(group: String?, plan: AllocationPlan)]

  private var isGrouped: Bool { plans.contains { $0.group != nil } }

  var warnings: [String] {
    plans.flatMap { group, plan in plan.warnings.map { (group.map { "group \($0): " } ?? "") + $0 }
    }
  }

  var blocks: [Block] {
    plans.enumerated().flatMap { index, entry -> [Block] in
      let plan = entry.plan
      let level = plan.level.map { "; \(Rounding.significant(100 * $0, 6)) % intervals" } ?? ""
      return (index > 0 ? [.line("")] : []) + [
        .line("compute-optimal split of C = 6ND by \(plan.law)\(level)"), .line(""),
        .table(Self.people(plan)),
      ]
    }
  }

  private static func people(_ plan: AllocationPlan) -> TextTable {
    var table = TextTable(
      headers: ["flops", "params", "tokens", "tokens/param", "loss"],
      alignments: [.right, .left, .left, .left, .left])
    for allocation in plan.allocations {
      table.append([
        Quantity.format(allocation.flops),
        count(allocation.params), count(allocation.tokens),
        ratio(allocation.tokensPerParam), loss(allocation.loss),
      ])
    }
    return table
  }

  static func count(_ estimate: Allocation.Estimate) -> String {
    show(estimate) { Quantity.format($0, digits: estimate.interval == nil ? 4 : 3) }
  }

  static func ratio(_ estimate: Allocation.Estimate) -> String {
    show(estimate) { Rounding.significant($0, 3, keepingZeros: true) }
  }

  static func loss(_ estimate: Allocation.Estimate) -> String {
    show(estimate) { Rounding.significant($0, 4, keepingZeros: true) }
  }

  static func show(_ estimate: Allocation.Estimate, _ format: (Double) -> String) -> String {
    let value = format(estimate.value)
    return estimate.interval.map { "\(value) (\(format($0.lower)) to \(format($0.upper)))" }
      ?? value
  }

  var table: TextTable {
    let names = ["params", "tokens", "tokens_per_param", "loss"]
    var headers = ["flops"] + names.flatMap { [$0, "\($0)_lower", "\($0)_upper"] } + ["warnings"]
    if isGrouped { headers.insert("group", at: 0) }
    var table = TextTable(headers: headers)
    for (group, plan) in plans {
      for allocation in plan.allocations {
        let cells = allocation.estimates.flatMap { estimate in
          [estimate.value, estimate.interval?.lower, estimate.interval?.upper]
            .map { $0.map(NumberText.shortest) ?? "" }
        }
        table.append(
          (isGrouped ? [group ?? ""] : []) + [NumberText.shortest(allocation.flops)] + cells
            + [plan.warnings.joined(separator: "; ")])
      }
    }
    return table
  }

  func json() throws -> String {
    let parts = plans.map { group, plan in
      File.Part(
        group: group, law: plan.law, level: plan.level, warnings: plan.warnings,
        allocations: plan.allocations.map { allocation in
          let numbers = allocation.estimates.map(NumberPart.init)
          return File.Row(
            flops: allocation.flops, params: numbers[0], tokens: numbers[1],
            tokensPerParam: numbers[2], loss: numbers[3])
        })
    }
    return try JSONText.encode(
      File(schema: "fitlaws.allocation/1", version: fitLawsVersion, plans: parts))
  }

  private struct File: Encodable {
    struct Row: Encodable {
      var flops: Double
      var params: NumberPart
      var tokens: NumberPart
      var tokensPerParam: NumberPart
      var loss: NumberPart
    }
    struct Part: Encodable {
      var group: String?
      var law: String
      var level: Double?
      var warnings: [String]
      var allocations: [Row]
    }
    var schema: String
    var version: String
    var plans: [Part]
  }
}

extension Allocation {
  fileprivate var estimates: [Estimate] { [params, tokens, tokensPerParam, loss] }
}
