internal import LeastSquares
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The share of problems solved by at least one of k samples.
public enum CoverageCurve: Sendable, Hashable {
  /// `exp(a k^b)` with a and b below 0.
  ///
  /// Source: Brown et al. 2024, arXiv:2407.21787, equation 2.
  case power(a: Double, b: Double)
  /// Chances of success that are spread over problems as Beta(alpha, beta):
  /// `1 - B(alpha, beta + k) / B(alpha, beta)`, which for large k nears 1 as k^-alpha.
  ///
  /// Source: the mixture view of Schaeffer et al. 2025, arXiv:2502.17578.
  case betaBinomial(alpha: Double, beta: Double)

  /// The power law through two points.
  ///
  /// - Precondition: 0 < coverage < 1 at both, and different k above 0.
  public init(through first: (k: Double, coverage: Double), _ second: (k: Double, coverage: Double))
  {
    for point in [first, second] {
      precondition(point.k > 0 && point.coverage > 0 && point.coverage < 1, "points within (0, 1)")
    }
    precondition(first.k != second.k, "two points differ in k")
    let logs = [first, second].map { log(-log($0.coverage)) }
    let b = (logs[1] - logs[0]) / log(second.k / first.k)
    self = .power(a: -exp(logs[0] - b * log(first.k)), b: b)
  }

  /// The coverage at k samples; k need not be whole.
  ///
  /// - Precondition: k > 0.
  public func coverage(_ k: Double) -> Double {
    precondition(k > 0, "k is positive")
    switch self {
    case .power(let a, let b): return exp(a * pow(k, b))
    case .betaBinomial(let alpha, let beta):
      return -expm1(
        BetaFunction.logarithm(alpha, beta + k) - BetaFunction.logarithm(alpha, beta))
    }
  }

  /// The samples at which a coverage is reached, not necessarily whole.
  ///
  /// - Parameter coverage: in (0, 1).
  /// - Returns: nil where more than 1e15 samples would be needed.
  public func samples(reaching coverage: Double) -> Double? {
    precondition(coverage > 0 && coverage < 1, "a coverage lies between 0 and 1")
    switch self {
    case .power(let a, let b):
      let samples = pow(log(coverage) / a, 1 / b)
      return samples <= 1e15 ? samples : nil
    case .betaBinomial:
      let range = log(1e-9)...log(1e15)
      return BrentRoot.find(in: range) { self.coverage(exp($0)) - coverage }.map { exp($0.x) }
    }
  }

  /// What it is called.
  public var name: String {
    switch self {
    case .power: "power law"
    case .betaBinomial: "beta-binomial"
    }
  }

  /// Its formula with numbers.
  public var formula: String {
    func text(_ x: Double) -> String { Rounding.significant(x, 5) }
    switch self {
    case .power(let a, let b): return "exp(\(text(a)) k^\(text(b)))"
    case .betaBinomial(let alpha, let beta): return "p ~ Beta(\(text(alpha)), \(text(beta)))"
    }
  }

  /// Where its form comes from.
  public var source: String {
    switch self {
    case .power: "coverage exp(a k^b): Brown et al. 2024, arXiv:2407.21787"
    case .betaBinomial:
      "chances of success spread as a beta distribution: see arXiv:2502.17578; unbiased pass@k: "
        + "Chen et al. 2021, arXiv:2107.03374"
    }
  }
}
