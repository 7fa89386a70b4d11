/// How the polishing of the best start ended.
public enum Termination: String, Sendable, Hashable, Codable, CaseIterable {
  /// At a minimum: the Newton decrement g' H^-1 g is below 1e-14 of the objective, or the Newton
  /// step is below the rounding of the parameters.
  case converged
  /// At residuals of rounding size: the model passes through every row.
  case exactFit
  /// No step of sixteen lowered the objective, although the gradient is not that of a minimum.
  case noProgress
  /// The objective no longer changes by more than rounding although the decrement is above the
  /// limit of `converged`: typical of an optimum at infinity or of an unidentified direction.
  case stalled
  /// `maximumIterations` was reached first.
  case iterationLimit
  /// The model has no finite value at any start.
  case badFunction

  /// Whether the parameters are those of a local minimum.
  public var isMinimum: Bool { self == .converged || self == .exactFit }
}

/// The result of a fit, in natural coordinates.
public struct Fit: Sendable, Hashable {
  /// The parameters; fixed ones at their value, those at a bound exactly on it.
  public var parameters: [Double]
  /// The sum over rows of w * rho(r).
  public var objective: Double
  /// The sum over rows of w * r^2, whatever the loss.
  public var rss: Double
  /// The residuals, one a row of the problem (0 for rows of weight 0); nil for replicates.
  public var residuals: [Double]?
  /// The largest absolute entry of the gradient in scaled coordinates, relative to the objective.
  ///
  /// Entry j is g_j / sqrt(M_jj F), with M the Gauss-Newton matrix: dimensionless, 0 at a minimum.
  public var gradientNorm: Double
  /// How the polishing of the best start ended.
  public var termination: Termination
  /// Passes over the rows, for all starts together.
  public var evaluations: Int
  /// Trust-region and Newton iterations of the start that gave the result.
  public var iterations: Int
  /// Points looked at by the search before polishing.
  public var seeds: Int
  /// Starts and seeds polished.
  public var polished: Int
  /// How many of those ended within 1e-6 (relative) of the best objective.
  public var reached: Int
  /// The distinct objectives found, ascending; two within 1e-6 (relative) count as one.
  public var distinctOptima: [Double]
  /// What may be claimed of the optimum.
  public var certificate: SearchCertificate
  /// Other optima that the search met, best first: where else a resample of the rows may have its own.
  public var alternatives: [[Double]]
  /// Which parameters sit exactly on a bound.
  public var atBound: [Bool]
  /// Whether given starts all failed to reach the best, and a seed of the search found it.
  public var usedOwnSeeds: Bool
  /// The objective each given start led to, in their order; infinite where f has no value.
  public var startObjectives: [Double]
}
