public import Planning
internal import ScalingLaws
internal import Tables

extension Figure {
  /// Groups of runs under one law: the loss of each at the best use of a budget with its band,
  /// where curves cross, and how likely each group is the best.
  ///
  /// - Parameter comparison: the comparison, with budgets along the whole range: see
  ///   ``budgets(for:)``.
  /// - Returns: the losses, how far each lies above the lowest, and, where there are draws, the
  ///   chances, below each other.
  /// - Throws: `AnalysisError` where the comparison has fewer than two budgets.
  public static func comparison(_ comparison: GroupComparison) throws -> Figure {
    let budgets = comparison.budgets.sorted { $0.budget < $1.budget }
    guard budgets.count > 1 else {
      throw AnalysisError(
        .badSetting, "a picture of groups needs budgets along their range, two at least")
    }
    let isCompute = comparison.variable == "C"
    let x = Axis(
      isCompute ? "compute C (FLOP)" : comparison.variable,
      covering: budgets.map(\.budget), isLogarithmic: true,
      numbers: isCompute ? .powers : .quantities)
    let places = budgets.map(\.budget)
    let seen = budgets.flatMap { budget in
      budget.losses.compactMap { $0 }.flatMap {
        [$0.value, $0.interval?.lower ?? $0.value, $0.interval?.upper ?? $0.value]
      }
    }
    let y = Axis("loss", covering: seen, isLogarithmic: seen.allSatisfy { $0 > 0 })
    var (bands, lines): ([Layer], [Layer]) = ([], [])
    for (group, name) in comparison.groups.enumerated() {
      let losses = budgets.map { $0.losses[group] }
      bands += band(
        places, losses, x: "budget", y: "loss", colour: .group(group), level: comparison.level,
        isLabelled: group == 0)
      lines += line(
        places, losses, x: "budget", y: "loss", colour: .group(group), label: name, name: "group",
        dash: dash(group))
    }
    let marks = crossings(comparison, x, y)
    var panels = [Panel(x: x, y: y, layers: bands + lines + marks)]
    panels.append(excess(comparison, budgets, x))
    if budgets.allSatisfy({ $0.probabilities != nil }) {
      panels.append(
        Panel(
          x: x, y: Axis("chance to be the best", 0...1.02),
          layers: comparison.groups.indices.map { group in
            Layer(
              .line(dash: dash(group)), .group(group),
              data: DataBlock(
                "best", columns: ["budget", "share"],
                rows: budgets.map { [$0.budget, $0.probabilities?[group] ?? .nan] }))
          }))
    }
    return Figure(
      name: "compare", title: "Loss of groups by \(comparison.law)",
      summary: "Loss against \(isCompute ? "compute" : comparison.variable) of "
        + "\(comparison.groups.joined(separator: ", ")) by \(comparison.law)\(words(comparison)).",
      panels: panels, columns: 1, width: 760, height: 60 + 270 * Double(panels.count))
  }

  /// By how many per cent each group lies above the lowest.
  private static func excess(
    _ comparison: GroupComparison, _ budgets: [GroupComparison.AtBudget], _ x: Axis
  ) -> Panel {
    let lowest = budgets.map { $0.losses.compactMap { $0?.value }.min() ?? .nan }
    let shares = comparison.groups.indices.map { group in
      zip(budgets, lowest).map { 100 * (($0.losses[group]?.value ?? .nan) / $1 - 1) }
    }
    return Panel(
      x: x, y: Axis("above the lowest loss (%)", covering: shares.flatMap { $0 }),
      layers: comparison.groups.indices.map { group in
        Layer(
          .line(dash: dash(group)), .group(group),
          data: DataBlock(
            "excess", columns: ["budget", "percent"],
            rows: zip(budgets, shares[group]).map { [$0.budget, $1] }))
      })
  }

  private static func dash(_ group: Int) -> Layer.Dash {
    [.solid, .dashed, .dashDotted][(group / 7) % 3]
  }

  /// Budgets along a range to compare groups at for a picture.
  ///
  /// - Parameter range: from where to where.
  /// - Returns: budgets, eight to the decade and seventeen at least.
  public static func budgets(for range: ClosedRange<Double>) -> [Double] {
    let axis = Axis("", range, isLogarithmic: true)
    return axis.places(max(17, Int((8 * axis.decades).rounded(.up)) + 1))
  }

  /// The first crossing of each pair, at the height of the loss there, with its interval.
  private static func crossings(_ comparison: GroupComparison, _ x: Axis, _ y: Axis) -> [Layer] {
    let rows = comparison.crossings.compactMap { crossing -> [Double]? in
      guard let budget = crossing.budgets.first, x.range.contains(budget),
        let loss = loss(comparison, crossing.first, at: budget)
      else { return nil }
      return [
        budget, loss, max(crossing.lower ?? x.range.lowerBound, x.range.lowerBound),
        min(crossing.upper ?? x.range.upperBound, x.range.upperBound),
      ]
    }
    guard !rows.isEmpty else { return [] }
    return [
      Layer(
        .horizontalBars(.disc, size: 0.8), .black,
        label: "crossing, \(percent(comparison.level)) interval",
        data: DataBlock("crossings", columns: ["budget", "loss", "lower", "upper"], rows: rows))
    ]
  }

  /// The loss of a group between the budgets of the comparison.
  private static func loss(
    _ comparison: GroupComparison, _ group: Int, at budget: Double
  ) -> Double? {
    let points = comparison.budgets.sorted { $0.budget < $1.budget }
    guard let upper = points.firstIndex(where: { $0.budget >= budget }),
      let high = points[upper].losses[group]?.value
    else { return nil }
    guard upper > 0, let low = points[upper - 1].losses[group]?.value else { return high }
    let axis = Axis(
      "", points[upper - 1].budget...points[upper].budget, isLogarithmic: true)
    return low + (high - low) * axis.share(of: budget)
  }

  private static func words(_ comparison: GroupComparison) -> String {
    let crossings = comparison.crossings.compactMap { crossing in
      crossing.budgets.first.map {
        "\(comparison.groups[crossing.first]) and \(comparison.groups[crossing.second]) at "
          + Quantity.format($0, digits: 2)
      }
    }
    return crossings.isEmpty ? "" : "; they cross: \(crossings.joined(separator: "; "))"
  }
}
