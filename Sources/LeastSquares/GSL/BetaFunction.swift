internal import CGSL

/// Euler's beta function (`gsl_sf_lnbeta`).
public enum BetaFunction {
  /// The natural logarithm of B(a, b), without cancellation where one argument is far larger.
  ///
  /// - Parameters:
  ///   - a: above 0.
  ///   - b: above 0.
  /// - Returns: ln B(a, b).
  public static func logarithm(_ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "the arguments of the beta function must be positive")
    GSL.prepare()
    return gsl_sf_lnbeta(a, b)
  }
}
