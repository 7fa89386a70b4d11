import Foundation
import Tables
import Testing

@testable import Formulas

/// Every operator and function in every shape of operands against the platform's mathematics.
@Suite struct ValueTests {
  /// A function or operator: how it is written, and what it is.
  struct Operation: Sendable, CustomTestStringConvertible {
    var text: @Sendable (String, String) -> String
    var reference: @Sendable (Double, Double) -> Double
    var isBinary: Bool
    var tolerance: Double
    var testDescription: String { text("x", "y") }

    init(
      _ name: String, tolerance: Double = 4e-16, _ reference: @escaping @Sendable (Double) -> Double
    ) {
      text = { a, _ in "\(name)(\(a))" }
      self.reference = { a, _ in reference(a) }
      isBinary = false
      self.tolerance = tolerance
    }

    init(
      infix: String, tolerance: Double = 0,
      _ reference: @escaping @Sendable (Double, Double) -> Double
    ) {
      text = { a, b in "\(a) \(infix) \(b)" }
      self.reference = reference
      isBinary = true
      self.tolerance = tolerance
    }

    init(
      variadic name: String, _ reference: @escaping @Sendable (Double, Double) -> Double
    ) {
      text = { a, b in "\(name)(\(a), \(b))" }
      self.reference = reference
      isBinary = true
      tolerance = 0
    }
  }

  // The kernels are good to 1 ulp (see VectorMathAccuracyTests), some 3e-16 with the platform's own.
  // A power of positive operands is exp(y log x): the error grows with |y log x|, here below 40.
  static let operations: [Operation] = [
    Operation("exp") { exp($0) }, Operation("log") { log($0) }, Operation("log2") { log2($0) },
    Operation("log10") { log10($0) }, Operation("log1p") { log1p($0) },
    Operation("expm1", tolerance: 6e-16) { expm1($0) },
    Operation("sqrt", tolerance: 0) { $0.squareRoot() },
    Operation("abs", tolerance: 0) { Swift.abs($0) },
    Operation("tanh", tolerance: 8e-16) { tanh($0) },
    Operation("sigmoid", tolerance: 8e-16) { 1 / (1 + exp(-$0)) },
    Operation("softplus", tolerance: 8e-16) { $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0)) },
    Operation("sin") { sin($0) }, Operation("cos") { cos($0) }, Operation("atan") { atan($0) },
    Operation("tan", tolerance: 1e-15) { tan($0) }, Operation("-", tolerance: 0) { -$0 },
    Operation(infix: "+") { $0 + $1 }, Operation(infix: "-") { $0 - $1 },
    Operation(infix: "*") { $0 * $1 }, Operation(infix: "/") { $0 / $1 },
    Operation(infix: "^", tolerance: 1e-14) { pow($0, $1) },
    Operation(variadic: "min") { $0.isNaN || $1.isNaN ? .nan : Swift.min($0, $1) },
    Operation(variadic: "max") { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) },
  ]

  /// Columns of signed and of positive numbers of many sizes, special ones at the start.
  static func columns(_ rows: Int, seed: UInt64) -> [String: [Double]] {
    var random = SeededRandom(seed: seed)
    let special: [Double] = [-0.0, 0, 1, -1, .infinity, -.infinity, .nan, 1e-300]
    let signed = (0..<rows).map { _ in
      Double.random(in: -3...3, using: &random) * exp(Double.random(in: -2...2, using: &random))
    }
    return [
      "x": signed, "y": signed.indices.map { signed[($0 * 7 + 3) % rows] },
      "p": signed.map(\.magnitude), "q": signed.map { $0.magnitude + 0.125 }.reversed(),
      "s": signed.indices.map { special[$0 % 8] }, "t": signed.indices.map { special[$0 / 8 % 8] },
    ]
  }

  @Test(arguments: operations, [1, 127, 128, 129, 1000])
  func everyShape(_ operation: Operation, _ rows: Int) throws {
    let data = Self.columns(rows, seed: UInt64(rows))
    let parameters = ["a": -1.75, "b": 2.5]
    func operand(_ name: String, _ row: Int) -> Double {
      data[name]?[row] ?? parameters[name] ?? Double(name) ?? .nan
    }
    // Data alone, parameters alone, constants alone, and each against each. A sum depends on
    // rows and parameters, so that two of them meet as vectors while a fit runs.
    let names = ["x", "p", "a", "b", "0.75", "(x + a)", "(p + b)"]
    func value(_ name: String, _ row: Int) -> Double {
      switch name {
      case "(x + a)": operand("x", row) + operand("a", row)
      case "(p + b)": operand("p", row) + operand("b", row)
      default: operand(name, row)
      }
    }
    for first in names {
      for second in operation.isBinary ? names + ["q"] : ["x"] {
        let text = operation.text(first, second)
        let found = try values(text, data, parameters)
        #expect(found.count == rows)
        for row in 0..<rows {
          let expected = operation.reference(value(first, row), value(second, row))
          guard isClose(found[row], expected, operation.tolerance) else {
            Issue.record("\(text) on row \(row) of \(rows): \(found[row]), not \(expected)")
            break
          }
        }
      }
    }
  }

  @Test(arguments: operations)
  func specialValues(_ operation: Operation) throws {
    let data = Self.columns(64, seed: 5)
    for (first, second) in [("s", "t"), ("(s + a)", "(t + a)"), ("s", "(t + a)"), ("(s + a)", "t")]
    {
      // Adding 0 turns -0 into 0, as it does in the reference.
      let isSum = first != "s"
      let found = try values(operation.text(first, second), data, ["a": 0])
      for row in 0..<64 {
        let x = try #require(data["s"])[row]
        let y = try #require(data["t"])[row]
        let expected = operation.reference(isSum ? x + 0 : x, second == "t" ? y : y + 0)
        #expect(
          isClose(found[row], expected, operation.tolerance),
          "\(operation.text("\(x)", "\(y)")): \(found[row]), not \(expected)")
      }
    }
  }

  @Test func positiveParametersChangeNoValues() throws {
    let data = Self.columns(300, seed: 11)
    let parameters = ["a": 1.75, "b": 0.3]
    for text in [
      "a * p^b", "(p / a)^b", "abs(a) * log(q * a) * b", "min(a, p)^b",
      "max(a, x)^b - (a * q)^(x * b)",
    ] {
      let plain = try values(text, data, parameters)
      let positive = try values(text, data, parameters, bounds: "a > 0; b > 0")
      for row in plain.indices {
        // log(q a) is split where a is positive: an error of some ulp of log q, log a.
        #expect((plain[row] - positive[row]).magnitude <= 1e-14 * (1 + plain[row].magnitude))
      }
    }
  }

  @Test func aMinimumWithZeroIsNotPositive() throws {
    // Were it taken for positive, 0^0 would be exp(0 log 0), which is NaN.
    let data = ["x": [0.0, 2]]
    #expect(try values("min(a, x)^b", data, ["a": 1.5, "b": 0], bounds: "a > 0") == [1, 1])
    #expect(try values("(-max(-a, -x))^b", data, ["a": 1.5, "b": 0], bounds: "a > 0") == [1, 1])
    #expect(try values("abs(max(-a, -x))", data, ["a": 1.5], bounds: "a > 0") == [0, 1.5])
  }

  @Test(arguments: [
    ("0 / 0", Double.nan), ("0 * (1e308 * 10)", .nan), ("1e308 * 10 - 1e308 * 10", .nan),
    ("(0 - 1) / 0", -.infinity), ("0 ^ 0", 1), ("0 / 5", 0), ("5 - 5", 0), ("2 * 3 / 4", 1.5),
    ("log(0)", -.infinity), ("sqrt(-1)", .nan), ("(-8)^(1/3)", .nan), ("(-2)^3", -8),
    ("1 - exp(0)", 0),
  ])
  func constantsFoldAsTheyCompute(_ text: String, _ expected: Double) throws {
    let found = try value(text)
    #expect(found == expected || (found.isNaN && expected.isNaN))
  }
}
