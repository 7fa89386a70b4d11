import Formulas
import LeastSquares
import ScalingLaws
import Tables

/// Fits of the 240 Chinchilla rows.
enum FitBenchmarks {
  private static func problem(_ path: String) throws -> (table: Table, spec: FitSpec) {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    return (try Table.read(contentsOf: path), spec)
  }

  static func fits(_ path: String) async throws -> [Measurement] {
    let (table, spec) = try problem(path)
    var local = spec
    local.isLocal = true
    local.start = ["E": 2, "A": 500, "B": 2000, "alpha": 0.4, "beta": 0.4]
    let rows = table.selecting(rows: try RowFilter("excluded_in_fit == 0").rows(of: table))
    let data = [
      "N": try rows.numbers("params"), "D": try rows.numbers("tokens"),
      "loss": try rows.numbers("loss"),
    ]
    let formula = try CompiledFormula(
      Formula(Law.chinchilla.formula), data: data, rowCount: rows.rowCount)
    let bounds = formula.parameters.map { name in
      let range = try? Formula(Law.chinchilla.formula).bounds(of: name)
      return Bounds(lower: range?.lower ?? -.infinity, upper: range?.upper ?? .infinity)
    }
    let searchRanges = formula.parameters.map { name in
      Law.chinchilla.parameters.first { $0.name == name }?.search.map {
        SearchRange(
          lower: $0.lower, upper: $0.upper, scale: $0.logarithmic ? .logarithmic : .linear)
      }
    }
    let problem = Problem(
      model: FormulaModel(formula), response: formula.response, bounds: bounds,
      searchRanges: searchRanges)
    return [
      try await Measurement(
        "global fit of 240 rows, search and polish", runs: 201, unit: "ms", scale: 1e3, target: 0.25
      ) { _ = try GlobalFitter(problem).fit() },
      try await Measurement(
        "the same from table to result, with errors and checks", runs: 201, unit: "ms", scale: 1e3
      ) { [spec] in _ = try await LawFit(table, spec, sha256: "") },
      try await Measurement(
        "anchor: the same from one good start only", runs: 201, unit: "ms", scale: 1e3
      ) { [local] in _ = try await LawFit(table, local, sha256: "") },
    ]
  }

  static func bootstraps(_ path: String) async throws -> [Measurement] {
    let (table, spec) = try problem(path)
    var results: [Measurement] = []
    for tasks in [1, 2] {
      var bootstrap = spec
      bootstrap.interval = .bootstrap(replicates: 4000)
      bootstrap.tasks = tasks
      results.append(
        try await Measurement(
          "bootstrap, 4000 refits with a global search each, \(tasks) task\(tasks == 1 ? "" : "s")",
          runs: 5, unit: "s", scale: 1, target: tasks == 2 ? 0.2 : 0.4
        ) { [bootstrap] in _ = try await LawFit(table, bootstrap, sha256: "") })
    }
    var all = spec
    all.interval = .all(replicates: 4000)
    results.append(
      try await Measurement(
        "covariance, profile, percentile and BCa of five parameters, 4000 refits", runs: 5,
        unit: "s", scale: 1, target: 0.5
      ) { [all] in _ = try await LawFit(table, all, sha256: "") })
    var typed = FitSpec(
      .formula("loss ~ E + A / params^alpha + B / tokens^beta; A > 0; B > 0; E > 0"))
    typed.filter = spec.filter
    results.append(
      try await Measurement(
        "anchor: the law typed as a formula, from table to result", runs: 201, unit: "ms",
        scale: 1e3
      ) { [typed] in _ = try await LawFit(table, typed, sha256: "") })
    return results
  }
}
