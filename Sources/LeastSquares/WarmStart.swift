/// Where the refit of resampled rows begins: at the fit of all of them.
public struct WarmStart: Sendable, Hashable {
  /// The parameters of the fit.
  public var parameters: [Double]
  /// Other optima that its search met.
  public var others: [[Double]]

  /// Starts at a point.
  public init(_ parameters: [Double], others: [[Double]] = []) {
    self.parameters = parameters
    self.others = others
  }

  /// Starts at a fit.
  public init(_ fit: Fit) { self.init(fit.parameters, others: fit.alternatives) }
}
