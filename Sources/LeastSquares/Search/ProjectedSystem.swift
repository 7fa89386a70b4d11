#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
internal import CVectorMath

/// The normal equations of one step, with the linear parameters eliminated; reused from step to step.
final class ProjectedSystem {
  private let p: Projection
  private let total: Int
  /// The axes that move: those not at a bound that the gradient points out of.
  private(set) var axes: [Int] = []
  /// The step of the axes that move, as ``solve(_:_:)`` left it; of a logarithm on a logarithmic axis.
  let step: Numbers

  /// Basis columns, then slopes, at the point; the prediction and the curvature of its rows.
  private let columns: Numbers
  private let prediction: Numbers
  private let curvature: Numbers
  private let work: Numbers
  private let bend: Numbers
  /// J' D J and the gradient over all columns, lower triangle.
  private let whole: Numbers
  private let gradient: Numbers
  /// Those of the columns that move, scaled, eliminated in place.
  private let matrix: Numbers
  private let right: Numbers
  private let diagonal: Numbers
  private let damped: Numbers
  private let factor: Numbers
  private let bounded: BoundedStep
  /// The axes that a step takes to a bound.
  private var isHeld: [Bool]
  private let solution: Numbers
  private var moving: [Int] = []
  private var linearCount = 0
  private var scales: [Double]
  private var change: [Double]
  private let allColumns: [Int]

  init(_ projection: Projection) {
    p = projection
    let (n, m, q) = (p.rowCount, p.linear.count, p.nonlinear.count)
    total = m + q
    step = Numbers(count: q)
    columns = Numbers(count: total * n)
    prediction = Numbers(count: n)
    curvature = Numbers(count: n)
    work = Numbers(count: n)
    bend = Numbers(count: n)
    whole = Numbers(count: total * total)
    gradient = Numbers(count: total)
    matrix = Numbers(count: total * total)
    right = Numbers(count: total)
    diagonal = Numbers(count: total)
    damped = Numbers(count: q * q)
    factor = Numbers(count: q * q)
    bounded = BoundedStep(capacity: q)
    isHeld = Array(repeating: false, count: q)
    solution = Numbers(count: total)
    scales = Array(repeating: 1, count: total)
    change = Array(repeating: 0, count: p.bounds.count)
    allColumns = Array(0..<total)
  }

  private var size: Int { moving.count }
  private var rest: Int { moving.count - linearCount }

  // MARK: - The matrix

  /// Forms the system at the accepted prediction; false where a slope is not finite.
  func form(at point: SearchPoint) -> Bool {
    let m = p.linear.count
    guard unsafe vm_largest(p.slopes.pointer, p.slopes.count) < .infinity else { return false }
    gather()
    moving.removeAll(keepingCapacity: true)
    axes.removeAll(keepingCapacity: true)
    for k in 0..<m where point.sides.isEmpty || point.sides[k] == 0 { moving.append(k) }
    linearCount = moving.count
    for axis in p.nonlinear.indices {
      let (j, slope) = (p.nonlinear[axis], gradient[m + axis])
      let value = point.theta[j]
      scales[m + axis] = p.isLogarithmic[axis] && value != 0 ? value : 1
      let bounds = p.bounds[j]
      let isOutward = (value <= bounds.lower && slope > 0) || (value >= bounds.upper && slope < 0)
      if !isOutward {
        axes.append(axis)
        moving.append(m + axis)
      }
    }
    for a in 0..<size {
      let scale = scales[moving[a]]
      right[a] = -gradient[moving[a]] * scale
      for b in 0...a {
        matrix[a * total + b] = whole[moving[a] * total + moving[b]] * scale * scales[moving[b]]
      }
      diagonal[a] = matrix[a * total + a]
    }
    eliminate()
    return true
  }

  /// J' D J and the gradient, over basis columns, then slopes.
  private func gather() {
    let (n, m) = (p.rowCount, p.linear.count)
    unsafe columns.pointer.update(from: p.basis.pointer + n, count: m * n)
    unsafe (columns.pointer + m * n).update(from: p.slopes.pointer, count: p.slopes.count)
    unsafe prediction.pointer.update(from: p.prediction.pointer, count: n)
    unsafe curvature.pointer.update(from: p.curvature.pointer, count: n)
    for k in 0..<whole.count { whole[k] = 0 }
    for k in 0..<gradient.count { gradient[k] = 0 }
    unsafe vm_add_products(
      columns.pointer, n, allColumns, total, p.slope.pointer, curvature.pointer, n,
      work.pointer, gradient.pointer, whole.pointer)
  }

  /// Whether a basis column is more than what earlier ones make up.
  private func counts(_ k: Int) -> Bool { matrix[k * total + k] > 1e-13 * diagonal[k] }

  /// Eliminates the basis columns; dependent ones stay.
  private func eliminate() {
    for k in 0..<linearCount where counts(k) {
      let pivot = matrix[k * total + k]
      for i in (k + 1)..<max(size, k + 1) {
        let share = matrix[i * total + k] / pivot
        guard share != 0 else { continue }
        for j in (k + 1)..<(i + 1) { matrix[i * total + j] -= share * matrix[j * total + k] }
      }
    }
    eliminate(right)
    // What cancellation left of a column is no less than its rounding.
    for a in linearCount..<max(size, linearCount) {
      matrix[a * total + a] = max(matrix[a * total + a], 1e-15 * diagonal[a])
    }
  }

  /// Does to a right-hand side what was done to the matrix.
  private func eliminate(_ side: borrowing Numbers) {
    for k in 0..<linearCount where counts(k) {
      let share = side[k] / matrix[k * total + k]
      for i in (k + 1)..<max(size, k + 1) { side[i] -= share * matrix[i * total + k] }
    }
  }

  /// The entry of the projected matrix.
  private func entry(_ a: Int, _ b: Int) -> Double {
    let (i, j) = (linearCount + max(a, b), linearCount + min(a, b))
    return matrix[i * total + j]
  }

  /// The length of a projected column.
  func length(_ place: Int) -> Double { entry(place, place).squareRoot() }

  // MARK: - The step

  /// The step damped by `damping * sizes^2`, inside the bounds, into ``step``; the gain it predicts.
  func solve(at point: SearchPoint, _ damping: Double, _ sizes: [Double]) -> Double {
    for a in 0..<rest {
      isHeld[a] = false
      for b in 0...a {
        let value = entry(a, b) + (a == b ? damping * sizes[axes[a]] * sizes[axes[a]] : 0)
        damped[a * rest + b] = value
        damped[b * rest + a] = value
      }
    }
    factorise()
    for a in 0..<rest { step[a] = right[linearCount + a] }
    substitute(step)
    if !isInside(point) { solveInside(point) }
    var predicted = 0.0
    for a in 0..<rest {
      var row = 0.0
      for b in 0..<rest { row += entry(a, b) * step[b] }
      predicted += step[a] * (right[linearCount + a] - 0.5 * row)
    }
    return predicted
  }

  /// How far an axis may go.
  private func room(_ place: Int, _ point: SearchPoint) -> (lower: Double, upper: Double) {
    let j = p.nonlinear[axes[place]]
    let (bounds, value) = (p.bounds[j], point.theta[j])
    guard p.isLogarithmic[axes[place]], value != 0 else {
      return (bounds.lower - value, bounds.upper - value)
    }
    let ends = [bounds.lower, bounds.upper].map { $0 / value > 0 ? log($0 / value) : -.infinity }
    return value > 0 ? (ends[0], ends[1]) : (ends[1], ends[0])
  }

  private func isInside(_ point: SearchPoint) -> Bool {
    for place in 0..<rest {
      let room = room(place, point)
      if step[place] < room.lower || step[place] > room.upper { return false }
    }
    return true
  }

  /// The least of the damped model in the box, and the factor of what is not at its edge.
  private func solveInside(_ point: SearchPoint) {
    let rooms = (0..<rest).map { room($0, point) }
    for a in 0..<rest { solution[a] = right[linearCount + a] }
    var sides: [Int8] = []
    _ = bounded.solve(
      damped, solution, count: rest, lower: rooms.map(\.lower), upper: rooms.map(\.upper),
      into: step, sides: &sides)
    for a in 0..<rest { isHeld[a] = sides[a] != 0 }
    factorise()
  }

  /// The Cholesky factor of the damped matrix, zero for axes that are held.
  private func factorise() {
    for a in 0..<rest {
      for b in 0...a {
        var value = damped[a * rest + b]
        let before = value
        for c in 0..<b { value -= factor[a * rest + c] * factor[b * rest + c] }
        if isHeld[a] || isHeld[b] {
          factor[a * rest + b] = 0
        } else if a > b {
          factor[a * rest + b] = value * factor[b * rest + b]
        } else {
          factor[a * rest + b] = value > 1e-14 * before ? 1 / value.squareRoot() : 0
        }
      }
    }
  }

  private func substitute(_ side: borrowing Numbers) {
    for a in 0..<rest {
      for c in 0..<a { side[a] -= factor[a * rest + c] * side[c] }
      side[a] *= factor[a * rest + a]
    }
    for a in stride(from: rest - 1, through: 0, by: -1) {
      for c in (a + 1)..<max(rest, a + 1) { side[a] -= factor[c * rest + a] * side[c] }
      side[a] *= factor[a * rest + a]
    }
  }

  /// The coefficients after the step, by the equations that were eliminated.
  func coefficients(after point: SearchPoint) -> [Double] {
    follow()
    var c = p.linear.map { point.theta[$0] }
    for k in 0..<linearCount { c[moving[k]] += solution[k] }
    return c
  }

  /// The change of the coefficients that goes with the step.
  private func follow() {
    for a in 0..<linearCount { solution[a] = right[a] }
    for a in 0..<rest { solution[linearCount + a] = step[a] }
    for k in stride(from: linearCount - 1, through: 0, by: -1) {
      var value = solution[k]
      for i in (k + 1)..<size { value -= matrix[i * total + k] * solution[i] }
      solution[k] = counts(k) ? value / matrix[k * total + k] : 0
    }
  }

  /// The share of a step at which its path is looked at.
  private static let probe = 0.1

  /// Bends the step along the valley: adds half the acceleration of the path whose residuals change as
  /// the linear model says, where it is small against the step.
  ///
  /// One pass over the rows. Source: M. Transtrum and J. Sethna, arXiv:1201.5885, eq. 12.
  func bendStep(at point: SearchPoint, _ sizes: [Double]) {
    let h = Self.probe
    follow()
    var theta = point.theta
    move(&theta, by: h)
    var c = p.linear.map { point.theta[$0] }
    for k in 0..<linearCount { c[moving[k]] += h * solution[k] }
    guard p.evaluateBasis(at: theta) else { return }
    p.combine(c, into: work)
    var slopes = Array(repeating: 0.0, count: total)
    for a in 0..<size { slopes[moving[a]] = solution[a] * scales[moving[a]] }
    let zeros = Numbers(count: p.rowCount)
    unsafe vm_combine(
      zeros.pointer, columns.pointer, p.rowCount, slopes, total, bend.pointer, p.rowCount)
    for row in 0..<p.rowCount {
      let (before, slope) = (prediction[row], bend[row])
      var second = (work[row] - before - h * slope) * (2 / (h * h))
      if p.kind == .log {
        let ratio = work[row] / before
        second = ratio > 0 ? (log(ratio) * before - h * slope) * (2 / (h * h)) : 0
      }
      bend[row] = -second * curvature[row]
    }
    for a in 0..<size {
      let column = unsafe columns.pointer + moving[a] * p.rowCount
      solution[a] = unsafe vm_dot(column, bend.pointer, p.rowCount) * scales[moving[a]]
    }
    eliminate(solution)
    for a in 0..<rest { solution[a] = solution[linearCount + a] }
    substitute(solution)
    var (bent, straight) = (0.0, 0.0)
    for a in 0..<rest {
      let size = sizes[axes[a]]
      bent += solution[a] * solution[a] * size * size
      straight += step[a] * step[a] * size * size
    }
    guard bent.isFinite, 4 * bent <= 0.75 * 0.75 * straight else { return }
    for a in 0..<rest { step[a] += 0.5 * solution[a] }
  }

  /// Moves the nonlinear parameters along a share of the step.
  func move(_ theta: inout [Double], by share: Double = 1) {
    let before = theta
    for j in change.indices { change[j] = 0 }
    for (place, axis) in axes.enumerated() {
      let j = p.nonlinear[axis]
      let bounds = p.bounds[j]
      let length = share * step[place]
      var value = theta[j] + length
      change[j] = length
      if p.isLogarithmic[axis], theta[j] != 0 {
        value = theta[j] * exp(min(max(length, -3), 3))
        change[j] = theta[j] * length
      }
      theta[j] = min(max(value, bounds.lower), bounds.upper)
    }
    p.model.straighten(&theta, from: before, by: change)
  }
}
