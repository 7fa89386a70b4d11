internal import CVectorMath

/// The objective of a search with its linear parameters solved for, on some rows; for one task.
///
/// For given alpha one pass over the rows gives the offset o and the basis Phi; then
/// `sum w rho(r(o + Phi c))` is minimised over c in its box without asking the law again, by
/// reweighted steps. Source: G. Golub and V. Pereyra, SIAM J. Numer. Anal. 10, 1973, generalised to
/// losses other than squares and to residuals that are not linear in f.
final class Projection {
  let model: any SearchModel
  let kind: ResidualKind
  let loss: Loss
  let rowCount: Int
  let linear: [Int]
  let nonlinear: [Int]
  /// The bounds of all parameters, in searched values.
  let bounds: [Bounds]
  /// For each nonlinear parameter, whether its steps are those of its logarithm.
  let isLogarithmic: [Bool]
  /// Passes over the rows that asked the law.
  private(set) var evaluations = 0

  private let evaluator: any SearchEvaluator
  let weights: [Double]
  /// ln y for log residuals, else y.
  private let target: [Double]
  /// 1 / y for relative residuals.
  private let inverse: [Double]
  /// 1 / y^2 for the first solution, 1 for raw residuals; times the weights.
  private let firstWeights: Numbers
  let response: [Double]
  /// The offset, then the basis, `rowCount` numbers each.
  let basis: Numbers
  let slopes: Numbers
  /// The prediction at the accepted point, and at the one on trial.
  private(set) var prediction: Numbers
  private var trial: Numbers
  let slope: Numbers
  let curvature: Numbers
  private let work: Numbers
  let gram: Numbers
  private let right: Numbers
  private let step: Numbers
  private let solver: BoundedStep
  private let columns: [Int]
  private let lower: [Double]
  private let upper: [Double]

  /// The share of psi / r below which the curvature of the loss is not taken, in the linear problem.
  static let linearFloor = 0.02

  init(
    _ model: any SearchModel, response: [Double], weights: [Double], kind: ResidualKind, loss: Loss
  ) {
    let (n, m) = (response.count, model.linear.count)
    self.model = model
    self.kind = kind
    self.loss = loss
    self.weights = weights
    self.response = response
    rowCount = n
    linear = model.linear
    nonlinear = model.nonlinear
    bounds = model.searchBounds
    isLogarithmic = model.isLogarithmic
    evaluator = model.makeSearchEvaluator()
    if kind == .log {
      var logs = response
      unsafe vm_log_array(response, &logs, n)
      target = logs
    } else {
      target = response
    }
    inverse = kind == .relative ? response.map { 1 / $0 } : []
    firstWeights = Numbers(
      zip(weights, response).map { kind == .raw ? $0 : $0 / ($1 * $1) })
    basis = Numbers(count: (1 + m) * n)
    slopes = Numbers(count: nonlinear.count * n)
    prediction = Numbers(count: n)
    trial = Numbers(count: n)
    slope = Numbers(count: n)
    curvature = Numbers(count: n)
    work = Numbers(count: n)
    gram = Numbers(count: m * m)
    right = Numbers(count: m)
    step = Numbers(count: m)
    solver = BoundedStep(capacity: m)
    columns = Array(1..<(m + 1))
    lower = linear.map { [bounds] in bounds[$0].lower }
    upper = linear.map { [bounds] in bounds[$0].upper }
  }

  // MARK: - Passes

  /// Evaluates offset and basis; false where one is not finite.
  func evaluateBasis(at theta: [Double]) -> Bool {
    evaluations += 1
    evaluator.setParameters(theta)
    fill(basis, .basis)
    return unsafe vm_largest(basis.pointer, basis.count) < .infinity
  }

  /// Evaluates df/dalpha.
  func evaluateSlopes(at theta: [Double]) {
    evaluations += 1
    evaluator.setParameters(theta)
    fill(slopes, .slopes)
  }

  private func fill(_ numbers: borrowing Numbers, _ columns: SearchColumns) {
    var span = unsafe MutableSpan(_unsafeStart: numbers.pointer, count: numbers.count)
    evaluator.evaluate(columns, rows: 0..<rowCount, into: &span, stride: rowCount)
  }

  // MARK: - Rows

  /// The objective of a prediction, with the coefficients of its rows; infinite outside the domain.
  func coefficients(of prediction: borrowing Numbers, floor: Double) -> Double {
    let value = unsafe target.withUnsafeBufferPointer { target in
      unsafe inverse.withUnsafeBufferPointer { inverse in
        unsafe weights.withUnsafeBufferPointer { weights in
          var rows = unsafe vm_rows()
          unsafe rows.count = rowCount
          unsafe rows.prediction = UnsafePointer(prediction.pointer)
          unsafe rows.target = target.baseAddress
          unsafe rows.inverse = inverse.baseAddress
          unsafe rows.weights = weights.baseAddress
          unsafe rows.slope = slope.pointer
          unsafe rows.curvature = curvature.pointer
          unsafe rows.work = work.pointer
          unsafe rows.floor = floor
          return unsafe vm_coefficients(kind.kernel, loss.kernel, loss.delta ?? 0, 1, &rows)
        }
      }
    }
    return value.isFinite ? value : .infinity
  }

  /// The coefficients at the accepted prediction.
  func coefficients(floor: Double) -> Double { coefficients(of: prediction, floor: floor) }

  func combine(_ c: [Double], into output: borrowing Numbers) {
    unsafe vm_combine(
      basis.pointer, basis.pointer + rowCount, rowCount, c, c.count, output.pointer, rowCount)
  }

  // MARK: - The linear problem

  /// Minimises over the linear parameters at the basis last evaluated; infinite where nothing is
  /// inside the domain.
  ///
  /// `c` is the start where `warm`, and gets the solution; `sides` gets -1 or 1 for those at a bound.
  /// At most `limit` steps are made, none after one that gained less than `tolerance` of the value, and none
  /// from a warm start of at most `enough`.
  func solve(
    _ c: inout [Double], _ sides: inout [Int8], limit: Int, tolerance: Double, warm: Bool,
    enough: Double = -.infinity
  ) -> Double {
    let m = linear.count
    var value = Double.infinity
    if m == 0 {
      unsafe prediction.pointer.update(from: basis.pointer, count: rowCount)
      return coefficients(floor: Projection.linearFloor)
    }
    if warm {
      combine(c, into: prediction)
      value = coefficients(floor: Projection.linearFloor)
      if value <= enough {
        sides = c.indices.map { c[$0] <= lower[$0] ? -1 : c[$0] >= upper[$0] ? 1 : 0 }
        return value
      }
    }
    if !warm || value == .infinity { c = (0..<m).map { min(max(0, lower[$0]), upper[$0]) } }
    let isPlain = kind != .log && loss == .squares
    var isReweighted = false
    for count in 0..<limit {
      let pivot = solveStep(c, value, isReweighted, &sides)
      let next = descend(&c, value, isPlain, &sides, shortest: isReweighted ? 12 : 4)
      guard let next else {
        if value == .infinity { return .infinity }
        if !isReweighted {
          isReweighted = true
          _ = coefficients(floor: 1)
          continue
        }
        // The trial has overwritten the coefficients.
        _ = coefficients(floor: Projection.linearFloor)
        break
      }
      let gain = value - next
      let wasFinite = value.isFinite
      value = next
      isReweighted = false
      // One step is exact, but for rounding where columns are nearly dependent.
      if isPlain, pivot > 1e-6 || count > 1 { break }
      if wasFinite, gain <= tolerance * next { break }
    }
    return value
  }

  /// The step of the linear parameters from `c`, by the coefficients at hand; the smallest pivot.
  private func solveStep(
    _ c: [Double], _ value: Double, _ isReweighted: Bool, _ sides: inout [Int8]
  ) -> Double {
    let m = linear.count
    for k in 0..<m { right[k] = 0 }
    for k in 0..<(m * m) { gram[k] = 0 }
    if value.isFinite {
      unsafe vm_add_products(
        basis.pointer, rowCount, columns, m, slope.pointer, curvature.pointer, rowCount,
        work.pointer, right.pointer, gram.pointer)
      for k in 0..<m { right[k] = -right[k] }
    } else {
      // Relative least squares of what c leaves, or plain ones of raw residuals.
      combine(c, into: trial)
      for row in 0..<rowCount {
        slope[row] = (response[row] - trial[row]) * firstWeights[row]
      }
      unsafe vm_add_products(
        basis.pointer, rowCount, columns, m, slope.pointer, firstWeights.pointer, rowCount,
        work.pointer, right.pointer, gram.pointer)
    }
    for k in 0..<m { for l in 0..<k { gram[l * m + k] = gram[k * m + l] } }
    return solver.solve(
      gram, right, count: m, lower: c.indices.map { lower[$0] - c[$0] },
      upper: c.indices.map { upper[$0] - c[$0] }, into: step, sides: &sides)
  }

  /// Goes along the step as far as that lowers the objective; nil where it does not.
  private func descend(
    _ c: inout [Double], _ value: Double, _ isPlain: Bool, _ sides: inout [Int8], shortest: Int
  ) -> Double? {
    var length = 1.0
    for _ in 0..<shortest {
      var next = c
      for k in next.indices {
        next[k] = min(max(c[k] + length * step[k], lower[k]), upper[k])
        if length == 1 {
          if sides[k] < 0 { next[k] = lower[k] }
          if sides[k] > 0 { next[k] = upper[k] }
        }
      }
      combine(next, into: trial)
      let found = coefficients(of: trial, floor: Projection.linearFloor)
      if found < value || (isPlain && found <= value * (1 + 1e-12)) {
        if length < 1 {
          for k in next.indices {
            sides[k] = next[k] <= lower[k] ? -1 : next[k] >= upper[k] ? 1 : 0
          }
        }
        c = next
        swap(&prediction, &trial)
        return found
      }
      if value == .infinity { return nil }
      length *= 0.4
    }
    for k in c.indices { sides[k] = c[k] <= lower[k] ? -1 : c[k] >= upper[k] ? 1 : 0 }
    return nil
  }
}
