internal import LeastSquares

extension LawFit {
  /// How the optimum was looked for, and what may be claimed of it.
  public struct SearchPart: Sendable, Hashable, Codable {
    /// `global` or `local`.
    public var kind: String
    /// `certified`, `best_found` or `flat`, see `SearchCertificate`; nil in files of before.
    public var certificate: String?
    /// Points looked at.
    public var seeds: Int
    /// Starts followed to an end.
    public var starts: Int
    /// How many of those ended at the best objective; those that were drawn without looking at the
    /// best, where a certificate says so.
    public var agreeing: Int
    /// Different optima met; nil in files of before.
    public var distinct: Int?
    /// Directions of the parameters that matter at the optimum; nil in files of before.
    public var rank: Int?
    /// How the last descent ended.
    public var termination: String
    /// Passes over the rows.
    public var evaluations: Int

    /// Says what a fit says of its search.
    init(_ fit: Fit, isLocal: Bool) {
      kind = isLocal ? "local" : "global"
      certificate = fit.certificate.kind.rawValue
      seeds = fit.seeds
      starts = fit.certificate.starts
      agreeing = fit.certificate.agreeing
      distinct = fit.certificate.distinct
      rank = fit.certificate.rank
      termination = fit.termination.rawValue
      evaluations = fit.evaluations
    }

    private enum OldKeys: String, CodingKey { case polished, reached }

    /// Reads the part, with the names of version 0.1 too.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      let old = try decoder.container(keyedBy: OldKeys.self)
      kind = try values.decode(String.self, forKey: .kind)
      certificate = try values.decodeIfPresent(String.self, forKey: .certificate)
      seeds = try values.decode(Int.self, forKey: .seeds)
      starts =
        try values.decodeIfPresent(Int.self, forKey: .starts)
        ?? old.decode(Int.self, forKey: .polished)
      agreeing =
        try values.decodeIfPresent(Int.self, forKey: .agreeing)
        ?? old.decode(Int.self, forKey: .reached)
      distinct = try values.decodeIfPresent(Int.self, forKey: .distinct)
      rank = try values.decodeIfPresent(Int.self, forKey: .rank)
      termination = try values.decode(String.self, forKey: .termination)
      evaluations = try values.decode(Int.self, forKey: .evaluations)
    }

    /// What the search claims, in one line for people.
    public var claim: String {
      guard kind == "global" else { return "local, from the start given" }
      switch certificate.flatMap(SearchCertificate.Kind.init) {
      case .certified where termination == Termination.exactFit.rawValue:
        return "an exact fit, from \(starts) starts"
      case .certified: return "\(agreeing) of \(starts) starts agree on this optimum"
      case .bestFound: return "best of \(starts) starts, not certified"
      case .flat: return "best of \(starts) starts, on a flat direction"
      case nil: return "\(agreeing) of \(starts) starts reached the best"
      }
    }
  }
}
