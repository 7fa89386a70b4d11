/// What is to be fitted: a model, the response, and how misfit is counted.
///
/// ```
/// minimise  sum over rows of  w * rho(r(y, f(theta)))   with theta inside its bounds
/// ```
public struct Problem<Model: RegressionModel>: Sendable {
  /// The regression function over its rows.
  public var model: Model
  /// The observed response y, one value a row.
  public var response: [Double]
  /// Row weights w >= 0; nil means 1 for each row.
  ///
  /// A row of weight 0 is left out.
  public var weights: [Double]?
  /// How residuals are formed.
  ///
  /// The default is `.log`.
  public var residuals: ResidualKind
  /// The loss.
  ///
  /// The default is Huber's with delta 1e-3, the literature's choice for loss laws.
  public var loss: Loss
  /// The bounds, one a parameter.
  public var bounds: [Bounds]
  /// Parameters held at a value; nil entries are fitted.
  public var fixed: [Double?]
  /// Where seeds of nonlinear parameters are looked for; nil entries follow from the bounds.
  public var searchRanges: [SearchRange?]

  /// Makes a problem; every parameter starts out unbounded and free.
  public init(
    model: Model, response: [Double], weights: [Double]? = nil, residuals: ResidualKind = .log,
    loss: Loss = .huber(delta: 1e-3), bounds: [Bounds]? = nil, fixed: [Double?]? = nil,
    searchRanges: [SearchRange?]? = nil
  ) {
    let count = model.parameterCount
    self.model = model
    self.response = response
    self.weights = weights
    self.residuals = residuals
    self.loss = loss
    self.bounds = bounds ?? Array(repeating: .unbounded, count: count)
    self.fixed = fixed ?? Array(repeating: nil, count: count)
    self.searchRanges = searchRanges ?? Array(repeating: nil, count: count)
  }

  /// Checks that a fit can be attempted.
  ///
  /// - Throws: ``FitError`` naming the row or parameter at fault.
  /// - Complexity: O(rows + parameters).
  public func validate() throws(FitError) {
    try validateParameters()
    try validateRows()
  }

  private func validateParameters() throws(FitError) {
    let count = model.parameterCount
    guard count > 0 else { throw FitError(.noParameters) }
    if bounds.count != count { throw FitError(.wrongCount(what: "bounds", expected: count)) }
    if fixed.count != count { throw FitError(.wrongCount(what: "fixed", expected: count)) }
    if searchRanges.count != count {
      throw FitError(.wrongCount(what: "searchRanges", expected: count))
    }
    for parameter in 0..<count {
      let bound = bounds[parameter]
      // Written so that NaN fails.
      guard bound.lower < bound.upper, bound.lower < .infinity, bound.upper > -.infinity else {
        throw FitError(.badBounds(parameter: parameter))
      }
      if let value = fixed[parameter] {
        guard value.isFinite else { throw FitError(.badFixedValue(parameter: parameter)) }
      }
      if let range = searchRanges[parameter] {
        guard range.lower.isFinite, range.upper.isFinite, range.lower < range.upper,
          range.scale == .linear || range.lower > 0
        else { throw FitError(.badSearchRange(parameter: parameter)) }
      }
    }
    if let delta = loss.delta, !(delta > 0 && delta.isFinite) { throw FitError(.badDelta) }
  }

  private func validateRows() throws(FitError) {
    let rows = model.rowCount
    if response.count != rows { throw FitError(.wrongCount(what: "response", expected: rows)) }
    if let weights, weights.count != rows {
      throw FitError(.wrongCount(what: "weights", expected: rows))
    }
    var used = 0
    for row in 0..<rows {
      if let weights {
        guard weights[row] >= 0, weights[row].isFinite else {
          throw FitError(.badWeight(row: row))
        }
        if weights[row] == 0 { continue }
      }
      used += 1
      guard response[row].isFinite else {
        throw FitError(.notFinite(row: row, what: "the response"))
      }
      switch residuals {
      case .log where response[row] <= 0: throw FitError(.nonPositiveResponse(row: row))
      case .relative where response[row] == 0: throw FitError(.zeroResponse(row: row))
      default: break
      }
    }
    let free = fixed.count { $0 == nil }
    if used < max(free, 1) { throw FitError(.tooFewRows(rows: used, free: free)) }
  }
}
