#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two matrices of a robust covariance, over the free parameters, natural coordinates.
struct SandwichParts {
  /// H, row-major.
  private(set) var bread: [Double]
  /// sum w^2 psi^2 J J', row-major.
  private(set) var meat: [Double]
  private let count: Int

  /// Sums over the rows of an objective at its optimum, free parameters set.
  ///
  /// The Jacobian is sqrt(w) s df/dtheta, row-major, `count` entries a row. With clusters, one number a row, the
  /// scores of a cluster are summed before they are squared.
  init(objective: Objective, jacobian: [Double], count k: Int, clusters: [Int]? = nil) {
    count = k
    let residuals = objective.residuals()
    let weights = objective.weights
    let loss = objective.loss
    meat = Array(repeating: 0, count: k * k)
    var flat = Array(repeating: 0.0, count: k * k)
    let slopes = SandwichParts.slopes(loss, residuals, weights)
    for row in residuals.indices {
      let psi = loss.psi(residuals[row])
      // The Jacobian carries sqrt(w) already.
      let outer = weights[row] * psi * psi
      for a in 0..<k {
        for b in 0...a {
          let product = jacobian[row * k + a] * jacobian[row * k + b]
          meat[a * k + b] += outer * product
          flat[a * k + b] += slopes[row] * product
        }
      }
    }
    if let clusters {
      meat = SandwichParts.meat(of: clusters, residuals, loss, weights, jacobian, k)
    }
    for a in 0..<k {
      for b in 0..<a {
        meat[b * k + a] = meat[a * k + b]
        flat[b * k + a] = flat[a * k + b]
      }
    }
    // The exact Hessian is the flat part plus the curvature of the model; swap the flat part.
    _ = objective.evaluateNaturalDerivatives(exact: true)
    var exact = objective.matrix
    for row in residuals.indices {
      let change = slopes[row] - loss.psiDerivative(residuals[row])
      if change == 0 { continue }
      for a in 0..<k {
        for b in 0..<k {
          exact[a * k + b] += change * jacobian[row * k + a] * jacobian[row * k + b]
        }
      }
    }
    var cholesky = SmallCholesky()
    bread = cholesky.factor(exact, size: k) ? exact : flat
  }

  /// The squares of the clusters' summed scores, lower triangle, in order of first appearance.
  private static func meat(
    of clusters: [Int], _ residuals: [Double], _ loss: Loss, _ weights: [Double],
    _ jacobian: [Double], _ k: Int
  ) -> [Double] {
    var place: [Int: Int] = [:]
    var sums: [[Double]] = []
    for row in residuals.indices {
      let index = place[clusters[row]] ?? sums.count
      if index == sums.count {
        place[clusters[row]] = index
        sums.append(Array(repeating: 0, count: k))
      }
      let factor = weights[row].squareRoot() * loss.psi(residuals[row])
      for a in 0..<k { sums[index][a] += factor * jacobian[row * k + a] }
    }
    var meat = Array(repeating: 0.0, count: k * k)
    for sum in sums {
      for a in 0..<k {
        for b in 0...a { meat[a * k + b] += sum[a] * sum[b] }
      }
    }
    return meat
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
    var cholesky = SmallCholesky()
    if known == nil {
      guard cholesky.factor(bread, size: k) else {
        return Array(repeating: .nan, count: k * k)
      }
      for a in 0..<k {
        var column = Array(repeating: 0.0, count: k)
        column[a] = 1
        cholesky.solve(&column)
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

  /// psi' of each row, smoothed where the loss has its curvature on few rows.
  static func slopes(_ loss: Loss, _ residuals: [Double], _ weights: [Double]) -> [Double] {
    let window: Double
    let height: Double
    switch loss {
    case .absolute:
      window = bandwidth(residuals)
      // psi jumps by 2 at zero, so psi' is 2 times the density.
      height = window > 0 ? 1 / window : 0
    case .huber(let delta):
      let width = bandwidth(residuals)
      guard width > delta else { return residuals.map { loss.psiDerivative($0) } }
      window = width
      height = delta / width
    default: return residuals.map { loss.psiDerivative($0) }
    }
    return residuals.map { abs($0) <= window ? height : 0 }
  }

  /// Hall and Sheather's bandwidth at the median, in units of the residual.
  ///
  /// ```
  /// h_n = n^(-1/3) z^(2/3) (1.5 phi(0)^2)^(1/3),  z = 1.96
  /// h   = min(sd, IQR / 1.34) (q(0.5 + h_n) - q(0.5 - h_n)),  q the normal quantile
  /// ```
  static func bandwidth(_ residuals: [Double]) -> Double {
    let n = residuals.count
    guard n > 2 else { return 0 }
    let sorted = residuals.sorted()
    let mean = sorted.reduce(0, +) / Double(n)
    let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
    let range = (sorted[(3 * n) / 4] - sorted[n / 4]) / 1.34
    let scale = range > 0 ? min(variance.squareRoot(), range) : variance.squareRoot()
    let density = 1 / (2 * Double.pi)
    let share = min(
      pow(Double(n), -1.0 / 3) * pow(1.959963984540054, 2.0 / 3) * pow(1.5 * density, 1.0 / 3),
      0.45)
    return scale * 2 * StandardNormal.quantile(0.5 + share)
  }
}
