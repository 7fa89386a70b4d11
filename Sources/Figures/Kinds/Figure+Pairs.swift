internal import LeastSquares
public import ScalingLaws
internal import Tables

extension Figure {
  /// Draws of the parameters: histograms on the diagonal, scatter below it, correlations above.
  ///
  /// Scatter shows up to 400 draws, evenly chosen; histograms and correlations use all.
  ///
  /// - Parameters:
  ///   - law: a law with uncertainty.
  ///   - names: the parameters to show. The default is those that vary.
  /// - Returns: a square of panels.
  /// - Throws: `AnalysisError` `undetermined` for a law without uncertainty, or of one parameter.
  public static func pairs(_ law: EstimatedLaw, of names: [String]? = nil) throws -> Figure {
    guard let uncertainty = law.uncertainty else {
      throw AnalysisError(
        .undetermined,
        "\(law.name): no draws and no covariance to show; fit with --bootstrap 1000")
    }
    let draws = uncertainty.samples().filter { $0.allSatisfy(\.isFinite) }
    let shown = law.parameters.indices.filter { index in
      names?.contains(law.parameters[index])
        ?? (Set(draws.prefix(50).map { $0[index] }).count > 1)
    }
    guard shown.count > 1, draws.count > 1 else {
      throw AnalysisError(
        .undetermined, "\(law.name): pairs need two parameters that vary, in two draws at least")
    }
    let columns = shown.map { index in ParameterColumn(law, index, draws) }
    let stride = max(1, draws.count / 400)
    var panels: [Panel] = []
    for (row, y) in columns.enumerated() {
      for (column, x) in columns.enumerated() {
        if row == column {
          panels.append(x.histogram())
        } else if row > column {
          panels.append(scatter(x, y, Array(Swift.stride(from: 0, to: draws.count, by: stride))))
        } else {
          panels.append(correlation(x, y))
        }
      }
    }
    let kind = uncertainty.isInDraws ? "bootstrap draws" : "draws of the covariance"
    return Figure(
      name: "pairs", title: "Draws of the parameters of \(law.name)",
      summary: "\(draws.count) \(kind) of \(columns.map(\.name).joined(separator: ", ")): "
        + "histograms, scatter and correlations; lines mark the estimate.",
      panels: panels, columns: columns.count, width: 60 + 160 * Double(columns.count),
      height: 60 + 145 * Double(columns.count), isTight: true)
  }

  private static func scatter(
    _ x: ParameterColumn, _ y: ParameterColumn, _ shown: [Int]
  ) -> Panel {
    Panel(
      x: x.axis, y: y.axis,
      layers: [
        Layer(
          .points(.disc, size: 0.25), .blue,
          data: DataBlock(
            "draws", columns: [x.name, y.name], rows: shown.map { [x.values[$0], y.values[$0]] })),
        Layer(
          .points(.cross, size: 1), .vermilion,
          data: DataBlock("estimate", columns: [x.name, y.name], rows: [[x.estimate, y.estimate]])),
      ])
  }

  private static func correlation(_ x: ParameterColumn, _ y: ParameterColumn) -> Panel {
    let value = x.correlation(with: y)
    var panel = Panel(
      x: Axis("", 0...1, numbers: .none), y: Axis("", 0...1, numbers: .none),
      layers: [
        Layer(
          .texts(.middle, size: 12 + 6 * abs(value)), abs(value) > 0.9 ? .black : .grey,
          data: DataBlock(
            "correlation", columns: ["x", "y", "correlation"], rows: [[0.5, 0.5]],
            texts: [Rounding.significant(value, abs(value) > 0.99 ? 3 : 2, keepingZeros: true)]))
      ], hasGrid: false)
    panel.hasAxes = false
    return panel
  }
}

/// The draws of a parameter on the axis they are shown on.
private struct ParameterColumn {
  let name: String
  let estimate: Double
  let values: [Double]
  let axis: Axis

  init(_ law: EstimatedLaw, _ index: Int, _ draws: [[Double]]) {
    name = law.parameters[index]
    estimate = law.values[index]
    values = draws.map { $0[index] }
    // The outermost half per cent on either side would shrink all others.
    let sorted = values.sorted()
    let cut = sorted.count / 200
    let kept = sorted[cut..<(sorted.count - cut)]
    let (low, high) = (kept.first ?? 0, kept.last ?? 1)
    let all = Array(kept) + [estimate]
    axis = Axis(
      name, covering: all, isLogarithmic: low > 0 && high / low > 4,
      numbers: high >= 1e4 ? .quantities : .plain, margin: 0.06)
  }

  /// Where a value lies on the scale of the axis.
  private func place(_ value: Double) -> Double { axis.share(of: value) }

  func correlation(with other: ParameterColumn) -> Double {
    LeastSquares.correlation(values.map(place), other.values.map(other.place))
  }

  func histogram() -> Panel {
    let bins = 24
    var counts = Array(repeating: 0, count: bins)
    for value in values {
      let bin = Int((place(value) * Double(bins)).rounded(.down))
      if counts.indices.contains(bin) { counts[bin] += 1 }
    }
    let edges = axis.places(bins + 1)
    let top = Double(counts.max() ?? 1) * 1.15
    return Panel(
      x: axis, y: Axis("", 0...max(top, 1), numbers: .none),
      layers: [
        Layer(
          .boxes, .sky,
          data: DataBlock(
            "histogram", columns: ["\(name)_from", "\(name)_to", "bottom", "draws"],
            rows: counts.enumerated().map {
              [edges[$0.offset], edges[$0.offset + 1], 0, Double($0.element)]
            })),
        Layer(
          .line(width: 1.4), .vermilion,
          data: DataBlock(
            "estimate", columns: [name, "draws"], rows: [[estimate, 0], [estimate, top]])),
      ], hasGrid: false)
  }
}
