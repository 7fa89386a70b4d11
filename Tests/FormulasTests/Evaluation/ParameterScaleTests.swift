import Foundation
import Testing

@testable import Formulas

/// How each parameter is found to meet the data: x runs over 1...100, z over -3...5.
@Suite struct ParameterScaleTests {
  static let logRange = ParameterScale.factor(range: log(100), magnitude: log(100))

  @Test(arguments: [
    ("exp(-b * x)", ["b": ParameterScale.factor(range: 99, magnitude: 100)]),
    ("exp(b * z)", ["b": .factor(range: 8, magnitude: 5)]),
    ("E + A / x^alpha", ["E": .none, "A": .none, "alpha": logRange]),
    ("tanh(z - c)", ["c": .location(lower: -3, upper: 5)]),
    ("tanh(c + z)", ["c": .location(lower: -3, upper: 5)]),
    (
      "v * x / (k + x)",
      ["v": .factor(range: 99, magnitude: 100), "k": .location(lower: 1, upper: 100)]
    ),
    ("tanh(z / d)", ["d": .location(lower: -3, upper: 5)]),
    ("max(z, c)", ["c": .location(lower: -3, upper: 5)]),
    ("min(c, x)^2", ["c": .location(lower: 1, upper: 100)]),
    ("a * b", ["a": .none, "b": .none]),
  ])
  func scales(_ law: String, _ expected: [String: ParameterScale]) throws {
    try check(law, expected)
  }

  @Test func aPositiveScaleInsideAPowerIsLogarithmic() throws {
    // (x/d)^p: log x - log d.
    try check("(x / d)^p; d > 0", ["d": .logarithmicLocation(lower: 1, upper: 100), "p": .none])
  }

  @Test func withoutRowsOrFiniteDataNothingIsKnown() throws {
    for x in [[], [Double.nan, 1], [1, .infinity]] {
      let compiled = try CompiledFormula(
        Formula("y ~ exp(-b * x)"), data: ["x": x], rowCount: x.count, needsResponse: false)
      #expect(compiled.scales == [.none])
    }
  }

  private func check(_ law: String, _ expected: [String: ParameterScale]) throws {
    let compiled = try CompiledFormula(
      Formula("y ~ \(law)"), data: ["x": [10, 1, 100], "z": [-3, 5, 0]], rowCount: 3,
      needsResponse: false)
    let found = Dictionary(uniqueKeysWithValues: zip(compiled.parameters, compiled.scales))
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (name, scale) in expected {
      let other = try #require(found[name])
      switch (scale, other) {
      case (.factor(let a, let b), .factor(let c, let d)),
        (.location(let a, let b), .location(let c, let d)),
        (.logarithmicLocation(let a, let b), .logarithmicLocation(let c, let d)):
        // exp(log x) comes back within an ulp or two of 4.6.
        #expect(isClose(a, c, 4e-15) && isClose(b, d, 4e-15), "\(name): \(other)")
      default: #expect(scale == other, "\(name): \(other)")
      }
    }
  }
}
