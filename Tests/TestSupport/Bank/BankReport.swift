public import Tables

/// How a bank was fitted: by kind, and altogether.
public struct BankReport: Sendable {
  /// The problems, in the order they were fitted.
  public private(set) var outcomes: [BankOutcome]

  /// Sums up outcomes.
  public init(_ outcomes: [BankOutcome]) { self.outcomes = outcomes }

  /// The outcomes in a state.
  public func outcomes(_ state: BankOutcome.State) -> [BankOutcome] {
    outcomes.filter { $0.state == state }
  }

  /// How many are in a state.
  public func count(_ state: BankOutcome.State) -> Int { outcomes.count { $0.state == state } }

  /// How many were reached and certified.
  public var certified: Int { outcomes.count { $0.state == .reached && $0.isCertified } }

  /// The kinds, in the order they were met.
  public var kinds: [(name: String, report: BankReport)] {
    var places: [String: Int] = [:]
    var groups: [(name: String, report: BankReport)] = []
    for outcome in outcomes {
      if let place = places[outcome.kind] {
        groups[place].report.outcomes.append(outcome)
      } else {
        places[outcome.kind] = groups.count
        groups.append((outcome.kind, BankReport([outcome])))
      }
    }
    return groups
  }

  /// The kinds of which fewer than nine in ten of the reached problems with at most five nonlinear
  /// parameters are certified.
  public var uncertifiedKinds: [String] {
    kinds.filter { _, report in
      let small = report.outcomes.filter { $0.state == .reached && ($0.nonlinear ?? 0) <= 5 }
      return Double(small.count { $0.isCertified }) < 0.9 * Double(small.count)
    }.map(\.name)
  }

  /// The value below which a share of some figures of the problems not refused lies.
  ///
  /// - Parameters:
  ///   - share: 0.5 is the (upper) median.
  ///   - figure: of an outcome.
  /// - Returns: the value; NaN where all were refused.
  public func quantile(_ share: Double, _ figure: (BankOutcome) -> Double) -> Double {
    let sorted = outcomes.filter { $0.state != .refused }.map(figure).sorted()
    return sorted.isEmpty ? .nan : sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)]
  }

  // MARK: - As text

  /// A row for each kind.
  public var table: TextTable {
    var table = TextTable(
      headers: [
        "kind", "n", "reached", "missed", "false", "refused", "certified", "worst", "median ms",
      ], alignments: [.left] + Array(repeating: .right, count: 8))
    for (name, report) in kinds {
      let states: [BankOutcome.State] = [.reached, .missed, .wrong, .refused]
      let worst = (report.outcomes(.missed) + report.outcomes(.wrong)).compactMap(\.factor).max()
      table.append(
        [name, "\(report.outcomes.count)"] + states.map { "\(report.count($0))" } + [
          "\(report.certified)", worst.map { Rounding.significant($0, 4) } ?? "",
          report.count(.refused) == report.outcomes.count
            ? "" : Rounding.significant(1e3 * report.quantile(0.5, \.seconds), 3),
        ])
    }
    return table
  }

  /// The totals in words.
  public var totals: String {
    let evaluations = [0.5, 0.95].map {
      Rounding.significant(quantile($0) { Double($0.evaluations) }, 6)
    }
    let times = [0.5, 0.95].map { Rounding.significant(1e3 * quantile($0, \.seconds), 3) }
    let kinds = uncertifiedKinds
    return """
      reached \(count(.reached)) of \(outcomes.count), missed \(count(.missed)), \
      false \(count(.wrong)), refused \(count(.refused)); reached and certified \(certified)
      evaluations: median \(evaluations[0]), p95 \(evaluations[1]); \
      ms from table to result: median \(times[0]), p95 \(times[1])
      kinds with at most five nonlinear parameters that certify under 90 % of their reached: \
      \(kinds.isEmpty ? "none" : kinds.joined(separator: ", "))
      """
  }

  /// A line for each problem that was not reached, or not certified.
  public var remarks: [String] {
    outcomes.filter { $0.state != .reached || !$0.isCertified }.map { outcome in
      var words = [outcome.id, outcome.state == .reached ? "uncertified" : outcome.state.rawValue]
      if outcome.state != .reached, let factor = outcome.factor {
        words.append(Rounding.significant(factor, 6))
      }
      if let nonlinear = outcome.nonlinear { words.append("q=\(nonlinear)") }
      if let message = outcome.message { words.append(message) }
      return words.joined(separator: " ")
    }
  }
}

extension BankReport: Encodable {
  private struct Figures: Encodable {
    var kind: String
    var problems: Int
    var reached: Int
    var missed: Int
    var wrong: Int
    var refused: Int
    var certified: Int
    var medianEvaluations: Double
    var p95Evaluations: Double
    var medianMilliseconds: Double
    var p95Milliseconds: Double

    private enum CodingKeys: String, CodingKey {
      case kind, problems, reached, missed, refused, certified
      case wrong = "false"
      case medianEvaluations = "median_evaluations"
      case p95Evaluations = "p95_evaluations"
      case medianMilliseconds = "median_ms"
      case p95Milliseconds = "p95_ms"
    }

    init(_ kind: String, _ report: BankReport) {
      self.kind = kind
      problems = report.outcomes.count
      (reached, missed) = (report.count(.reached), report.count(.missed))
      (wrong, refused) = (report.count(.wrong), report.count(.refused))
      certified = report.certified
      medianEvaluations = report.quantile(0.5) { Double($0.evaluations) }
      p95Evaluations = report.quantile(0.95) { Double($0.evaluations) }
      medianMilliseconds = 1e3 * report.quantile(0.5, \.seconds)
      p95Milliseconds = 1e3 * report.quantile(0.95, \.seconds)
    }
  }

  private enum CodingKeys: String, CodingKey {
    case total, kinds
    case uncertifiedKinds = "uncertified_kinds"
  }

  /// Writes the totals and the figures of each kind.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Figures("all", self), forKey: .total)
    try container.encode(kinds.map { Figures($0.name, $0.report) }, forKey: .kinds)
    try container.encode(uncertifiedKinds, forKey: .uncertifiedKinds)
  }
}
