public import LeastSquares
internal import Tables

/// One way in which a fit could have been made differently.
public struct SensitivityVariant: Sendable, Hashable {
  /// Which rows are left out.
  public enum Omission: String, Sendable, Hashable, Codable, CaseIterable {
    /// The 2 % of rows with the largest residuals, at least one.
    case largestResiduals = "largest-residuals"
    /// The lowest 20 % of C = 6ND, else of the law's first input.
    case smallestRuns = "smallest-runs"
    /// The highest 10 % of the same.
    case largestRuns = "largest-runs"
  }

  /// How residuals are formed; nil for as fitted.
  public var residuals: ResidualKind?
  /// The loss; nil for as fitted.
  public var loss: Loss?
  /// Which rows are left out; nil for none.
  public var omitted: Omission?

  /// Makes a variant; the default is the fit itself.
  public init(residuals: ResidualKind? = nil, loss: Loss? = nil, omitted: Omission? = nil) {
    self.residuals = residuals
    self.loss = loss
    self.omitted = omitted
  }

  /// The fit itself, the objectives that people use for loss laws, and the fit without its largest
  /// residuals, its smallest and its largest runs.
  public static let standard: [SensitivityVariant] =
    [
      SensitivityVariant(),
      SensitivityVariant(residuals: .log, loss: .huber(delta: 1e-3)),
      SensitivityVariant(residuals: .log, loss: .huber(delta: 1e-2)),
      SensitivityVariant(residuals: .log, loss: .squares),
      SensitivityVariant(residuals: .raw, loss: .squares),
      SensitivityVariant(residuals: .log, loss: .absolute),
      SensitivityVariant(residuals: .log, loss: .softL1(delta: 1e-3)),
    ] + Omission.allCases.map { SensitivityVariant(omitted: $0) }
}

extension SensitivityVariant.Omission {
  /// The rows left out, of those given.
  ///
  /// - Parameters:
  ///   - rows: the rows in use.
  ///   - residuals: a residual for every row of the table.
  ///   - size: C = 6ND or what stands for it, for every row of the table.
  /// - Returns: some of `rows`.
  func rows(of rows: [Int], residuals: [Double], size: [Double]) -> Set<Int> {
    switch self {
    case .largestResiduals:
      let count = max(1, Int((0.02 * Double(rows.count)).rounded()))
      // Of equal ones the earlier row.
      return Set(
        rows.sorted { (-abs(residuals[$0]), $0) < (-abs(residuals[$1]), $1) }.prefix(count))
    case .smallestRuns: return Self.end(of: rows, share: 0.2) { size[$0] }
    case .largestRuns: return Self.end(of: rows, share: 0.1) { -size[$0] }
    }
  }

  /// The lowest share of the rows by a key.
  ///
  /// Rows of one budget stay together: a group that the cut would divide is kept, unless it is the
  /// first.
  private static func end(
    of rows: [Int], share: Double, key: (Int) -> Double
  ) -> Set<Int> {
    let count = max(1, Int((share * Double(rows.count)).rounded()))
    let sorted = rows.map { (row: $0, key: key($0)) }.sorted { ($0.key, $0.row) < ($1.key, $1.row) }
    func isEqual(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-6 * max(abs(a), abs(b)) }
    guard count < sorted.count else { return Set(rows) }
    var cut = count
    while cut > 0, isEqual(sorted[cut - 1].key, sorted[cut].key) { cut -= 1 }
    if cut == 0 {
      cut = count
      while cut < sorted.count, isEqual(sorted[cut - 1].key, sorted[cut].key) { cut += 1 }
    }
    return Set(sorted[..<cut].map(\.row))
  }
}

extension LawFit {
  /// How one variant of a fit came out.
  public struct SensitivityRow: Sendable, Hashable, Codable {
    /// The optimum at a budget.
    public struct Optimum: Sendable, Hashable, Codable {
      /// The budget, in FLOP.
      public var flops: Double
      /// N*.
      public var params: Double
      /// D*, that is C / (6 N*).
      public var tokens: Double
      /// D/N.
      public var tokensPerParam: Double
      /// The interval of D/N, with the fit itself.
      public var interval: Ends?
    }

    /// `log`, `raw` or `relative`.
    public var residuals: String
    /// `squares`, `huber`, `softL1`, `cauchy` or `absolute`.
    public var loss: String
    /// The scale of the loss, where it has one.
    public var delta: Double?
    /// Which rows were left out: `largest-residuals`, `smallest-runs` or `largest-runs`.
    public var omitted: String?
    /// Rows used.
    public var rows: Int
    /// The estimates by name; nil where there is no fit.
    public var parameters: [String: Double]?
    /// Whether the search ended at a minimum.
    public var isMinimum: Bool
    /// The optimum at each budget that has one, for laws of N and D.
    public var optima: [Optimum]?
    /// Why there is no fit.
    public var fault: String?

    /// What was done differently, in words: `squares on raw residuals`, `without the 5 largest
    /// residuals`.
    ///
    /// - Parameter fit: the fit it belongs to.
    /// - Returns: a few words.
    public func name(in fit: LawFit) -> String {
      let count = fit.sensitivity.flatMap(\.first).map { $0.rows - rows } ?? 0
      let plural = count == 1 ? "" : "s"
      switch omitted.flatMap(SensitivityVariant.Omission.init) {
      case .largestResiduals:
        return count == 1
          ? "without the largest residual" : "without the \(count) largest residuals"
      case .smallestRuns: return "without the \(count) smallest run\(plural)"
      case .largestRuns: return "without the \(count) largest run\(plural)"
      case nil:
        let scale = delta.map { " \(NumberText.shortest($0))" } ?? ""
        return "\(loss)\(scale) on \(residuals) residuals"
      }
    }
  }
}
