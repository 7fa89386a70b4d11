import Testing

@testable import Formulas

@Suite struct BoundsTests {
  @Test(arguments: [
    ("0 < a < 2", 0, 2), ("2 > a > 0", 0, 2), ("0 <= a <= 2", 0, 2), ("2 >= a > 0", 0, 2),
    ("a >= 1", 1, Double.infinity), ("a > 1", 1, Double.infinity), ("1 < a", 1, Double.infinity),
    ("1 <= a", 1, Double.infinity), ("a < 3", -Double.infinity, 3), ("a <= 3", -Double.infinity, 3),
    ("3 > a", -Double.infinity, 3), ("3 >= a", -Double.infinity, 3), ("-5 <= a <= 5", -5, 5),
    ("-2*3 < a < 2^3", -6, 8), ("0 < a < pi", 0, Double.pi), ("a > log(1)", 0, Double.infinity),
    ("a < 70B", -Double.infinity, 70e9), ("a > 0; a < 2", 0, 2),
    ("a > 0; a > 1; a < 9; a < 8", 1, 8),
    ("0 < `a`", 0, Double.infinity), ("(a) > 1", 1, Double.infinity),
  ])
  func spellings(_ text: String, _ lower: Double, _ upper: Double) throws {
    #expect(try Formula("y ~ a; \(text)").bounds(of: "a") == (lower, upper))
    #expect(try Formula("\(text)\ny ~ a").bounds(of: "a") == (lower, upper))
    let alone = try Formula.bounds(in: text)
    #expect(alone.count == 1)
    #expect(try #require(alone["a"]) == (lower, upper))
  }

  @Test func severalParametersAndNone() throws {
    let bounds = try Formula.bounds(in: "\n 0 < a < 2; b > 3 # so be it\n;b < 9;")
    #expect(bounds.keys.sorted() == ["a", "b"])
    #expect(try #require(bounds["b"]) == (3, 9))
    #expect(try Formula.bounds(in: " ; \n # nothing").isEmpty)
    #expect(try Formula("y ~ a").bounds(of: "a") == (-.infinity, .infinity))
    #expect(try Formula("a > 0; y ~ a").bounds(of: "b") == (-.infinity, .infinity))
  }

  @Test(arguments: [
    ("a > 0", true), ("0 < a", true), ("a >= 0", false), ("0 < a < 2", false), ("a > 1", false),
    ("a < 0", false), ("b > 0", false),
  ])
  func positiveByNature(_ text: String, _ expected: Bool) throws {
    #expect(try Formula("y ~ a + b; \(text)").isPositive("a") == expected)
  }

  static let shape = "a bound reads '0 < alpha < 2' or 'A > 0'"
  static let target = "a bound is set for one parameter: '0 < alpha < 2' or 'A > 0'"

  /// Faults that a bound has by itself, with the column of the place.
  static let faulty: [(text: String, column: Int, message: String)] = [
    ("2 < a < 0", 1, "no value of 'a' lies between 2.0 and 0.0"),
    ("1 < a < 1", 1, "no value of 'a' lies between 1.0 and 1.0"),
    ("a > log(-1)", 5, "a bound must be a number"),
    ("a > 0/0", 5, "a bound must be a number"),
    ("0 < a > 1", 7, shape), ("2 > a < 3", 7, shape), ("0 < a < 1 < 2", 11, shape),
    ("a == 1", 3, shape), ("a != 1", 3, shape), ("0 < a == 1", 7, shape),
    ("2 * a > 1", 1, target), ("1 < 2", 1, target), ("a > 0 > -1", 1, target),
    ("pi > 3", 1, target), ("a < b", 5, "a bound must be a number"),
    ("b < a < 2", 1, target), ("0 < a < 2 * b", 9, "a bound must be a number"),
    ("a >", 4, "expected a number, a name or '(', found the end of the text"),
  ]

  @Test(arguments: faulty)
  func faults(_ row: (text: String, column: Int, message: String)) {
    #expect(
      boundFault(row.text) == "formula:1:\(row.column): \(row.message)")
    #expect(
      fault("y ~ a + b\n\(row.text)")
        == "formula:2:\(row.column): \(row.message)")
  }

  @Test(arguments: [
    ("a > 2\ny ~ a; a < 1", "formula:2:8: the bounds of 'a' leave no value for it"),
    ("d = a\ny ~ d; d > 0", "formula:2:8: 'd' is a definition; bounds are for parameters"),
    (
      "y ~ alpha; 0 < alhpa < 2",
      "formula:1:16: 'alhpa' does not occur in the formula; did you mean 'alpha'?"
    ),
    ("y ~ alpha; zzz > 2", "formula:1:12: 'zzz' does not occur in the formula"),
  ])
  func faultsWithinAFormula(_ text: String, _ message: String) {
    #expect(fault(text) == message)
  }

  @Test(arguments: [
    ("a > 2; a < 1", "formula:1:8: the bounds of 'a' leave no value for it"),
    ("a > 2 a", "formula:1:7: expected ';' or the end of the bounds, found 'a'"),
    ("a", "formula:1:1: \(target)"), ("a = 2", "formula:1:1: \(target)"),
  ])
  func faultsOfBoundsAlone(_ text: String, _ message: String) {
    #expect(boundFault(text) == message)
  }

  private func boundFault(_ text: String) -> String {
    do throws(FormulaError) {
      _ = try Formula.bounds(in: text)
      return "no fault"
    } catch {
      return error.description
    }
  }
}
