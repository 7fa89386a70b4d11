import Formulas

/// A formula of sixty nodes on ten thousand rows, with all derivatives.
enum FormulaBenchmarks {
  static let text = """
    E >= 0; A > 0; B > 0; 0 < alpha < 2; 0 < beta < 2; Rd > 0; Rn > 0
    UD = min(U, D)
    G = (alpha * A / (beta * B))^(1 / (alpha + beta))
    Nopt = G * (G * UD)^(beta / alpha)
    UN = min(N, Nopt)
    Deff = UD * (1 - Rd * expm1(-(D / UD - 1) / Rd))
    Neff = UN * (1 - Rn * expm1(-(N / UN - 1) / Rn))
    loss ~ E + A / Neff^alpha + B / Deff^beta
    """

  static func run() async throws -> [Measurement] {
    let rows = 10_000
    func column(_ low: Double, _ high: Double, _ step: Int) -> [Double] {
      (0..<rows).map { low + (high - low) * Double($0 * step % rows) / Double(rows) }
    }
    let data = [
      "N": column(1e8, 1e10, 37), "D": column(1e9, 2e11, 53), "U": column(1e9, 3e10, 71),
    ]
    let compiled = try CompiledFormula(
      Formula(text), data: data, rowCount: rows, needsResponse: false)
    let values = ["E": 1.8, "A": 500.0, "B": 2000, "alpha": 0.35, "beta": 0.37, "Rd": 15, "Rn": 5]
    let parameters = compiled.parameters.map { values[$0] ?? 1 }
    let columns = 1 + parameters.count
    let evaluator = compiled.makeEvaluator()
    var output = Array(repeating: 0.0, count: columns * rows)
    return [
      await Measurement(
        "formula of 60 nodes, 10,000 rows, value and gradient", runs: 41,
        unit: "ns per row and parameter", scale: 1e9 / Double(rows * parameters.count), target: 40
      ) {
        evaluator.setParameters(parameters)
        var span = output.mutableSpan
        evaluator.evaluate(rows: 0..<rows, order: 1, into: &span, stride: rows)
      }
    ]
  }
}
