/// How far a global search goes.
public enum SearchEffort: String, Sendable, Hashable, Codable, CaseIterable {
  /// A quarter of the standard evaluations.
  case quick
  /// The evaluations that reached the best known optimum in 98 to 99 % of a bank of problems:
  /// 6,000, or 600 for each nonlinear parameter.
  case standard
  /// Eight times the standard evaluations, and twice the agreement asked for.
  case thorough

  /// The most evaluations of the law for so many nonlinear parameters.
  public func evaluations(nonlinear: Int) -> Int {
    let standard = max(6000, 600 * nonlinear)
    switch self {
    case .quick: return standard / 4
    case .standard: return standard
    case .thorough: return 8 * standard
    }
  }

  /// How many independent starts must end at the best before a search stops.
  ///
  /// With three, seven of eight searches over many interacting parameters once agreed on a wrong
  /// minimum; so many take eight. With kinks there are as many valleys as gaps between rows, and three
  /// once agreed on a wrong one of three: they take six.
  func agreement(nonlinear: Int, hasKinks: Bool) -> Int {
    (nonlinear >= 6 ? 8 : hasKinks ? 6 : 3) * (self == .thorough ? 2 : 1)
  }
}
