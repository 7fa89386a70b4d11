internal import LeastSquares

extension IsoFLOPAnalysis {
  /// The interval of the optimum of one budget along the axis of the curves, at the level of the
  /// analysis: formed for the logarithm, by Student's t on the scatter that the curve leaves, or by
  /// the replicates of a spline.
  ///
  /// - Returns: nil where the budget has no optimum, or the optimum no standard deviation.
  public func optimumInterval(of budget: IsoFLOPBudget) -> Uncertainty.Interval? {
    guard let optimum = budget.optimum, let error = optimum.logError else { return nil }
    let share = 0.5 + options.level / 2
    let quantile: Double
    switch options.curve {
    case .akima: quantile = StandardNormal.quantile(share)
    case .parabola, .cubic:
      // One run more than coefficients leaves a degree of freedom.
      let freedom = budget.runs - options.curve.minimumCount
      guard freedom > 0 else { return nil }
      quantile = StudentT.quantile(share, degreesOfFreedom: Double(freedom))
    }
    let size = options.axis == .params ? optimum.params : optimum.tokens
    let factor = exponential(quantile * error)
    return Uncertainty.Interval(lower: size / factor, upper: size * factor)
  }
}
