internal import LeastSquares

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The likelihood of a robust fit, and what it says of the law beside others.
///
/// A loss rho is the negative logarithm of a density of the residuals, up to a scale s that the
/// minimum does not know:
///
///     p(r) = exp(-w rho(r) / s) / Z(s / w),   Z(t) = integral of exp(-rho(r) / t) dr
///     ln L = -F / s - sum over rows of ln Z(s / w),   F the objective
///
/// with s the value that maximises it. For squares this is the normal density, for `absolute` the
/// Laplace density, for `huber` normal in the middle with exponential tails, for `softL1` the
/// hyperbolic density and for `cauchy` a Student t. A weight w narrows the density of its row; a
/// row of weight 0 is left out.
///
///     AICc = -2 ln L + 2 k + 2 k (k + 1) / (n - k - 1),   k = free parameters + 1 for the scale
///
/// **Rows are treated as independent.** Checkpoints of one run are not: the differences between
/// laws are then overstated.
///
/// Sources: Sugiura 1978, Hurvich and Tsai 1989 for the correction; Burnham and Anderson 2002,
/// section 2.9, for the weights.
public struct RobustLikelihood: Sendable, Hashable {
  /// The most likely scale s of the density.
  public var scale: Double
  /// The logarithm of the likelihood at that scale.
  public var logLikelihood: Double
  /// Rows of positive weight.
  public var rows: Int
  /// Free parameters of the law, those at a bound included.
  public var freeParameters: Int

  /// The corrected information criterion; nil with too few rows for it.
  public var aicc: Double? {
    let (n, k) = (Double(rows), Double(freeParameters + 1))
    guard n - k - 1 > 0 else { return nil }
    return -2 * logLikelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  /// Akaike weights: the share of each of several laws, the sum being 1.
  ///
  ///     w_i = exp(-delta_i / 2) / sum of exp(-delta_j / 2),   delta_i = AICc_i - min AICc
  static func weights(_ criteria: [Double]) -> [Double] {
    guard let least = criteria.min() else { return [] }
    let shares = criteria.map { exponential((least - $0) / 2) }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }

  /// Maximises the likelihood over the scale.
  ///
  /// - Returns: nil where the objective is 0 or not finite: the law then passes through every row.
  init?(loss: Loss, residuals: [Double], weights: [Double]?, freeParameters: Int) {
    var counts: [Double: Int] = [:]
    var objective = 0.0
    for (row, residual) in residuals.enumerated() {
      let weight = weights?[row] ?? 1
      guard weight > 0 else { continue }
      counts[weight, default: 0] += 1
      objective += weight * loss.value(residual)
    }
    rows = counts.values.reduce(0, +)
    self.freeParameters = freeParameters
    guard rows > 0, objective > 0, objective.isFinite else { return nil }
    let density = ErrorDensity(loss: loss)
    // In the order of the weights, so that the sum does not depend on chance.
    let groups = counts.sorted { $0.key < $1.key }
    func logLikelihood(_ scale: Double) -> Double {
      groups.reduce(-objective / scale) {
        $0 - Double($1.value) * density.logNormalizer(scale / $1.key)
      }
    }
    let search = density.scales(
      mean: objective / Double(rows), smallestWeight: groups.first?.key ?? 1)
    guard
      let found = BrentMinimizer.minimize(in: search.range, { -logLikelihood(search.scale($0)) })
    else { return nil }
    scale = search.scale(found.x)
    self.logLikelihood = -found.value
  }
}

/// The density proportional to exp(-rho(r) / s).
private struct ErrorDensity {
  let loss: Loss

  /// Where to look for the most likely scale, as a coordinate and the scale it stands for.
  ///
  /// ln L is concave in 1/s, so that one maximum is all there is. Where Z grows between the root of
  /// s and s itself, as for every loss between quadratic and linear, it lies between F/n and 2F/n.
  /// The density of `cauchy` exists only below delta^2.
  func scales(
    mean: Double, smallestWeight: Double
  ) -> (range: ClosedRange<Double>, scale: (Double) -> Double) {
    if case .cauchy(let delta) = loss {
      let limit = delta * delta * smallestWeight
      return (-30...60, { limit / (1 + 2 * exp($0)) })
    }
    return (log(0.9 * mean)...log(2.2 * mean), { exp($0) })
  }

  /// ln Z(s); infinite where the integral does not exist.
  func logNormalizer(_ s: Double) -> Double {
    switch loss {
    case .squares: return 0.5 * log(.pi * s)
    case .absolute: return log(2 * s)
    case .huber(let delta):
      let k = delta * delta / s
      let middle = (2 * Double.pi).squareRoot() * erf((k / 2).squareRoot())
      return 0.5 * log(s) + log(middle + 2 * exp(-k / 2) / k.squareRoot())
    case .softL1(let delta): return log(delta) + Self.logHyperbolic(delta * delta / s)
    case .cauchy(let delta):
      // Z = delta sqrt(pi) Gamma(m - 1/2) / Gamma(m),  m = delta^2 / (2 s).
      let x = delta * delta / (2 * s) - 0.5
      guard x > 0 else { return .infinity }
      return log(delta) + 0.5 * log(.pi) - Self.logGammaStep(x)
    }
  }

  /// ln of the integral of exp(-k (sqrt(1 + z^2) - 1)), which is 2 e^k K1(k).
  ///
  /// With z = sinh t the integrand is analytic and falls off doubly exponentially: the trapezoidal
  /// rule is exact to rounding.
  private static func logHyperbolic(_ k: Double) -> Double {
    var end = 1.0
    for _ in 0..<20 { end = 2 * asinh(((45 + end) / (2 * k)).squareRoot()) }
    let step = end / 96
    let sum = (1...96).reduce(0.5) { sum, index in
      let t = Double(index) * step
      let half = sinh(t / 2)
      return sum + cosh(t) * exp(-2 * k * half * half)
    }
    return log(2 * step * sum)
  }

  /// ln Gamma(x + 1/2) - ln Gamma(x), by its series where the difference would cancel.
  private static func logGammaStep(_ x: Double) -> Double {
    guard x < 1000 else {
      let y = 1 / x
      return 0.5 * log(x) + log1p(y * (-1.0 / 8 + y * (1.0 / 128 + y * 5.0 / 1024)))
    }
    return lgamma(x + 0.5).0 - lgamma(x).0
  }
}
