internal import LeastSquares
public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The cheapest model of a given loss when it is also to be served: a smaller one, trained longer.
///
///     minimise  6 N D + 2 N T   subject to  L(N, D) = loss
///
/// with T the tokens served over its life. At the optimum the elasticities of the loss satisfy
///
///     (N L_N) / (D L_D) = 1 + T / (3 D)
///
/// which is solved for N, D being the tokens that reach the loss at N. With T = 0 this is the
/// compute-optimal model of that loss.
///
/// Source: Sardana et al. 2024, arXiv:2401.00448.
public struct ServingPlan: Sendable, Hashable {
  /// The law used.
  public var law: String
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// The loss asked for.
  public var loss: Double
  /// Tokens served.
  public var inferenceTokens: Double
  /// Parameters.
  public var params: Allocation.Estimate
  /// Training tokens.
  public var tokens: Allocation.Estimate
  /// Compute of training, 6ND.
  public var trainingFlops: Allocation.Estimate
  /// Compute of training and serving, 6ND + 2NT.
  public var totalFlops: Allocation.Estimate
  /// What the model that is compute-optimal in training alone would cost in all, at the same loss.
  public var totalFlopsWithoutServing: Double
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Finds the model.
  ///
  /// - Parameters:
  ///   - law: a law whose inputs include N and D.
  ///   - loss: the loss to reach, above the law's floor.
  ///   - inferenceTokens: tokens to be served, at least 0.
  ///   - inputs: values of any further inputs, such as U.
  /// - Throws: `AnalysisError` for a loss that no model reaches, or a law that is no function of N
  ///   and D.
  public init(
    _ law: EstimatedLaw, loss: Double, inferenceTokens: Double = 0, inputs: [String: Double] = [:]
  ) throws {
    guard loss > 0, loss.isFinite else {
      throw AnalysisError(
        .badSetting,
        "a target loss of \(NumberText.shortest(loss)): a loss is positive, such as 2.1")
    }
    guard inferenceTokens >= 0, inferenceTokens.isFinite else {
      throw AnalysisError(
        .badSetting,
        "\(NumberText.shortest(inferenceTokens)) tokens to be served: their number is not negative")
    }
    let curve = try LossCurve(law, inputs: inputs)
    guard let best = curve.cheapest(loss, inferenceTokens, law.values),
      let plain = inferenceTokens == 0 ? best : curve.cheapest(loss, 0, law.values)
    else {
      throw AnalysisError(
        .unsuitableLaw,
        "no model of a thousand parameters or more has \(NumberText.shortest(loss)) as the loss it is best trained "
          + "to by \(law.name); ask for a loss above its floor and below that of the smallest models"
      )
    }
    self.law = law.name
    level = law.uncertainty?.level
    self.loss = loss
    self.inferenceTokens = inferenceTokens
    func quantities(_ point: (params: Double, tokens: Double)) -> [Double] {
      let training = 6 * point.params * point.tokens
      return [point.params, point.tokens, training, training + 2 * point.params * inferenceTokens]
    }
    let values = quantities(best)
    let intervals = law.uncertainty?.interval(isPositive: true) { draw in
      curve.cheapest(loss, inferenceTokens, draw).map(quantities)
        ?? Array(repeating: .nan, count: values.count)
    }
    let estimates = values.indices.map {
      Allocation.Estimate(value: values[$0], interval: intervals?[$0])
    }
    (params, tokens) = (estimates[0], estimates[1])
    (trainingFlops, totalFlops) = (estimates[2], estimates[3])
    totalFlopsWithoutServing = quantities(plain)[3]
    warnings = law.warnings
    if let warning = law.warningBeyondData(trainingFlops.value) { warnings.append(warning) }
  }
}

extension EstimatedLaw {
  /// A warning for a budget more than a hundred times the largest fitted to.
  ///
  /// - Parameter flops: the budget.
  /// - Returns: the warning; nil within that range, or where the budgets of the data are not known.
  public func warningBeyondData(_ flops: Double) -> String? {
    guard let largest = ranges["C"]?.upper, flops > 100 * largest else { return nil }
    return
      "\(Quantity.format(flops)) FLOP is \(Rounding.significant(flops / largest, 3)) times the largest "
      + "budget fitted (\(Quantity.format(largest))): intervals assume that the law still holds there"
  }
}

extension LossCurve {
  /// The cheapest model of a loss; nil where none reaches it.
  ///
  /// A scan over N, from a thousand to 1e18 parameters, then the root of the first-order condition.
  func cheapest(
    _ loss: Double, _ inferenceTokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double)? {
    let nodes = (0...70).map { log(1e3) + Double($0) * 0.5 }
    let costs = nodes.map { logParams -> Double in
      guard let tokens = tokens(reaching: loss, exp(logParams), values) else { return .infinity }
      return exp(logParams) * (6 * tokens + 2 * inferenceTokens)
    }
    guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }), costs[best].isFinite,
      best > 0, best < nodes.count - 1
    else { return nil }
    func condition(_ logParams: Double) -> Double {
      guard let tokens = tokens(reaching: loss, exp(logParams), values) else { return .infinity }
      let slopes = elasticities(exp(logParams), tokens, values)
      return slopes.params / slopes.tokens - 1 - inferenceTokens / (3 * tokens)
    }
    // Left of the smallest model that reaches the loss there is no condition: close in on it first.
    var lower = nodes[best - 1]
    while !condition(lower).isFinite {
      lower = (lower + nodes[best]) / 2
      guard nodes[best] - lower > 1e-9 else { return nil }
    }
    guard let root = BrentRoot.find(in: lower...nodes[best + 1], condition),
      let tokens = tokens(reaching: loss, exp(root.x), values)
    else { return nil }
    return (exp(root.x), tokens)
  }

  /// The tokens at which a model reaches a loss; nil where no number of tokens does.
  private func tokens(reaching target: Double, _ params: Double, _ values: [Double]) -> Double? {
    let range = 0.0...log(1e30)
    func excess(_ logTokens: Double) -> Double { loss(params, exp(logTokens), values) - target }
    guard excess(range.lowerBound) > 0, excess(range.upperBound) < 0 else { return nil }
    return BrentRoot.find(in: range, excess).map { exp($0.x) }
  }
}
