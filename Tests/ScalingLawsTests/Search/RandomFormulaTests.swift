import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// Laws nobody has thought of before, with known truth and no noise.
struct RandomFormulaTests {
  @Test func searchesEndAtTheTruth() async throws {
    var outcomes: [(formula: RandomFormula, outcome: BankOutcome)] = []
    var rows: [String: String] = [:]
    var stream: UInt64 = 0
    while outcomes.count < 300 {
      var generator = Philox(seed: 1, stream: stream)
      let formula = RandomFormula(from: &generator)
      if let problem = try formula.problem("random-\(stream)", from: &generator) {
        outcomes.append((formula, await BankOutcome(problem, runs: 1)))
        rows[problem.id] = problem.table.csvText()
      }
      stream += 1
    }
    let report = BankReport(outcomes.map(\.outcome))
    print("300 of \(stream) random formulas: \(report.totals)")
    for (formula, outcome) in outcomes where outcome.state != .reached {
      print(
        "\(outcome.id) \(outcome.state.rawValue) \(outcome.factor ?? .nan)", outcome.message ?? "",
        formula.text, rows[outcome.id] ?? "", separator: "\n")
    }
    #expect(report.count(.reached) >= 295)
    #expect(report.count(.wrong) == 0)
  }
}
