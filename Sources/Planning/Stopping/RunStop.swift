public import ScalingLaws
internal import Tables

/// How long a model of given size is worth training on.
///
/// The marginal rule of ``StoppingPlan`` for a run whose N is fixed: compute buys tokens only.
///
///     lambda = -dL/dC = beta B D^-beta / (6 N D)
///
/// for laws of the Chinchilla form.
public struct RunStop: Sendable, Hashable {
  /// The law used.
  public var law: String
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// Parameters of the model.
  public var params: Double
  /// What compute must bring; nil where none was given.
  public var price: ComputePrice?
  /// Tokens seen so far; nil where they were not given.
  public var seen: Double?
  /// What one more FLOP brings now, in nats; nil without tokens seen.
  public var marginal: Allocation.Estimate?
  /// The share of draws in which that is worth the price; nil without a price, tokens or draws.
  public var worthIt: Double?
  /// The tokens at which to stop; nil without a price.
  public var stopTokens: Allocation.Estimate?
  /// The loss there.
  public var stopLoss: Allocation.Estimate?
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Looks at a run.
  ///
  /// - Parameters:
  ///   - law: a law whose inputs include N and D.
  ///   - params: parameters of the model.
  ///   - seen: tokens seen so far.
  ///   - price: what compute must bring; at least one of `seen` and `price` is wanted.
  ///   - inputs: values of any further inputs, such as U.
  /// - Throws: `AnalysisError` for numbers that are not positive, a law that is no function of N
  ///   and D, or a price that the marginal value never crosses.
  public init(
    _ law: EstimatedLaw, params: Double, seen: Double?, price: ComputePrice?,
    inputs: [String: Double] = [:]
  ) throws {
    for (value, what) in [(params, "parameters"), (seen ?? 1, "tokens")]
    where !(value > 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting,
        "\(NumberText.shortest(value)) \(what): their number is positive, such as 8e9")
    }
    let optimum = try ComputeOptimum(law, inputs: inputs)
    self.law = law.name
    self.params = params
    self.seen = seen
    self.price = price
    level = law.uncertainty?.level
    warnings = law.warnings
    if let seen {
      marginal = try law.estimates(
        orRefuse:
          "\(law.name) has no slope at \(NumberText.shortest(seen)) tokens; check the inputs"
      ) { [optimum.marginal(params, seen, $0)] }[0]
      if let price, let samples = law.uncertainty?.samples(), !samples.isEmpty {
        let worth = samples.count { optimum.marginal(params, seen, $0) > price.natsPerFLOP }
        worthIt = Double(worth) / Double(samples.count)
      }
    }
    if let price {
      let stop = try law.estimates(
        orRefuse:
          "the marginal value of compute for \(NumberText.shortest(params)) parameters by \(law.name) "
          + "never falls to \(NumberText.shortest(price.natsPerFLOP)) nats per FLOP; ask for another price"
      ) { values in
        optimum.stop(price.natsPerFLOP, params: params, values).map {
          [$0, optimum.loss(params, $0, values)]
        }
      }
      (stopTokens, stopLoss) = (stop[0], stop[1])
    }
    let tokens = max(seen ?? 0, stopTokens?.value ?? 0)
    if let warning = law.warningBeyondData(6 * params * tokens) { warnings.append(warning) }
  }
}
