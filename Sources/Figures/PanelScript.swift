internal import Tables

/// The commands that draw one panel.
struct PanelScript {
  let figure: Figure
  let panel: Panel
  let frame: Frame
  let place: Int
  /// Where the data of each layer are.
  let sources: [String]

  var lines: [String] {
    var lines = ["reset", "set encoding utf8"]
    let box = frame.boxes[place]
    lines.append(
      "set lmargin at screen \(share(box.left)); set rmargin at screen \(share(box.right)); "
        + "set bmargin at screen \(share(box.bottom)); set tmargin at screen \(share(box.top))")
    lines += [
      "set border 3 lw 1 lc rgb '#4D4D4D'",
      "set tics nomirror out scale 0.6,0.3 textcolor rgb '#333333'",
    ]
    if panel.hasGrid, !frame.isText { lines.append("set grid lw 0.6 lt 1 lc rgb '#E6E6E6'") }
    let isLowest = place + frame.columns >= figure.panels.count
    lines += axis("x", panel.x, most: frame.ticks.x, isNumbered: !frame.isTight || isLowest)
    lines += axis(
      "y", panel.y, most: frame.ticks.y, isNumbered: !frame.isTight || place % frame.columns == 0)
    if !panel.hasAxes { lines.append("unset border; unset xtics; unset ytics") }
    if let colours = panel.colours {
      lines += axis("cb", colours.axis, most: frame.ticks.y, isNumbered: true)
      lines += [
        ColourScale.palette,
        "set colorbox user origin screen \(share(box.right + 0.02)), screen \(share(box.bottom)) "
          + "size screen 0.016, screen \(share(box.top - box.bottom)) noborder",
        frame.isText ? "unset colorbox" : "set cbtics out scale 0.5",
      ]
    }
    if let title = panel.title { lines.append("set title \(Figure.quoted(title)) noenhanced") }
    lines += legend
    lines.append(plot)
    return lines
  }

  /// On a terminal gnuplot's own, because lines look different there.
  private var legend: [String] {
    guard frame.legendPanel == place else { return ["unset key"] }
    guard frame.isText else { return ["unset key"] + frame.legend.lines(on: figure) }
    return [
      "set key at screen \(share(frame.boxes[place].left)), screen 1 left top horizontal Left "
        + "reverse samplen 3"
    ]
  }

  private func axis(_ name: String, _ axis: Axis, most: Int, isNumbered: Bool) -> [String] {
    let range = axis.range
    var lines = [
      "set \(name)range [\(number(range.lowerBound)):\(number(range.upperBound))]",
      "set \(name)label \(Figure.quoted(isNumbered ? axis.label : "")) noenhanced"
        + (name == "x" && !frame.isText ? " offset 0,0.3" : ""),
    ]
    if axis.isLogarithmic { lines.append("set logscale \(name)") }
    let ticks = axis.ticks(most: most)
    guard !ticks.isEmpty else { return lines + ["unset \(name)tics"] }
    let list = ticks.map { tick in
      switch isNumbered || tick.text == nil ? tick.text : .plain("") {
      case nil: "'' \(number(tick.place)) 1"
      case .plain(let text)?: "\(Figure.quoted(text)) \(number(tick.place))"
      case .power(let exponent, let digit)?:
        frame.isText
          ? "'\(digit)e\(exponent)' \(number(tick.place))"
          : "'\(digit == 1 ? "" : "\(digit)·")10^{\(exponent)}' \(number(tick.place))"
      }
    }
    return lines + ["set \(name)tics (\(list.joined(separator: ", ")))"]
  }

  private var plot: String {
    let shown = panel.layers.indices.filter { !(frame.isText && panel.layers[$0].isFine) }
    let parts = shown.map { index in
      let layer = panel.layers[index]
      let title = layer.label.map { "title \(Figure.quoted($0))" } ?? "notitle"
      return "\(sources[index]) \(style(layer)) \(title)"
    }
    return "plot " + parts.joined(separator: ", \\\n  ")
  }

  private func style(_ layer: Layer) -> String {
    let colour = layer.colour.text
    let byScale = layer.colour == .scale
    switch layer.mark {
    case .line(let width, let dash):
      return "using 1:2\(byScale ? ":3" : "") with lines lw \(number(width)) "
        + "dt \(dash.rawValue) lc \(colour)"
    case .band:
      return "using 1:2:3 with filledcurves fs transparent solid 0.18 noborder fc \(colour)"
    case .points(let shape, let size):
      return "using 1:2\(byScale ? ":3" : "") with points pt \(shape.rawValue) "
        + "ps \(number(size)) lw 1.2 lc \(colour)"
    case .verticalBars(let shape, let size):
      return "using 1:2:3:4 with yerrorbars pt \(shape.rawValue) ps \(number(size)) lw 1.4 "
        + "lc \(colour)"
    case .horizontalBars(let shape, let size):
      return "using 1:2:3:4 with xerrorbars pt \(shape.rawValue) ps \(number(size)) lw 1.4 "
        + "lc \(colour)"
    case .boxes:
      return "using (($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror fs solid 0.75 noborder "
        + "fc \(colour)"
    case .texts(let side, let size):
      let offset =
        switch side {
        case .right: "0.7,0"
        case .left: "-0.7,0"
        case .middle: "0,0"
        }
      return "using 1:2:3 with labels \(side.rawValue) offset \(offset) noenhanced "
        + "font ',\(number(size))' textcolor \(colour)"
    }
  }

  private func number(_ x: Double) -> String { NumberText.shortest(x) }

  private func share(_ x: Double) -> String { Frame.share(x) }
}
