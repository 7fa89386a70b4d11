internal import CGSL
internal import CVectorMath

/// GSL's trust region solver on residuals (Levenberg-Marquardt, QR, More scaling).
///
/// A robust loss is handed over as the residual sign(r) sqrt(2 w rho(r)), whose half sum of
/// squares is the objective. It is robust far from the minimum and independent of the Newton path.
@safe
final class GaussNewtonWorkspace {
  private let count: Int
  private let objective: Objective
  private let workspace: UnsafeMutablePointer<gsl_multifit_nlinear_workspace>
  private let functions: UnsafeMutablePointer<gsl_multifit_nlinear_fdf>
  private let start: UnsafeMutablePointer<gsl_vector>
  private let context: GaussNewtonContext

  /// - Precondition: The objective has at least `count` rows.
  /// - Throws: ``FitError`` `outOfMemory`.
  init(objective: Objective, count: Int) throws(FitError) {
    precondition(objective.rowCount >= count)
    GSL.prepare()
    self.count = count
    self.objective = objective
    context = GaussNewtonContext(objective)
    var settings = unsafe gsl_multifit_nlinear_default_parameters()
    unsafe settings.trs = cgsl_multifit_lm()
    unsafe settings.solver = cgsl_multifit_qr()
    unsafe settings.scale = cgsl_multifit_scale_more()
    guard let start = unsafe gsl_vector_alloc(count) else { throw FitError(.outOfMemory) }
    guard
      let workspace = unsafe gsl_multifit_nlinear_alloc(
        cgsl_multifit_trust(), &settings, objective.rowCount, count)
    else {
      unsafe gsl_vector_free(start)
      throw FitError(.outOfMemory)
    }
    unsafe self.start = start
    unsafe self.workspace = workspace
    unsafe functions = .allocate(capacity: 1)
    unsafe functions.initialize(to: gsl_multifit_nlinear_fdf())
    unsafe functions.pointee.f = residualValues
    unsafe functions.pointee.df = residualDerivatives
    unsafe functions.pointee.n = objective.rowCount
    unsafe functions.pointee.p = count
    unsafe functions.pointee.params = Unmanaged.passUnretained(context).toOpaque()
  }

  deinit {
    unsafe gsl_multifit_nlinear_free(workspace)
    unsafe gsl_vector_free(start)
    unsafe functions.deallocate()
  }

  /// Minimises from `x`, which is left at the last accepted point.
  ///
  /// It ends when the objective falls by less than 1e-15 of itself three times in a row, when GSL
  /// finds no step, or at the limit.
  func minimise(from x: inout [Double], maximumIterations: Int) -> (
    iterations: Int, status: GSLStatus
  ) {
    for k in 0..<count { unsafe gsl_vector_set(start, k, x[k]) }
    return withExtendedLifetime(context) {
      var status = GSLStatus(
        rawValue: unsafe gsl_multifit_nlinear_init(start, functions, workspace))
      var iterations = 0
      var flat = 0
      var best = norm()
      while status == .success && iterations < maximumIterations && flat < 3 {
        status = GSLStatus(rawValue: unsafe gsl_multifit_nlinear_iterate(workspace))
        iterations += 1
        guard status == .success else { break }
        let now = norm()
        flat = best - now <= 1e-15 * best ? flat + 1 : 0
        best = now
        if 0.5 * now * now <= objective.exactValue { break }
      }
      if let position = unsafe gsl_multifit_nlinear_position(workspace) {
        for k in 0..<count { x[k] = unsafe gsl_vector_get(position, k) }
      }
      return (iterations, status)
    }
  }

  private func norm() -> Double {
    guard let f = unsafe gsl_multifit_nlinear_residual(workspace) else { return .infinity }
    return unsafe gsl_blas_dnrm2(f)
  }
}

private final class GaussNewtonContext {
  let objective: Objective
  var x: [Double] = []
  var first: [Double] = []

  init(_ objective: Objective) { self.objective = objective }

  func read(_ vector: UnsafePointer<gsl_vector>) {
    let count = objective.free.count
    x = (0..<count).map { unsafe gsl_vector_get(vector, $0) }
    first = objective.place(x)
  }
}

// Private functions for the reason given in NewtonWorkspace.swift.

private func residualValues(
  _ x: UnsafePointer<gsl_vector>?, _ parameters: UnsafeMutableRawPointer?,
  _ f: UnsafeMutablePointer<gsl_vector>?
) -> Int32 {
  guard let x = unsafe x, let parameters = unsafe parameters, let f = unsafe f else {
    return GSLStatus.badFunction.rawValue
  }
  return unsafe Unmanaged<GaussNewtonContext>.fromOpaque(parameters)._withUnsafeGuaranteedRef {
    context in
    unsafe context.read(x)
    let objective = context.objective
    var finite = true
    objective.forEachRow(.value) { row, r, _, _, _ in
      let size = (2 * objective.weights[row] * objective.loss.value(r)).squareRoot()
      if !size.isFinite { finite = false }
      unsafe gsl_vector_set(f, row, r < 0 ? -size : size)
    }
    // Longer than any residual, so the solver rejects the point.
    if !finite { unsafe gsl_vector_set_all(f, .infinity) }
    return GSLStatus.success.rawValue
  }
}

private func residualDerivatives(
  _ x: UnsafePointer<gsl_vector>?, _ parameters: UnsafeMutableRawPointer?,
  _ matrix: UnsafeMutablePointer<gsl_matrix>?
) -> Int32 {
  guard let x = unsafe x, let parameters = unsafe parameters, let matrix = unsafe matrix else {
    return GSLStatus.badFunction.rawValue
  }
  return unsafe Unmanaged<GaussNewtonContext>.fromOpaque(parameters)._withUnsafeGuaranteedRef {
    context in
    unsafe context.read(x)
    let objective = context.objective
    let count = objective.free.count
    var finite = true
    objective.forEachRow(.gradient) { row, r, s, base, block in
      let terms = objective.loss.terms(r)
      let root = (2 * terms.rho).squareRoot()
      // d sqrt(2 rho) / dr = psi / sqrt(2 rho); at r = 0 its limit is sqrt(rho'').
      let slope = root > 0 ? abs(terms.psi) / root : terms.slope.squareRoot()
      let factor = -objective.weights[row].squareRoot() * slope * s
      for k in 0..<count {
        let column = (1 + objective.free[k]) * Objective.blockRows
        let entry = factor * block[column + base] * context.first[k]
        if !entry.isFinite { finite = false }
        unsafe gsl_matrix_set(matrix, row, k, entry)
      }
    }
    return finite ? GSLStatus.success.rawValue : GSLStatus.badFunction.rawValue
  }
}
