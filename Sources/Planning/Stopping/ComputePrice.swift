public import ScalingLaws
internal import Tables

/// What compute must bring: the least improvement for which one more FLOP is worth spending.
public struct ComputePrice: Sendable, Hashable {
  /// The price, in nats per FLOP.
  public var natsPerFLOP: Double

  /// A price in nats per FLOP.
  ///
  /// - Throws: `AnalysisError` for a price that is not positive.
  public init(natsPerFLOP: Double) throws(AnalysisError) {
    try Self.check(natsPerFLOP, "nats per FLOP", example: "1e-26")
    self.natsPerFLOP = natsPerFLOP
  }

  /// A price in nats per dollar, for compute that is paid for.
  ///
  ///     lambda = natsPerDollar / flopsPerDollar
  ///
  /// - Parameters:
  ///   - natsPerDollar: the least improvement that a dollar must bring.
  ///   - flopsPerDollar: what a dollar buys: peak FLOP/s times utilisation times 3600, divided by
  ///     the price of an hour.
  /// - Throws: `AnalysisError` for a number that is not positive.
  public init(natsPerDollar: Double, flopsPerDollar: Double) throws(AnalysisError) {
    try Self.check(natsPerDollar, "nats per dollar", example: "1e-8")
    try Self.check(flopsPerDollar, "FLOP per dollar", example: "7e17")
    natsPerFLOP = natsPerDollar / flopsPerDollar
  }

  private static func check(
    _ value: Double, _ unit: String, example: String
  ) throws(AnalysisError) {
    guard value > 0, value.isFinite else {
      throw AnalysisError(
        .badSetting,
        "\(NumberText.shortest(value)) \(unit): that is positive, such as \(example)")
    }
  }
}
