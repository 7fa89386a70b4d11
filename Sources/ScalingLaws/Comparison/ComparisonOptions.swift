/// How laws are compared.
public struct ComparisonOptions: Sendable, Hashable {
  /// The share of rows of largest compute that are held out; between 0 and 1.
  ///
  /// The default is 0.2.
  public var holdout = 0.2

  /// Makes options with the defaults.
  public init() {}

  func validate() throws(AnalysisError) {
    guard holdout > 0, holdout < 1 else {
      throw AnalysisError(
        .badSetting,
        "holdout \(holdout): the share of rows held out lies between 0 and 1, such as 0.2"
      )
    }
  }
}
