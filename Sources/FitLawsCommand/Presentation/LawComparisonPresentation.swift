internal import Planning
internal import ScalingLaws
internal import Tables

/// Laws compared on the same rows, in every format.
struct LawComparisonPresentation: Presentable {
  let comparison: LawComparison
  let decisions: DecisionComparison?

  var warnings: [String] {
    comparison.entries.flatMap { entry in
      entry.fit.quality.warnings.map { "\(entry.name): \($0)" }
    } + comparison.warnings + (decisions?.warnings ?? [])
  }

  // MARK: - Text

  var blocks: [Block] {
    [.line(title), .line("")] + formulas + [.table(scores)] + [.paragraph(explanation), .line("")]
      + [.paragraph(verdict), .line("")] + (decisions.map { blocks(of: $0) } ?? [])
  }

  private var title: String {
    let objective = comparison.entries[0].fit.objective
    let delta = objective.delta.map { " (delta \(NumberText.shortest($0)))" } ?? ""
    return
      "\(comparison.entries.count) laws on \(comparison.rows) rows of "
      + "\(comparison.entries[0].fit.data.source); \(objective.residuals) residuals, "
      + "\(objective.loss)\(delta)"
  }

  /// What stands behind a name that is not in the catalogue.
  private var formulas: [Block] {
    comparison.entries.filter { $0.fit.law.name == "formula" }.map { entry in
      .line(
        "\(entry.name): "
          + entry.fit.law.formula.split(whereSeparator: \.isNewline).joined(separator: "; "))
    }.nonEmpty(before: .line(""))
  }

  private var scores: TextTable {
    var table = TextTable(
      headers: [
        "law", "parameters", "delta AICc", "weight", "largest runs", "bias", "next budget", "bias",
      ], alignments: [.left, .right, .decimal] + Array(repeating: .right, count: 5))
    for entry in comparison.entries {
      table.append([
        entry.name, String(entry.likelihood?.freeParameters ?? entry.fit.parameters.count),
        entry.deltaAICc.map { NumberText.shortest(($0 * 10).rounded() / 10) } ?? "-",
        entry.akaikeWeight.map(Self.share) ?? "-", Self.percent(entry.holdout?.rms),
        Self.percent(entry.holdout?.bias, isSigned: true), Self.percent(entry.rolling?.rms),
        Self.percent(entry.rolling?.bias, isSigned: true),
      ])
    }
    return table
  }

  private var explanation: String {
    var sentences: [String] = []
    if let holdout = comparison.holdout {
      sentences.append(
        "Largest runs: fitted to the \(holdout.fitted) smaller (\(scaleName) up to "
          + "\(Quantity.format(holdout.largestFitted, digits: 3))), rms error of the "
          + "\(holdout.heldOut) larger (up to \(Quantity.format(holdout.largest, digits: 3))).")
    }
    if let rolling = comparison.rolling {
      sentences.append(
        "Next budget: \(rolling.steps) of \(rolling.levels) "
          + (rolling.isGrid ? "budgets" : "tenths of the runs by \(scaleName)")
          + ", \(rolling.rows) runs in all, each predicted from all smaller ones.")
    }
    if comparison.holdout != nil || comparison.rolling != nil {
      sentences.append("A bias above 0 promises too high a loss.")
    }
    sentences.append("AICc treats rows as independent; checkpoints of one run are not.")
    return sentences.joined(separator: " ")
  }

  private var scaleName: String { comparison.scale ?? "" }

  private var verdict: String {
    let scores = [
      ("AICc", comparison.bestByAICc), ("largest runs", comparison.bestByHoldout),
      ("next budget", comparison.bestByRolling),
    ].compactMap { what, entry in entry.map { (what, $0.name) } }
    let names = Set(scores.map(\.1))
    guard let name = scores.first?.1 else { return "No law could be judged." }
    if names.count == 1, scores.count > 1 {
      return "Best by \(scores.map(\.0).joined(separator: ", ")): \(name)." + ties
    }
    return "Best by " + scores.map { "\($0.0): \($0.1)" }.joined(separator: "; by ") + "."
      + (names.count > 1
        ? " They disagree: for what lies beyond the data, go by the extrapolation." : "") + ties
  }

  /// Laws that AICc does not tell from its best.
  private var ties: String {
    let close = comparison.entries.filter { ($0.deltaAICc ?? .infinity) < 2 }.map(\.name)
    return close.count > 1
      ? " AICc does not tell \(close.joined(separator: " and ")) apart (less than 2)." : ""
  }

  private func blocks(of decisions: DecisionComparison) -> [Block] {
    let level = decisions.level.map { "; \(Rounding.significant(100 * $0, 6)) % intervals" } ?? ""
    return decisions.budgets.flatMap { budget -> [Block] in
      var table = TextTable(
        headers: ["law", "params", "tokens", "tokens/param", "loss"],
        alignments: Array(repeating: .left, count: 5))
      for (law, allocation) in zip(decisions.laws, budget.allocations) {
        guard let allocation else {
          table.append([law, "-", "-", "-", "-"])
          continue
        }
        table.append([
          law, AllocationPresentation.count(allocation.params),
          AllocationPresentation.count(allocation.tokens),
          AllocationPresentation.show(allocation.tokensPerParam) {
            Rounding.significant($0, 3, keepingZeros: true)
          },
          AllocationPresentation.show(allocation.loss) {
            Rounding.significant($0, 4, keepingZeros: true)
          },
        ])
      }
      var blocks: [Block] = [
        .line("compute-optimal at \(Quantity.format(budget.flops)) FLOP\(level)"),
        .line(""), .table(table),
      ]
      blocks += overlaps(budget, decisions.laws)
      guard decisions.laws.count > 1 else { return blocks }
      var waste = TextTable(
        headers: ["decides \\ true"] + decisions.laws,
        alignments: [.left] + decisions.laws.map { _ in .right })
      for (law, row) in zip(decisions.laws, budget.waste) {
        waste.append([law] + row.map { Self.percent($0) })
      }
      return blocks + [
        .line(
          "share of \(Quantity.format(budget.flops)) FLOP wasted if the law of the row decides and "
            + "that of the column is true"), .line(""), .table(waste),
      ]
    }
  }

  private func overlaps(_ budget: DecisionComparison.AtBudget, _ laws: [String]) -> [Block] {
    guard !budget.overlaps.isEmpty else { return [] }
    let apart = budget.overlaps.compactMap { pair -> String? in
      let what = [
        (pair.params, "N*"), (pair.tokens, "D*"), (pair.loss, "loss"),
      ].filter { !$0.0 }.map(\.1)
      return what.isEmpty
        ? nil : "\(laws[pair.first]) and \(laws[pair.second]) in \(what.joined(separator: ", "))"
    }
    return [
      .paragraph(
        apart.isEmpty
          ? "All intervals overlap: these runs do not tell the decisions apart."
          : "Intervals do not overlap: \(apart.joined(separator: "; ")).")
    ] + [.line("")]
  }

  /// A share of 1 as a percentage of two significant digits.
  static func percent(_ share: Double?, isSigned: Bool = false) -> String {
    guard let share else { return "-" }
    guard share.isFinite else { return "no value" }
    let text = Rounding.significant(100 * share, abs(share) < 1 ? 2 : 3, keepingZeros: share != 0)
    return (isSigned && share > 0 ? "+" : "") + text + " %"
  }

  /// A probability or weight, to three decimals at most.
  static func share(_ value: Double) -> String {
    value > 0 && value < 0.001 ? "<0.001" : Rounding.significant((value * 1000).rounded() / 1000, 3)
  }

  // MARK: - CSV

  var table: TextTable {
    let quantities = ["params", "tokens", "tokens_per_param", "loss"]
    var headers = [
      "law", "parameters", "objective", "log_likelihood", "aicc", "delta_aicc", "akaike_weight",
      "holdout_rms", "holdout_bias", "rolling_rms", "rolling_bias",
    ]
    if let decisions {
      headers += ["flops"] + quantities.flatMap { [$0, "\($0)_lower", "\($0)_upper"] }
      headers += decisions.laws.map { "wasted_if_\($0)_is_true" }
    }
    var table = TextTable(headers: headers + ["warnings"])
    for entry in comparison.entries {
      let scores: [Double?] = [
        entry.fit.objective.value, entry.likelihood?.logLikelihood, entry.likelihood?.aicc,
        entry.deltaAICc, entry.akaikeWeight, entry.holdout?.rms, entry.holdout?.bias,
        entry.rolling?.rms, entry.rolling?.bias,
      ]
      let cells =
        [entry.name, String(entry.likelihood?.freeParameters ?? entry.fit.parameters.count)]
        + scores.map(Self.shortest)
      let remarks = entry.fit.quality.warnings.joined(separator: "; ")
      guard let decisions, let index = decisions.laws.firstIndex(of: entry.name) else {
        table.append(
          cells + Array(repeating: "", count: headers.count - cells.count) + [remarks])
        continue
      }
      for budget in decisions.budgets {
        let allocation = budget.allocations[index]
        let estimates = allocation.map { [$0.params, $0.tokens, $0.tokensPerParam, $0.loss] }
        let numbers =
          (estimates?.flatMap { [$0.value, $0.interval?.lower, $0.interval?.upper] }
            ?? Array(repeating: nil, count: 12)) + budget.waste[index]
        table.append(
          cells + [NumberText.shortest(budget.flops)] + numbers.map(Self.shortest) + [remarks])
      }
    }
    return table
  }

  static func shortest(_ number: Double?) -> String { number.map(NumberText.shortest) ?? "" }

  // MARK: - JSON

  func json() throws -> String { try JSONText.encode(LawComparisonFile(comparison, decisions)) }
}

extension [Block] {
  /// These blocks and one behind them, or none.
  fileprivate func nonEmpty(before block: Block) -> [Block] { isEmpty ? [] : self + [block] }
}
