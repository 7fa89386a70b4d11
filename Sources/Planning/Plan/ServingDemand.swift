public import ScalingLaws
internal import Tables

/// What a model is to serve over its life: 2N FLOP for every token, read or written.
public struct ServingDemand: Sendable, Hashable {
  /// Tokens read.
  public var promptTokens: Double
  /// Tokens written.
  public var outputTokens: Double
  /// On what it is served, and how well; nil for the price of training.
  public var cost: ServingCost?

  /// A demand.
  ///
  /// - Throws: `AnalysisError` for numbers that are negative.
  public init(
    promptTokens: Double = 0, outputTokens: Double, cost: ServingCost? = nil
  ) throws(AnalysisError) {
    for tokens in [promptTokens, outputTokens] where !(tokens >= 0 && tokens.isFinite) {
      throw AnalysisError(
        .badSetting,
        "\(NumberText.shortest(tokens)) tokens to be served: their number is not negative")
    }
    (self.promptTokens, self.outputTokens, self.cost) = (promptTokens, outputTokens, cost)
  }

  /// Tokens read and written, T.
  public var tokens: Double { promptTokens + outputTokens }

  /// Dollars for every parameter of the model, where it is trained on a cluster; nil without a
  /// price.
  func dollarsPerParam(_ cluster: Cluster?) -> Double? {
    if let cost {
      return cost.dollars(params: 1, promptTokens: promptTokens, outputTokens: outputTokens)
    }
    return cluster?.dollars(2 * tokens)
  }
}
