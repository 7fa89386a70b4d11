import Foundation
import Testing

@testable import Formulas

/// Rewriting keeps digits that the formula as written would lose.
@Suite struct PrecisionTests {
  /// A formula in x that cancels or overflows when computed as written, and what it should give.
  static let cases: [(text: String, x: [Double], reference: @Sendable (Double) -> Double)] = [
    ("1 - exp(-x)", [1e-12, 1e-5, 0.3, 40, 1e-300], { -expm1(-$0) }),
    ("exp(x) - 1", [1e-12, -1e-9, 2, -50], { expm1($0) }),
    ("-1 + exp(x)", [1e-12, -1e-9, 2, -50], { expm1($0) }),
    ("log(1 + x)", [1e-12, 1e-17, 1e-300, 3], { log1p($0) }),
    ("log(x + 1)", [1e-12, 1e-17, 1e-300, 3], { log1p($0) }),
    (
      "log(1 + exp(x))", [-40, -700, 0, 800, 1e6],
      { $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0)) }
    ),
    ("log(exp(x) + 1)", [-40, -700, 0, 800], { $0 > 0 ? $0 + log1p(exp(-$0)) : log1p(exp($0)) }),
    ("1 / (1 + exp(-x))", [-700, -40, 0, 800], { 1 / (1 + exp(-$0)) }),
    (
      "1 / (exp(x) + 1)", [-700, 40, 0, 700, 800],
      { $0 > 0 ? exp(-$0) / (1 + exp(-$0)) : 1 / (1 + exp($0)) }
    ),
    ("log(exp(x))", [-2000, 3, 2000, 1e-20], { $0 }),
    ("log1p(exp(x) - 1)", [1e-20, 3, 1000], { $0 }),
    ("exp(log(exp(x)))", [-3, 2], { exp($0) }),
    ("tanh(x)", [1e-20, 1e-5, 30], { tanh($0) }),
  ]

  @Test(arguments: cases.indices)
  func keepsDigits(_ index: Int) throws {
    let (text, x, reference) = Self.cases[index]
    // As a data column, as a parameter, and as both.
    let data = try values(text, ["x": x])
    let scaled = try values(
      text.replacing(/\bx\b/, with: "(x * a)"), ["x": x], ["a": 1])
    for (row, x) in x.enumerated() {
      let wanted = reference(x)
      let parameter = try value(text, ["x": x])
      for found in [data[row], scaled[row], parameter] {
        #expect(isClose(found, wanted, 1e-15), "\(text) at \(x): \(found), not \(wanted)")
      }
    }
  }

  @Test func derivativesKeepDigitsToo() throws {
    // d/da: (1 - exp(-a x)) -> x exp(-a x); log(1 + a x) -> x / (1 + a x); tanh(a x) -> x / cosh^2(a x).
    let formula = try Formula("y ~ tanh(a * x)")
    let compiled = try CompiledFormula(
      formula, data: ["x": [1, 20, 30]], rowCount: 3, needsResponse: false)
    let slope = compiled.columns(at: [1], order: 1)[1]
    for (found, x) in zip(slope, [1.0, 20, 30]) {
      // cosh(30)^2 is fine, 1 - tanh(30)^2 would be 0; exp(2x) is good to 2x ulp.
      #expect(isClose(found, x / (cosh(x) * cosh(x)), 1e-14))
    }
  }

  /// A break of a BNSL: `(1 + (x/d)^(1/f))^(-c f)`, here in closed form for large x/d.
  @Test(arguments: [
    (1e6, 0.01), (1e6, 0.05919304), (1e3, 0.3), (1.0, 0.01), (1e-6, 0.01), (0.97, 0.02),
    (1.03, 0.02),
  ])
  func breaksOfPowerLaws(_ ratio: Double, _ f: Double) throws {
    let d = 612.58361729
    let c = 1.5
    let x = ratio * d
    let exponent = log(ratio) / f
    // log(1 + e^t) = t + log(1 + e^-t) for large t.
    let softplus = exponent > 0 ? exponent + log1p(exp(-exponent)) : log1p(exp(exponent))
    let expected = exp(-c * f * softplus)
    for bounds in [nil, "d > 0; f > 0"] {
      // Without bounds nothing may be assumed of d, and (1e6)^100 does overflow.
      if bounds == nil, exponent > 700 { continue }
      let found = try values(
        "(1 + (x / d)^(1 / f))^(-c * f)", ["x": [x]], ["c": c, "d": d, "f": f], bounds: bounds)
      // log x - log d carries an error of some 1e-15, which 1/f multiplies and f divides again.
      #expect(isClose(found[0], expected, 2e-14), "\(found[0]), not \(expected)")
    }
    let compiled = try CompiledFormula(
      Formula("y ~ (1 + (x / d)^(1 / f))^(-c * f); d > 0; f > 0"), data: ["x": [x]], rowCount: 1,
      needsResponse: false, order: ["c", "d", "f"])
    let columns = compiled.columns(at: [c, d, f], order: 2)
    #expect(columns.allSatisfy { $0[0].isFinite })
    // d/dc = -f softplus(t) y, as above.
    #expect(isClose(columns[1][0], -f * softplus * expected, 1e-13))
  }

  /// The authors' noiseless simulation (arXiv:2210.14891): values of the published curve.
  @Test func publishedBrokenPowerLaw() throws {
    let found = try values(
      "a + b * x^(-c0) * (1 + (x / d1)^(1 / f1))^(-c1 * f1)", ["x": [100, 600, 1000, 4000]],
      [
        "a": 0.41388453, "b": 2.27727229, "c0": 0.05507735, "c1": 5.66290382, "d1": 612.58361729,
        "f1": 0.05919304,
      ], bounds: "d1 > 0; f1 > 0")
    for (found, expected) in zip(found, [2.18098, 1.75292, 0.510910, 0.413920]) {
      // Six digits were published.
      #expect(isClose(found, expected, 3e-6))
    }
  }
}
