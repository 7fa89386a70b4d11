internal import LeastSquares

/// How single runs scatter about a fitted law: its residuals, widened by what the fit took from
/// them.
public struct Scatter: Sendable, Hashable {
  private let residuals: [Double]
  private let kind: ResidualKind

  /// The scatter of a fit; nil where the fit holds no residuals.
  ///
  /// - Throws: `AnalysisError` where they are no numbers.
  init?(_ fit: LawFit) throws(AnalysisError) {
    guard let line = fit.residuals, let kind = ResidualKind(rawValue: fit.objective.residuals),
      fit.interval.degreesOfFreedom > 0
    else { return nil }
    let words = line.split(separator: " ")
    let values = words.compactMap { Double($0) }
    guard values.count == words.count, !values.isEmpty else {
      throw AnalysisError(.badFile, "the residuals of the fit are no numbers")
    }
    let rows = Double(fit.data.rows)
    let widening = (rows / max(rows - Double(fit.rank), 1)).squareRoot()
    residuals = values.map { $0 * widening }
    self.kind = kind
  }

  /// A new observation about a value of the law, by the residual that the generator picks.
  func observation(about value: Double, _ generator: inout Philox) -> Double {
    let residual = residuals[generator.next(below: residuals.count)]
    switch kind {
    case .log: return value * exponential(residual)
    case .raw: return value + residual
    case .relative: return value / (1 - residual)
    }
  }
}

extension Uncertainty {
  /// How many values stand for a distribution that has no draws of its own.
  private static let sampleCount = 4000

  /// The intervals of new observations: the uncertainty of the law and the scatter of runs
  /// together.
  ///
  /// Every draw of the quantity gets a residual of its own, picked by the counter-based generator
  /// with seed 0; from a covariance, 4,000 quantiles of Student's t stand for draws. The ends are
  /// percentiles.
  ///
  /// - Parameters:
  ///   - scatter: the residuals.
  ///   - isPositive: whether the quantities are positive by nature.
  ///   - quantities: the values of the law for a parameter vector.
  /// - Returns: an interval for each quantity; nil for one without uncertainty.
  func intervalOfNewRun(
    _ scatter: Scatter, isPositive: Bool, of quantities: ([Double]) -> [Double]
  ) -> [Interval?] {
    let tail = (1 - level) / 2
    return values(isPositive: isPositive, count: Self.sampleCount, of: quantities).enumerated()
      .map { index, values in
        guard let values else { return nil }
        let observations = values.enumerated().map { draw, value in
          var generator = Philox(seed: UInt64(index), stream: UInt64(draw))
          return scatter.observation(about: value, &generator)
        }
        let ends = Draws.quantiles(observations, [tail, 1 - tail])
        return ends[0].isNaN ? nil : Interval(lower: ends[0], upper: ends[1])
      }
  }
}
