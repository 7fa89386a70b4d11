import Figures

/// A figure with one of everything.
enum Sample {
  static func figure(name: String = "sample", text: String = "run 1") -> Figure {
    let x = Axis("compute C (FLOP)", 1e18...1e24, isLogarithmic: true, numbers: .powers)
    let y = Axis("loss", 1.5...4)
    let rows = [[1e19, 3.5], [1e21, 2.5], [], [1e22, 2.25], [1e23, .nan]]
    let layers = [
      Layer(
        .band, .blue, label: "band",
        data: DataBlock(
          "band", columns: ["x", "low", "high"], rows: [[1e18, 3, 3.5], [1e24, 1.8, 2.2]])),
      Layer(.line(dash: .dashed), .blue, label: "line", data: block("line", rows)),
      Layer(.points(), .vermilion, label: "points", data: block("points", rows)),
      Layer(
        .verticalBars(), .black, label: "bars",
        data: DataBlock("bars", columns: ["x", "y", "low", "high"], rows: [[1e20, 3, 2.5, 3.25]])),
      Layer(
        .texts(), .grey,
        data: DataBlock("names", columns: ["x", "y", "name"], rows: [[1e20, 3]], texts: [text])),
    ]
    let coloured = Layer(
      .points(), .scale, label: "coloured",
      data: DataBlock(
        "points", columns: ["x", "y", "N"], rows: [[1e19, 2, 1e8], [1e20, 3, 1e9]]))
    return Figure(
      name: name, title: "A <sample>", summary: "One of everything, & more.",
      panels: [
        Panel(title: text, x: x, y: y, layers: layers),
        Panel(
          x: x, y: y, layers: [coloured],
          colours: ColourScale(
            Axis("N", 1e7...1e10, isLogarithmic: true, numbers: .quantities))),
      ], columns: 2, width: 800, height: 320)
  }

  private static func block(_ name: String, _ rows: [[Double]]) -> DataBlock {
    DataBlock(name, columns: ["flops", "loss"], rows: rows)
  }
}
