internal import CGSL

/// Eigenvalues and eigenvectors of a real symmetric matrix (`gsl_eigen_symmv`).
public struct SymmetricEigen: Sendable, Hashable {
  /// The eigenvalues, ascending.
  public let values: [Double]
  /// The unit eigenvectors, in the order of `values`.
  public let vectors: [[Double]]

  /// Decomposes a matrix; nil when it is empty or has an entry that is not finite.
  ///
  /// - Parameters:
  ///   - matrix: Row-major, `size * size` entries; the lower triangle is read.
  ///   - size: The number of rows.
  /// - Complexity: O(size^3).
  public init?(_ matrix: [Double], size: Int) {
    precondition(matrix.count == size * size, "a square matrix has size * size entries")
    GSL.prepare()
    guard size > 0, matrix.allSatisfy(\.isFinite),
      let copy = unsafe gsl_matrix_alloc(size, size)
    else { return nil }
    defer { unsafe gsl_matrix_free(copy) }
    guard let vectors = unsafe gsl_matrix_alloc(size, size) else { return nil }
    defer { unsafe gsl_matrix_free(vectors) }
    guard let values = unsafe gsl_vector_alloc(size) else { return nil }
    defer { unsafe gsl_vector_free(values) }
    guard let workspace = unsafe gsl_eigen_symmv_alloc(size) else { return nil }
    defer { unsafe gsl_eigen_symmv_free(workspace) }
    for i in 0..<size {
      for j in 0..<size { unsafe gsl_matrix_set(copy, i, j, matrix[i * size + j]) }
    }
    guard unsafe gsl_eigen_symmv(copy, values, vectors, workspace) == 0,
      unsafe gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_ASC) == 0
    else { return nil }
    self.values = (0..<size).map { unsafe gsl_vector_get(values, $0) }
    self.vectors = (0..<size).map { k in
      (0..<size).map { unsafe gsl_matrix_get(vectors, $0, k) }
    }
  }
}
