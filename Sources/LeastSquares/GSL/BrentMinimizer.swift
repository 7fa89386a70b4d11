internal import CGSL

/// Minimisation of a function of one variable by Brent's method (`gsl_min_fminimizer_brent`).
public enum BrentMinimizer {
  /// Finds a minimum inside an interval.
  ///
  /// The interval is first looked over at 32 evenly spaced points, so that the method starts from
  /// a true bracket; a minimum at an end of the interval is returned as that end.
  ///
  /// - Parameters:
  ///   - interval: Where to look; finite, not empty.
  ///   - tolerance: The relative width of the bracket at which to stop. The default, 1e-7, is also
  ///     the smallest used: a minimum is known only to the root of the rounding of its value.
  ///   - maximumIterations: The most iterations. The default is 200.
  ///   - function: The function; not finite values count as infinity.
  /// - Returns: The minimum, or nil when no value in the interval is finite.
  public static func minimize(
    in interval: ClosedRange<Double>, tolerance: Double = 1e-7, maximumIterations: Int = 200,
    _ function: (Double) -> Double
  ) -> BracketResult? {
    GSL.prepare()
    return withoutActuallyEscaping(function) { function in
      func value(_ x: Double) -> Double {
        let value = function(x)
        return value.isFinite ? value : .greatestFiniteMagnitude
      }
      let count = 32
      let grid = (0...count).map {
        interval.lowerBound
          + (interval.upperBound - interval.lowerBound) * (Double($0) / Double(count))
      }
      let values = grid.map(value)
      guard let best = values.indices.min(by: { values[$0] < values[$1] }),
        values[best] < .greatestFiniteMagnitude
      else { return nil }
      let end = BracketResult(x: grid[best], value: values[best], iterations: 0, converged: true)
      guard best > 0, best < count, values[best] < values[best - 1], values[best] < values[best + 1]
      else { return end }
      let box = ScalarFunction(value)
      guard let minimizer = unsafe gsl_min_fminimizer_alloc(cgsl_min_brent()) else { return nil }
      defer { unsafe gsl_min_fminimizer_free(minimizer) }
      return unsafe box.withFunction { pointer in
        let status = unsafe gsl_min_fminimizer_set_with_values(
          minimizer, pointer, grid[best], values[best], grid[best - 1], values[best - 1],
          grid[best + 1], values[best + 1])
        guard status == 0 else { return end }
        var iterations = 0
        var converged = false
        while iterations < maximumIterations && !converged {
          iterations += 1
          if unsafe gsl_min_fminimizer_iterate(minimizer) != 0 { break }
          converged =
            unsafe gsl_min_test_interval(
              gsl_min_fminimizer_x_lower(minimizer), gsl_min_fminimizer_x_upper(minimizer),
              1e-9 * (interval.upperBound - interval.lowerBound), max(tolerance, 1e-7)) == 0
        }
        return BracketResult(
          x: unsafe gsl_min_fminimizer_x_minimum(minimizer),
          value: unsafe gsl_min_fminimizer_f_minimum(minimizer), iterations: iterations,
          converged: converged)
      }
    }
  }
}
