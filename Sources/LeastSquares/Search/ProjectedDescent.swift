#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
  let system: ProjectedSystem
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
    /// Whether the last step gained much less than the linear model said.
    var isCurved = false
  }

  private func step(_ point: inout SearchPoint, _ run: inout Run, until last: Int) {
    let p = projection
    p.evaluateSlopes(at: point.theta)
    _ = p.coefficients(floor: point.damping > 10 || run.small > 2 ? 1 : Self.floor)
    guard system.form(at: point) else {
      point.end = .stalled
      return
    }
    if system.axes.isEmpty {
      point.end = .converged
      return
    }
    for (place, axis) in system.axes.enumerated() {
      run.sizes[axis] = max(system.length(place), 0.3 * run.sizes[axis], 1e-300)
    }
    let before = point.value
    for _ in 0..<12 {
      let predicted = system.solve(at: point, point.damping, run.sizes)
      if run.isCurved { system.bendStep(at: point, run.sizes) }
      var next = point
      system.move(&next.theta)
      let isPlain = p.kind != .log && p.loss == .squares
      if !isPlain {
        for (j, c) in zip(p.linear, system.coefficients(after: point)) {
          let bounds = p.bounds[j]
          next.theta[j] = min(max(c, bounds.lower), bounds.upper)
        }
      }
      let value = value(at: &next, before, predicted)
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
      run.isCurved = true
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
    run.isCurved = ratio < 0.8
    run.small = point.value - value < 1e-10 * point.value ? run.small + 1 : 0
    point.theta = next.theta
    point.sides = next.sides
    point.value = value
    point.damping = max(damping, 1e-15)
  }

  /// The gain, relative to the objective, up to which the linear parameters are solved for at each
  /// step; further away those that go with the step are as good.
  private static let near = 1e-6

  /// The projected objective at a point, whose linear parameters it solves for.
  private func value(at point: inout SearchPoint, _ before: Double, _ predicted: Double) -> Double {
    let p = projection
    guard p.evaluateBasis(at: point.theta) else { return .infinity }
    let start = p.linear.map { point.theta[$0] }
    let isPlain = p.kind != .log && p.loss == .squares
    var c = start
    let gain = predicted / max(before, 1e-300)
    let tolerance = max(1e-13, 0.01 * gain)
    let enough = gain > Self.near ? before - 0.5 * predicted : -.infinity
    var value = p.solve(
      &c, &point.sides, limit: 40, tolerance: tolerance, warm: !isPlain, enough: enough)
    if !value.isFinite, !isPlain {
      value = p.solve(&c, &point.sides, limit: 40, tolerance: tolerance, warm: false)
    }
    for (k, j) in p.linear.enumerated() { point.theta[j] = c[k] }
    return value
  }
}
