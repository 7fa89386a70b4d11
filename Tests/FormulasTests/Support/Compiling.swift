import Testing

@testable import Formulas

/// The fault of a text that must not parse, as users see it.
func fault(_ text: String) -> String {
  do throws(FormulaError) {
    _ = try Formula(text)
    return "no fault"
  } catch {
    return error.description
  }
}

/// The value of a formula without data at the given parameters.
func value(_ prediction: String, _ parameters: [String: Double] = [:]) throws -> Double {
  try values(prediction, [:], parameters, rowCount: 1)[0]
}

/// The values of a prediction on every row.
func values(
  _ prediction: String, _ data: [String: [Double]], _ parameters: [String: Double] = [:],
  rowCount: Int? = nil, bounds: String? = nil
) throws -> [Double] {
  let stated = bounds.map { "; \($0)" } ?? ""
  let formula = try Formula("response ~ \(prediction)\(stated)")
  let compiled = try CompiledFormula(
    formula, data: data, rowCount: rowCount ?? data.values.map(\.count).max() ?? 0,
    needsResponse: false)
  return compiled.values(
    at: try compiled.parameters.map { try #require(parameters[$0], "no value for '\($0)'") })
}

extension CompiledFormula {
  /// All columns of an evaluation over all rows: value, gradient, second derivatives.
  func columns(at parameters: [Double], order: Int) -> [[Double]] {
    let evaluator = makeEvaluator()
    evaluator.setParameters(parameters)
    let count = [1, 1 + self.parameters.count, 1 + self.parameters.count + hessianPairs.count][
      order]
    var output = Array(repeating: -7.0, count: count * rowCount)
    var span = output.mutableSpan
    evaluator.evaluate(rows: 0..<rowCount, order: order, into: &span, stride: rowCount)
    return (0..<count).map { Array(output[($0 * rowCount)..<(($0 + 1) * rowCount)]) }
  }
}

/// Equality up to a relative error; equal infinities and two NaN are equal.
func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  if a == b || (a.isNaN && b.isNaN) { return true }
  return (a - b).magnitude <= tolerance * Swift.max(a.magnitude, b.magnitude)
}
