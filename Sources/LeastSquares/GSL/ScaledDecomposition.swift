internal import CGSL

/// A tall matrix with its columns scaled to unit length, decomposed: QR (Householder), then the
/// singular values of R by one-sided Jacobi rotations, which keeps the digits of small ones.
struct ScaledDecomposition {
  /// The lengths of the columns.
  let norms: [Double]
  /// The singular values of the scaled matrix, descending.
  let singular: [Double]
  /// Right singular vectors of the scaled matrix, in the order of `singular`.
  let vectors: [[Double]]

  /// Decomposes a row-major matrix of at least as many rows as columns.
  init?(_ matrix: [Double], rows: Int, columns: Int) {
    GSL.prepare()
    guard columns > 0, rows >= columns, matrix.count == rows * columns,
      matrix.allSatisfy(\.isFinite), let a = unsafe gsl_matrix_alloc(rows, columns)
    else { return nil }
    defer { unsafe gsl_matrix_free(a) }
    var norms = Array(repeating: 0.0, count: columns)
    for j in 0..<columns {
      let largest = (0..<rows).reduce(0.0) { max($0, abs(matrix[$1 * columns + j])) }
      guard largest > 0 else { continue }
      let sum = (0..<rows).reduce(0.0) {
        let entry = matrix[$1 * columns + j] / largest
        return $0 + entry * entry
      }
      norms[j] = largest * sum.squareRoot()
    }
    for i in 0..<rows {
      for j in 0..<columns {
        unsafe gsl_matrix_set(a, i, j, norms[j] > 0 ? matrix[i * columns + j] / norms[j] : 0)
      }
    }
    guard let tau = unsafe gsl_vector_alloc(columns) else { return nil }
    defer { unsafe gsl_vector_free(tau) }
    guard let r = unsafe gsl_matrix_calloc(columns, columns) else { return nil }
    defer { unsafe gsl_matrix_free(r) }
    guard let v = unsafe gsl_matrix_alloc(columns, columns) else { return nil }
    defer { unsafe gsl_matrix_free(v) }
    guard let s = unsafe gsl_vector_alloc(columns) else { return nil }
    defer { unsafe gsl_vector_free(s) }
    guard unsafe gsl_linalg_QR_decomp(a, tau) == 0 else { return nil }
    for i in 0..<columns {
      for j in i..<columns { unsafe gsl_matrix_set(r, i, j, gsl_matrix_get(a, i, j)) }
    }
    guard unsafe gsl_linalg_SV_decomp_jacobi(r, v, s) == 0 else { return nil }
    self.norms = norms
    singular = (0..<columns).map { unsafe gsl_vector_get(s, $0) }
    vectors = (0..<columns).map { k in (0..<columns).map { unsafe gsl_matrix_get(v, $0, k) } }
  }
}
