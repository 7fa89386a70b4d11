/// The scores of clusters of rows, each corrected for the pull of its cluster on the fit.
///
/// A cluster draws the fit towards itself, so that its scores come out too small. With H_g its
/// share of the Hessian H, they are lengthened to
/// ```
/// (I - H_g H^-1)^(-1/2) s_g
/// ```
/// which makes the sum of their squares unbiased where rows are independent and equally noisy.
///
/// Source: R. Bell and D. McCaffrey, Survey Methodology 28, 2002 ("CR2"); for other than linear
/// fits J. Pustejovsky and E. Tipton, J. Business & Economic Statistics 36, 2018.
struct ClusterScores {
  /// The sum over clusters of score times score, lower triangle, row-major.
  let squares: [Double]

  /// The largest share of a direction that one cluster may count as, beyond which it alone
  /// determines the direction.
  private static let largestShare = 0.95

  /// Sums the scores.
  ///
  /// - Parameters:
  ///   - clusters: The number of the cluster of each row.
  ///   - jacobian: sqrt(w) s df/dtheta, row-major.
  ///   - k: The entries of a row.
  ///   - scores: sqrt(w) psi of each row.
  ///   - slopes: The slope of psi of each row, see ``ScoreSlopes``.
  init(
    clusters: [Int], jacobian: [Double], count k: Int, scores: [Double], slopes: [Double]
  ) {
    var order: [Int] = []
    var members: [Int: [Int]] = [:]
    for (row, cluster) in clusters.enumerated() {
      if members[cluster] == nil { order.append(cluster) }
      members[cluster, default: []].append(row)
    }
    let whitening = Whitening(jacobian, slopes, count: k)
    var squares = Array(repeating: 0.0, count: k * k)
    for cluster in order {
      let rows = members[cluster] ?? []
      var sum = Array(repeating: 0.0, count: k)
      for row in rows {
        for a in 0..<k { sum[a] += scores[row] * jacobian[row * k + a] }
      }
      if let whitening { sum = whitening.lengthened(sum, rows, jacobian, slopes) }
      for a in 0..<k {
        for b in 0...a { squares[a * k + b] += sum[a] * sum[b] }
      }
    }
    self.squares = squares
  }

  /// Coordinates in which H is the identity.
  private struct Whitening {
    let parts: ScaledDecomposition
    /// The directions that the data determine.
    let known: [Int]
    let k: Int

    init?(_ jacobian: [Double], _ slopes: [Double], count k: Int) {
      var scaled = jacobian
      for row in slopes.indices {
        for a in 0..<k { scaled[row * k + a] *= max(slopes[row], 0).squareRoot() }
      }
      guard let parts = ScaledDecomposition(scaled, rows: slopes.count, columns: k),
        let largest = parts.singular.first, largest > 0
      else { return nil }
      self.parts = parts
      self.k = k
      known = parts.singular.indices.filter {
        parts.singular[$0] > NullSpace.limit * largest
      }
    }

    /// A vector of the coordinates of H^-1/2: V' D^-1 v / S.
    private func inner(_ vector: (Int) -> Double) -> [Double] {
      known.map { d in
        // A parameter without effect has no part in what is known.
        (0..<k).reduce(0) {
          parts.norms[$1] > 0 ? $0 + parts.vectors[d][$1] * vector($1) / parts.norms[$1] : $0
        } / parts.singular[d]
      }
    }

    func lengthened(
      _ sum: [Double], _ rows: [Int], _ jacobian: [Double], _ slopes: [Double]
    ) -> [Double] {
      let m = known.count
      var share = Array(repeating: 0.0, count: m * m)
      for row in rows where slopes[row] > 0 {
        let direction = inner { jacobian[row * k + $0] }
        for a in 0..<m {
          for b in 0..<m { share[a * m + b] += slopes[row] * direction[a] * direction[b] }
        }
      }
      guard let eigen = SymmetricEigen(share, size: m) else { return sum }
      let score = inner { sum[$0] }
      // What is added, so that directions that are not known stay as they are.
      var added = Array(repeating: 0.0, count: m)
      for (value, vector) in zip(eigen.values, eigen.vectors) {
        let factor = 1 / (1 - min(max(value, 0), ClusterScores.largestShare)).squareRoot() - 1
        let along = zip(vector, score).reduce(0) { $0 + $1.0 * $1.1 }
        for a in 0..<m { added[a] += factor * along * vector[a] }
      }
      var result = sum
      for (a, d) in known.enumerated() {
        for j in 0..<k {
          result[j] += parts.norms[j] * parts.vectors[d][j] * parts.singular[d] * added[a]
        }
      }
      return result
    }
  }
}
