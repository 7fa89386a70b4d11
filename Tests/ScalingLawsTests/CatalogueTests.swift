import Formulas
public import ScalingLaws
import Tables
import TestSupport
public import Testing

/// The catalogue as data: every law parses, and every constant and example agrees with its source.
struct CatalogueTests {
  @Test(arguments: Law.all)
  func namesInTheFormulaAreDescribed(_ law: Law) throws {
    let formula = try Formula(law.formula)
    let described = law.variables.map(\.name) + law.parameters.map(\.name)
    #expect(Set(formula.freeNames) == Set(described))
    #expect(Set(described).count == described.count)
    // The response is the last variable, as results and columns assume.
    #expect(formula.responseNames == law.variables.suffix(1).map(\.name))
  }

  @Test(arguments: Law.all)
  func constantsNameEveryParameterWithinBounds(_ law: Law) throws {
    let formula = try Formula(law.formula)
    for constants in law.constants {
      #expect(Set(constants.values.keys) == Set(law.parameters.map(\.name)))
      for (name, value) in constants.values {
        let bounds = formula.bounds(of: name)
        #expect(bounds.lower <= value && value <= bounds.upper, "\(constants.name) \(name)")
      }
    }
    #expect(Set(law.constants.map(\.name)).count == law.constants.count)
  }

  @Test(arguments: Law.all)
  func searchesStartWithinBounds(_ law: Law) throws {
    let formula = try Formula(law.formula)
    for parameter in law.parameters {
      guard let search = parameter.search else { continue }
      let bounds = formula.bounds(of: parameter.name)
      #expect(bounds.lower <= search.lower && search.upper <= bounds.upper, "\(parameter.name)")
    }
  }

  @Test func lawsAreFoundByName() {
    #expect(Set(Law.all.map(\.name)).count == Law.all.count)
    for law in Law.all { #expect(Law.named(law.name) == law) }
    #expect(Law.named("no-such-law") == nil)
    #expect(Law.chinchilla.defaultConstants?.name == "besiroglu")
  }

  @Test func recalledConstantsAreNeverTheDefault() {
    var law = Law.chinchillaTied
    law.constants[0].verification = .recalled
    #expect(law.defaultConstants == nil)
  }

  @Test func constantsEqualThePublishedTable() throws {
    let table = try Table.read(
      contentsOf: Checkout.root + "/Datasets/published_constants/published_constants.csv")
    let values = try table.numbers("value")
    let tolerances = try table.numbers("tolerance")
    #expect(table.rowCount > 100)
    for row in 0..<table.rowCount {
      let law = try #require(Law.named(try table.text(column: "law", row: row)))
      let name = try table.text(column: "constants", row: row)
      let constants = try #require(law.constants(named: name))
      let parameter = try table.text(column: "parameter", row: row)
      let value = try #require(constants.values[parameter])
      #expect(abs(value - values[row]) <= tolerances[row], "\(law.name) \(name) \(parameter)")
      #expect(constants.verification.rawValue == (try table.text(column: "verified", row: row)))
    }
  }

  /// Tolerances are half a unit of the last digit that was printed, unless the source says more.
  @Test func workedExamplesHold() throws {
    let table = try Table.read(
      contentsOf: Checkout.root + "/Tests/ScalingLawsTests/Golden/worked_examples.csv")
    let expected = try table.numbers("expected")
    let tolerances = try table.numbers("relative_tolerance")
    #expect(table.rowCount > 20)
    for row in 0..<table.rowCount {
      let law = try #require(Law.named(try table.text(column: "law", row: row)))
      let name = try table.text(column: "constants", row: row)
      let constants = try #require(law.constants(named: name))
      let inputs = try table.text(column: "inputs", row: row)
      var data: [String: [Double]] = [:]
      for pair in inputs.split(separator: ";") {
        let parts = pair.split(separator: "=")
        data[String(parts[0])] = [try #require(Quantity.parse(parts[1]))]
      }
      let prediction = try EstimatedLaw(law, constants).predict(data, rowCount: 1)
      let value = try #require(prediction.first).value
      #expect(prediction[0].interval == nil)
      let error = abs(value / expected[row] - 1)
      #expect(error <= tolerances[row], "\(law.name) \(name) \(inputs): \(value)")
    }
  }
}

/// Test cases are listed by name, not by a page of fields.
extension Law: CustomTestStringConvertible {
  /// The law's name.
  public var testDescription: String { name }
}
