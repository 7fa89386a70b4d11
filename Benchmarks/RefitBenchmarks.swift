import LeastSquares
import ScalingLaws
import Tables
import TestSupport

/// A thousand refits of every law with published constants, and how many of them a search finds
/// better.
///
/// `benchmarks refits [--replicates 1000] [--compared 200] [--only LAW]`: 240 rows made from the
/// constants with noise of 1 %, one task. A refit counts as good if its objective is at most 1e-6
/// above that of a fit of the same resample with a search of its own.
enum RefitBenchmarks {
  private struct Row: Encodable {
    var law: String
    var parameters: Int
    /// Of all refits, with the fit of the rows before them.
    var seconds: Double
    var target: Double
    /// Refits compared with a search, and those as good.
    var compared: Int
    var good: Int
    /// The largest objective of a refit over that of the search.
    var worst: Double
  }

  static func run(_ arguments: [String]) async throws {
    func value(_ name: String) -> String? {
      guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else {
        return nil
      }
      return arguments[place + 1]
    }
    let replicates = value("--replicates").flatMap { Int($0) } ?? 1000
    let compared = value("--compared").flatMap { Int($0) } ?? 200
    var rows: [Row] = []
    for law in Law.all where value("--only") == nil || value("--only") == law.name {
      guard let constants = law.defaultConstants else { continue }
      rows.append(try await row(law, constants, replicates, compared))
    }
    var table = TextTable(
      headers: [
        "law", "parameters", "s for \(replicates) refits", "target", "as good as a search", "share",
        "worst",
      ], alignments: [.left] + Array(repeating: .right, count: 6))
    for row in rows {
      let share = Rounding.significant(100 * Double(row.good) / Double(row.compared), 3)
      table.append([
        row.law, "\(row.parameters)", Rounding.significant(row.seconds, 3),
        Rounding.significant(row.target, 3), "\(row.good) of \(row.compared)", "\(share) %",
        Rounding.significant(row.worst, 8),
      ])
    }
    print(table.text())
    print(try JSONText.encode(rows), terminator: "")
  }

  private static func row(
    _ law: Law, _ constants: Law.PublishedConstants, _ replicates: Int, _ compared: Int
  ) async throws -> Row {
    let table = try table(law, constants)
    var spec = FitSpec(law: law)
    spec.interval = .bootstrap(replicates: replicates)
    spec.tasks = 1
    let start = ContinuousClock.now
    let fit = try await LawFit(table, spec, sha256: "")
    var row = Row(
      law: law.name, parameters: fit.parameters.count,
      seconds: Measurement.seconds(ContinuousClock.now - start),
      target: law == .chinchilla ? 0.065 : 0.5, compared: 0, good: 0, worst: 1)
    // Draws that failed are left out, after which the others cannot be told apart.
    guard let draws = fit.draws, fit.interval.failed ?? 0 == 0 else { return row }
    var search = spec
    search.interval = .covariance
    for (replicate, draw) in draws.values.prefix(compared).enumerated() {
      let resample = table.selecting(rows: resampledRows(replicate, spec, table.rowCount))
      let values = Dictionary(
        zip(fit.parameters.map(\.name), draw), uniquingKeysWith: { first, _ in first })
      let warm = try LawFit.objective(resample, search, at: values)
      guard let cold = try? await LawFit(resample, search, sha256: "").objective.value else {
        continue
      }
      row.compared += 1
      if warm <= cold * (1 + 1e-6) { row.good += 1 }
      row.worst = max(row.worst, warm / cold)
    }
    return row
  }

  /// The rows that a replicate of a bootstrap draws.
  private static func resampledRows(_ replicate: Int, _ spec: FitSpec, _ count: Int) -> [Int] {
    var generator = Philox(seed: spec.seed, stream: UInt64(replicate))
    return (0..<count).map { _ in generator.next(below: count) }.sorted()
  }

  /// Rows of a law: the columns of its kind in the bank, the response from the constants.
  private static func table(_ law: Law, _ constants: Law.PublishedConstants) throws -> Table {
    guard var kind = BankKind.catalogue.first(where: { $0.name == "law:\(law.name)" }) else {
      throw BankProblem.Unusable("\(law.name): no kind of the bank says how to draw its columns")
    }
    // The break of the constants lies at 613 examples.
    if law == .brokenPower { kind.columns = "x = 150..1000 even log" }
    kind.rows = [240]
    kind.truth = constants.values.sorted { $0.key < $1.key }
      .map { "\($0.key) = \(NumberText.shortest($0.value))" }.joined(separator: "; ")
    var draw = BankDraw(kind, noise: 0.01, Philox(seed: 1, stream: 0))
    guard let problem = try draw.problem(law.name) else {
      throw BankProblem.Unusable("\(law.name): no rows from the constants")
    }
    return problem.table
  }
}
