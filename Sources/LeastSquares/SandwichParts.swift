/// The two matrices of a robust covariance, over the free parameters, natural coordinates.
struct SandwichParts {
  /// H, row-major.
  private(set) var bread: [Double]
  /// sum w^2 psi^2 J J', row-major.
  private(set) var meat: [Double]
  private let count: Int

  /// Sums over the rows of an objective at its optimum, free parameters set.
  ///
  /// The Jacobian is sqrt(w) s df/dtheta, row-major, `count` entries a row. With clusters, one
  /// number a row, the scores of a cluster are summed before they are squared, see
  /// ``ClusterScores``.
  init(objective: Objective, jacobian: [Double], count k: Int, clusters: [Int]? = nil) {
    count = k
    let residuals = objective.residuals()
    let weights = objective.weights
    let loss = objective.loss
    meat = Array(repeating: 0, count: k * k)
    var flat = Array(repeating: 0.0, count: k * k)
    let slopes = ScoreSlopes.slopes(loss, residuals, parameters: k)
    let scores = ScoreSlopes.scores(loss, residuals, parameters: k)
    for row in residuals.indices {
      // The Jacobian carries sqrt(w) already.
      let outer = weights[row] * scores[row] * scores[row]
      for a in 0..<k {
        for b in 0...a {
          let product = jacobian[row * k + a] * jacobian[row * k + b]
          meat[a * k + b] += outer * product
          flat[a * k + b] += slopes[row] * product
        }
      }
    }
    if let clusters {
      meat =
        ClusterScores(
          clusters: clusters, jacobian: jacobian, count: k,
          scores: zip(weights, scores).map { $0.squareRoot() * $1 }, slopes: slopes
        ).squares
    }
    for a in 0..<k {
      for b in 0..<a {
        meat[b * k + a] = meat[a * k + b]
        flat[b * k + a] = flat[a * k + b]
      }
    }
    guard loss != .absolute else {
      // The curvature of the model needs scores that cancel, and there they are of unknown size on
      // the rows that the fit runs through.
      bread = flat
      return
    }
    // The exact Hessian is the flat part plus the curvature of the model; swap the flat part.
    _ = objective.evaluateNaturalDerivatives(exact: true)
    let exact = Numbers(objective.matrix.prefix(k * k))
    for row in residuals.indices {
      let change = slopes[row] - loss.psiDerivative(residuals[row])
      if change == 0 { continue }
      for a in 0..<k {
        for b in 0..<k {
          exact[a * k + b] += change * jacobian[row * k + a] * jacobian[row * k + b]
        }
      }
    }
    bread = SmallCholesky(capacity: k).factor(exact, size: k) ? exact.prefix(k * k) : flat
  }

  /// H^-1 S H^-1; with directions lost, the inverse given takes the shape of H^-1.
  ///
  /// - Parameters:
  ///   - known: An inverse of J'WJ over the directions the data determine, or nil when
  ///   they determine all.
  ///   - rank: How many directions they determine.
  /// - Returns: The covariance without the factor n / (n - p), row-major.
  func covariance(known: [Double]?, rank: Int) -> [Double] {
    let k = count
    var inverse = known ?? Array(repeating: 0, count: k * k)
    if known == nil {
      let cholesky = SmallCholesky(capacity: k)
      guard cholesky.factor(Numbers(bread), size: k) else {
        return Array(repeating: .nan, count: k * k)
      }
      for a in 0..<k {
        let column = Numbers(count: k)
        column[a] = 1
        cholesky.solve(column, size: k)
        for b in 0..<k { inverse[b * k + a] = column[b] }
      }
    }
    let left = multiply(inverse, meat)
    let result = multiply(left, inverse)
    guard known != nil else { return result }
    // Only the shape is known: the average slope of psi gives the size.
    let trace = multiply(bread, inverse)
    let slope = (0..<k).reduce(0.0) { $0 + trace[$1 * k + $1] } / Double(max(rank, 1))
    return result.map { $0 / (slope * slope) }
  }

  private func multiply(_ a: [Double], _ b: [Double]) -> [Double] {
    let k = count
    var result = Array(repeating: 0.0, count: k * k)
    for i in 0..<k {
      for j in 0..<k {
        for l in 0..<k { result[i * k + j] += a[i * k + l] * b[l * k + j] }
      }
    }
    return result
  }
}
