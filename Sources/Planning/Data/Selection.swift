public import ScalingLaws
internal import Tables

/// What it costs to choose training data by a score, in FLOP that the budget must pay for.
///
///     (passes 2 N T checkpoints + 6 N W) refreshes / uses
///
/// with N the parameters of the model that scores, T the tokens scored (the whole pool, whatever
/// share of it is kept), W the tokens it is warmed up on, and the cost shared by `uses` runs.
///
/// Source: Yin and Rush 2024, arXiv:2410.16208.
public struct Selection: Sendable, Hashable {
  /// A family of scores.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Overlap of words (BM25), length: no model.
    case lexical
    /// Similarity of embeddings: one forward pass of a small encoder.
    case embedding
    /// Loss of a language model: one forward pass.
    case perplexity
    /// Similarity of gradients (LESS): forward and backward, three forward passes.
    case gradient

    /// Forward passes over each token scored.
    public var forwardPasses: Double {
      switch self {
      case .lexical: 0
      case .embedding, .perplexity: 1
      case .gradient: 3
      }
    }

    /// How many times larger the trained model must be than the scoring one for the method to be
    /// compute-optimal, as published; nil where no ratio is known.
    public var leastSizeRatio: Double? {
      switch self {
      case .lexical, .embedding: nil
      case .perplexity: 5
      case .gradient: 10
      }
    }

    /// Where these numbers come from.
    public var source: String {
      let ratio = leastSizeRatio.map {
        ", from a trained model \(NumberText.shortest($0)) times the scoring one"
      }
      return
        "selection by \(rawValue): \(NumberText.shortest(forwardPasses)) forward passes per token"
        + "\(ratio ?? "") (Yin and Rush 2024, arXiv:2410.16208)"
    }
  }

  /// How the data are scored.
  public var method: Method
  /// Parameters of the model that scores.
  public var scorerParams: Double
  /// Tokens scored.
  public var scoredTokens: Double
  /// Checkpoints scored with, for gradients.
  ///
  /// The default is 1.
  public var checkpoints: Double
  /// Tokens on which the scoring model is trained first.
  ///
  /// The default is 0.
  public var warmupTokens: Double
  /// How often the scores are made anew.
  ///
  /// The default is 1.
  public var refreshes: Double
  /// Runs that share the cost.
  ///
  /// The default is 1: not amortised.
  public var uses: Double

  /// Makes a selection.
  ///
  /// - Throws: `AnalysisError` for a number that is negative, or one of checkpoints, refreshes and
  ///   uses that is not positive.
  public init(
    _ method: Method, scorerParams: Double = 0, scoredTokens: Double, checkpoints: Double = 1,
    warmupTokens: Double = 0, refreshes: Double = 1, uses: Double = 1
  ) throws(AnalysisError) {
    for (value, what) in [
      (scorerParams, "parameters of the scoring model"), (scoredTokens, "tokens scored"),
      (warmupTokens, "warm-up tokens"),
    ] where !(value >= 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting, "\(NumberText.shortest(value)) \(what): their number is not negative")
    }
    for (value, what) in [(checkpoints, "checkpoints"), (refreshes, "refreshes"), (uses, "uses")]
    where !(value > 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting, "\(NumberText.shortest(value)) \(what) of a selection: give 1 or more")
    }
    guard method == .lexical || scorerParams > 0 else {
      throw AnalysisError(
        .badSetting,
        "selection by \(method.rawValue) needs the parameters of the model that scores, such as 125M"
      )
    }
    self.method = method
    (self.scorerParams, self.scoredTokens) = (scorerParams, scoredTokens)
    (self.checkpoints, self.warmupTokens) = (checkpoints, warmupTokens)
    (self.refreshes, self.uses) = (refreshes, uses)
  }

  /// The cost, in FLOP.
  public var flops: Double {
    let scoring = 2 * method.forwardPasses * scorerParams * scoredTokens * checkpoints
    return (scoring + 6 * scorerParams * warmupTokens) * refreshes / uses
  }

  /// A warning where the trained model is too small for the method to pay, as published.
  public func warning(trainedParams: Double) -> String? {
    guard let least = method.leastSizeRatio, trainedParams < least * scorerParams else {
      return nil
    }
    return
      "selection by \(method.rawValue) with \(Quantity.format(scorerParams)) parameters was found to pay "
      + "only for models of \(Quantity.format(least * scorerParams)) or more (Yin and Rush 2024)"
  }
}
