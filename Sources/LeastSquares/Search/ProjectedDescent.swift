#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
internal import CVectorMath

/// A point on its way down a projected objective.
struct SearchPoint {
  /// All searched parameters, the linear ones solved for.
  var theta: [Double]
  var value: Double
  /// Linear parameters at a bound, in the order of the model's.
  var sides: [Int8] = []
  var damping = 1e-2
  var end = End.underway
  /// Whether the linear parameters in `theta` are a solution.
  var isSolved = false
  /// The number of the seed, and the round that made it.
  var seed = 0
  var round = 0
  /// Whether the seed was drawn without looking at the best.
  var isIndependent = true

  enum End {
    case underway
    /// The gain and what is predicted are rounding.
    case converged
    /// No step lowers the objective any more.
    case stalled
    /// Residuals are rounding.
    case exact

    var isMinimum: Bool { self == .converged || self == .exact }
  }
}

/// Levenberg-Marquardt steps over the nonlinear parameters of a ``Projection``, with Kaufman's form of
/// its derivative: the part of df/dalpha that the basis cannot make up.
///
/// Source: L. Kaufman, BIT 15, 1975; damping by H. B. Nielsen, IMM-REP-1999-05.
struct ProjectedDescent {
  let projection: Projection
  /// The objective of residuals that are rounding.
  let exactValue: Double
  /// The relative gain below which a point counts as a minimum.
  var goal = 1e-11

  private static let floor = 0.05

  /// Makes so many steps from a point, or as many as the budget of evaluations allows.
  func descend(_ point: inout SearchPoint, steps: Int, budget: Int) {
    let p = projection
    let linear = p.linear
    guard p.evaluateBasis(at: point.theta) else {
      point.end = .stalled
      return
    }
    var c = linear.map { point.theta[$0] }
    point.value = p.solve(
      &c, &point.sides, limit: 60, tolerance: 1e-13, warm: point.isSolved)
    point.isSolved = true
    for (k, j) in linear.enumerated() { point.theta[j] = c[k] }
    guard point.value.isFinite else {
      point.end = .stalled
      return
    }
    if point.value <= exactValue {
      point.end = .exact
      return
    }
    guard !p.nonlinear.isEmpty else {
      point.end = .converged
      return
    }
    let first = p.evaluations
    var run = Run(growth: 2, small: 0, sizes: Array(repeating: 0, count: p.nonlinear.count))
    for _ in 0..<steps where point.end == .underway && p.evaluations - first < budget {
      step(&point, &run, until: first + budget)
    }
  }

  /// What is remembered from step to step.
  private struct Run {
    var growth: Double
    /// Steps in a row that gained next to nothing.
    var small: Int
    /// The lengths of the projected columns, which fall slowly.
    var sizes: [Double]
  }

  private func step(_ point: inout SearchPoint, _ run: inout Run, until last: Int) {
    let p = projection
    p.evaluateSlopes(at: point.theta)
    _ = p.coefficients(floor: point.damping > 10 || run.small > 2 ? 1 : Self.floor)
    guard let system = ProjectedSystem(p, point) else {
      point.end = .stalled
      return
    }
    if system.axes.isEmpty {
      point.end = .converged
      return
    }
    for (place, axis) in system.axes.enumerated() {
      run.sizes[axis] = max(system.size(place), 0.3 * run.sizes[axis], 1e-300)
    }
    let before = point.value
    for _ in 0..<12 {
      let (step, predicted) = system.step(point.damping, run.sizes)
      var next = point
      move(&next.theta, system.axes, step)
      let value = value(at: &next)
      let decrement = predicted / max(before, 1e-300)
      if value < before {
        accept(&point, &run, next, value, predicted)
        let gain = (before - value) / before
        if value <= exactValue {
          point.end = .exact
        } else if gain < goal, decrement < 10 * goal {
          point.end = .converged
        } else if run.small >= 6 {
          point.end = .stalled
        }
        return
      }
      point.damping *= run.growth
      run.growth = min(2 * run.growth, 1e4)
      if decrement < goal, value <= before * (1 + 1e-10) {
        point.end = .converged
        return
      }
      if point.damping > 1e16 { break }
      if p.evaluations >= last { return }
    }
    point.end = .stalled
  }

  private func accept(
    _ point: inout SearchPoint, _ run: inout Run, _ next: SearchPoint, _ value: Double,
    _ predicted: Double
  ) {
    let ratio = (point.value - value) / max(predicted, 1e-300)
    let cube = 1 - pow(2 * ratio - 1, 3)
    var damping = point.damping * min(max(cube, 1.0 / 9), 1)
    if ratio > 0.25 { run.growth = 2 } else if ratio < 0.1 { damping *= 2 }
    run.small = point.value - value < 1e-10 * point.value ? run.small + 1 : 0
    point.theta = next.theta
    point.sides = next.sides
    point.value = value
    point.damping = max(damping, 1e-15)
  }

  /// The projected objective at a point, whose linear parameters it solves for.
  private func value(at point: inout SearchPoint) -> Double {
    let p = projection
    guard p.evaluateBasis(at: point.theta) else { return .infinity }
    let start = p.linear.map { point.theta[$0] }
    let isPlain = p.kind != .log && p.loss == .squares
    var c = start
    var value = p.solve(&c, &point.sides, limit: 40, tolerance: 1e-13, warm: !isPlain)
    if !value.isFinite, !isPlain {
      value = p.solve(&c, &point.sides, limit: 40, tolerance: 1e-13, warm: false)
    }
    for (k, j) in p.linear.enumerated() { point.theta[j] = c[k] }
    return value
  }

  private func move(_ theta: inout [Double], _ axes: [Int], _ step: [Double]) {
    let p = projection
    for (place, axis) in axes.enumerated() {
      let j = p.nonlinear[axis]
      let bounds = p.model.searchBounds[j]
      var value = theta[j] + step[place]
      if p.model.isLogarithmic[axis], theta[j] != 0 {
        value = theta[j] * exp(min(max(step[place], -3), 3))
      }
      theta[j] = min(max(value, bounds.lower), bounds.upper)
    }
  }
}

/// The normal equations of one step, with the linear parameters eliminated.
private struct ProjectedSystem {
  /// The axes that move: those not at a bound that the gradient points out of.
  private(set) var axes: [Int] = []
  /// The projected matrix, row-major, and the right-hand side.
  private var matrix: [Double]
  private var right: [Double]

  /// Forms the system at the accepted prediction; nil where a slope is not finite.
  init?(_ p: Projection, _ point: SearchPoint) {
    let n = p.rowCount
    let linear = p.linear.indices.filter { point.sides.isEmpty || point.sides[$0] == 0 }
    let q = p.nonlinear.count
    guard unsafe vm_largest(p.slopes.pointer, p.slopes.count) < .infinity else { return nil }
    // Basis and slopes lie in two places: products within each, then across.
    let total = linear.count + q
    let whole = Numbers(count: total * total)
    let gradient = Numbers(count: total)
    Self.gather(p, linear, q, n, whole, gradient)
    var factors = Array(repeating: 1.0, count: q)
    for axis in 0..<q where p.model.isLogarithmic[axis] && point.theta[p.nonlinear[axis]] != 0 {
      factors[axis] = point.theta[p.nonlinear[axis]]
    }
    for axis in 0..<q {
      let (j, slope) = (p.nonlinear[axis], gradient[linear.count + axis])
      let bounds = p.model.searchBounds[j]
      let isOutward =
        (point.theta[j] <= bounds.lower && slope > 0)
        || (point.theta[j] >= bounds.upper && slope < 0)
      if !isOutward { axes.append(axis) }
    }
    let moving = Array(0..<linear.count) + axes.map { linear.count + $0 }
    let scale = Array(repeating: 1.0, count: linear.count) + axes.map { factors[$0] }
    let size = moving.count
    var all = Array(repeating: 0.0, count: size * size)
    var sides = Array(repeating: 0.0, count: size)
    for a in 0..<size {
      sides[a] = -gradient[moving[a]] * scale[a]
      for b in 0...a {
        all[a * size + b] = whole[moving[a] * total + moving[b]] * scale[a] * scale[b]
      }
    }
    Self.eliminate(linear.count, &all, &sides, size)
    let m = linear.count
    let rest = size - m
    matrix = Array(repeating: 0, count: rest * rest)
    right = Array(sides[m...])
    for a in 0..<rest {
      for b in 0...a {
        matrix[a * rest + b] = all[(m + a) * size + m + b]
        matrix[b * rest + a] = matrix[a * rest + b]
      }
      // What cancellation left of a column is no less than its rounding.
      let whole = whole[moving[m + a] * total + moving[m + a]] * scale[m + a] * scale[m + a]
      matrix[a * rest + a] = max(matrix[a * rest + a], 1e-15 * whole)
    }
  }

  /// J' D J and the gradient, over basis columns, then slopes; lower triangle.
  private static func gather(
    _ p: Projection, _ linear: [Int], _ q: Int, _ n: Int, _ whole: borrowing Numbers,
    _ gradient: borrowing Numbers
  ) {
    let total = linear.count + q
    let columns = Numbers(count: total * n)
    unsafe columns.pointer.advanced(by: linear.count * n)
      .update(from: p.slopes.pointer, count: q * n)
    for (place, k) in linear.enumerated() {
      unsafe columns.pointer.advanced(by: place * n)
        .update(from: p.basis.pointer + (1 + k) * n, count: n)
    }
    let work = Numbers(count: n)
    unsafe vm_add_products(
      columns.pointer, n, Array(0..<total), total, p.slope.pointer, p.curvature.pointer, n,
      work.pointer, gradient.pointer, whole.pointer)
  }

  /// Eliminates the first unknowns from a symmetric system (lower triangle); dependent ones stay.
  private static func eliminate(_ m: Int, _ a: inout [Double], _ b: inout [Double], _ size: Int) {
    let diagonal = (0..<size).map { a[$0 * size + $0] }
    for k in 0..<m {
      let pivot = a[k * size + k]
      guard pivot > 1e-13 * diagonal[k] else { continue }
      for i in (k + 1)..<max(size, k + 1) {
        let factor = a[i * size + k] / pivot
        guard factor != 0 else { continue }
        b[i] -= factor * b[k]
        for j in (k + 1)..<(i + 1) { a[i * size + j] -= factor * a[j * size + k] }
      }
    }
  }

  /// The length of a projected column.
  func size(_ place: Int) -> Double { matrix[place * axes.count + place].squareRoot() }

  /// The damped step, and the gain it predicts.
  func step(_ damping: Double, _ sizes: [Double]) -> (step: [Double], predicted: Double) {
    let q = axes.count
    var factor = Array(repeating: 0.0, count: q * q)
    var d = right
    for a in 0..<q {
      for b in 0...a {
        var entry = matrix[a * q + b]
        if a == b { entry += damping * sizes[axes[a]] * sizes[axes[a]] }
        let whole = entry
        for c in 0..<b { entry -= factor[a * q + c] * factor[b * q + c] }
        factor[a * q + b] =
          a > b ? entry * factor[b * q + b] : entry > 1e-14 * whole ? 1 / entry.squareRoot() : 0
      }
      for c in 0..<a { d[a] -= factor[a * q + c] * d[c] }
      d[a] *= factor[a * q + a]
    }
    for a in stride(from: q - 1, through: 0, by: -1) {
      for c in (a + 1)..<max(q, a + 1) { d[a] -= factor[c * q + a] * d[c] }
      d[a] *= factor[a * q + a]
    }
    var predicted = 0.0
    for a in 0..<q {
      var row = 0.0
      for b in 0..<q { row += matrix[a * q + b] * d[b] }
      predicted += d[a] * (right[a] - 0.5 * row)
    }
    return (d, predicted)
  }
}
