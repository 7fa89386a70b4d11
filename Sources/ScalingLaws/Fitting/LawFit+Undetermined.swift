extension LawFit {
  /// What the rows of a fit leave open: parameters of which only combinations are determined, and
  /// what depends on them otherwise.
  ///
  /// None of it has a standard error or an interval, by whatever method.
  public struct UndeterminedPart: Sendable, Hashable, Codable {
    /// The parameters, in the order of the fit.
    public var parameters: [String]
    /// A basis of the directions along which no row changes, to first order, each with a value for
    /// each of `parameters`, in their units; the first that is not zero is one.
    ///
    /// Parameters that are in none are determined in principle, but not by these rows: see
    /// `reason`.
    public var directions: [[Double]]
    /// The quantities asked for that change along one of `directions`; nil where none does.
    public var quantities: [String]?
    /// Why, in words.
    public var reason: String

    /// Says what is left open.
    public init(
      parameters: [String], directions: [[Double]], quantities: [String]? = nil, reason: String
    ) {
      self.parameters = parameters
      self.directions = directions
      self.quantities = quantities
      self.reason = reason
    }
  }

  /// Whether the rows determine a parameter or a quantity of this name, as far as the fit can tell.
  public func isDetermined(_ name: String) -> Bool {
    guard let undetermined else { return true }
    return !undetermined.parameters.contains(name)
      && undetermined.quantities?.contains(name) != true
  }

  /// How many parameters moved, less the directions of these along which no row changes.
  var rank: Int {
    let moved = Set(parameters.filter { !$0.fixed && !$0.atBound }.map(\.name))
    let lost = undetermined?.directions.count { direction in
      zip(direction, undetermined?.parameters ?? []).contains { $0 != 0 && moved.contains($1) }
    }
    return moved.count - (lost ?? 0)
  }
}
