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
  ///
  /// Twice as many for a law with breaks: a kink, or a bend that can be sharp.
  public func evaluations(nonlinear: Int, hasBreaks: Bool) -> Int {
    let standard = max(6000, 600 * nonlinear) * (hasBreaks ? 2 : 1)
    switch self {
    case .quick: return standard / 4
    case .standard: return standard
    case .thorough: return 8 * standard
    }
  }

  /// How many independent starts must end at the best before a search stops.
  ///
  /// With three, seven of eight searches over many interacting parameters once agreed on a wrong
  /// minimum; so many take eight. Laws with breaks, a kink or a bend that can be sharp, have a valley for
  /// each gap between rows: they take five.
  func agreement(nonlinear: Int, hasBreaks: Bool) -> Int {
    (nonlinear >= 6 ? 8 : hasBreaks ? 5 : 3) * (self == .thorough ? 2 : 1)
  }
}
