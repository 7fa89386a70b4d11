import Formulas
import LeastSquares
import ScalingLaws
import Tables

/// Fits of the 240 Chinchilla rows.
enum FitBenchmarks {
  static func run(_ path: String) async throws -> [Measurement] {
    let table = try Table.read(contentsOf: path)
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    var results: [Measurement] = []
    results.append(
      try await Measurement(
        "global fit of 240 rows, from table to result", runs: 41, unit: "ms", scale: 1e3, target: 1
      ) { [spec] in _ = try await LawFit(table, spec, sha256: "") })
    var local = spec
    local.isLocal = true
    local.start = ["E": 2, "A": 500, "B": 2000, "alpha": 0.4, "beta": 0.4]
    results.append(
      try await Measurement(
        "anchor: polish from one good start only", runs: 41, unit: "ms", scale: 1e3
      ) { [local] in _ = try await LawFit(table, local, sha256: "") })
    for tasks in [1, 2] {
      var bootstrap = spec
      bootstrap.interval = .bootstrap(replicates: 4000)
      bootstrap.tasks = tasks
      results.append(
        try await Measurement(
          "bootstrap, 4000 refits with a global search each, \(tasks) task\(tasks == 1 ? "" : "s")",
          runs: 5, unit: "s", scale: 1, target: tasks == 2 ? 1.5 : nil
        ) { [bootstrap] in _ = try await LawFit(table, bootstrap, sha256: "") })
    }
    return results
  }
}
