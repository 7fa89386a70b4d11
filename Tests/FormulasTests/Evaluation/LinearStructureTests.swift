import Testing

@testable import Formulas

/// Which parameters are found to be linear given the others, and on what their coefficients depend.
@Suite struct LinearStructureTests {
  struct Structure: Sendable, CustomTestStringConvertible {
    var law: String
    /// The linear parameters with the parameters of their coefficients.
    var linear: [String: [String]]
    /// The parameters of what is left without them; nil where nothing is left.
    var offset: [String]?
    var testDescription: String { law }
  }

  static let structures = [
    Structure(
      law: "E + A / x^alpha + B / z^beta", linear: ["E": [], "A": ["alpha"], "B": ["beta"]]),
    Structure(
      law: "E + A / x^alpha + B / z^alpha", linear: ["E": [], "A": ["alpha"], "B": ["alpha"]]),
    Structure(law: "a * (b + c * x)", linear: ["b": ["a"], "c": ["a"]]),
    Structure(law: "(b + c * x) * a", linear: ["b": ["a"], "c": ["a"]]),
    Structure(
      law: "a + b * x^(-c0) * (1 + (x / d)^(1 / f))^(-c1 * f)",
      linear: ["a": [], "b": ["c0", "c1", "d", "f"]]),
    Structure(law: "vmax * x / (km + x)", linear: ["vmax": ["km"]]),
    Structure(law: "x^alpha", linear: [:], offset: ["alpha"]),
    Structure(law: "exp(a + b * x)", linear: [:], offset: ["a", "b"]),
    Structure(law: "2 * x", linear: [:], offset: []),
    Structure(law: "x + a", linear: ["a": []], offset: []),
    Structure(law: "x^alpha + a * x", linear: ["a": []], offset: ["alpha"]),
    Structure(law: "a - b / x - c", linear: ["a": [], "b": [], "c": []]),
    Structure(law: "-a * exp(-k * x)", linear: ["a": ["k"]]),
    Structure(law: "a * b * x", linear: ["a": ["b"]]),
    Structure(law: "a / b", linear: ["a": ["b"]]),
    Structure(law: "a * x + a * z", linear: ["a": []]),
    Structure(law: "a * x + a^2", linear: [:], offset: ["a"]),
    Structure(law: "x - a * (1 - b)", linear: ["a": ["b"]], offset: []),
    Structure(law: "log(exp(a * x))", linear: ["a": []]),
    // Piecewise linear is not linear, though the second derivatives vanish.
    Structure(law: "abs(a * z) + E", linear: ["E": []], offset: ["a"]),
    Structure(law: "E + max(a - x, 0) * b", linear: ["E": [], "b": ["a"]]),
    Structure(law: "min(a, b * x)", linear: [:], offset: ["a", "b"]),
    // A parameter without effect is not linear: it would make every system singular.
    Structure(law: "a + 0 * b", linear: ["a": []]),
  ]

  @Test(arguments: structures)
  func structure(_ expected: Structure) throws {
    let compiled = try CompiledFormula(
      Formula("y ~ \(expected.law)"), data: ["x": [1, 2, 3], "z": [-1, 4, 2]], rowCount: 3,
      needsResponse: false)
    let names = { (indices: [Int]) in indices.map { compiled.parameters[$0] } }
    let found = zip(names(compiled.linearParameters), compiled.linearDependencies.map(names))
    let sorted = Dictionary(uniqueKeysWithValues: found.map { ($0, $1.sorted()) })
    #expect(sorted == expected.linear)
    #expect(compiled.offsetDependencies.map { names($0).sorted() } == expected.offset)
    #expect(compiled.linearParameters == compiled.linearParameters.sorted())
  }
}
