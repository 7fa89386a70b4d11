internal import LeastSquares
public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What rounding the weights after training costs: more, the longer the model was trained.
///
///     delta = CT D^gD / N^gN exp(-P / gpost) prod_x (1 - exp(-C_x (P_x - P)))
///
/// with a factor for each width P_x above P that training was held at; N is then to be the
/// effective parameters.
///
/// Source: Kumar et al. 2024, arXiv:2411.04330. No published constants could be verified: they are
/// those of a fit of your own, of the law `quantisation`.
public struct QuantisationPenalty: Sendable, Hashable {
  /// The amplitude, in nats.
  public var amplitude: Double
  /// gD: the exponent of tokens.
  public var tokenExponent: Double
  /// gN: the exponent of parameters.
  public var paramExponent: Double
  /// gpost: bits over which the penalty falls by e.
  public var bitDecay: Double

  /// Widths of weights, activations or cache during training: a model trained at few bits loses
  /// less by rounding, and nothing by rounding to the bits it was trained at.
  ///
  /// The default is none: trained
  /// at full precision.
  public var trainedWidths: [TrainedWidth] = []

  /// A width during training and how fast the relief it gives wears off.
  public struct TrainedWidth: Sendable, Hashable {
    /// Bits during training.
    public var bits: Double
    /// C_x, per bit; that of a fit of your own.
    public var rate: Double

    /// Makes a width.
    public init(bits: Double, rate: Double) { (self.bits, self.rate) = (bits, rate) }
  }

  /// Makes a penalty.
  ///
  /// - Throws: `AnalysisError` for a number that is not positive.
  public init(
    amplitude: Double, tokenExponent: Double, paramExponent: Double, bitDecay: Double
  ) throws(AnalysisError) {
    for (name, value) in [
      ("CT", amplitude), ("gD", tokenExponent), ("gN", paramExponent), ("gpost", bitDecay),
    ] where !(value > 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting,
        "\(name) is \(NumberText.shortest(value)): constants of a quantisation penalty "
          + "are positive; fit the law quantisation")
    }
    (self.amplitude, self.bitDecay) = (amplitude, bitDecay)
    (self.tokenExponent, self.paramExponent) = (tokenExponent, paramExponent)
  }

  /// That of a fit of the law `quantisation`.
  ///
  /// - Throws: `AnalysisError` for a law without its parameters.
  public init(_ law: EstimatedLaw) throws(AnalysisError) {
    let found = ["CT", "gD", "gN", "gpost"].compactMap { law[$0] }
    guard found.count == 4 else {
      throw AnalysisError(
        .unsuitableLaw, "\(law.name) has no CT, gD, gN and gpost; fit the law quantisation")
    }
    try self.init(
      amplitude: found[0], tokenExponent: found[1], paramExponent: found[2], bitDecay: found[3])
  }

  /// The loss added by rounding a model of N parameters, trained on D tokens, to P bits, in nats.
  public func penalty(params: Double, tokens: Double, bits: Double) -> Double {
    let full =
      amplitude
      * exp(tokenExponent * log(tokens) - paramExponent * log(params) - bits / bitDecay)
    return trainedWidths.reduce(full) { $0 * -expm1(-$1.rate * max($1.bits - bits, 0)) }
  }

  /// The tokens beyond which more training makes the rounded model worse.
  ///
  /// Where the fall of the loss in ln D equals the rise of the penalty, gD times it.
  ///
  /// - Parameters:
  ///   - law: a law of N and D.
  ///   - params: parameters.
  ///   - bits: bits after training.
  ///   - inputs: values of any further inputs, such as U.
  /// - Returns: the tokens, with an interval from the law; nil where the loss falls for all D up to
  ///   1e30.
  /// - Throws: `AnalysisError` for numbers that are not positive, or a law that is no function of N
  ///   and D.
  public func criticalTokens(
    _ law: EstimatedLaw, params: Double, bits: Double, inputs: [String: Double] = [:]
  ) throws -> Allocation.Estimate? {
    guard params > 0, bits > 0, params.isFinite, bits.isFinite else {
      throw AnalysisError(
        .badSetting,
        "\(NumberText.shortest(params)) parameters at \(NumberText.shortest(bits)) bits: both are positive"
      )
    }
    let surface = QuantisedSurface(
      base: try LossCurve(law, inputs: inputs), penalty: self, bits: bits)
    func tokens(_ values: [Double]) -> Double? {
      BrentRoot.find(in: 0...log(1e30)) {
        surface.elasticities(params, exp($0), values).tokens
      }.map { exp($0.x) }
    }
    guard tokens(law.values) != nil else { return nil }
    return try law.estimates(orRefuse: "") { tokens($0).map { [$0] } }[0]
  }
}

/// The loss after rounding to some bits.
struct QuantisedSurface: LossSurface {
  let base: any LossSurface
  let penalty: QuantisationPenalty
  let bits: Double

  func loss(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double {
    base.loss(params, tokens, values)
      + penalty.penalty(params: params, tokens: tokens, bits: bits)
  }

  func elasticities(
    _ params: Double, _ tokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double) {
    let slopes = base.elasticities(params, tokens, values)
    let delta = penalty.penalty(params: params, tokens: tokens, bits: bits)
    return (
      slopes.params - penalty.paramExponent * delta, slopes.tokens + penalty.tokenExponent * delta
    )
  }
}
