// The objective F = sum w rho(r) with its gradient and curvature, block by block.
//
// With g the prediction in residual units (ln f, f or f / y), s = dg/df and r = target - g:
//
//   grad F = sum -w psi s J
//   hess F = sum  w [(psi' + c psi) s^2 J J'  -  psi s hess f],   c = 1 for log residuals, else 0
//
// The log's own curvature merges into J J', so one pass gives all. No n x p Jacobian is stored.

/// The objective of one fit over its rows of positive weight, for the use of one task.
final class Objective {
  static let blockRows = RowBlock.rows

  let parameterCount: Int
  let kind: ResidualKind
  /// The loss in force; a continuation changes it.
  var loss: Loss {
    didSet {
      lastOrder = nil
      exactValue = roundingObjective()
    }
  }
  private(set) var evaluator: (any RegressionEvaluator)?
  private(set) var rowCount = 0
  private(set) var data: RowBlock
  private let coordinates: [Coordinate]

  /// All parameters, natural coordinates; those not free keep their value.
  var parameters: [Double]
  /// The parameters that move, ascending.
  private(set) var free: [Int] = []
  /// Position in `free`, or -1.
  private var position: [Int]
  /// The free parameters in internal coordinates, then room for those that are not.
  let point: Numbers
  /// d theta / d point of the free parameters, and its own derivative.
  private let first: Numbers
  private let second: Numbers

  /// The objective at `point`; infinite where f is outside its domain.
  private(set) var value = Double.infinity
  /// dF/dpoint.
  let gradient: Numbers
  /// The matrix last computed, row-major, in internal coordinates.
  let matrix: Numbers
  /// The factor of `matrix`, and whether it has one; nil where that has not been asked.
  private let cholesky: SmallCholesky
  private var isPositiveDefinite: Bool?
  /// Weights of the rows.
  var weights: [Double] { data.weights }
  /// What `matrix` holds at `point`; nil when nothing is current.
  private(set) var lastOrder: DerivativeOrder?
  /// Passes over the rows so far.
  var evaluations = 0
  /// The objective of residuals of rounding size.
  private(set) var exactValue = 0.0
  /// The residuals last asked for: several ask at the optimum.
  var knownResiduals: (parameters: [Double], values: [Double])?

  init(
    parameterCount: Int, pairs: [ParameterPair], coordinates: [Coordinate], kind: ResidualKind,
    loss: Loss
  ) {
    self.parameterCount = parameterCount
    self.coordinates = coordinates
    self.kind = kind
    self.loss = loss
    point = Numbers(count: parameterCount)
    first = Numbers(count: parameterCount)
    second = Numbers(count: parameterCount)
    gradient = Numbers(count: parameterCount)
    matrix = Numbers(count: parameterCount * parameterCount)
    cholesky = SmallCholesky(capacity: parameterCount)
    parameters = Array(repeating: 0, count: parameterCount)
    position = Array(repeating: -1, count: parameterCount)
    data = RowBlock(kind: kind, parameterCount: parameterCount, pairs: pairs)
  }

  /// Sets the rows: every one has a positive weight.
  func load(evaluator: any RegressionEvaluator, response: [Double], weights: [Double]) {
    self.evaluator = evaluator
    rowCount = response.count
    evaluations = 0
    lastOrder = nil
    knownResiduals = nil
    data.load(response: response, weights: weights)
    exactValue = roundingObjective()
  }

  /// Chooses which parameters move.
  func setFree(_ indices: [Int]) {
    free = indices
    for j in 0..<parameterCount { position[j] = -1 }
    for (k, j) in indices.enumerated() { position[j] = k }
    value = .infinity
    lastOrder = nil
    isPositiveDefinite = nil
  }

  // MARK: - Evaluation

  /// Evaluates at a point of the free parameters in internal coordinates.
  ///
  /// With order `.hessian`, `matrix` becomes the exact Hessian, which may be indefinite; with
  /// `.gradient`, the reweighted Gauss-Newton matrix, which is not.
  @discardableResult
  func evaluate(at x: borrowing Numbers, order: DerivativeOrder) -> Double {
    if lastOrder == order && isPoint(x) { return value }
    let free = free
    var natural = take(&parameters)
    for k in 0..<free.count {
      let place = coordinates[free[k]].place(x[k])
      point[k] = x[k]
      first[k] = place.first
      second[k] = place.second
      natural[free[k]] = place.natural
    }
    parameters = natural
    accumulate(order)
    if value.isFinite && order != .value { toInternal(exact: order == .hessian) }
    lastOrder = order
    return value
  }

  /// Evaluates at a point of the free parameters in internal coordinates, given as an array.
  @discardableResult
  func evaluate(at x: [Double], order: DerivativeOrder) -> Double {
    evaluate(at: Numbers(x), order: order)
  }

  private func isPoint(_ x: borrowing Numbers) -> Bool {
    for k in 0..<free.count where point[k] != x[k] { return false }
    return true
  }

  /// Replaces the Hessian at `point` by the reweighted Gauss-Newton matrix.
  func reweight() {
    guard lastOrder == .hessian, rowCount <= Objective.blockRows, value.isFinite else {
      evaluate(at: point, order: .gradient)
      return
    }
    // The only block still holds f and its gradient: the model need not be asked again.
    clearDerivatives()
    value = data.coefficients(0..<rowCount, loss, .gradient)
    data.addDerivatives(
      rowCount, exact: false, free: free, position: position, gradient: gradient, matrix: matrix)
    finishDerivatives()
    if value.isFinite { toInternal(exact: false) }
    lastOrder = .gradient
  }

  /// Sets the free parameters from internal coordinates and returns dp/dt, without evaluating.
  func place(_ x: [Double]) -> [Double] {
    lastOrder = nil
    for (k, j) in free.enumerated() { parameters[j] = coordinates[j].natural(x[k]) }
    return free.indices.map { coordinates[free[$0]].place(x[$0]).first }
  }

  /// Evaluates F at `parameters`, natural coordinates.
  func evaluateNatural() -> Double {
    accumulate(.value)
    lastOrder = nil
    return value
  }

  /// Evaluates F with gradient and matrix at `parameters`, in natural coordinates of `free`.
  func evaluateNaturalDerivatives(exact: Bool) -> Double {
    accumulate(exact ? .hessian : .gradient)
    lastOrder = nil
    return value
  }

  /// Factors `matrix`, once; false when it is not positive definite.
  func factorMatrix() -> Bool {
    if let known = isPositiveDefinite { return known }
    let known = cholesky.factor(matrix, size: free.count)
    isPositiveDefinite = known
    return known
  }

  /// Solves `matrix` x = b in place, after `factorMatrix`.
  func solve(_ b: borrowing Numbers) { cholesky.solve(b, size: free.count) }

  /// Moves gradient and matrix of the last pass from natural to internal coordinates.
  private func toInternal(exact: Bool) {
    let count = free.count
    for k in 0..<count {
      for l in 0..<count { matrix[k * count + l] *= first[k] * first[l] }
      if exact { matrix[k * count + k] += gradient[k] * second[k] }
      gradient[k] *= first[k]
    }
  }

  private func accumulate(_ order: DerivativeOrder) {
    evaluations += 1
    guard let evaluator else { preconditionFailure("no rows are loaded") }
    evaluator.setParameters(parameters)
    var sum = 0.0
    if order != .value { clearDerivatives() }
    var lower = 0
    while lower < rowCount {
      let rows = lower..<min(lower + Objective.blockRows, rowCount)
      data.evaluate(rows, order, with: evaluator)
      sum += data.coefficients(rows, loss, order)
      guard sum.isFinite else {
        value = .infinity
        return
      }
      if order != .value {
        data.addDerivatives(
          rows.count, exact: order == .hessian, free: free, position: position,
          gradient: gradient, matrix: matrix)
      }
      lower = rows.upperBound
    }
    value = sum
    if order != .value { finishDerivatives() }
  }

  private func clearDerivatives() {
    let count = free.count
    isPositiveDefinite = nil
    for k in 0..<count { gradient[k] = 0 }
    for k in 0..<(count * count) { matrix[k] = 0 }
  }

  /// Mirrors the lower triangle and rejects derivatives that are not finite.
  private func finishDerivatives() {
    let count = free.count
    var sum = 0.0
    for k in 0..<count {
      sum += gradient[k]
      for l in 0...k {
        sum += matrix[k * count + l]
        matrix[l * count + k] = matrix[k * count + l]
      }
    }
    if !sum.isFinite { value = .infinity }
  }
}

/// Moves an array out of a property for a loop, which then neither copies nor checks each access.
private func take(_ array: inout [Double]) -> [Double] {
  let result = array
  array = []
  return result
}
