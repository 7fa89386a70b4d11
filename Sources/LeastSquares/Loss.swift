// Residuals and loss functions. One convention throughout: the objective is the sum over rows of
// w * rho(r), never a mean and never halved afterwards.

internal import CVectorMath

/// How a residual is formed from the response y and the prediction f.
public enum ResidualKind: String, Codable, Sendable, CaseIterable {
  /// r = ln y - ln f; y and f must be positive.
  case log
  /// r = y - f, in the units of the response.
  case raw
  /// r = (y - f) / y; y must not be zero.
  case relative
}

/// A loss rho(r); the objective of a fit is the sum over rows of w * rho(r).
///
/// | case | rho(r) | limit for large r |
/// |---|---|---|
/// | squares | r^2 | quadratic |
/// | huber | r^2 / 2 inside delta, delta (abs(r) - delta / 2) outside | linear |
/// | softL1 | delta^2 (sqrt(1 + (r/delta)^2) - 1) | linear |
/// | cauchy | delta^2 / 2 ln(1 + (r/delta)^2) | logarithmic, not convex |
/// | absolute | abs(r) | linear |
///
/// `squares` is r^2, not r^2 / 2, so that its objective is the residual sum of squares people
/// quote. Every other case with a delta behaves as r^2 / 2 near zero.
public enum Loss: Sendable, Hashable {
  /// Least squares, rho = r^2.
  case squares
  /// Huber's loss; delta > 0 in units of the residual.
  case huber(delta: Double)
  /// The smooth Huber loss; delta > 0 in units of the residual.
  case softL1(delta: Double)
  /// The Cauchy (Lorentzian) loss; delta > 0 in units of the residual.
  case cauchy(delta: Double)
  /// Least absolute deviations, fitted as the limit of Huber losses with ever smaller delta.
  case absolute

  /// The name used in files and on the command line.
  public var name: String {
    switch self {
    case .squares: "squares"
    case .huber: "huber"
    case .softL1: "softL1"
    case .cauchy: "cauchy"
    case .absolute: "absolute"
    }
  }

  /// The transition scale, in units of the residual; nil for losses without one.
  public var delta: Double? {
    switch self {
    case .squares, .absolute: nil
    case .huber(let delta), .softL1(let delta), .cauchy(let delta): delta
    }
  }

  /// Makes a loss from its name; nil for an unknown name, or when a delta is needed and missing.
  ///
  /// - Parameters:
  ///   - name: One of the names ``name`` gives.
  ///   - delta: The transition scale; ignored by losses without one.
  public init?(name: String, delta: Double?) {
    switch (name, delta) {
    case ("squares", _): self = .squares
    case ("absolute", _): self = .absolute
    case ("huber", let delta?): self = .huber(delta: delta)
    case ("softL1", let delta?): self = .softL1(delta: delta)
    case ("cauchy", let delta?): self = .cauchy(delta: delta)
    default: return nil
    }
  }

  /// rho(r).
  public func value(_ r: Double) -> Double { terms(r).rho }

  /// psi = rho'(r); for `absolute` at zero, 0.
  public func psi(_ r: Double) -> Double { terms(r).psi }

  /// psi' = rho''(r); for `absolute`, 0.
  public func psiDerivative(_ r: Double) -> Double { terms(r).slope }

  /// The weight psi(r) / r of iteratively reweighted least squares; its limit at r = 0.
  ///
  /// It is rho''(0) there, infinite for `absolute`.
  public func weight(_ r: Double) -> Double { terms(r).weight }

  func terms(_ r: Double) -> vm_loss_terms { vm_terms(kernel, delta ?? 0, r) }

  /// Its name among the kernels.
  var kernel: vm_loss {
    switch self {
    case .squares: vm_squares
    case .huber: vm_huber
    case .softL1: vm_soft_l1
    case .cauchy: vm_cauchy
    case .absolute: vm_absolute
    }
  }
}

extension ResidualKind {
  /// Its name among the kernels.
  var kernel: vm_residual_kind {
    switch self {
    case .log: vm_log_residuals
    case .raw: vm_raw_residuals
    case .relative: vm_relative_residuals
    }
  }
}
