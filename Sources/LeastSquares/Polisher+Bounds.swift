extension Polisher {
  /// Polishes a start and settles which parameters lie exactly on a bound.
  ///
  /// Parameters marked in `frozen` begin on their bound; one whose gradient points inside is
  /// released. Afterwards a parameter that has come close to a bound, or no longer matters, is
  /// tried exactly on it, and stays there if the objective does not rise by more than 1e-10 of
  /// itself.
  func polishWithinBounds(_ start: [Double], frozen: [Bool], qrFirst: Bool = false)
    throws(FitError) -> LocalOptimum
  {
    var best = try polish(start, frozen: frozen, qrFirst: qrFirst)
    for _ in 0..<free.count where best.frozen.contains(true) {
      guard let j = misplaced(best) else { break }
      var next = best.frozen
      next[j] = false
      var from = best.parameters
      from[j] = coordinates[j].inside(from[j], distance: release(j, best))
      let freed = try polish(from, frozen: next)
      guard freed.objective < best.objective else { break }
      best = freed
    }
    return best
  }

  /// Moves parameters of a local optimum exactly onto a bound where that costs nothing.
  func settle(_ optimum: LocalOptimum) throws(FitError) -> LocalOptimum {
    var best = optimum
    guard best.objective.isFinite else { return best }
    for j in free where !best.frozen[j] {
      // A search that did not end may be on its way along a valley to a bound far off.
      let isLost = !best.termination.isMinimum
      guard let bound = isLost ? nearerBound(j, best) : nearBound(j, best) else { continue }
      var frozen = best.frozen
      frozen[j] = true
      var from = best.parameters
      from[j] = bound
      let trial = try polish(from, frozen: frozen)
      if trial.objective <= best.objective * (1 + 1e-10) {
        best = trial
        best.iterations = max(trial.iterations, optimum.iterations)
      }
    }
    return best
  }

  private func nearerBound(_ j: Int, _ optimum: LocalOptimum) -> Double? {
    let p = optimum.parameters[j]
    let nearer = p - bounds[j].lower <= bounds[j].upper - p ? bounds[j].lower : bounds[j].upper
    return nearer.isFinite ? nearer : nil
  }

  /// The bound parameter j has come close to; nil when it is well inside.
  private func nearBound(_ j: Int, _ optimum: LocalOptimum) -> Double? {
    guard let nearer = nearerBound(j, optimum) else { return nil }
    let bound = bounds[j]
    let distance = abs(optimum.parameters[j] - nearer)
    let width = bound.upper - bound.lower
    let unit = width.isFinite ? width : max(1, abs(nearer))
    if distance <= 1e-4 * unit { return nearer }
    return optimum.effects[j] <= 1e-8 ? nearer : nil
  }

  /// The frozen parameter whose gradient points furthest inside its bounds.
  private func misplaced(_ optimum: LocalOptimum) -> Int? {
    let held = free.filter { optimum.frozen[$0] }
    objective.parameters = optimum.parameters
    objective.setFree(held)
    let value = objective.evaluateNaturalDerivatives(exact: false)
    guard value.isFinite else { return nil }
    var worst: Int?
    var most = 1e-10
    for (k, j) in held.enumerated() {
      let diagonal = objective.matrix[k * held.count + k]
      guard diagonal > 0, value > 0 else { continue }
      let isLower = optimum.parameters[j] <= bounds[j].lower
      let inward = (isLower ? -1 : 1) * objective.gradient[k] / (diagonal * value).squareRoot()
      if inward > most {
        most = inward
        worst = j
      }
    }
    return worst
  }

  /// How far inside a released parameter starts: its own Gauss-Newton step.
  private func release(_ j: Int, _ optimum: LocalOptimum) -> Double {
    objective.parameters = optimum.parameters
    objective.setFree([j])
    _ = objective.evaluateNaturalDerivatives(exact: false)
    guard objective.matrix[0] > 0 else { return 1e-3 }
    return abs(objective.gradient[0]) / objective.matrix[0]
  }
}
