internal import LeastSquares

extension Uncertainty {
  /// Parameter vectors as likely as the uncertainty says, for quantities that need whole draws, such
  /// as which of two laws is better.
  ///
  /// From a bootstrap, its draws. From a covariance, draws of the normal distribution about the
  /// estimate, on the scale of each parameter (logarithmic for amplitudes); parameters outside the
  /// covariance stay at their estimate. Draw r is stream r of the counter-based generator.
  ///
  /// - Parameters:
  ///   - count: how many to make from a covariance. The default is 2000.
  ///   - seed: the seed of the generator. The default is 0.
  /// - Returns: vectors in the order of the fit's parameters; none where the covariance is not
  ///   finite, or the rows of the fit leave combinations of parameters open: along these no draw is
  ///   likelier than another. From a covariance also none where only a combination is known to all
  ///   that matters: straight lines soon leave the curve along which the law stays what it is.
  /// - Complexity: O(count p^2) in the number of parameters p.
  public func samples(_ count: Int = 2000, seed: UInt64 = 0) -> [[Double]] {
    guard open?.isCombination != true else { return [] }
    switch source {
    case .draws(let draws, _): return draws
    case .covariance(let matrix, let indices, let isLog, _):
      guard !isTied else { return [] }
      guard let root = Self.root(of: matrix) else { return [] }
      return (0..<count).map { draw in
        var generator = Philox(seed: seed, stream: UInt64(draw))
        let normal = indices.map { _ in generator.nextNormal() }
        var values = estimate
        for (row, index) in indices.enumerated() {
          let offset = zip(root[row], normal).reduce(0) { $0 + $1.0 * $1.1 }
          values[index] = isLog[row] ? values[index] * exponential(offset) : values[index] + offset
        }
        return values
      }
    }
  }

  /// R with R R' = the matrix, from the eigenvectors of the correlation matrix: nearly singular
  /// covariances, the rule for scaling laws, have no Cholesky factor after rounding.
  private static func root(of matrix: [[Double]]) -> [[Double]]? {
    let errors = matrix.indices.map { max(matrix[$0][$0], 0).squareRoot() }
    let correlation = matrix.indices.flatMap { row in
      matrix.indices.map { column in
        let scale = errors[row] * errors[column]
        return scale > 0 ? matrix[row][column] / scale : 0
      }
    }
    guard let eigen = SymmetricEigen(correlation, size: matrix.count) else { return nil }
    return matrix.indices.map { row in
      eigen.values.indices.map {
        errors[row] * eigen.vectors[$0][row] * max(eigen.values[$0], 0).squareRoot()
      }
    }
  }
}
