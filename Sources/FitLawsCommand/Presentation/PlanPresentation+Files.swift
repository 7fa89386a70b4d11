internal import Planning
internal import ScalingLaws
internal import Tables

extension PlanPresentation {
  var table: TextTable {
    let isGrouped = answers.contains { $0.group != nil }
    let ends = { (name: String) in [name, "\(name)_lower", "\(name)_upper"] }
    var table = TextTable(
      headers: (isGrouped ? ["group"] : []) + ["what", "name", "unit"] + ends("value")
        + ["amount", "binds", "probability"] + ends("multiplier") + ends("gain") + ["warnings"])
    func cells(_ estimate: Allocation.Estimate) -> [String] {
      [estimate.value, estimate.interval?.lower, estimate.interval?.upper]
        .map { $0.map(NumberText.shortest) ?? "" }
    }
    for (group, plan) in answers {
      func append(_ row: [String]) {
        table.append(
          (isGrouped ? [group ?? ""] : []) + row + [plan.warnings.joined(separator: "; ")])
      }
      for quantity in PlanQuantity.allCases {
        guard let estimate = plan[quantity] else { continue }
        append(
          ["quantity", quantity.rawValue, ""] + cells(estimate)
            + Array(repeating: "", count: 9))
      }
      for limit in plan.limits {
        append(
          ["limit", limit.resource.rawValue, limit.resource.unit] + cells(limit.used)
            + [
              NumberText.shortest(limit.amount), String(limit.binds),
              limit.probability.map(NumberText.shortest) ?? "",
            ] + cells(limit.multiplier) + cells(limit.gain))
      }
    }
    return table
  }

  func json() throws -> String {
    try JSONText.encode(
      File(
        schema: "fitlaws.plan/1", version: fitLawsVersion,
        plans: answers.map { File.Part(group: $0.group, $0.plan) },
        sources: sources.isEmpty ? nil : sources))
  }

  private struct File: Encodable {
    struct Limit: Encodable {
      var resource: String
      var unit: String
      var amount: Double
      var used: NumberPart
      var binds: Bool
      var probability: Double?
      var multiplier: NumberPart
      var gain: NumberPart
    }
    struct Next: Encodable {
      var resource: String
      var factor: Double
    }
    struct Recipe: Encodable {
      var name: String
      var probability: Double?
    }
    struct Relief: Encodable {
      var params: Double
      var loss: Double
      var steps: [String]
      var gpus: Int?
    }
    struct Part: Encodable {
      var group: String?
      var law: String
      var level: Double?
      var recipe: String
      var recipes: [Recipe]
      var bits: Double?
      var setup: String?
      var quantities: [String: NumberPart]
      var limits: [Limit]
      var next: Next?
      var memoryRelief: Relief?
      var warnings: [String]

      init(group: String?, _ plan: Plan) {
        (self.group, law, level, bits) = (group, plan.law, plan.level, plan.bits)
        recipe = plan.recipes[plan.bestRecipe].name
        recipes = plan.recipes.map { Recipe(name: $0.name, probability: $0.probability) }
        setup = plan.setup?.words
        quantities = [:]
        for quantity in PlanQuantity.allCases {
          quantities[quantity.rawValue] = plan[quantity].map(NumberPart.init)
        }
        limits = plan.limits.map {
          Limit(
            resource: $0.resource.rawValue, unit: $0.resource.unit, amount: $0.amount,
            used: NumberPart($0.used), binds: $0.binds, probability: $0.probability,
            multiplier: NumberPart($0.multiplier), gain: NumberPart($0.gain))
        }
        next = plan.next.map { Next(resource: $0.resource.rawValue, factor: $0.factor) }
        memoryRelief = plan.memoryRelief.map {
          Relief(params: $0.params, loss: $0.loss, steps: $0.steps, gpus: $0.layout?.gpus)
        }
        warnings = plan.warnings
      }
    }
    var schema: String
    var version: String
    var plans: [Part]
    var sources: [String]?
  }
}
