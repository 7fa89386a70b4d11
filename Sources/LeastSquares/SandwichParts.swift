/// The two matrices of a robust covariance, over the free parameters in natural coordinates, or over
/// the directions that the rows determine.
struct SandwichParts {
  /// H, row-major.
  private(set) var bread: [Double]
  /// sum w^2 psi^2 J J', row-major.
  private(set) var meat: [Double]
  private let count: Int
  /// The directions; nil where they are the parameters themselves.
  private let basis: [[Double]]?

  /// Sums over the rows of an objective at its optimum, free parameters set.
  ///
  /// The Jacobian is sqrt(w) s df/dtheta, row-major, `count` entries a row. With clusters, one
  /// number a row, the scores of a cluster are summed before they are squared, see
  /// ``ClusterScores``.
  ///
  /// Where the rows do not determine all parameters, or hardly, `rank` is the number of directions that
  /// they do, and `basis` are these. At a stationary point H has no part along the others.
  init(
    objective: Objective, jacobian: [Double], count k: Int, rank: Int, basis: [[Double]]? = nil,
    clusters: [Int]? = nil
  ) {
    count = k
    self.basis = basis
    let residuals = objective.residuals()
    let weights = objective.weights
    let loss = objective.loss
    meat = Array(repeating: 0, count: k * k)
    var flat = Array(repeating: 0.0, count: k * k)
    let slopes = ScoreSlopes.slopes(loss, residuals, parameters: rank)
    let scores = ScoreSlopes.scores(loss, residuals, parameters: rank)
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
    meat = Self.projected(meat, basis, k)
    guard loss != .absolute else {
      // The curvature of the model needs scores that cancel, and there they are of unknown size on
      // the rows that the fit runs through.
      bread = Self.projected(flat, basis, k)
      return
    }
    // The exact Hessian is the flat part plus the curvature of the model; swap the flat part.
    _ = objective.evaluateNaturalDerivatives(exact: true)
    var exact = Array(objective.matrix.prefix(k * k))
    for row in residuals.indices {
      let change = slopes[row] - loss.psiDerivative(residuals[row])
      if change == 0 { continue }
      for a in 0..<k {
        for b in 0..<k {
          exact[a * k + b] += change * jacobian[row * k + a] * jacobian[row * k + b]
        }
      }
    }
    exact = Self.projected(exact, basis, k)
    let size = basis?.count ?? k
    bread =
      SmallCholesky(capacity: size).factor(Numbers(exact), size: size)
      ? exact : Self.projected(flat, basis, k)
  }

  /// B' M B for the vectors B of a basis.
  private static func projected(_ matrix: [Double], _ basis: [[Double]]?, _ k: Int) -> [Double] {
    guard let basis else { return matrix }
    return basis.flatMap { left in
      basis.map { right in
        var sum = 0.0
        for a in 0..<k where left[a] != 0 {
          for b in 0..<k { sum += left[a] * matrix[a * k + b] * right[b] }
        }
        return sum
      }
    }
  }

  /// H^-1 S H^-1 over the parameters, without the factor n / (n - p), row-major.
  var covariance: [Double] {
    let size = basis?.count ?? count
    guard let inverse = inverse(size) else {
      return Array(repeating: .nan, count: count * count)
    }
    let result = multiply(multiply(inverse, meat, size), inverse, size)
    guard let basis else { return result }
    var spread = Array(repeating: 0.0, count: count * count)
    for i in 0..<count {
      for j in 0..<count {
        for a in 0..<size where basis[a][i] != 0 {
          for b in 0..<size {
            spread[i * count + j] += basis[a][i] * result[a * size + b] * basis[b][j]
          }
        }
      }
    }
    return spread
  }

  /// Vectors over the parameters whose squares sum to ``covariance``, from a basis; nil without one.
  var root: [[Double]]? {
    guard let basis, let inverse = inverse(basis.count),
      let eigen = SymmetricEigen(meat, size: basis.count)
    else { return nil }
    let size = basis.count
    return zip(eigen.values, eigen.vectors).map { value, vector in
      let length = max(value, 0).squareRoot()
      var result = Array(repeating: 0.0, count: count)
      for a in 0..<size {
        let part = (0..<size).reduce(0.0) { $0 + inverse[a * size + $1] * vector[$1] } * length
        for j in 0..<count { result[j] += part * basis[a][j] }
      }
      return result
    }
  }

  /// H^-1; nil where H is not positive definite.
  private func inverse(_ size: Int) -> [Double]? {
    let cholesky = SmallCholesky(capacity: size)
    guard cholesky.factor(Numbers(bread), size: size) else { return nil }
    var inverse = Array(repeating: 0.0, count: size * size)
    for a in 0..<size {
      let column = Numbers(count: size)
      column[a] = 1
      cholesky.solve(column, size: size)
      for b in 0..<size { inverse[b * size + a] = column[b] }
    }
    return inverse
  }

  private func multiply(_ a: [Double], _ b: [Double], _ k: Int) -> [Double] {
    var result = Array(repeating: 0.0, count: k * k)
    for i in 0..<k {
      for j in 0..<k {
        for l in 0..<k { result[i * k + j] += a[i * k + l] * b[l * k + j] }
      }
    }
    return result
  }
}
