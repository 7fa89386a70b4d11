/// A way to find an interval for anything computed from a fit.
public enum IntervalMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// The sandwich covariance, the delta method, and quantiles of Student's t.
  case covariance
  /// Percentiles over refits of resampled data.
  case bootstrap
  /// The same draws, corrected for bias and skewness (Efron 1987), with a jackknife for the
  /// acceleration.
  case bca
  /// Where the objective, minimised under the quantity held, has risen by more than chance
  /// explains.
  case profile
}

/// A quantity computed from the parameters of a law, for which an interval is wanted.
public struct DerivedQuantity {
  /// What it is called: `N* at 1e24`.
  public var name: String
  /// Whether it is positive by nature, so that the delta method works on its logarithm.
  public var isPositive: Bool
  /// Its value for a parameter vector, in the order of the fit's parameters; nil where it has none.
  public var value: ([Double]) -> Double?

  /// Makes a quantity.
  public init(_ name: String, isPositive: Bool = true, value: @escaping ([Double]) -> Double?) {
    self.name = name
    self.isPositive = isPositive
    self.value = value
  }
}
