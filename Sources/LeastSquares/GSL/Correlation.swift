internal import CGSL

/// Pearson's correlation of two columns of one length (`gsl_stats_correlation`); 0 where one of
/// them does not vary.
package func correlation(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "columns of one length")
  let value = unsafe gsl_stats_correlation(x, 1, y, 1, x.count)
  return value.isNaN ? 0 : value
}
