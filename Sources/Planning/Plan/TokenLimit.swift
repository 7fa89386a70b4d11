/// A limit as a bound on what N parameters and D tokens use:
/// `perProduct N D + perParam N + perToken D + fixed <= amount`.
struct TokenLimit {
  var resource: PlanResource
  var perProduct = 0.0
  var perParam = 0.0
  var perToken = 0.0
  var fixed = 0.0
  var amount: Double

  /// The most tokens for N parameters; not positive where the limit leaves none.
  func tokens(_ params: Double) -> Double {
    (amount - fixed - perParam * params) / (perProduct * params + perToken)
  }

  /// The slope of ln D in ln N along the limit.
  func slope(_ params: Double) -> Double {
    -perParam * params / (amount - fixed - perParam * params)
      - perProduct * params / (perProduct * params + perToken)
  }

  /// What N and D use.
  func used(_ params: Double, _ tokens: Double) -> Double {
    perProduct * params * tokens + perParam * params + perToken * tokens + fixed
  }

  /// The derivatives of that in ln N and ln D.
  func slopes(_ params: Double, _ tokens: Double) -> (params: Double, tokens: Double) {
    let product = perProduct * params * tokens
    return (product + perParam * params, product + perToken * tokens)
  }

  /// Where two limits allow the same number of tokens; nil if nowhere at a positive N.
  ///
  /// A limit has a product or a token term, never both, so that the condition is linear in N.
  func crossing(_ other: TokenLimit) -> Double? {
    let (left, right) = (amount - fixed, other.amount - other.fixed)
    let params: Double
    if perProduct > 0, other.perProduct > 0 {
      params =
        (left * other.perProduct - right * perProduct)
        / (perParam * other.perProduct - other.perParam * perProduct)
    } else if perProduct > 0 {
      params = left * other.perToken / (perProduct * right + perParam * other.perToken)
    } else if other.perProduct > 0 {
      return other.crossing(self)
    } else {
      return nil
    }
    return params > 0 && params.isFinite ? params : nil
  }
}
