/// An optimum, with the limits that hold it there.
struct PlanPoint {
  var params: Double
  var tokens: Double
  var gradient: LossGradient
  /// The limits on tokens that bind: none where more tokens would not help, two at a vertex.
  var first: TokenLimit?
  var second: TokenLimit?
  /// Whether memory holds N back.
  var isAtMemory = false

  var loss: Double { gradient.loss }

  /// Multipliers of the limits on tokens and of N, in nats per unit.
  ///
  ///     grad L + sum_i lambda_i grad g_i = 0
  ///
  /// in ln N and ln D, over the limits that bind.
  struct Multipliers {
    var first = 0.0
    var second = 0.0
    /// Nats per parameter that memory would hold more.
    var params = 0.0
  }

  var multipliers: Multipliers {
    var result = Multipliers()
    guard let first else {
      if isAtMemory { result.params = -gradient.params / params }
      return result
    }
    let one = first.slopes(params, tokens)
    guard let second else {
      result.first = -gradient.tokens / one.tokens
      if isAtMemory {
        result.params = max(0, -(gradient.params + result.first * one.params) / params)
      }
      return result
    }
    let two = second.slopes(params, tokens)
    let determinant = one.params * two.tokens - two.params * one.tokens
    result.first =
      max(0, (two.params * gradient.tokens - gradient.params * two.tokens) / determinant)
    result.second =
      max(0, (gradient.params * one.tokens - one.params * gradient.tokens) / determinant)
    return result
  }

  /// The multiplier of a resource that limits tokens; 0 where it does not bind.
  func multiplier(of resource: PlanResource) -> Double {
    let all = multipliers
    if first?.resource == resource { return all.first }
    return second?.resource == resource ? all.second : 0
  }
}
