// From a start to the bottom of its valley: GSL's damped Newton while far away, undamped Newton
// steps at the end, and an honest word on how it ended.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A local optimum in natural coordinates.
struct LocalOptimum {
  var parameters: [Double]
  /// Parameters held exactly at a bound.
  var frozen: [Bool]
  var objective: Double
  var gradientNorm: Double
  /// For each moving parameter M_jj / F in internal coordinates, M the Gauss-Newton matrix.
  ///
  /// It is what an e-fold of the distance to its bound matters. Zero for the others.
  var effects: [Double] = []
  var termination: Termination
  var iterations: Int
}

/// Polishes starts of one problem; for the use of one task.
final class Polisher {
  let objective: Objective
  let coordinates: [Coordinate]
  let bounds: [Bounds]
  /// The parameters that are not fixed by the caller.
  let free: [Int]
  var maximumIterations: Int
  /// The Newton decrement, relative to F, below which no further step is worth a pass.
  var decrementGoal = 1e-24
  private var workspaces: [Int: NewtonWorkspace] = [:]
  /// Where the search is, in the coordinates of the moving parameters.
  private let x: Numbers
  /// The Newton step from there, and the point it leads to.
  private let step: Numbers
  private let trial: Numbers

  init(
    objective: Objective, coordinates: [Coordinate], bounds: [Bounds], free: [Int],
    maximumIterations: Int
  ) {
    self.objective = objective
    self.coordinates = coordinates
    self.bounds = bounds
    self.free = free
    self.maximumIterations = maximumIterations
    x = Numbers(count: free.count)
    step = Numbers(count: free.count)
    trial = Numbers(count: free.count)
  }

  /// The decrement below which a point counts as a minimum, relative to F.
  static let converged = 1e-14
  /// The predicted decrease below which an undamped step is tried, relative to F.
  private static let newtonRegion = 0.05

  // MARK: - One start

  /// Minimises from a start, parameters marked `frozen` held at their value in it.
  func polish(_ start: [Double], frozen: [Bool], qrFirst: Bool = false) throws(FitError)
    -> LocalOptimum
  {
    guard begin(start, frozen: frozen) else {
      return LocalOptimum(
        parameters: start, frozen: frozen, objective: .infinity, gradientNorm: .infinity,
        termination: .badFunction, iterations: 0)
    }
    var iterations = 0
    var status = GSLStatus.success
    if !objective.free.isEmpty {
      if qrFirst { iterations += try gaussNewton().iterations }
      objective.evaluate(at: x, order: .hessian)
      (iterations, status) = try descend(iterations, objective.free.count)
    }
    return finish(frozen: frozen, iterations: iterations, status: status)
  }

  /// The reference path alone: GSL's Levenberg-Marquardt on a QR factorisation.
  func polishByQR(_ start: [Double], frozen: [Bool]) throws(FitError) -> LocalOptimum {
    guard begin(start, frozen: frozen) else {
      return LocalOptimum(
        parameters: start, frozen: frozen, objective: .infinity, gradientNorm: .infinity,
        termination: .badFunction, iterations: 0)
    }
    guard !objective.free.isEmpty else {
      return finish(frozen: frozen, iterations: 0, status: .success)
    }
    let (iterations, status) = try gaussNewton()
    objective.evaluate(at: x, order: .hessian)
    return finish(frozen: frozen, iterations: iterations, status: status)
  }

  /// Evaluates at a start, moved inside its bounds; false where that is not possible.
  private func begin(_ start: [Double], frozen: [Bool]) -> Bool {
    objective.parameters = start
    objective.setFree(free.filter { !frozen[$0] })
    for (k, j) in objective.free.enumerated() {
      x[k] = coordinates[j].internal(
        coordinates[j].inside(start[j], distance: 1e-3 * max(1, abs(start[j]))))
      if !x[k].isFinite { return false }
    }
    return objective.evaluate(at: x, order: .hessian).isFinite
  }

  private func gaussNewton() throws(FitError) -> (iterations: Int, status: GSLStatus) {
    let count = objective.free.count
    guard objective.rowCount >= count else { return (0, .success) }
    let workspace = try GaussNewtonWorkspace(objective: objective, count: count)
    var point = x.prefix(count)
    let result = workspace.minimise(from: &point, maximumIterations: maximumIterations)
    for k in 0..<count { x[k] = point[k] }
    return result
  }

  /// Alternates damped and undamped steps until neither helps.
  private func descend(_ done: Int, _ count: Int) throws(FitError) -> (Int, GSLStatus) {
    let workspace: NewtonWorkspace
    if let known = workspaces[count] {
      workspace = known
    } else {
      workspace = try NewtonWorkspace(objective: objective, count: count)
      workspaces[count] = workspace
    }
    var iterations = done
    var region = Polisher.newtonRegion
    while true {
      let before = iterations
      if let decrement = decrement(), 0.5 * decrement <= region * objective.value {
        if newton(&iterations) { return (iterations, .success) }
        region *= 0.01
        objective.evaluate(at: x, order: .hessian)
      }
      if iterations >= maximumIterations { return (iterations, .success) }
      let status = damped(workspace, &iterations, region)
      objective.evaluate(at: x, order: .hessian)
      if status != .success {
        // No step at all lowers F: either the minimum, or the end of what can be done.
        if let decrement = decrement(), 0.5 * decrement <= 1e-6 * objective.value {
          _ = newton(&iterations)
          objective.evaluate(at: x, order: .hessian)
        }
        return (iterations, status)
      }
      if iterations >= maximumIterations || iterations == before { return (iterations, .success) }
    }
  }

  /// GSL's damped steps from `x`, until the Newton region, the end of progress or the limit.
  private func damped(_ workspace: NewtonWorkspace, _ iterations: inout Int, _ region: Double)
    -> GSLStatus
  {
    let status = workspace.begin(at: x)
    guard status == .success else { return status }
    var flat = 0
    while iterations < maximumIterations {
      let before = objective.value
      let status = workspace.iterate()
      iterations += 1
      workspace.readPoint(into: x)
      guard status == .success else { return status }
      // After an accepted step the objective stands at the new point, with its matrix.
      let after = objective.value
      if objective.lastOrder == .hessian, let decrement = decrement(),
        0.5 * decrement <= region * after
      {
        return .success
      }
      flat = before - after <= 1e-15 * before ? flat + 1 : 0
      if flat >= 3 || isExact(after) { return .noProgress }
    }
    return .success
  }

  /// Undamped Newton steps from `x`; true at a minimum, false when damping is needed again.
  private func newton(_ iterations: inout Int) -> Bool {
    for _ in 0..<20 {
      guard let current = decrement() else { return false }
      let value = objective.value
      if current <= decrementGoal * value || isExact(value) || stepIsRounding() { return true }
      for k in 0..<objective.free.count { trial[k] = x[k] + step[k] }
      let next = objective.evaluate(at: trial, order: .hessian)
      iterations += 1
      // Below this the difference of two objectives is rounding; the gradient still tells.
      let rounding = 0.5 * current <= 1e-9 * value
      let accepted: Bool
      if !next.isFinite {
        accepted = false
      } else if rounding {
        let after = decrement() ?? .infinity
        accepted = next <= value * (1 + 1e-9) && after < 0.25 * current
      } else {
        accepted = next < value - 0.05 * current
      }
      guard accepted else {
        objective.evaluate(at: x, order: .hessian)
        return rounding && current <= Polisher.converged * value
      }
      for k in 0..<objective.free.count { x[k] = trial[k] }
      _ = decrement()
    }
    return false
  }

  /// g' H^-1 g at the current point, with the Newton step in `step`; nil when H is not positive
  /// definite.
  private func decrement() -> Double? {
    let count = objective.free.count
    guard objective.factorMatrix() else { return nil }
    for k in 0..<count { step[k] = objective.gradient[k] }
    objective.solve(step)
    var sum = 0.0
    for k in 0..<count {
      sum += step[k] * objective.gradient[k]
      step[k] = -step[k]
    }
    return sum
  }

  private func stepIsRounding() -> Bool {
    for k in 0..<objective.free.count where abs(step[k]) > 2 * x[k].ulp { return false }
    return true
  }

  /// Whether every residual is of rounding size.
  private func isExact(_ value: Double) -> Bool { value <= objective.exactValue }

  // MARK: - The end

  private func finish(frozen: [Bool], iterations: Int, status: GSLStatus) -> LocalOptimum {
    let value = objective.value
    let count = objective.free.count
    var parameters = objective.parameters
    for (k, j) in objective.free.enumerated() { parameters[j] = coordinates[j].natural(x[k]) }
    var termination = Termination.converged
    var size = decrement()
    let rounding = size != nil && stepIsRounding()
    // The matrix of scales; it also judges the point where the Hessian is singular.
    objective.reweight()
    var norm = 0.0
    var effects = Array(repeating: 0.0, count: objective.parameterCount)
    for k in 0..<count where objective.matrix[k * count + k] > 0 {
      effects[objective.free[k]] = objective.matrix[k * count + k] / value
      let scale = (objective.matrix[k * count + k] * value).squareRoot()
      if scale > 0 { norm = max(norm, abs(objective.gradient[k]) / scale) }
    }
    if size == nil { size = regularisedDecrement() }
    if isExact(value) {
      termination = .exactFit
    } else if rounding
      || (size ?? .infinity) <= max(Polisher.converged * value, roundingOfObjective(value))
    {
      termination = .converged
    } else if iterations >= maximumIterations {
      termination = .iterationLimit
    } else if status == .noProgress, (size ?? .infinity) > 1e-6 * value {
      termination = .noProgress
    } else {
      termination = .stalled
    }
    return LocalOptimum(
      parameters: parameters, frozen: frozen, objective: value, gradientNorm: norm,
      effects: effects, termination: termination, iterations: iterations)
  }

  /// By how much rounding of f moves an objective: nothing below it can still be gained.
  ///
  /// `exactValue` is the objective of residuals of eight units in the last place; the cross term with residuals
  /// of the size found is their geometric mean.
  private func roundingOfObjective(_ value: Double) -> Double {
    (value * objective.exactValue).squareRoot()
  }

  /// The decrement under the reweighted matrix with its diagonal raised by 1e-10.
  private func regularisedDecrement() -> Double? {
    let count = objective.free.count
    let raised = Numbers(objective.matrix.prefix(count * count))
    for k in 0..<count { raised[k * count + k] *= 1 + 1e-10 }
    let cholesky = SmallCholesky(capacity: count)
    guard cholesky.factor(raised, size: count) else { return nil }
    let solution = Numbers(objective.gradient.prefix(count))
    cholesky.solve(solution, size: count)
    return (0..<count).reduce(0) { $0 + solution[$1] * objective.gradient[$1] }
  }
}
