import Foundation
import Testing

@testable import Formulas

@Suite struct CompiledFormulaTests {
  @Test func whatHasNoParameterIsComputedFromDataAlone() throws {
    // R and its logarithm have no parameter: hoisted or not, the values are the same.
    let law = "R = d / u\ny ~ a * log(R)^2 + sqrt(R + 1) * b + R / log(R)"
    let (d, u) = ([10.0, 300, 7], [2.0, 4, 28])
    let ratio = zip(d, u).map { $0 / $1 }
    let compiled = try CompiledFormula(
      Formula(law), data: ["d": d, "u": u], rowCount: 3, needsResponse: false)
    let columns = compiled.columns(at: [0.5, 3], order: 2)
    for row in 0..<3 {
      let r = ratio[row]
      let squared = log(r) * log(r)
      #expect(isClose(columns[0][row], 0.5 * squared + sqrt(r + 1) * 3 + r / log(r), 1e-15))
      #expect(isClose(columns[1][row], squared, 1e-15))
      #expect(isClose(columns[2][row], sqrt(r + 1), 1e-15))
    }
    #expect(compiled.hessianPairs.isEmpty)
  }

  @Test func responsesAreExpressionsOfColumns() throws {
    let data = ["loss": [1.0, M_E, 4], "n": [1.0, 2, 4]]
    let compiled = try CompiledFormula(
      Formula("log(loss) / n + pi ~ a"), data: data, rowCount: 3)
    // One ulp of the logarithm's kernel.
    #expect(isClose(compiled.response[1], 0.5 + .pi, 1e-15))
    #expect(compiled.response[0] == Double.pi)
    #expect(try CompiledFormula(Formula("2 ~ a"), data: [:], rowCount: 2).response == [2, 2])
  }

  @Test(arguments: [
    ("lss ~ a", "formula:1:1: the response 'lss' is no column of the table; did you mean 'loss'?"),
    ("\nlog(qqqq) ~ a", "formula:2:5: the response 'qqqq' is no column of the table"),
    ("loss - a ~ a", "formula:1:8: the response 'a' is no column of the table"),
  ])
  func missingResponses(_ text: String, _ message: String) throws {
    let formula = try Formula(text)
    do throws(FormulaError) {
      _ = try CompiledFormula(formula, data: ["loss": [1], "params": [2]], rowCount: 1)
      Issue.record("no fault")
    } catch {
      #expect(error.description == message)
      #expect(error.code == .missingColumn)
    }
    let compiled = try CompiledFormula(
      formula, data: ["loss": [1]], rowCount: 1, needsResponse: false)
    #expect(compiled.response.isEmpty)
    #expect(compiled.parameters == ["a"])
  }

  @Test func sixtyFourParameters() throws {
    func law(_ count: Int) -> String {
      "y ~ " + (0..<count).map { "p\($0) * x^\($0)" }.joined(separator: " + ")
    }
    let compiled = try CompiledFormula(
      Formula(law(64)), data: ["x": [1, 1]], rowCount: 2, needsResponse: false)
    #expect(compiled.parameters.count == 64)
    #expect(compiled.linearParameters == Array(0..<64))
    #expect(compiled.values(at: Array(repeating: 1, count: 64)) == [64, 64])
    do throws(FormulaError) {
      _ = try CompiledFormula(
        Formula(law(65)), data: ["x": [1, 1]], rowCount: 2, needsResponse: false)
      Issue.record("no fault")
    } catch {
      let before = law(65).split(separator: "p64", maxSplits: 1)[0].count
      #expect(error.description == "formula:1:\(before + 1): more than 64 parameters")
      #expect(error.code == .tooLarge)
    }
  }

  @Test func orderOfParameters() throws {
    let formula = try Formula("y ~ E + A / x^alpha")
    func parameters(_ order: [String]) throws -> [String] {
      try CompiledFormula(
        formula, data: ["x": [2]], rowCount: 1, needsResponse: false, order: order
      ).parameters
    }
    #expect(try parameters([]) == ["E", "A", "alpha"])
    #expect(try parameters(["alpha", "E"]) == ["alpha", "E", "A"])
    #expect(try parameters(["zzz", "x", "A", "A"]) == ["A", "E", "alpha"])
    let compiled = try CompiledFormula(
      formula, data: ["x": [2]], rowCount: 1, needsResponse: false, order: ["alpha"])
    #expect(compiled.values(at: [3, 10, 4]) == [10.5])
  }

  @Test func boundsReplaceThoseOfTheFormula() throws {
    let formula = try Formula("y ~ abs(a); a > 0")
    // Bounded by 0, abs(a) is a: what the bounds say is taken for granted.
    let stated = try CompiledFormula(formula, data: [:], rowCount: 1, needsResponse: false)
    #expect(stated.linearParameters == [0])
    let replaced = try CompiledFormula(
      formula, data: [:], rowCount: 1, needsResponse: false, bounds: ["a": (-1, 1)])
    #expect(replaced.linearParameters.isEmpty)
    #expect(replaced.values(at: [-0.5]) == [0.5])
    let negative = try CompiledFormula(
      formula, data: [:], rowCount: 1, needsResponse: false, bounds: ["a": (-2, 0)])
    #expect(negative.columns(at: [-0.5], order: 1) == [[0.5], [-1]])
  }

  @Test func piIsAConstantUnlessItIsAColumnOrDefined() throws {
    #expect(try values("a * pi", [:], ["a": 1], rowCount: 1) == [.pi])
    #expect(try values("a * pi", ["pi": [3, 4]], ["a": 2]) == [6, 8])
    #expect(try Formula("y ~ a * pi").freeNames == ["y", "a"])
    let defined = try CompiledFormula(
      Formula("pi = 3; y ~ a * pi"), data: [:], rowCount: 1, needsResponse: false)
    #expect(defined.values(at: [2]) == [6])
  }

  @Test func aColumnIsNoParameter() throws {
    let formula = try Formula("y ~ a * x")
    let compiled = try CompiledFormula(
      formula, data: ["x": [2], "a": [5], "unused": [0]], rowCount: 1, needsResponse: false)
    #expect(compiled.parameters.isEmpty)
    #expect(compiled.values(at: []) == [10])
  }

  @Test func theResponseMayAlsoPredict() throws {
    let compiled = try CompiledFormula(
      Formula("loss ~ a + loss"), data: ["loss": [1, 2]], rowCount: 2)
    #expect(compiled.parameters == ["a"])
    #expect(compiled.response == [1, 2])
    #expect(compiled.values(at: [1]) == [2, 3])
  }
}
