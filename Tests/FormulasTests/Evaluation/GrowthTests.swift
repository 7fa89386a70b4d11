import Foundation
import Testing

@testable import Formulas

/// Formulas whose expansion, recursion or derivatives would explode if anything were done twice.
@Suite struct GrowthTests {
  /// The value and the gradient at one point of a formula without data.
  private func evaluate(
    _ text: String, _ parameters: [Double], bounds: [String: (lower: Double, upper: Double)] = [:]
  ) throws -> [Double] {
    let compiled = try CompiledFormula(
      Formula(text), data: ["x": [1.5]], rowCount: 1, needsResponse: false, bounds: bounds)
    return compiled.columns(at: parameters, order: 2).map { $0[0] }
  }

  private func chain(_ step: (String) -> String, levels: Int, end: (String) -> String) -> String {
    (1...levels).map { "a\($0) = \(step("a\($0 - 1)"))" }.joined(separator: "; ")
      + "; y ~ \(end("a\(levels)"))"
  }

  @Test(arguments: [nil, "; a0 > 0"])
  func squaresOfSquares(_ bound: String?) throws {
    // a60 = a0^(2^60); its logarithm is 2^60 log a0.
    let text = chain({ "\($0) * \($0)" }, levels: 60, end: { "log(\($0))" }) + (bound ?? "")
    let a0 = 1 + 0x1p-52
    let found = try evaluate(text, [a0])
    let expected = 0x1p60 * log1p(0x1p-52)
    // Each of 60 squarings rounds, and the next doubles the error: the exponent 256 is good to about 1e-16
    // times 2^60 at worst; what is asked for is that it ends and has the right size.
    #expect(found[0].isFinite && found[0] >= 0 && found[0] <= 2 * expected + 1)
    #expect(try evaluate(text, [1])[0...1] == [0, 0x1p60])
  }

  @Test func sumsOfSums() throws {
    let doubled = chain(
      { "\($0) + \($0)" }, levels: 60, end: { "\($0) / 1e18 + log(exp(\($0) / 1e18))" })
    let found = try evaluate(doubled, [3])
    // 2^60 is exact, the two quotients and the sum round.
    #expect(isClose(found[0], 6 * 0x1p60 / 1e18, 1e-15))
    #expect(isClose(found[1], 2 * 0x1p60 / 1e18, 1e-15))
  }

  @Test(arguments: [
    "log(%)", "exp(-%)", "sqrt(1 + %)", "1 / (1 + %)", "% / (x + %)", "log(9 + % * x * %)",
    "-(x - %)",
    "%^x", "tanh(%)",
  ])
  func chains(_ step: String) throws {
    let text = chain({ step.replacing("%", with: $0) }, levels: 60, end: { "log(1 + \($0))" })
    let found = try evaluate(text, [1.25], bounds: ["a0": (0, .infinity)])
    #expect(found.count <= 3)
    // The same by a loop.
    var value = 1.25
    for _ in 0..<60 {
      switch step {
      case "log(%)": value = log(value)
      case "exp(-%)": value = exp(-value)
      case "sqrt(1 + %)": value = sqrt(1 + value)
      case "1 / (1 + %)": value = 1 / (1 + value)
      case "% / (x + %)": value = value / (1.5 + value)
      case "log(9 + % * x * %)": value = log(9 + value * 1.5 * value)
      case "-(x - %)": value = -(1.5 - value)
      case "%^x": value = pow(value, 1.5)
      default: value = tanh(value)
      }
    }
    // 60 roundings, of which contracting steps keep but the last.
    #expect(isClose(found[0], log1p(value), 1e-12))
  }

  @Test func longSumsAndProducts() throws {
    let sum = "y ~ " + Array(repeating: "a*x", count: 4_800).joined(separator: "+")
    let found = try evaluate(sum, [2])
    #expect(found == [14_400, 7_200])
    let mixed = "y ~ " + (0..<1_800).map { "a/\($0 + 1)-b*x" }.joined(separator: "+")
    let harmonic = (1...1_800).reduce(0.0) { $0 + 1 / Double($1) }
    let gradient = try evaluate(mixed, [1, 1])
    // 1800 roundings of a sum of the size of 2700.
    #expect((gradient[0] - (harmonic - 1_800 * 1.5)).magnitude < 1e-9)
    #expect(isClose(gradient[1], harmonic, 1e-12))
    #expect(isClose(gradient[2], -2_700, 1e-12))
    let product = "y ~ " + Array(repeating: "a", count: 5_000).joined(separator: "*")
    let power = try evaluate(product, [1])
    #expect(power == [1, 5_000, 5_000 * 4_999])
    let bounded = try evaluate("y ~ log(\(product.dropFirst(4)))", [1], bounds: ["a": (0, 9)])
    #expect(bounded[0...1] == [0, 5_000])
    let factors = try evaluate(
      "y ~ " + Array(repeating: "a*x", count: 1_000).joined(separator: "/"), [1])
    // Read from the left, one a is left over or divided out each time; 2000 roundings.
    #expect(isClose(factors[0], pow(1.5, 1_000), 1e-12))
  }

  @Test func manyStatements() throws {
    let definitions = (1...1_500).map { "d\($0)=a" }.joined(separator: ";")
    #expect(try evaluate(definitions + "; y ~ d1 + d1500", [2])[0...1] == [4, 2])
    let bounds = Array(repeating: "a>0", count: 4_900).joined(separator: ";")
    #expect(try Formula("y~a;" + bounds).bounds(of: "a") == (0, .infinity))
    #expect(try Formula.bounds(in: bounds).count == 1)
  }

  @Test func deepNesting() throws {
    let parentheses = String(repeating: "(", count: 199) + "a" + String(repeating: ")", count: 199)
    #expect(try evaluate("y ~ \(parentheses)", [3]) == [3, 1])
    #expect(try evaluate("y ~ \(String(repeating: "-", count: 199))a", [3]) == [-3, -1])
    let tower = "y ~ " + Array(repeating: "a", count: 199).joined(separator: "^")
    #expect(try evaluate(tower, [1])[0...1] == [1, 1])
    let functions =
      String(repeating: "tanh(", count: 199) + "a" + String(repeating: ")", count: 199)
    let found = try evaluate("y ~ \(functions)", [0.5])
    #expect(found[0] > 0 && found[0] < 0.5 && found[1] > 0 && found[1] < 1)
    let filter = String(repeating: "!(", count: 99) + "1 > 2" + String(repeating: ")", count: 99)
    #expect(throws: Never.self) { try RowFilter(filter) }
  }

  @Test func quotientsOfDifferences() throws {
    // Signs are carried outwards and products regrouped at each step: neither may go round in circles.
    let step = "x*a0*%-(2-%)/-(3/%)*-x"
    let text = chain({ step.replacing("%", with: $0) }, levels: 30, end: { "1/(1+exp(\($0)))" })
    #expect(try evaluate(text, [0.1])[0].isFinite)
  }
}
