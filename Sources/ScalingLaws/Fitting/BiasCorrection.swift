internal import LeastSquares

/// The bias-corrected and accelerated interval of a quantity.
///
///     z0 = Phi^-1(share of draws below the estimate),   a = sum d^3 / (6 (sum d^2)^(3/2)),  d_i =
///     mean - theta_(i) ends: quantiles of the draws at Phi(z0 + (z0 + z) / (1 - a (z0 + z))),  z =
///     ± Phi^-1(1 - tail)
///
/// Source: B. Efron, Better bootstrap confidence intervals, JASA 82, 1987.
enum BiasCorrection {
  /// The bias-corrected interval.
  ///
  /// - Parameters:
  ///   - estimate: the quantity at the estimate.
  ///   - draws: the quantity for every draw; NaN is left out.
  ///   - jackknife: the quantity with each row, or each cluster, left out in turn; NaN is left out.
  ///   - tail: the probability beyond each end.
  /// - Returns: its ends; nil where the estimate lies outside all draws, or there are none.
  static func interval(
    estimate: Double, draws: [Double], jackknife: [Double], tail: Double
  ) -> (lower: Double, upper: Double)? {
    let draws = draws.filter { !$0.isNaN }
    let jackknife = jackknife.filter(\.isFinite)
    guard !draws.isEmpty, jackknife.count > 1, estimate.isFinite else { return nil }
    // A tie counts half: a parameter at its bound in many draws would otherwise look biased.
    let below = draws.reduce(0.0) { $0 + ($1 < estimate ? 1 : $1 == estimate ? 0.5 : 0) }
    let share = below / Double(draws.count)
    guard share > 0, share < 1 else { return nil }
    let z0 = StandardNormal.quantile(share)
    let mean = jackknife.reduce(0, +) / Double(jackknife.count)
    let (squares, cubes) = jackknife.reduce((0.0, 0.0)) { sums, value in
      let d = mean - value
      return (sums.0 + d * d, sums.1 + d * d * d)
    }
    let acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    let levels = [tail, 1 - tail].map { level in
      let z = z0 + StandardNormal.quantile(level)
      return StandardNormal.cumulative(z0 + z / (1 - acceleration * z))
    }
    guard levels.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    let ends = Draws.quantiles(draws, levels)
    return (ends[0], ends[1])
  }
}
