internal import LeastSquares

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The coverage at some number of samples.
public struct CoveragePoint: Sendable, Hashable {
  /// Samples, above 0.
  public var k: Double
  /// The share of problems solved by at least one of them.
  public var coverage: Double

  /// Makes a point.
  public init(k: Double, coverage: Double) { (self.k, self.coverage) = (k, coverage) }
}

extension CoverageCurve {
  /// The power law `exp(a k^b)` of least squares in coverage.
  ///
  /// By Gauss and Newton in ln(-a) and b, from the line through `ln(-ln c)` over `ln k`.
  ///
  /// - Parameter points: coverages; those at 0 or 1, which no power law reaches, are left out.
  /// - Returns: nil with fewer than two points left at different k, or where coverage does not
  ///   rise.
  public static func power(fitting points: [CoveragePoint]) -> CoverageCurve? {
    let points = points.filter { $0.coverage > 0 && $0.coverage < 1 && $0.k > 0 }
    let logs = points.map { log($0.k) }
    guard let least = logs.min(), let most = logs.max(), least < most else { return nil }
    // d c / d ln(-a) is c ln c, so that errors of c are this much larger in ln(-ln c).
    let slopes = points.map { $0.coverage * log($0.coverage) }
    guard
      let line = LinearFit(
        design: logs.map { [1, $0] }, response: points.map { log(-log($0.coverage)) },
        weights: slopes.map { $0 * $0 })
    else { return nil }
    func misfit(_ x: [Double]) -> Double {
      zip(points, logs).reduce(0) { sum, point in
        let residual = point.0.coverage - exp(-exp(x[0] + x[1] * point.1))
        return sum + residual * residual
      }
    }
    var x = line.coefficients
    var best = misfit(x)
    for _ in 0..<50 {
      let fitted = logs.map { exp(-exp(x[0] + x[1] * $0)) }
      let slopes = fitted.map { $0 > 0 ? $0 * log($0) : 0 }
      guard
        let step = LinearFit(
          design: zip(slopes, logs).map { [$0, $0 * $1] },
          response: zip(points, fitted).map { $0.coverage - $1 })
      else { break }
      var scale = 1.0
      while scale > 1e-6, misfit(zip(x, step.coefficients).map { $0 + scale * $1 }) >= best {
        scale /= 2
      }
      guard scale > 1e-6 else { break }
      x = zip(x, step.coefficients).map { $0 + scale * $1 }
      best = misfit(x)
    }
    guard x[1] < 0 else { return nil }
    return .power(a: -exp(x[0]), b: x[1])
  }

  /// The beta-binomial of greatest likelihood.
  ///
  /// - Returns: nil where there is none: no problem was solved, or no sample failed, or problems do
  ///   not differ more than chance explains.
  public static func betaBinomial(fitting attempts: Attempts) -> CoverageCurve? {
    BetaBinomialFit(attempts.problems).maximum().map {
      .betaBinomial(alpha: $0.alpha, beta: $0.beta)
    }
  }
}
