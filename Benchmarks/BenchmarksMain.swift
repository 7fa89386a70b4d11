import Foundation
import Tables

/// `swift run -c release benchmarks`: prints a table, then the same as JSON.
@main
struct BenchmarksMain {
  static func main() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appendingPathComponent("Datasets/chinchilla/fig4.csv").path
    var results = try await FitBenchmarks.run(path)
    results += try await FormulaBenchmarks.run()
    results += try TableBenchmarks.run()
    results += try await CommandBenchmarks.run(path)
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
