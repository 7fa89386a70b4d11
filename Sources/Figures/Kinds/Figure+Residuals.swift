public import ScalingLaws
internal import Tables

extension Figure {
  /// Residuals against the inputs of the law and against what it says, and their quantiles against
  /// those of the normal distribution; outliers are named by their line in the file.
  ///
  /// Residuals are in units of their robust scale (1.4826 times the median of their size). Up to
  /// six that lie beyond four such units are named.
  ///
  /// - Parameters:
  ///   - law: the law.
  ///   - runs: the rows it was fitted to.
  /// - Returns: a panel for each of the first two inputs, one for the fitted response, and the
  ///   quantiles.
  public static func residuals(_ law: EstimatedLaw, runs: FittedRuns) -> Figure {
    let residuals = runs.standardized
    let isOut = residuals.map { abs($0) > 4 }
    let named = residuals.indices.filter { isOut[$0] }
      .sorted { abs(residuals[$0]) > abs(residuals[$1]) }.prefix(6)
    let y = Axis("residual / robust SD", covering: residuals + [-4.5, 4.5])
    func panel(_ name: String, _ label: String, _ values: [Double], _ numbers: Axis.Numbers)
      -> Panel
    {
      let ratio = (values.max() ?? 1) / (values.min() ?? 1)
      let x = Axis(
        label, covering: values, isLogarithmic: (values.min() ?? 0) > 0 && ratio > 3,
        numbers: numbers)
      return Panel(
        x: x, y: y,
        layers: level([0], of: x, .solid, .black) + level([-4, 4], of: x, .dotted, .grey)
          + points(name, values, residuals, isOut)
          + texts(name, x, y, values, residuals, named, runs))
    }
    let names = law.inputs.filter { runs.inputs[$0] != nil }.prefix(2)
    var panels = names.map { name in
      panel(
        name, Self.words[name] ?? name, runs.inputs[name] ?? [],
        name == "C" ? .powers : .quantities)
    }
    panels.append(panel("fitted", "fitted \(law.responseName)", runs.fitted, .plain))
    let quantiles = runs.normalQuantiles
    let x = Axis("quantile of the normal distribution", covering: quantiles)
    let (low, high) = (
      max(x.range.lowerBound, y.range.lowerBound), min(x.range.upperBound, y.range.upperBound)
    )
    panels.append(
      Panel(
        x: x, y: y,
        layers: [
          Layer(
            .line(width: 1), .black,
            data: DataBlock(
              "normal", columns: ["quantile", "residual"], rows: [[low, low], [high, high]]))
        ] + points("quantile", quantiles, residuals, isOut)
          + texts("quantile", x, y, quantiles, residuals, named, runs)))
    let worst = named.map { "line \(runs.lines[$0])" }.joined(separator: ", ")
    return Figure(
      name: "residuals", title: "Residuals of \(law.name)",
      summary: "\(runs.count) residuals in units of their robust standard deviation, against "
        + "\((names + ["the fitted \(law.responseName)", "normal quantiles"]).joined(separator: ", "))"
        + (named.isEmpty ? "; none lies beyond four." : "; the largest: \(worst)."),
      panels: panels, columns: 2, width: 860, height: 640)
  }

  /// What the usual inputs are called on an axis.
  static let words = [
    "N": "parameters N", "D": "tokens D", "C": "compute C (FLOP)", "U": "unique tokens U",
  ]

  private static func level(
    _ values: [Double], of x: Axis, _ dash: Layer.Dash, _ colour: Colour
  ) -> [Layer] {
    [
      Layer(
        .line(width: 1, dash: dash), colour,
        label: dash == .dotted ? "4 robust SD" : nil,
        data: DataBlock(
          dash == .dotted ? "limits" : "zero", columns: ["x", "residual"],
          rows: values.flatMap { [[x.range.lowerBound, $0], [x.range.upperBound, $0], []] }))
    ]
  }

  private static func points(
    _ name: String, _ x: [Double], _ y: [Double], _ isOut: [Bool]
  ) -> [Layer] {
    func rows(_ wanted: Bool) -> [[Double]] {
      x.indices.filter { isOut[$0] == wanted }.map { [x[$0], y[$0]] }
    }
    let inside = Layer(
      .points(.disc, size: 0.45), .blue, label: "runs",
      data: DataBlock("inside", columns: [name, "residual"], rows: rows(false)))
    let outside = Layer(
      .points(.triangle, size: 0.7), .vermilion, label: "beyond, the largest with their line",
      data: DataBlock("outside", columns: [name, "residual"], rows: rows(true)))
    return [inside, outside].filter { !$0.data.rows.isEmpty }
  }

  /// The lines of outliers, towards the middle of the panel; those that lie together have one text.
  private static func texts(
    _ name: String, _ xAxis: Axis, _ yAxis: Axis, _ x: [Double], _ y: [Double],
    _ named: ArraySlice<Int>, _ runs: FittedRuns
  ) -> [Layer] {
    var places: [[Int]] = []
    for row in named {
      let near = places.firstIndex { rows in
        abs(xAxis.share(of: x[row]) - xAxis.share(of: x[rows[0]])) < 0.07
          && abs(yAxis.share(of: y[row]) - yAxis.share(of: y[rows[0]])) < 0.04
      }
      if let near { places[near].append(row) } else { places.append([row]) }
    }
    return [Layer.Side.right, .left].compactMap { side in
      let shown = places.filter { (xAxis.share(of: x[$0[0]]) > 0.5) == (side == .left) }
      guard !shown.isEmpty else { return nil }
      return Layer(
        .texts(side, size: 10), .black,
        data: DataBlock(
          "names", columns: [name, "residual", "line"],
          rows: shown.map { rows in
            // Beside the outermost of them, so that the text covers none.
            let all = rows.map { x[$0] }
            let outermost = side == .left ? all.min() : all.max()
            return [outermost ?? .nan, y[rows[0]]]
          },
          texts: shown.map { $0.map { String(runs.lines[$0]) }.joined(separator: ", ") }))
    }
  }
}
