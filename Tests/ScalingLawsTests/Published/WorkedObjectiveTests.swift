import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// The objective of published constants on the tables they were fitted to.
struct WorkedObjectiveTests {
  @Test func objectivesOfPublishedConstants() throws {
    let table = try Table.read(
      contentsOf: Checkout.root + "/Tests/ScalingLawsTests/Golden/worked_objectives.csv")
    #expect(table.rowCount == 8)
    let expected = try table.numbers("expected")
    let tolerances = try table.numbers("relative_tolerance")
    let deltas = try table.numbers("delta", allowingNonFinite: true)
    for row in 0..<table.rowCount {
      func text(_ column: String) throws -> String { try table.text(column: column, row: row) }
      let law = try #require(Law.named(text("law")))
      let constants = try #require(law.constants(named: text("constants")))
      var spec = FitSpec(law: law)
      spec.filter = try text("where")
      let residuals: ResidualKind = try #require(ResidualKind(rawValue: text("residuals")))
      spec.residuals = residuals
      spec.loss = deltas[row].isFinite ? .huber(delta: deltas[row]) : .squares
      let value = try LawFit.objective(
        Checkout.table(text("file")), spec, at: constants.values)
      #expect(
        abs(value / expected[row] - 1) <= tolerances[row], "\(law.name) \(constants.name): \(value)"
      )
    }
  }
}
