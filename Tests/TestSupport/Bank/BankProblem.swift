import LeastSquares
public import ScalingLaws
public import Tables

/// A fitting problem whose best objective is known.
public struct BankProblem: Sendable {
  /// Its name, such as `sigmoid-k-1`.
  public var id: String
  /// What it is one of, such as `sigmoid-k`.
  public var kind: String
  /// What to fit, and under which objective.
  public var spec: FitSpec
  /// The rows.
  public var table: Table
  /// The least objective known.
  public var best: Double
  /// The size of the objective, by which zero is judged in problems without noise.
  public var scale: Double
  /// The parameters the rows were made from.
  public var truth: [String: Double]
  /// The parameters at which the objective is `best`.
  public var bestParameters: [String: Double]
  /// Standard deviation of the noise, in ranges of the response.
  public var noise: Double
  /// The unit of its data columns.
  public var unit: Double
  /// `outliers`, `resampled` or nothing.
  public var note: String

  /// Makes a problem.
  public init(
    id: String, kind: String, spec: FitSpec, table: Table, best: Double, scale: Double,
    truth: [String: Double] = [:], bestParameters: [String: Double] = [:], noise: Double = 0,
    unit: Double = 1, note: String = ""
  ) {
    (self.id, self.kind, self.spec, self.table) = (id, kind, spec, table)
    (self.best, self.scale, self.truth, self.bestParameters) = (best, scale, truth, bestParameters)
    (self.noise, self.unit, self.note) = (noise, unit, note)
  }

  /// Whether an objective is as good as the best known.
  ///
  /// ```
  /// F <= best (1 + 1e-6) + 1e-14 scale
  /// ```
  public func isReached(by objective: Double) -> Bool {
    objective <= best * (1 + 1e-6) + 1e-14 * scale
  }

  /// How far an objective is from the best, as a factor; where that is 0, from what counts as 0.
  public func factor(of objective: Double) -> Double {
    best > 0 ? objective / best : objective / (1e-14 * scale)
  }

  /// The formula, also of a law of the catalogue.
  public var formula: String {
    switch spec.source {
    case .law(let law): law.formula
    case .formula(let text): text
    }
  }
}

extension BankProblem {
  /// What is minimised, from the words of a file; nil if it cannot be.
  static func spec(
    law: String?, formula: String?, loss: String?, delta: Double?, residuals: String?
  ) -> FitSpec? {
    guard let loss = loss.flatMap({ Loss(name: $0, delta: delta) }),
      let residuals = residuals.flatMap({ ResidualKind(rawValue: $0) })
    else { return nil }
    var spec: FitSpec
    if let law {
      guard let law = Law.named(law) else { return nil }
      spec = FitSpec(law: law)
    } else if let formula {
      spec = FitSpec(.formula(formula))
    } else {
      return nil
    }
    (spec.loss, spec.residuals) = (loss, residuals)
    return spec
  }
}
