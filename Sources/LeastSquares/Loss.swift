// Residuals and loss functions. One convention throughout: the objective is the sum over rows of
// w * rho(r), never a mean and never halved afterwards.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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

  func terms(_ r: Double) -> LossTerms {
    switch self {
    case .squares: SquaresKernel().terms(r)
    case .huber(let delta): HuberKernel(delta: delta).terms(r)
    case .softL1(let delta): SoftL1Kernel(delta: delta).terms(r)
    case .cauchy(let delta): CauchyKernel(delta: delta).terms(r)
    case .absolute: AbsoluteKernel().terms(r)
    }
  }
}

/// A loss and its derivatives at one residual.
struct LossTerms {
  var rho: Double
  var psi: Double
  var slope: Double
  var weight: Double
}

/// One loss as a type, so that row loops are specialised for it.
protocol LossKernel {
  func terms(_ r: Double) -> LossTerms
}

struct SquaresKernel: LossKernel {
  @inline(__always) func terms(_ r: Double) -> LossTerms {
    LossTerms(rho: r * r, psi: 2 * r, slope: 2, weight: 2)
  }
}

struct HuberKernel: LossKernel {
  let delta: Double

  @inline(__always) func terms(_ r: Double) -> LossTerms {
    let size = abs(r)
    // Written with selects, not branches: which side a row is on is close to random.
    let inside = size <= delta
    let psi = min(max(r, -delta), delta)
    return LossTerms(
      rho: abs(psi) * (size - 0.5 * abs(psi)), psi: psi, slope: inside ? 1 : 0,
      weight: inside ? 1 : delta / size)
  }
}

struct SoftL1Kernel: LossKernel {
  let delta: Double

  @inline(__always) func terms(_ r: Double) -> LossTerms {
    let z = r / delta
    let root = (1 + z * z).squareRoot()
    // r^2 / (root + 1) is delta^2 (root - 1) without the cancellation.
    return LossTerms(
      rho: r * r / (root + 1), psi: r / root, slope: 1 / (root * root * root), weight: 1 / root)
  }
}

struct CauchyKernel: LossKernel {
  let delta: Double

  @inline(__always) func terms(_ r: Double) -> LossTerms {
    let z = r / delta
    let q = 1 + z * z
    return LossTerms(
      rho: 0.5 * delta * delta * log1p(z * z), psi: r / q, slope: (1 - z * z) / (q * q),
      weight: 1 / q)
  }
}

struct AbsoluteKernel: LossKernel {
  @inline(__always) func terms(_ r: Double) -> LossTerms {
    LossTerms(rho: abs(r), psi: r > 0 ? 1 : r < 0 ? -1 : 0, slope: 0, weight: 1 / abs(r))
  }
}
