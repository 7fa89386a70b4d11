import Planning
import ScalingLaws
import Tables
import TestSupport
import Testing

/// Optima of published constants, to half a unit of the last digit printed or what the source says.
struct WorkedAllocationTests {
  @Test func allocationsOfPublishedConstants() throws {
    let table = try Table.read(
      contentsOf: Checkout.root + "/Tests/PlanningTests/Golden/worked_allocations.csv")
    #expect(table.rowCount == 45)
    let expected = try table.numbers("expected")
    let tolerances = try table.numbers("relative_tolerance")
    for row in 0..<table.rowCount {
      func text(_ column: String) throws -> String { try table.text(column: column, row: row) }
      let law = try #require(Law.named(text("law")))
      let constants = try #require(law.constants(named: text("constants")))
      var inputs: [String: Double] = [:]
      for pair in try text("inputs").split(separator: ";") {
        let parts = pair.split(separator: "=")
        let value: Double = try #require(Quantity.parse(parts[1]))
        inputs[String(parts[0])] = value
      }
      let quantity = try text("quantity")
      let value = try Self.quantity(quantity, of: EstimatedLaw(law, constants), inputs)
      #expect(
        abs(value / expected[row] - 1) <= tolerances[row],
        "\(law.name) \(constants.name) \(inputs) \(quantity): \(value)")
    }
  }

  private static func quantity(
    _ name: String, of law: EstimatedLaw, _ inputs: [String: Double]
  ) throws -> Double {
    if let flops = inputs["flops"] {
      let further = inputs["unique_tokens"].map { ["U": $0] } ?? [:]
      let plan = try AllocationPlan(law, budgets: [flops], inputs: further)
      let allocation = try #require(plan.allocations.first)
      switch name {
      case "params": return allocation.params.value
      case "tokens": return allocation.tokens.value
      case "tokens_per_param": return allocation.tokensPerParam.value
      default:
        #expect(name == "loss")
        return allocation.loss.value
      }
    }
    let params = try #require(inputs["loss_of_params"])
    let tokens = try #require(inputs["loss_of_tokens"])
    let loss = try #require(law.predict(["N": [params], "D": [tokens]], rowCount: 1).first).value
    let plan = try ServingPlan(
      law, loss: loss, inferenceTokens: try #require(inputs["inference_tokens"]))
    switch name {
    case "params": return plan.params.value
    case "tokens": return plan.tokens.value
    default:
      #expect(name == "total_flops")
      return plan.totalFlops.value
    }
  }
}
