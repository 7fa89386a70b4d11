/// Metrics logged together at one step.
public struct MetricRow: Sendable, Hashable {
  /// The step, which may be negative.
  public var step: Int
  /// When; written in seconds since 1970.
  public var time: UTCTime?
  /// Values by name; NaN and infinities are kept.
  public var values: [String: Double]

  /// Creates a row.
  public init(step: Int, time: UTCTime? = nil, _ values: [String: Double]) {
    self.step = step
    self.time = time
    self.values = values
  }
}
