internal import ArgumentParser
internal import ScalingLaws
internal import Tables

/// An isoFLOP analysis in every format.
struct IsoflopPresentation: Presentable {
  enum CSVTable: String, ExpressibleByArgument, CaseIterable {
    case approaches, budgets
  }

  let analysis: IsoFLOPAnalysis
  let csvTable: CSVTable

  var warnings: [String] { analysis.warnings }

  var table: TextTable { csvTable == .budgets ? budgetsTable : approachesTable }

  // MARK: - Text

  var blocks: [Block] {
    let level = Rounding.significant(100 * analysis.options.level, 6)
    var blocks: [Block] = [
      .line("compute-optimal model from \(analysis.runs) rows of \(analysis.source)\(filter)"),
      .line("\(columns); \(level) % intervals"), .line(""), .table(exponents),
    ]
    for (index, flops) in analysis.options.budgets.enumerated() {
      blocks += [.line("at \(Quantity.format(flops)) FLOP"), .table(optima(index))]
    }
    let refused = analysis.approaches.filter { $0.refusal != nil }
    blocks += refused.map { .paragraph("Approach \($0.label) says nothing: \($0.refusal ?? "")") }
    if !refused.isEmpty { blocks.append(.line("")) }
    blocks += differenceBlocks
    blocks += [.line(budgetsLine), .line("")]
    if !analysis.budgets.allSatisfy(\.isSmall) { blocks.append(.table(budgetsForPeople)) }
    let small = analysis.budgets.filter(\.isSmall)
    if !small.isEmpty {
      blocks.append(
        .paragraph(
          "Not used for fewer than three runs: "
            + small.map { "\(Quantity.format($0.flops)) (\($0.runs))" }.joined(separator: ", ")))
    }
    return blocks
  }

  private var filter: String { analysis.options.filter.map { " where \($0)" } ?? "" }

  private var columns: String {
    ["N", "D", "C", "loss"].compactMap { name in
      analysis.columns[name].flatMap { $0 == name ? nil : "\(name) = \($0)" }
    }.joined(separator: ", ")
  }

  private var exponents: TextTable {
    var table = TextTable(
      headers: ["approach", "a", "b", "N*/C^a", "D*/C^b"],
      alignments: [.left, .left, .left, .left, .left])
    for approach in analysis.approaches {
      guard let laws = approach.laws else {
        table.append([approach.label, "-", "-", "-", "-"])
        continue
      }
      table.append([
        approach.label, Self.exponent(laws.paramsExponent), Self.exponent(laws.tokensExponent),
        Rounding.significant(laws.paramsCoefficient.value, 4),
        Rounding.significant(laws.tokensCoefficient.value, 4),
      ])
    }
    return table
  }

  private func optima(_ index: Int) -> TextTable {
    var table = TextTable(
      headers: ["approach", "N*", "D*", "D*/N*"], alignments: [.left, .left, .left, .left])
    for approach in analysis.approaches {
      guard let optimum = approach.laws?.optima[index] else {
        table.append([approach.label, "-", "-", "-"])
        continue
      }
      table.append([
        approach.label, Self.count(optimum.params), Self.count(optimum.tokens),
        Rounding.significant(optimum.tokens.value / optimum.params.value, 3),
      ])
    }
    return table
  }

  private static func exponent(_ estimate: IsoFLOPApproach.Estimate) -> String {
    show(estimate) { Rounding.decimals($0, 4) }
  }

  private static func count(_ estimate: IsoFLOPApproach.Estimate) -> String {
    show(estimate) { Quantity.format($0, digits: 3) }
  }

  private static func show(
    _ estimate: IsoFLOPApproach.Estimate, _ format: (Double) -> String
  ) -> String {
    let value = format(estimate.value)
    return estimate.interval.map { "\(value) (\(format($0.lower)) to \(format($0.upper)))" }
      ?? value
  }

  /// What separates approach 2 from 3, and how much of that the method does on noise-free runs.
  private var differenceBlocks: [Block] {
    guard let second = analysis[.isoFLOP], let third = analysis[.jointLaw] else { return [] }
    var table = TextTable(
      headers: ["at", "", "a", "b", "N*", "D*"],
      alignments: [.left, .left, .right, .right, .right, .right])
    func percent(_ ratio: Double) -> String {
      let text = Rounding.decimals(100 * ratio, 2)
      return (ratio > 0 ? "+" : "") + text + "%"
    }
    func signed(_ value: Double) -> String {
      (value > 0 ? "+" : "") + Rounding.decimals(value, 4)
    }
    for (index, flops) in analysis.options.budgets.enumerated() {
      let (found, joint) = (second.optima[index], third.optima[index])
      table.append([
        Quantity.format(flops), "found",
        signed(second.paramsExponent.value - third.paramsExponent.value),
        signed(second.tokensExponent.value - third.tokensExponent.value),
        percent(found.params.value / joint.params.value - 1),
        percent(found.tokens.value / joint.tokens.value - 1),
      ])
      guard let bias = analysis.bias else { continue }
      table.append([
        "", "of that, method", signed(bias.paramsExponent), signed(bias.tokensExponent),
        percent(bias.optima[index].params), percent(bias.optima[index].tokens),
      ])
    }
    var blocks: [Block] = [.line("approach 2 less approach 3"), .table(table)]
    if analysis.bias != nil {
      blocks.append(
        .paragraph(
          "Method is what approach 2 misses on noise-free losses of the joint law at the same N and D: "
            + "the bias of the \(analysis.options.curve.label) on this grid."))
    }
    let wasted = zip(analysis.options.budgets, analysis.deadweight).map { flops, share in
      "\(Rounding.significant(100 * share, 3)) % of \(Quantity.format(flops)) FLOP"
    }
    blocks.append(
      .paragraph(
        "If the joint law is true, training what approach 2 says wastes "
          + wasted.joined(separator: ", ") + "."))
    return blocks + [.line("")]
  }

  private var budgetsLine: String {
    let options = analysis.options
    let used = analysis.budgets.count { $0.optimum != nil }
    return "approach 2: \(options.curve.label) of loss over \(options.axis.rawValue), "
      + "\(used) of \(analysis.budgets.count) budgets used, "
      + (analysis.isWeighted ? "weighted by the SD of their optimum" : "all alike")
  }

  private var budgetsForPeople: TextTable {
    var table = TextTable(
      headers: ["flops", "rows", "N*", "D*", "loss", "SD of ln N*", "not used because"],
      alignments: [.right, .right, .right, .right, .right, .right, .left])
    for budget in analysis.budgets where !budget.isSmall {
      table.append(
        [Quantity.format(budget.flops), String(budget.runs)]
          + (budget.optimum.map { optimum in
            [
              Quantity.format(optimum.params, digits: 3),
              Quantity.format(optimum.tokens, digits: 3),
              Rounding.significant(optimum.loss, 4, keepingZeros: true),
              optimum.logError.map { Rounding.significant($0, 2) } ?? "",
            ]
          } ?? ["-", "-", "-", "-"]) + [budget.refusal?.message ?? ""])
    }
    return table
  }

  // MARK: - CSV

  private var approachesTable: TextTable {
    let names = ["a", "b", "params_coefficient", "tokens_coefficient", "params", "tokens"]
    var table = TextTable(
      headers: ["approach", "flops"] + names.flatMap { [$0, "\($0)_lower", "\($0)_upper"] }
        + ["method_a", "method_b", "method_params", "method_tokens", "deadweight", "refused"])
    func cells(_ estimate: IsoFLOPApproach.Estimate?) -> [String] {
      [estimate?.value, estimate?.interval?.lower, estimate?.interval?.upper]
        .map { $0.map(NumberText.shortest) ?? "" }
    }
    for approach in analysis.approaches {
      let isSecond = approach.kind == .isoFLOP
      for (index, flops) in analysis.options.budgets.enumerated() {
        let (laws, bias) = (approach.laws, isSecond ? analysis.bias : nil)
        let estimates = [
          laws?.paramsExponent, laws?.tokensExponent, laws?.paramsCoefficient,
          laws?.tokensCoefficient, laws?.optima[index].params, laws?.optima[index].tokens,
        ]
        let method = [
          bias?.paramsExponent, bias?.tokensExponent, bias?.optima[index].params,
          bias?.optima[index].tokens,
          isSecond && !analysis.deadweight.isEmpty ? analysis.deadweight[index] : nil,
        ]
        table.append(
          [approach.kind.rawValue, NumberText.shortest(flops)] + estimates.flatMap(cells)
            + method.map { $0.map(NumberText.shortest) ?? "" } + [approach.refusal ?? ""])
      }
    }
    return table
  }

  private var budgetsTable: TextTable {
    var table = TextTable(
      headers: [
        "flops", "runs", "spread", "params", "tokens", "loss", "log_error", "refused", "reason",
      ])
    for budget in analysis.budgets {
      let optimum = budget.optimum
      let cells = [optimum?.params, optimum?.tokens, optimum?.loss, optimum?.logError]
        .map { $0.map(NumberText.shortest) ?? "" }
      table.append(
        [
          NumberText.shortest(budget.flops), String(budget.runs),
          NumberText.shortest(budget.spread),
        ] + cells + [budget.refusal?.code.rawValue ?? "", budget.refusal?.message ?? ""])
    }
    return table
  }
}

extension IsoFLOPBudget {
  /// Whether it has too few runs for any curve; such budgets are only counted up.
  fileprivate var isSmall: Bool { runs < 3 }
}

extension IsoFLOPCurve {
  fileprivate var label: String { self == .akima ? "Akima spline" : rawValue }
}

extension IsoFLOPApproach {
  fileprivate var label: String {
    switch kind {
    case .envelope: "1 envelope"
    case .isoFLOP: "2 isoFLOP"
    case .jointLaw: "3 joint law"
    }
  }
}

extension Rounding {
  /// A number with so many digits behind the point.
  fileprivate static func decimals(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return NumberText.shortest(value) }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    guard abs(value) * scale < 1e15 else { return significant(value, 4) }
    let whole = (abs(value) * scale).rounded(.toNearestOrEven)
    let digitsText = String(Int(whole))
    let padded = String(repeating: "0", count: max(0, digits + 1 - digitsText.count)) + digitsText
    let sign = value < 0 && whole > 0 ? "-" : ""
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
  }
}
