internal import Figures
internal import Planning
internal import ScalingLaws
internal import Tables

extension FitChapter {
  /// The compute-optimal models; nothing for a law that has none by its kind.
  func training() -> [Report.Item] {
    guard isSplit else { return [] }
    let plan: AllocationPlan
    switch allocation {
    case .failure(let fault):
      return [.paragraph("No split of compute can be given: \(fault.message).")]
    case .success(let found): plan = found
    }
    guard !plan.allocations.isEmpty else {
      return [.paragraph("The fit does not say how much compute its runs took; ask with --flops.")]
    }
    let largest = fit.data.ranges["C"]?.upper
    var table = TextTable(
      headers: [
        "C, FLOP", "C / largest run", "N*, parameters", "D*, tokens", "D*/N*",
        ([law.responseName] + [unit(of: law.responseName)].compactMap { $0 }).joined(
          separator: ", "),
      ], alignments: [.right, .right, .left, .left, .left, .left])
    for allocation in plan.allocations {
      table.append([
        Quantity.format(allocation.flops),
        largest.map { Rounding.significant(allocation.flops / $0, 2) } ?? "–",
        Self.twoLines(AllocationPresentation.count(allocation.params)),
        Self.twoLines(AllocationPresentation.count(allocation.tokens)),
        Self.twoLines(AllocationPresentation.ratio(allocation.tokensPerParam)),
        Self.twoLines(AllocationPresentation.loss(allocation.loss)),
      ])
    }
    let given = source.inputs.keys.sorted().map { name in
      "\(name) = \(source.inputs[name].map { Quantity.format($0) } ?? "")"
    }.joined(separator: ", ")
    let level = plan.level == nil ? "" : " with \(percent) intervals"
    var blocks: [Report.Item] = [
      .table(
        table,
        caption: "The split of C = 6ND with the lowest predicted \(code: law.responseName)\(level)"
          + "\(given.isEmpty ? "" : ", at \(given)")."
          + "\(isAsked ? "" : " Budgets are powers of ten about the largest run; --flops asks for others.")"
      )
    ]
    if case .success(var figure) = figure(.frontier) {
      // Three panels side by side, with letters that can be read on paper.
      figure.width = 860
      blocks.append(
        item(
          figure,
          "Parameters, tokens and tokens per parameter of the compute-optimal model against the "
            + "budget; dashed, the laws of Hoffmann et al. 2022 and Kaplan et al. 2020 as published. "
            + band))
    }
    return blocks
  }

  /// The interval below the estimate.
  private static func twoLines(_ cell: String) -> String { cell.replacing(" (", with: "\n(") }
}
