import Formulas
import Foundation
import LeastSquares
import ScalingLaws
import Tables
import TestSupport

/// New problems of the kinds of the bank: other parameters, rows, noise and units under each seed.
enum GeneratedBank {
  /// Draws problems and finds their best objectives.
  ///
  /// - Parameters:
  ///   - seed: of everything that is drawn.
  ///   - count: how many; the kinds take turns.
  ///   - only: the only kind, or the name of the only problem, wanted.
  /// - Returns: the problems, kind by kind.
  /// - Throws: what the formulas of a kind throw, and `Unusable` for a kind that cannot be drawn.
  static func problems(seed: UInt64, count: Int, only: String?) async throws -> [BankProblem] {
    var names: [String] = []
    for kind in BankKind.all where !names.contains(kind.name) { names.append(kind.name) }
    var problems: [BankProblem] = []
    for number in 0..<count {
      let (name, turn) = (names[number % names.count], number / names.count)
      let id = "\(name.replacingOccurrences(of: ":", with: "-"))-\(turn + 1)"
      guard only == nil || only == name || only == id else { continue }
      let sizes = BankKind.all.filter { $0.name == name }
      problems.append(
        try await problem(sizes[turn % sizes.count], id, turn: turn, seed: seed, number: number))
    }
    // Kind by kind, as tables show them.
    return names.flatMap { name in problems.filter { $0.kind == name } }
  }

  private static func problem(
    _ kind: BankKind, _ id: String, turn: Int, seed: UInt64, number: Int
  ) async throws -> BankProblem {
    for attempt in 0..<1000 {
      // Another stream for every attempt, so that one problem does not move the next.
      var draw = BankDraw(
        kind, turn: turn, Philox(seed: seed, stream: UInt64(number) << 32 | UInt64(attempt)))
      guard let problem = try draw.problem(id) else { continue }
      return try await withBest(problem)
    }
    throw BankProblem.Unusable("\(kind.name): no draw can be fitted")
  }

  /// The problem with its best objective: the least of what local fits and searches find.
  private static func withBest(_ problem: BankProblem) async throws -> BankProblem {
    // Without noise the truth is the optimum.
    guard problem.noise > 0 else { return problem }
    var result = problem
    result.best = try LawFit.objective(problem.table, problem.spec, at: problem.truth)
    for spec in references(problem) {
      guard let fit = try? await LawFit(problem.table, spec, sha256: ""),
        fit.objective.value < result.best
      else { continue }
      result.best = fit.objective.value
      result.bestParameters = Dictionary(
        fit.parameters.map { ($0.name, $0.estimate) }, uniquingKeysWith: { first, _ in first })
    }
    return result
  }

  /// What to look for the best objective with.
  private static func references(_ problem: BankProblem) -> [FitSpec] {
    var local = problem.spec
    local.isLocal = true
    local.start = problem.truth
    // What is timed and judged afterwards is the standard search, which has no part in this.
    var thorough = problem.spec
    thorough.search = .thorough
    return [local, thorough]
  }
}
