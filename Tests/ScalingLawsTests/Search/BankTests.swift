import ScalingLaws
import Tables
import TestSupport
import Testing

/// Problems whose best objective is known: the first of each kind of the bank.
///
/// `benchmarks bank` runs all of them.
struct BankTests {
  @Test func theFirstOfEachKindIsReached() async throws {
    let problems = try BankProblem.publicBank()
    #expect(problems.count == 247)
    var kinds: Set<String> = []
    var outcomes: [BankOutcome] = []
    for problem in problems where kinds.insert(problem.kind).inserted {
      outcomes.append(await BankOutcome(problem, runs: 1))
    }
    let report = BankReport(outcomes)
    print(report.table.text())
    print(report.totals)
    #expect(kinds.count == 76)
    for outcome in outcomes where outcome.state != .reached {
      Issue.record(
        "\(outcome.id) \(outcome.state.rawValue) \(outcome.factor ?? .nan) \(outcome.message ?? "")"
      )
    }
  }

  /// What the bank says of its problems holds in this package's arithmetic.
  @Test func theBestParametersHaveTheBestObjective() async throws {
    for problem in try BankProblem.publicBank() {
      let value = try LawFit.objective(problem.table, problem.spec, at: problem.bestParameters)
      #expect(problem.isReached(by: value), "\(problem.id): \(value), \(problem.best)")
    }
  }
}
