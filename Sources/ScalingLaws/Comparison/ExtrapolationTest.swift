internal import Formulas
internal import LeastSquares
internal import Tables

/// How far a law fitted to small runs misses larger ones.
public struct ExtrapolationError: Sendable, Hashable {
  /// Root mean square of ln(predicted / observed), or of predicted - observed where a response is
  /// not positive; infinite where the law has no value.
  public var rms: Double
  /// Mean of the same: positive where the law promises too high a loss.
  public var bias: Double
  /// Rows predicted.
  public var rows: Int

  init(_ errors: [Double]) {
    let isFinite = errors.allSatisfy(\.isFinite)
    let count = Double(errors.count)
    rms = isFinite ? (errors.reduce(0) { $0 + $1 * $1 } / count).squareRoot() : .infinity
    bias = isFinite ? errors.reduce(0, +) / count : .nan
    rows = errors.count
  }
}

/// A law fitted to some rows and asked for others.
struct ExtrapolationTest {
  private let data: FitData
  private let spec: FitSpec
  private let observed: [Double]
  /// Whether errors are ratios.
  private let isLog: Bool

  init(_ data: FitData, _ spec: FitSpec) {
    self.data = data
    self.spec = spec
    observed = data.formula.response.map(data.parsed.responseScale.column)
    isLog = observed.allSatisfy { $0 > 0 }
  }

  /// The rows that count: those of positive weight.
  static func rows(of data: FitData) -> [Int] {
    (0..<data.table.rowCount).filter { data.weights?[$0] != 0 }
  }

  /// Fits the first rows by a global search of their own and predicts the second.
  ///
  /// - Returns: the errors of the second; nil where the first cannot be fitted.
  func errors(fitting training: [Int], predicting held: [Int]) -> [Double]? {
    var weights = Array(repeating: 0.0, count: data.table.rowCount)
    for row in training { weights[row] = data.weights?[row] ?? 1 }
    var problem = data.problem(spec)
    problem.weights = weights
    guard let fit = try? GlobalFitter(problem, options: data.options(spec)).fit(),
      fit.objective.isFinite
    else { return nil }
    let predicted = data.formula.values(at: fit.parameters)
    return held.map { row in
      let value = data.parsed.responseScale.column(of: predicted[row])
      guard isLog else { return value - observed[row] }
      return value > 0 ? logarithm(value / observed[row]) : .nan
    }
  }
}
