internal import ScalingLaws

extension Figure {
  /// The curve of one run.
  public struct RunCurve: Sendable, Hashable {
    /// What the run is called.
    public var name: String
    /// Its parameters, where they are known.
    public var params: Double?
    /// Tokens, FLOP or steps at each point.
    public var x: [Double]
    /// The metric there.
    public var y: [Double]

    /// Makes a curve.
    public init(name: String, params: Double?, x: [Double], y: [Double]) {
      (self.name, self.params, self.x, self.y) = (name, params, x, y)
    }
  }

  /// Curves of runs: coloured by parameters where all are known and differ, else named in the
  /// legend.
  ///
  /// - Parameters:
  ///   - curves: the curves; points at which x or y has no logarithm are left out.
  ///   - metric: what y is.
  ///   - against: what x is: `tokens`, `steps`, or another metric.
  /// - Returns: one panel.
  /// - Throws: `AnalysisError` where no curve has two points to draw.
  public static func curves(
    _ curves: [RunCurve], metric: String, against: String
  ) throws -> Figure {
    let shown = curves.map { curve in
      var curve = curve
      let kept = curve.x.indices.filter {
        curve.x[$0] > 0 && curve.x[$0].isFinite && curve.y[$0].isFinite
      }
      (curve.x, curve.y) = (kept.map { curve.x[$0] }, kept.map { curve.y[$0] })
      return curve
    }.filter { $0.x.count > 1 }
    guard !shown.isEmpty else {
      throw AnalysisError(
        .tooFewRows, "no run has two points of \(metric) against \(against) to draw")
    }
    let values = shown.flatMap(\.y)
    let x = Axis(
      against, covering: shown.flatMap(\.x), isLogarithmic: true,
      numbers: against == "flops" ? .powers : .quantities)
    let y = Axis(metric, covering: values, isLogarithmic: values.allSatisfy { $0 > 0 })
    let params = shown.compactMap(\.params)
    let byParams = params.count == shown.count && Set(params).count > 1
    let layers: [Layer]
    if byParams {
      layers = [
        Layer(
          .line(width: 1.3), .scale, label: "\(shown.count) runs",
          data: DataBlock(
            "runs", columns: [against, metric, "params"],
            rows: shown.flatMap { curve in
              curve.x.indices.map { [curve.x[$0], curve.y[$0], curve.params ?? .nan] } + [[]]
            }))
      ]
    } else {
      // More names than colours would tell nothing.
      layers = shown.enumerated().map { place, curve in
        Layer(
          .line(width: 1.3), shown.count > 7 ? .blue : .group(place),
          label: shown.count > 7 ? (place == 0 ? "\(shown.count) runs" : nil) : curve.name,
          data: DataBlock(
            "run", columns: [against, metric],
            rows: curve.x.indices.map { [curve.x[$0], curve.y[$0]] }))
      }
    }
    return Figure(
      name: "curves", title: "\(metric) against \(against)",
      summary: "\(metric) of \(shown.count) runs against \(against)"
        + (byParams ? ", coloured by parameters." : "."),
      panels: [
        Panel(
          x: x, y: y, layers: layers,
          colours: byParams
            ? ColourScale(
              Axis(
                "parameters N", covering: params, isLogarithmic: true, numbers: .quantities,
                margin: 0.02)) : nil)
      ])
  }
}
