/// What it costs to serve a model: 2N FLOP a token, and the traffic of weights and cache.
///
/// Reading a prompt is bound by arithmetic, writing an answer by memory: each step reads all
/// weights once and the cache of every sequence, so the two have utilizations of their own.
///
///     dollars = 2 N price (D_in / MFU_in + D_out / MFU_out) / peak
///
/// Source: Sardana et al. 2024, arXiv:2401.00448, section 3.
public struct ServingCost: Sendable, Hashable {
  /// The accelerator that serves.
  public var accelerator: Accelerator
  /// The share of the peak reached while prompts are read, MFU_in.
  public var promptUtilization: Double
  /// The share of the peak reached while answers are written, MFU_out.
  public var outputUtilization: Double

  /// Describes how a model is served.
  ///
  /// - Parameters:
  ///   - accelerator: the accelerator that serves.
  ///   - promptUtilization: the share of the peak reached on prompts.
  ///   - outputUtilization: the share reached on answers, such as
  ///     ``decodingUtilization(of:params:weightBytes:cacheBytes:batch:)``.
  /// - Precondition: both are in (0, 1].
  public init(
    accelerator: Accelerator, promptUtilization: Double, outputUtilization: Double
  ) {
    precondition(
      0 < promptUtilization && promptUtilization <= 1 && 0 < outputUtilization
        && outputUtilization <= 1, "utilizations are shares of the peak")
    self.accelerator = accelerator
    self.promptUtilization = promptUtilization
    self.outputUtilization = outputUtilization
  }

  /// Seconds of one accelerator for tokens read and written by a model of N active parameters.
  public func seconds(params: Double, promptTokens: Double, outputTokens: Double) -> Double {
    2 * params / accelerator.peakFlops
      * (promptTokens / promptUtilization + outputTokens / outputUtilization)
  }

  /// US dollars for tokens read and written; nil without a price.
  public func dollars(params: Double, promptTokens: Double, outputTokens: Double) -> Double? {
    accelerator.hourlyPrice.map {
      seconds(params: params, promptTokens: promptTokens, outputTokens: outputTokens) / 3600 * $0
    }
  }

  /// The tokens which, at 2N FLOP each on the training cluster, cost as much as those served.
  ///
  ///     T = (c_inf / c_tr) (D_in MFU_tr / MFU_in + D_out MFU_tr / MFU_out)
  ///
  /// with c the price of a FLOP at the peak. It makes the optimum in money that of
  /// ``ServingPlan``, with T for the tokens served: 6ND + 2NT.
  ///
  /// - Parameters:
  ///   - promptTokens: tokens read.
  ///   - outputTokens: tokens written.
  ///   - training: what the model is trained on.
  /// - Returns: T; nil unless both prices are known.
  public func equivalentTokens(
    promptTokens: Double, outputTokens: Double, training: Cluster
  ) -> Double? {
    guard let price = accelerator.hourlyPrice,
      let trainingPrice = training.accelerator.hourlyPrice
    else { return nil }
    let peak = accelerator.peakFlops / training.accelerator.peakFlops
    return price / trainingPrice / peak * training.utilization
      * (promptTokens / promptUtilization + outputTokens / outputUtilization)
  }

  /// The share of the peak that arithmetic reaches while answers are written.
  ///
  /// A step writes one token in each sequence. It takes as long as the slower of two:
  ///
  ///     arithmetic   2 N b / peak
  ///     traffic      (bytes of weights + b * bytes of a sequence's cache) / bandwidth
  ///
  /// - Parameters:
  ///   - accelerator: the accelerator that serves.
  ///   - params: active parameters.
  ///   - weightBytes: bytes of the weights read in a step.
  ///   - cacheBytes: bytes of the cache of one sequence.
  ///   - batch: sequences served at once.
  /// - Returns: a share of the peak, at most 1: a bound that no software exceeds.
  public static func decodingUtilization(
    of accelerator: Accelerator, params: Double, weightBytes: Double, cacheBytes: Double,
    batch: Double
  ) -> Double {
    let arithmetic = 2 * params * batch / accelerator.peakFlops
    let traffic = (weightBytes + batch * cacheBytes) / accelerator.bandwidth
    return arithmetic / max(arithmetic, traffic)
  }
}
