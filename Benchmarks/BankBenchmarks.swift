import ScalingLaws
import Tables
import TestSupport

/// How many problems with a known optimum are solved, and how fast.
///
/// `benchmarks bank [--generated SEED [--count N]] [--folder PATH] [--only KIND_OR_ID] [--list]`:
/// the bank of this repository, or a new one of the same kinds, or one in a folder.
enum BankBenchmarks {
  static func run(_ arguments: [String]) async throws {
    func value(_ name: String) -> String? {
      guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else {
        return nil
      }
      return arguments[place + 1]
    }
    var problems: [BankProblem]
    if let seed = value("--generated") {
      guard let seed = UInt64(seed), let count = Int(value("--count") ?? "350") else {
        throw BankProblem.Unusable("a seed and a count are whole numbers")
      }
      problems = try await GeneratedBank.problems(seed: seed, count: count, only: value("--only"))
    } else if let folder = value("--folder") {
      problems = try BankProblem.bank(in: folder)
    } else {
      problems = try BankProblem.publicBank()
    }
    if let only = value("--only") {
      problems = problems.filter { [$0.kind, $0.id].contains(only) }
    }
    var outcomes: [BankOutcome] = []
    for problem in problems { outcomes.append(await BankOutcome(problem)) }
    let report = BankReport(outcomes)
    print(report.table.text())
    print(report.totals)
    if arguments.contains("--list") { for line in report.remarks { print(line) } }
    print(try JSONText.encode(report), terminator: "")
  }
}
