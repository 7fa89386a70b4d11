import Foundation
import ScalingLaws
import Tables

/// Times pieces of work and prints a table, then the same as JSON.
///
/// `swift run -c release benchmarks [fit] [bootstrap] [formula] [csv] [command] [runs]`: the groups
/// named, or all. `bank`, `refits` and `coverage` print tables of their own.
@main
struct BenchmarksMain {
  static func main() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appendingPathComponent("Datasets/chinchilla/fig4.csv").path
    let groups: [(name: String, run: () async throws -> [Measurement])] = [
      ("fit", { try await FitBenchmarks.fits(path) }),
      ("bootstrap", { try await FitBenchmarks.bootstraps(path) }),
      ("formula", { try await FormulaBenchmarks.run() }),
      ("csv", { try TableBenchmarks.run() }),
      ("command", { try await CommandBenchmarks.run(path) }),
      ("runs", { try await RunStoreBenchmarks.run() }),
    ]
    let wanted = CommandLine.arguments.dropFirst()
    if wanted.first == "coverage" {
      let numbers = wanted.dropFirst().compactMap { Int($0) }
      let methods = wanted.compactMap { IntervalMethod(rawValue: $0) }
      await CoverageTable.print(
        count: numbers.first ?? 1000, replicates: numbers.dropFirst().first ?? 199,
        methods: methods.isEmpty ? IntervalMethod.allCases : methods)
      return
    }
    if wanted.first == "bank" {
      try await BankBenchmarks.run(Array(wanted.dropFirst()))
      return
    }
    if wanted.first == "refits" {
      try await RefitBenchmarks.run(Array(wanted.dropFirst()))
      return
    }
    if wanted.first == "resident" {
      try await CommandBenchmarks.printResident(Array(wanted.dropFirst()))
      return
    }
    if wanted.first == "runs-query" {
      try RunStoreBenchmarks.query(Array(wanted.dropFirst()))
      return
    }
    var results: [Measurement] = []
    for group in groups where wanted.isEmpty || wanted.contains(group.name) {
      results += try await group.run()
    }
    var table = TextTable(
      headers: ["work", "median", "fastest", "slowest", "unit", "target", ""],
      alignments: [.left, .right, .right, .right, .left, .right, .left])
    for result in results {
      let verdict = result.isReached.map { $0 ? "reached" : "missed" } ?? ""
      table.append(
        [result.name]
          + [result.median, result.fastest, result.slowest].map { Rounding.significant($0, 3) }
          + [result.unit, result.target.map { Rounding.significant($0, 3) } ?? "", verdict])
    }
    print(table.text())
    print(try JSONText.encode(results), terminator: "")
  }
}
