/// What may be claimed of an optimum that a search found.
public struct SearchCertificate: Sendable, Hashable {
  /// The claim.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Independent starts agree on it and every parameter matters there, or it is an exact fit. No
    /// proof: a search can miss a narrow valley.
    case certified
    /// The best of the starts; too few others ended there.
    case bestFound = "best_found"
    /// Some direction of the parameters does not matter there: not one point but a set is best, as
    /// far as the search saw.
    case flat
  }

  /// The claim.
  public var kind: Kind
  /// Starts followed to an end.
  public var starts: Int
  /// Those of them, drawn without looking at the best, that ended within 1e-6 of it.
  public var agreeing: Int
  /// Different optima met.
  public var distinct: Int
  /// Directions of the moving parameters that matter at the optimum: singular values of the Jacobian
  /// with unit columns above 1e-9 of the largest.
  public var rank: Int
  /// The moving parameters: neither fixed nor at a bound.
  public var moving: Int
}
