internal import CGSL

/// Roots of a function of one variable by Brent's method (`gsl_root_fsolver_brent`).
public enum BrentRoot {
  /// Finds a root inside an interval at whose ends the function has different signs.
  ///
  /// - Parameters:
  ///   - interval: The bracket; finite, not empty.
  ///   - tolerance: The relative width at which to stop. The default is 1e-12.
  ///   - maximumIterations: The most iterations. The default is 200.
  ///   - function: A continuous function.
  /// - Returns: The root, or nil when the signs at the ends agree or a value is not finite.
  public static func find(
    in interval: ClosedRange<Double>, tolerance: Double = 1e-12, maximumIterations: Int = 200,
    _ function: (Double) -> Double
  ) -> BracketResult? {
    GSL.prepare()
    return withoutActuallyEscaping(function) { function in
      for end in [interval.lowerBound, interval.upperBound] where function(end) == 0 {
        return BracketResult(x: end, value: 0, iterations: 0, converged: true)
      }
      let box = ScalarFunction(function)
      guard let solver = unsafe gsl_root_fsolver_alloc(cgsl_root_brent()) else { return nil }
      defer { unsafe gsl_root_fsolver_free(solver) }
      return unsafe box.withFunction { pointer -> BracketResult? in
        let status = unsafe gsl_root_fsolver_set(
          solver, pointer, interval.lowerBound, interval.upperBound)
        guard status == 0 else { return nil }
        var iterations = 0
        var converged = false
        while iterations < maximumIterations && !converged {
          iterations += 1
          if unsafe gsl_root_fsolver_iterate(solver) != 0 { return nil }
          converged =
            unsafe gsl_root_test_interval(
              gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver),
              4 * max(abs(interval.lowerBound), abs(interval.upperBound)).ulp, tolerance) == 0
        }
        let x = unsafe gsl_root_fsolver_root(solver)
        return BracketResult(
          x: x, value: function(x), iterations: iterations, converged: converged)
      }
    }
  }
}
