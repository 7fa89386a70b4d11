public import ScalingLaws
internal import Tables

extension Figure {
  /// Approach 2: for every budget its runs, the curve through them and the optimum with its
  /// interval, and, where the runs have one, the joint law's line of optima.
  ///
  /// - Parameter analysis: the analysis.
  /// - Returns: one panel.
  /// - Throws: `AnalysisError` where no budget has three runs.
  public static func isoflop(_ analysis: IsoFLOPAnalysis) throws -> Figure {
    let budgets = analysis.budgets.filter { !$0.curve.isEmpty }
    guard !budgets.isEmpty else {
      throw AnalysisError(
        .tooFewRows,
        "\(analysis.source): no budget has three runs to draw a curve through; a larger tolerance "
          + "(--tolerance) takes more of them together")
    }
    let isParams = analysis.options.axis == .params
    let name = isParams ? "params" : "tokens"
    let points = budgets.flatMap(\.points)
    let x = Axis(
      isParams ? "parameters N" : "tokens D", covering: points.map(\.size), isLogarithmic: true,
      numbers: .quantities)
    let y = Axis(
      "loss", covering: points.map(\.loss) + budgets.compactMap { $0.optimum?.loss },
      isLogarithmic: false)
    let flops = Axis(
      "compute C (FLOP)", covering: budgets.map(\.flops), isLogarithmic: true, numbers: .powers,
      margin: 0.02)
    var layers = [
      Layer(
        .line(width: 1.4), .scale, label: "\(analysis.options.curve.rawValue) of a budget",
        data: DataBlock(
          "curves", columns: [name, "loss", "flops"],
          rows: budgets.flatMap { budget in
            budget.curve.map { [$0.size, $0.loss, budget.flops] } + [[]]
          })),
      Layer(
        .points(size: 0.6), .scale, label: "\(points.count) runs",
        data: DataBlock(
          "runs", columns: [name, "loss", "flops"],
          rows: budgets.flatMap { budget in
            budget.points.map { [$0.size, $0.loss, budget.flops] }
          })),
    ]
    let optima = budgets.compactMap { $0.optimum }
    let level = percent(analysis.options.level)
    if !optima.isEmpty {
      let hasErrors = optima.contains { $0.logError != nil }
      layers.append(
        Layer(
          .horizontalBars(.rhombus, size: 0.8), .vermilion,
          label: hasErrors ? "optimum, \(level) interval" : "optimum",
          data: DataBlock(
            "optima", columns: [name, "loss", "\(name)_lower", "\(name)_upper"],
            rows: budgets.compactMap { budget in
              budget.optimum.map { optimum in
                let size = isParams ? optimum.params : optimum.tokens
                let ends = analysis.optimumInterval(of: budget)
                return [size, optimum.loss, ends?.lower ?? size, ends?.upper ?? size]
              }
            })))
    }
    return Figure(
      name: "isoflop", title: "Loss at equal compute: \(analysis.source)",
      summary: "\(points.count) runs of \(budgets.count) budgets from "
        + "\(Quantity.format(budgets.map(\.flops).min() ?? .nan)) to "
        + "\(Quantity.format(budgets.map(\.flops).max() ?? .nan)) FLOP, coloured by budget, a "
        + "\(analysis.options.curve.rawValue) through each, and \(optima.count) optima.",
      panels: [Panel(x: x, y: y, layers: layers, colours: ColourScale(flops))])
  }
}
