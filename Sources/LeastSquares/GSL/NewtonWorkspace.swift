internal import CGSL

/// GSL's large-scale trust region solver (Levenberg-Marquardt, Cholesky) on an objective that
/// supplies its own gradient and curvature.
///
/// The solver looks only at the norm of the residual vector, the gradient J'f and the matrix J'J.
/// It is therefore handed a residual of length p, (sqrt(2F), 0, ..., 0), with the gradient and
/// the matrix of F itself: it minimises any F >= 0, its workspace does not depend on the number
/// of rows, and with the Hessian in the place of J'J its steps are damped Newton steps.
@safe
final class NewtonWorkspace {
  let count: Int
  private let workspace: UnsafeMutablePointer<gsl_multilarge_nlinear_workspace>
  private let functions: UnsafeMutablePointer<gsl_multilarge_nlinear_fdf>
  private let start: UnsafeMutablePointer<gsl_vector>
  private let context: NewtonContext

  /// - Throws: ``FitError`` `outOfMemory`.
  init(objective: Objective, count: Int) throws(FitError) {
    GSL.prepare()
    self.count = count
    context = NewtonContext(objective, count)
    var settings = unsafe gsl_multilarge_nlinear_default_parameters()
    unsafe settings.trs = cgsl_multilarge_lm()
    unsafe settings.solver = cgsl_multilarge_cholesky()
    // The curvature changes by orders of magnitude on the way to a robust optimum, so the scaling
    // follows it (Marquardt) instead of keeping its maximum (More).
    unsafe settings.scale = cgsl_multilarge_scale_marquardt()
    guard let start = unsafe gsl_vector_alloc(count) else { throw FitError(.outOfMemory) }
    guard
      let workspace = unsafe gsl_multilarge_nlinear_alloc(
        cgsl_multilarge_trust(), &settings, count, count)
    else {
      unsafe gsl_vector_free(start)
      throw FitError(.outOfMemory)
    }
    unsafe self.start = start
    unsafe self.workspace = workspace
    unsafe functions = .allocate(capacity: 1)
    unsafe functions.initialize(to: gsl_multilarge_nlinear_fdf())
    unsafe functions.pointee.f = newtonValue
    unsafe functions.pointee.df = newtonDerivatives
    unsafe functions.pointee.n = count
    unsafe functions.pointee.p = count
    unsafe functions.pointee.params = Unmanaged.passUnretained(context).toOpaque()
  }

  deinit {
    unsafe gsl_multilarge_nlinear_free(workspace)
    unsafe gsl_vector_free(start)
    unsafe functions.deallocate()
  }

  /// Starts at a point; the objective must be finite there.
  func begin(at x: borrowing Numbers) -> GSLStatus {
    for k in 0..<count { unsafe gsl_vector_set(start, k, x[k]) }
    return withExtendedLifetime(context) {
      GSLStatus(rawValue: unsafe gsl_multilarge_nlinear_init(start, functions, workspace))
    }
  }

  /// Makes one step that lowers the objective, or reports why there is none.
  func iterate() -> GSLStatus {
    withExtendedLifetime(context) {
      GSLStatus(rawValue: unsafe gsl_multilarge_nlinear_iterate(workspace))
    }
  }

  /// Copies the current point out.
  func readPoint(into x: borrowing Numbers) {
    guard let position = unsafe gsl_multilarge_nlinear_position(workspace) else { return }
    unsafe copy(position, count, to: x)
  }
}

/// What the callbacks need; they cannot capture.
private final class NewtonContext {
  let objective: Objective
  let x: Numbers

  init(_ objective: Objective, _ count: Int) {
    self.objective = objective
    x = Numbers(count: count)
  }

  func read(_ vector: UnsafePointer<gsl_vector>) { unsafe copy(vector, x.count, to: x) }
}

/// Copies a vector of so many coordinates.
private func copy(_ vector: UnsafePointer<gsl_vector>, _ count: Int, to x: borrowing Numbers) {
  let (data, stride) = unsafe (vector.pointee.data, vector.pointee.stride)
  guard let data = unsafe data, unsafe vector.pointee.size == count else {
    preconditionFailure("GSL gives a point of as many coordinates as it was asked to move")
  }
  for k in 0..<count { x[k] = unsafe data[k * stride] }
}

// The callbacks are private functions, not closures formed by a caller: formed in code of the main
// actor they would check the executor on each call and trap off the main thread.

private func newtonValue(
  _ x: UnsafePointer<gsl_vector>?, _ parameters: UnsafeMutableRawPointer?,
  _ f: UnsafeMutablePointer<gsl_vector>?
) -> Int32 {
  guard let x = unsafe x, let parameters = unsafe parameters, let f = unsafe f else {
    return GSLStatus.badFunction.rawValue
  }
  return unsafe Unmanaged<NewtonContext>.fromOpaque(parameters)._withUnsafeGuaranteedRef {
    context in
    unsafe context.read(x)
    // Derivatives come along: nearly every trial is accepted and then needs them.
    let value = context.objective.evaluate(at: context.x, order: .hessian)
    unsafe gsl_vector_set_zero(f)
    // Infinity is a longer residual than any, so the solver rejects the point.
    unsafe gsl_vector_set(f, 0, value.isFinite ? (2 * value).squareRoot() : .infinity)
    return GSLStatus.success.rawValue
  }
}

private func newtonDerivatives(
  _ transpose: CBLAS_TRANSPOSE_t, _ x: UnsafePointer<gsl_vector>?,
  _ u: UnsafePointer<gsl_vector>?, _ parameters: UnsafeMutableRawPointer?,
  _ v: UnsafeMutablePointer<gsl_vector>?, _ matrix: UnsafeMutablePointer<gsl_matrix>?
) -> Int32 {
  guard let x = unsafe x, let parameters = unsafe parameters else {
    return GSLStatus.badFunction.rawValue
  }
  return unsafe Unmanaged<NewtonContext>.fromOpaque(parameters)._withUnsafeGuaranteedRef {
    context in
    unsafe context.read(x)
    let objective = context.objective
    objective.evaluate(at: context.x, order: .hessian)
    let count = context.x.count
    // Far from a minimum the Hessian may be indefinite; the reweighted matrix never is.
    if !objective.factorMatrix() { objective.reweight() }
    guard objective.value.isFinite else { return GSLStatus.badFunction.rawValue }
    if let v = unsafe v {
      for k in 0..<count { unsafe gsl_vector_set(v, k, objective.gradient[k]) }
    }
    if let matrix = unsafe matrix {
      unsafe precondition(matrix.pointee.size1 == count && matrix.pointee.size2 == count)
      for k in 0..<count {
        let row = unsafe matrix.pointee.data + k * matrix.pointee.tda
        for l in 0..<count { unsafe row[l] = objective.matrix[k * count + l] }
      }
    }
    return GSLStatus.success.rawValue
  }
}
