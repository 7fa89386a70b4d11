internal import CGSL

/// Weighted linear least squares (`gsl_multifit_wlinear`: singular values, columns balanced).
///
///     minimise  sum_i w_i (y_i - sum_j X_ij c_j)^2
public struct LinearFit: Sendable, Hashable {
  /// The coefficients, one per column of the design.
  public let coefficients: [Double]
  /// The inverse of X'WX, row-major: times the variance of a row of unit weight it is the
  /// covariance.
  public let inverse: [Double]
  /// The weighted residual sum of squares at the minimum.
  public let residualSum: Double
  /// Rows of positive weight minus columns.
  public let degreesOfFreedom: Int

  /// Fits coefficients; nil with fewer rows than columns or a number that is not finite.
  ///
  /// - Parameters:
  ///   - design: the rows of X, all of one length.
  ///   - response: y, one number per row.
  ///   - weights: w, one number of at least 0 per row. The default is 1 everywhere.
  /// - Complexity: O(rows * columns^2).
  public init?(design: [[Double]], response: [Double], weights: [Double]? = nil) {
    let columns = design.first?.count ?? 0
    let rows = design.count
    let weights = weights ?? Array(repeating: 1, count: rows)
    precondition(response.count == rows && weights.count == rows, "one number per row")
    precondition(design.allSatisfy { $0.count == columns }, "rows of one length")
    let used = weights.count { $0 > 0 }
    guard columns > 0, used >= columns, response.allSatisfy(\.isFinite),
      weights.allSatisfy({ $0 >= 0 && $0.isFinite }),
      design.allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { return nil }
    GSL.prepare()
    guard let matrix = unsafe gsl_matrix_alloc(rows, columns) else { return nil }
    defer { unsafe gsl_matrix_free(matrix) }
    guard let w = unsafe gsl_vector_alloc(rows) else { return nil }
    defer { unsafe gsl_vector_free(w) }
    guard let y = unsafe gsl_vector_alloc(rows) else { return nil }
    defer { unsafe gsl_vector_free(y) }
    guard let c = unsafe gsl_vector_alloc(columns) else { return nil }
    defer { unsafe gsl_vector_free(c) }
    guard let covariance = unsafe gsl_matrix_alloc(columns, columns) else { return nil }
    defer { unsafe gsl_matrix_free(covariance) }
    guard let workspace = unsafe gsl_multifit_linear_alloc(rows, columns) else { return nil }
    defer { unsafe gsl_multifit_linear_free(workspace) }
    for i in 0..<rows {
      unsafe gsl_vector_set(w, i, weights[i])
      unsafe gsl_vector_set(y, i, response[i])
      for j in 0..<columns { unsafe gsl_matrix_set(matrix, i, j, design[i][j]) }
    }
    var sum = 0.0
    guard unsafe gsl_multifit_wlinear(matrix, w, y, c, covariance, &sum, workspace) == 0 else {
      return nil
    }
    coefficients = (0..<columns).map { unsafe gsl_vector_get(c, $0) }
    inverse = (0..<columns * columns).map {
      unsafe gsl_matrix_get(covariance, $0 / columns, $0 % columns)
    }
    residualSum = sum
    degreesOfFreedom = used - columns
    guard coefficients.allSatisfy(\.isFinite) else { return nil }
  }
}
