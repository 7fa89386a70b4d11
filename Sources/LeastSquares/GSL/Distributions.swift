internal import CGSL

/// The standard normal distribution (GSL's cdf functions).
public enum StandardNormal {
  /// The value below which a share p of the distribution lies.
  ///
  /// - Parameter p: In (0, 1); 0 and 1 give the infinities.
  /// - Returns: The quantile.
  public static func quantile(_ p: Double) -> Double {
    precondition((0...1).contains(p), "a probability lies in 0...1")
    return gsl_cdf_ugaussian_Pinv(p)
  }

  /// The share of the distribution below x.
  public static func cumulative(_ x: Double) -> Double { gsl_cdf_ugaussian_P(x) }
}

/// Student's t distribution.
public enum StudentT {
  /// The value below which a share p of the distribution lies.
  ///
  /// - Parameters:
  ///   - p: In (0, 1).
  ///   - degreesOfFreedom: Above 0, not necessarily whole.
  /// - Returns: The quantile.
  public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    precondition((0...1).contains(p), "a probability lies in 0...1")
    precondition(degreesOfFreedom > 0, "degrees of freedom must be positive")
    return gsl_cdf_tdist_Pinv(p, degreesOfFreedom)
  }

  /// The share of the distribution below x.
  public static func cumulative(_ x: Double, degreesOfFreedom: Double) -> Double {
    precondition(degreesOfFreedom > 0, "degrees of freedom must be positive")
    return gsl_cdf_tdist_P(x, degreesOfFreedom)
  }
}

/// The chi-squared distribution.
public enum ChiSquared {
  /// The value below which a share p of the distribution lies.
  ///
  /// - Parameters:
  ///   - p: In (0, 1).
  ///   - degreesOfFreedom: Above 0.
  /// - Returns: The quantile.
  public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    precondition((0...1).contains(p), "a probability lies in 0...1")
    precondition(degreesOfFreedom > 0, "degrees of freedom must be positive")
    return gsl_cdf_chisq_Pinv(p, degreesOfFreedom)
  }

  /// The share of the distribution above x: the p-value of a test statistic.
  public static func upperTail(_ x: Double, degreesOfFreedom: Double) -> Double {
    precondition(degreesOfFreedom > 0, "degrees of freedom must be positive")
    return gsl_cdf_chisq_Q(x, degreesOfFreedom)
  }
}

/// Fisher's F distribution.
public enum FisherF {
  /// The value below which a share p of the distribution lies.
  ///
  /// - Parameters:
  ///   - p: In (0, 1).
  ///   - numerator: Degrees of freedom of the numerator, above 0.
  ///   - denominator: Degrees of freedom of the denominator, above 0.
  /// - Returns: The quantile.
  public static func quantile(_ p: Double, numerator: Double, denominator: Double) -> Double {
    precondition((0...1).contains(p), "a probability lies in 0...1")
    precondition(numerator > 0 && denominator > 0, "degrees of freedom must be positive")
    return gsl_cdf_fdist_Pinv(p, numerator, denominator)
  }
}
