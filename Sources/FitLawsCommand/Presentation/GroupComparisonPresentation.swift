internal import Planning
internal import ScalingLaws
internal import Tables

/// Groups of runs under one law, in every format.
struct GroupComparisonPresentation: Presentable {
  let column: String
  let fits: [LawFit]
  let comparison: GroupComparison

  var warnings: [String] { comparison.warnings }

  private var names: [String] { comparison.groups }

  // MARK: - Text

  var blocks: [Block] {
    let level = "\(Rounding.significant(100 * comparison.level, 6)) % intervals by "
    let method = fits[0].interval.method
    return [
      .line(
        "\(comparison.law) by \(column): \(names.count) groups of \(fits[0].data.source); "
          + level + method), .line(""), .table(groups),
    ] + budgets + crossings
  }

  private var groups: TextTable {
    var table = TextTable(
      headers: ["group", "rows"] + fits[0].parameters.map(\.name) + ["rmse"])
    for (name, fit) in zip(names, fits) {
      table.append(
        [name, String(fit.data.rows)]
          + fit.parameters.map { Digits($0.estimate, error: $0.standardError).text($0.estimate) }
          + [Rounding.significant(fit.quality.rmse, 2)])
    }
    return table
  }

  private var isCompute: Bool { comparison.variable == "C" }

  private var budgets: [Block] {
    guard !comparison.budgets.isEmpty else { return [] }
    var table = TextTable(
      headers: [isCompute ? "flops" : comparison.variable, "group", "loss", "is best"],
      alignments: [.right, .left, .left, .right])
    for budget in comparison.budgets {
      for (index, name) in names.enumerated() {
        table.append([
          index == 0 ? Quantity.format(budget.budget) : "", name,
          budget.losses[index].map { estimate in
            AllocationPresentation.show(estimate) {
              Rounding.significant($0, 4, keepingZeros: true)
            }
          } ?? "-",
          budget.probabilities.map { LawComparisonPresentation.percent($0[index]) } ?? "-",
        ])
      }
    }
    return [
      .line("\(isCompute ? "compute-optimal loss" : "loss"), and how likely each is the best"),
      .line(""), .table(table),
    ]
  }

  private var crossings: [Block] {
    let range = comparison.range
    var table = TextTable(
      headers: ["groups", "below", "crossing", "interval", "draws that cross"],
      alignments: [.left, .left, .right, .left, .left])
    for crossing in comparison.crossings {
      table.append([
        "\(names[crossing.first]), \(names[crossing.second])",
        crossing.betterBelow.map { names[$0] } ?? "-",
        crossing.budgets.isEmpty
          ? "none"
          : crossing.budgets.map { Quantity.format($0, digits: 3) }.joined(separator: ", "),
        crossing.budgets.isEmpty || crossing.draws == 0 ? "-" : ends(crossing),
        count(crossing),
      ])
    }
    return [
      .line(
        "where the curves cross, between \(Quantity.format(range.lowerBound, digits: 3)) and "
          + "\(Quantity.format(range.upperBound, digits: 3)); below is better before it"),
      .line(""),
      .table(table),
    ]
  }

  private func ends(_ crossing: GroupComparison.Crossing) -> String {
    let lower = crossing.lower.map { Quantity.format($0, digits: 3) } ?? "before the range"
    let upper = crossing.upper.map { Quantity.format($0, digits: 3) } ?? "beyond the range"
    return "\(lower) to \(upper)"
  }

  /// `1873 of 2000 (120 above it, 7 otherwise)`.
  private func count(_ crossing: GroupComparison.Crossing) -> String {
    guard crossing.draws > 0 else { return "-" }
    let rest = [
      (crossing.below, "below the range"), (crossing.above, "above it"),
      (crossing.budgets.isEmpty ? 0 : crossing.other, "otherwise"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(crossing.crossed) of \(crossing.draws)"
      + (rest.isEmpty ? "" : " (\(rest.joined(separator: ", ")))")
  }

  // MARK: - CSV

  var table: TextTable {
    let isAsked = !comparison.budgets.isEmpty
    var headers = ["group", "rows"] + fits[0].parameters.map(\.name)
    if isAsked {
      headers += [isCompute ? "flops" : comparison.variable, "loss", "loss_lower", "loss_upper"]
      headers.append("probability_best")
    }
    headers += names.flatMap { name in
      ["crosses_\(name)_at", "crosses_\(name)_lower", "crosses_\(name)_upper"]
    }
    var table = TextTable(headers: headers + ["warnings"])
    for (index, fit) in fits.enumerated() {
      let start =
        [names[index], String(fit.data.rows)]
        + fit.parameters.map { NumberText.shortest($0.estimate) }
      let end =
        names.indices.flatMap { crossingCells(index, $0) }
        + [fit.quality.warnings.joined(separator: "; ")]
      guard isAsked else {
        table.append(start + end)
        continue
      }
      for budget in comparison.budgets {
        let loss = budget.losses[index]
        let numbers = [
          budget.budget, loss?.value, loss?.interval?.lower, loss?.interval?.upper,
          budget.probabilities?[index],
        ]
        table.append(start + numbers.map(LawComparisonPresentation.shortest) + end)
      }
    }
    return table
  }

  private func crossingCells(_ group: Int, _ other: Int) -> [String] {
    let pair = comparison.crossings.first { Set([$0.first, $0.second]) == Set([group, other]) }
    return [pair?.budgets.first, pair?.lower, pair?.upper].map(LawComparisonPresentation.shortest)
  }

  // MARK: - JSON

  func json() throws -> String {
    try JSONText.encode(GroupComparisonFile(column: column, fits: fits, comparison))
  }
}
