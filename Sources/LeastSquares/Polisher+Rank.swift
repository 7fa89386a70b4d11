extension Polisher {
  /// How many directions of the moving parameters matter at an optimum: the rank of the weighted
  /// Jacobian with unit columns, to 1e-9 of its largest singular value.
  func rank(at optimum: LocalOptimum, _ moving: [Int]) -> Int {
    let count = moving.count
    guard count > 0, optimum.objective.isFinite else { return 0 }
    objective.parameters = optimum.parameters
    objective.setFree(moving)
    guard objective.evaluateNaturalDerivatives(exact: false).isFinite else { return 0 }
    // A factor with no small pivot settles nearly every case without singular values.
    let cholesky = SmallCholesky(capacity: count)
    if cholesky.factor(objective.matrix, size: count, minimumPivot: 1e-10),
      (0..<count).allSatisfy({ objective.matrix[$0 * count + $0] > 0 })
    {
      return count
    }
    guard objective.rowCount >= count else { return objective.rowCount }
    var jacobian = Array(repeating: 0.0, count: objective.rowCount * count)
    let weights = objective.weights
    objective.forEachRow(.gradient) { row, residual, s, base, block in
      let factor = (weights[row] * objective.loss.weight(residual)).squareRoot() * s
      for a in 0..<count {
        jacobian[row * count + a] = factor * block[(1 + moving[a]) * Objective.blockRows + base]
      }
    }
    guard
      let parts = ScaledDecomposition(jacobian, rows: objective.rowCount, columns: count),
      let largest = parts.singular.first
    else { return 0 }
    return parts.singular.count { $0 > 1e-9 * largest }
  }
}
