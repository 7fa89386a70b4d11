/// How a fit is searched for.
public struct FitOptions: Sendable, Hashable {
  /// Where the search begins.
  public enum Search: String, Sendable, Hashable, Codable {
    /// The given starts and the search's own seeds.
    case global
    /// Only the given starts.
    case local
  }

  /// The engine that polishes a start.
  public enum Method: String, Sendable, Hashable, Codable {
    /// `gaussNewtonQR` followed by `newton` from a given start under least squares, else `newton`.
    case automatic
    /// Damped generalised Newton on `gsl_multilarge_nlinear` (LM, Cholesky).
    case newton
    /// Levenberg-Marquardt on `gsl_multifit_nlinear` (QR), without Newton steps: a reference.
    case gaussNewtonQR
  }

  /// Where the search begins.
  ///
  /// The default is `.global`.
  public var search: Search = .global
  /// How far a search goes.
  ///
  /// The default is `.standard`.
  public var effort: SearchEffort = .standard
  /// The most evaluations of the law that a search makes, at least 10; nil for those of its effort.
  ///
  /// The default is nil.
  public var evaluations: Int?
  /// Starts to try, in natural coordinates, one value a parameter.
  ///
  /// The default is none.
  public var starts: [[Double]] = []
  /// The most trust-region iterations for one start, at least 1.
  ///
  /// Of a bootstrap replicate only the best start goes on after 100. The default is 400.
  public var maximumIterations = 400
  /// The most seeds that are polished, at least 1.
  ///
  /// The default is 6.
  public var seedsPolished = 6
  /// Grid points for each of two nonlinear parameters (four times as many for a single one), at
  /// least 3.
  ///
  /// The default is 16.
  public var gridPointsPerAxis = 16
  /// The engine.
  ///
  /// The default is `.automatic`.
  public var method: Method = .automatic
  /// Seeds that must agree on the best objective (to 1e-6 of it) before the rest is skipped.
  ///
  /// The default is 3.
  public var agreeingSeeds = 3

  /// Iterations of a replicate's start that is not the best.
  static let replicateIterations = 100

  /// Makes the default options.
  public init() {}

  /// Checks the ranges.
  ///
  /// - Throws: ``FitError`` with code `badOption` or `noStart`.
  public func validate() throws(FitError) {
    if maximumIterations < 1 { throw FitError(.badOption(name: "maximumIterations")) }
    if seedsPolished < 1 { throw FitError(.badOption(name: "seedsPolished")) }
    if !(3...1024).contains(gridPointsPerAxis) {
      throw FitError(.badOption(name: "gridPointsPerAxis"))
    }
    if let evaluations, evaluations < 10 { throw FitError(.badOption(name: "evaluations")) }
    if agreeingSeeds < 1 { throw FitError(.badOption(name: "agreeingSeeds")) }
    if search == .local && starts.isEmpty { throw FitError(.noStart) }
  }
}
