// Likelihood-ratio intervals: how far a parameter, or any quantity computed from the parameters,
// can be moved before the refitted objective rises by more than chance explains.

/// A profile interval; an end is nil where the data do not close it.
public struct ProfileInterval: Sendable, Hashable {
  /// The lower end.
  public var lower: Double?
  /// The upper end.
  public var upper: Double?
  /// The lowest point met on the way.
  ///
  /// Below the fit, the fit has missed an optimum, and the interval is not to be trusted.
  public var lowest: VisitedPoint

  /// Makes an interval.
  public init(lower: Double?, upper: Double?, lowest: VisitedPoint = VisitedPoint()) {
    self.lower = lower
    self.upper = upper
    self.lowest = lowest
  }
}

extension GlobalFitter {
  /// How far the objective may rise above its minimum on an interval of a level.
  ///
  /// ```
  /// 1/2 t^2  sum(w psi^2) / sum(psi')  n / (n - p),   t the quantile of Student's t
  /// ```
  /// p is the number of directions that the rows determine.
  /// For squares that is t^2 RSS / (n - p), exact for a linear model. For a robust loss it is the
  /// scale of the likelihood-ratio statistic of an M-estimator; psi' is smoothed as in the sandwich
  /// covariance.
  ///
  /// Source: E. Ronchetti, Robust testing in linear models, 1982; F. Hampel et al., Robust
  /// Statistics, 1986, 7.2.
  ///
  /// - Parameters:
  ///   - level: The level, between 0 and 1.
  ///   - fit: A fit of this problem.
  /// - Returns: The rise; NaN without degrees of freedom.
  public func profileRise(level: Double, fit: Fit) -> Double {
    let (objective, rows) = makeObjective(weights: allWeights)
    objective.parameters = fit.parameters
    let rank = rank(of: fit)
    let freedom = rows.count - rank
    guard freedom > 0 else { return .nan }
    let residuals = objective.residuals()
    let weights = objective.weights
    let slopes = ScoreSlopes.slopes(problem.loss, residuals, parameters: rank)
    var size = 0.0
    var slope = 0.0
    for row in residuals.indices {
      let psi = problem.loss.psi(residuals[row])
      size += weights[row] * psi * psi
      slope += slopes[row]
    }
    let t = StudentT.quantile(0.5 + level / 2, degreesOfFreedom: Double(freedom))
    return 0.5 * t * t * size / slope * Double(rows.count) / Double(freedom)
  }

  /// The profile intervals of parameters: where the objective, minimised over all others, has risen
  /// by `rise`.
  ///
  /// Each walks outwards from the estimate in the coordinate that the fit moves in; each
  /// refit starts where the curve so far leads. Before what lies beyond an end is ruled out, the
  /// other valleys of the law are searched there, once, and all low points that the curves of the
  /// other parameters have met are looked at. A side on which the objective has not risen enough a
  /// factor e^60 away (or 1e6 standard errors, where the coordinate is the parameter itself) is
  /// open.
  ///
  /// - Parameters:
  ///   - parameters: Their indices; neither fixed nor at a bound.
  ///   - fit: A fit of this problem.
  ///   - rise: See ``profileRise(level:fit:)``.
  ///   - scales: The standard errors of all parameters in the coordinate of the fit, see
  ///     ``Covariance/internalStandardErrors``.
  /// - Returns: The intervals, in the order of `parameters`.
  /// - Complexity: Some six local fits a side, and as many at each end.
  public func profiles(
    of parameters: [Int], fit: Fit, rise: Double, scales: [Double]
  ) -> [ProfileInterval] {
    let pool = ProfilePool(threshold: fit.objective + rise)
    var curves: [ProfileCurve<Model>] = []
    for parameter in parameters {
      let curve = ProfileCurve(self, parameter, fit, pool)
      curve.walk(scale: scales[parameter])
      curves.append(curve)
    }
    // The later curves may have passed beyond the ends of the earlier ones.
    for curve in curves { curve.extend() }
    return curves.map(\.interval)
  }

  /// The curve behind a profile interval: the minimum of the objective over all other parameters,
  /// at values of one.
  ///
  /// - Parameters:
  ///   - parameter: Its index; neither fixed nor at a bound.
  ///   - values: Where to look, within its bounds.
  ///   - fit: A fit of this problem.
  /// - Returns: A pair for each value, the objective infinite where there is no minimum.
  /// - Complexity: A local fit for each value.
  public func profile(
    of parameter: Int, at values: [Double], fit: Fit
  ) -> [(value: Double, objective: Double)] {
    // Nothing lies below this threshold, so that every value is approached from all sides.
    let pool = ProfilePool(threshold: fit.objective)
    let curve = ProfileCurve(self, parameter, fit, pool)
    return zip(values, curve.objectives(at: values)).map { (value: $0, objective: $1) }
  }

  /// The weights of a fit of all rows.
  var allWeights: [Double] {
    problem.weights ?? Array(repeating: 1, count: problem.model.rowCount)
  }
}
