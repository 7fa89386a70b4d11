import ScalingLaws
import Tables
import TestSupport
import Testing

/// The units of a column do not decide what a fit finds.
struct UnitsTests {
  /// Why a problem says nothing of units; nil if it does.
  static func reasonToLeaveOut(_ problem: BankProblem) -> String? {
    let data = problem.table.columnNames.count - 1
    guard data == 1 else { return "\(data) data columns" }
    let code = problem.formula.split(separator: "\n").map { $0.prefix { $0 != "#" } }
    // Digits that begin a word of their own: those of x0 are part of a name.
    let numbers = code.flatMap { line in
      line.matches(of: /(?:^|[^A-Za-z0-9_.])(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)/).map(\.output.1)
    }
    let other = numbers.filter { Double($0) != 0 && Double($0) != 1 }
    return other.isEmpty ? nil : "its formula has the numbers \(other.joined(separator: ", "))"
  }

  /// The problem with its data column in another unit.
  static func scaled(_ problem: BankProblem, by factor: Double) throws -> BankProblem {
    var result = problem
    let response = problem.table.columnNames.count - 1
    let columns = try problem.table.columnNames.enumerated().map { place, name in
      let values = try problem.table.numbers(name)
      return (
        name: name,
        values: ColumnValues.numbers(place == response ? values : values.map { factor * $0 })
      )
    }
    result.table = Table(columns: columns, source: problem.id)
    return result
  }

  /// Optima where a break lies exactly on a row: descents creep up to the kink and end some 2e-9 above it.
  private static let endsAtKink = ["hinge-2"]

  @Test func problemsOfOneColumnEndAtTheSameObjectiveInAnyUnit() async throws {
    let problems = try BankProblem.publicBank()
    var leftOut: [String: [String]] = [:]
    var count = 0
    for problem in problems {
      if let reason = Self.reasonToLeaveOut(problem) {
        leftOut["\(problem.kind): \(reason)", default: []].append(problem.id)
        continue
      }
      count += 1
      var objectives: [Double] = []
      for factor in [1, 1e-9, 1e9] {
        let scaled = try Self.scaled(problem, by: factor)
        do {
          objectives.append(
            try await LawFit(scaled.table, scaled.spec, sha256: "").objective.value)
        } catch {
          Issue.record("\(problem.id) times \(factor): \(error)")
        }
      }
      let zero = 1e-14 * problem.scale
      guard let first = objectives.first else { continue }
      let isSame = objectives.allSatisfy {
        abs($0 - first) <= 1e-9 * first || max(first, $0) <= zero
      }
      if Self.endsAtKink.contains(problem.id) {
        withKnownIssue(isIntermittent: true) { #expect(isSame, "\(problem.id): \(objectives)") }
      } else {
        #expect(isSame, "\(problem.id): \(objectives)")
      }
    }
    print("\(count) problems in three units; left out:")
    for (reason, ids) in leftOut.sorted(by: { $0.key < $1.key }) {
      print("\(reason) (\(ids.count))")
    }
    #expect(count > 80)
  }

  @Test func chinchillaInMillionsAndBillionsIsTheSameFit() async throws {
    let published = try Checkout.table("chinchilla/fig4.csv")
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    let fit = try await LawFit(published, spec, sha256: "")
    let table = Table(columns: [
      ("n", .numbers(try published.numbers("params").map { $0 / 1e6 })),
      ("d", .numbers(try published.numbers("tokens").map { $0 / 1e9 })),
      ("loss", .numbers(try published.numbers("loss"))),
      ("excluded_in_fit", .numbers(try published.numbers("excluded_in_fit"))),
    ])
    spec.columns = ["N": "1e6*n", "D": "1e9*d"]
    let other = try await LawFit(table, spec, sha256: "")
    #expect(abs(other.objective.value - fit.objective.value) <= 1e-9 * fit.objective.value)
    for (one, two) in zip(fit.parameters, other.parameters) {
      // The objective is flat to second order, so that parameters agree to fewer digits.
      #expect(abs(one.estimate - two.estimate) <= 1e-6 * abs(one.estimate), "\(one.name)")
    }
  }
}
