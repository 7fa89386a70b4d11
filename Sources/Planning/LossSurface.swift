internal import LeastSquares

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The loss at a point and its exact slopes in the logarithms of what it depends on.
struct LossGradient {
  var loss: Double
  /// `N L_N`.
  var params: Double
  /// `D L_D`.
  var tokens: Double
  /// `U L_U` at fixed N and D; 0 where unique tokens are no limit.
  var unique = 0.0
}

/// The loss as a function of parameters and tokens, for any values of a law's parameters.
///
/// What a plan minimises over, whatever the loss comes from: a law, or a law in which the tokens
/// are those of a data recipe.
protocol LossSurface {
  /// The loss of N parameters trained on D tokens.
  func loss(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double

  /// The derivatives of the loss with respect to ln N and ln D: `N L_N` and `D L_D`.
  func elasticities(
    _ params: Double, _ tokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double)

  /// Loss and slopes together.
  func gradient(_ params: Double, _ tokens: Double, _ values: [Double]) -> LossGradient

  /// The surface with so many times the unique tokens.
  func scalingUnique(by factor: Double) -> any LossSurface
}

extension LossSurface {
  func gradient(_ params: Double, _ tokens: Double, _ values: [Double]) -> LossGradient {
    let slopes = elasticities(params, tokens, values)
    return LossGradient(
      loss: loss(params, tokens, values), params: slopes.params, tokens: slopes.tokens)
  }

  func scalingUnique(by factor: Double) -> any LossSurface { self }

  /// The best N on D = C / (6N): the lowest of a scan in log N, then the root of the slope around
  /// it.
  ///
  /// The scan covers 1e-4 to 1e8 tokens per parameter, two points per e-fold. Beyond, laws answer
  /// with what their authors never meant; a minimum at either end is none. Where parameters near
  /// the optimum are known, the scan is left out if the slope changes its sign within an e-fold of
  /// them.
  func optimalParams(
    _ flops: Double, _ values: [Double], near guess: Double? = nil
  ) -> Double? {
    func slope(_ logParams: Double) -> Double {
      let slopes = elasticities(exp(logParams), flops / 6 / exp(logParams), values)
      return slopes.params - slopes.tokens
    }
    if let guess = guess.map({ log($0) }), slope(guess - 1) < 0, slope(guess + 1) > 0 {
      return BrentRoot.find(in: guess - 1...guess + 1, slope).map { exp($0.x) }
    }
    let middle = log(flops / 6) / 2
    let nodes = stride(from: middle - log(1e4), through: middle + log(1e2), by: 0.5).map { $0 }
    let losses = nodes.map { loss(exp($0), flops / 6 / exp($0), values) }
    guard
      let best = losses.indices.filter({ losses[$0].isFinite })
        .min(by: { losses[$0] < losses[$1] }),
      best > 0, best < nodes.count - 1
    else { return nil }
    return BrentRoot.find(in: nodes[best - 1]...nodes[best + 1], slope).map { exp($0.x) }
  }
}
