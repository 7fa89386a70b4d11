import Formulas
public import ScalingLaws
import Tables

/// What became of a problem of the bank.
public struct BankOutcome: Sendable {
  /// How it ended.
  public enum State: String, Sendable, Encodable {
    /// At the best objective known.
    case reached
    /// Elsewhere, and said so.
    case missed
    /// Elsewhere, and certified as the optimum.
    case wrong = "false"
    /// With an error.
    case refused
  }

  /// The name of the problem.
  public var id: String
  /// Its kind.
  public var kind: String
  /// How it ended.
  public var state: State
  /// Whether the answer certifies its optimum.
  public var isCertified = false
  /// The objective over the best known.
  public var factor: Double?
  /// Parameters that are neither conditionally linear nor fixed.
  public var nonlinear: Int?
  /// Passes over the rows.
  public var evaluations = 0
  /// Seconds from table to result: the best of three, or of one over a tenth of a second.
  public var seconds = 0.0
  /// The error of a problem refused.
  public var message: String?

  /// Fits a problem.
  ///
  /// - Parameters:
  ///   - problem: what to fit.
  ///   - runs: how often a quick fit is timed. The default is three times.
  public init(_ problem: BankProblem, runs: Int = 3) async {
    (id, kind, state) = (problem.id, problem.kind, .refused)
    do {
      let start = ContinuousClock.now
      let fit = try await LawFit(problem.table, problem.spec, sha256: "")
      seconds = Self.seconds(since: start)
      for _ in 1..<max(runs, 2) where runs > 1 && seconds < 0.1 {
        let start = ContinuousClock.now
        _ = try await LawFit(problem.table, problem.spec, sha256: "")
        seconds = min(seconds, Self.seconds(since: start))
      }
      isCertified = Self.isCertified(fit)
      factor = problem.factor(of: fit.objective.value)
      evaluations = fit.search.evaluations
      nonlinear = try Self.nonlinear(problem, fit)
      state =
        problem.isReached(by: fit.objective.value) ? .reached : isCertified ? .wrong : .missed
    } catch {
      message = "\(error)"
    }
  }

  /// Whether a fit claims to be at the optimum.
  public static func isCertified(_ fit: LawFit) -> Bool { fit.search.certificate == "certified" }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  private static func nonlinear(_ problem: BankProblem, _ fit: LawFit) throws -> Int {
    var data: [String: [Double]] = [:]
    for (name, column) in fit.data.columns { data[name] = try problem.table.numbers(column) }
    let formula = try CompiledFormula(
      Formula(problem.formula), data: data, rowCount: problem.table.rowCount)
    return formula.parameters.count - formula.linearParameters.count
      - fit.parameters.count { $0.fixed }
  }
}
