internal import Tables

/// The commands that draw one panel.
struct PanelScript {
  let figure: Figure
  let panel: Panel
  let frame: Frame
  let place: Int
  /// Where the data of each layer are.
  let sources: [String]

  private var box: Frame.Box { frame.boxes[place] }
  /// Whether it stands in the lowest row of those that share their numbers.
  private var isLowest: Bool {
    !frame.isTight || place + frame.columns >= figure.panels.count
  }
  /// Whether it stands in the first column of those that share their numbers.
  private var isFirst: Bool { !frame.isTight || place % frame.columns == 0 }

  var lines: [String] {
    var lines = ["reset", "set encoding utf8"]
    lines.append(
      "set lmargin at screen \(share(box.left)); set rmargin at screen \(share(box.right)); "
        + "set bmargin at screen \(share(box.bottom)); set tmargin at screen \(share(box.top))")
    lines += [
      "set border 3 lw 1 lc rgb '#4D4D4D'",
      "set tics nomirror out scale 0.6,0.3 textcolor rgb '#333333'",
    ]
    if panel.hasGrid, !frame.isText { lines.append("set grid lw 0.6 lt 1 lc rgb '#E6E6E6'") }
    lines += axis("x", panel.x, most: frame.ticks.x, isNumbered: isLowest)
    lines += axis("y", panel.y, most: frame.ticks.y, isNumbered: isFirst)
    if !panel.hasAxes { lines.append("unset border; unset xtics; unset ytics") }
    lines += colourScale
    lines += frame.isText ? textLabels : pictureLabels
    lines += legend
    lines.append(plot)
    return lines
  }

  private var colourScale: [String] {
    guard let colours = panel.colours else { return ["unset colorbox"] }
    return axis("cb", colours.axis, most: frame.ticks.y, isNumbered: true) + [
      ColourScale.palette, "set cbtics out scale 0.5",
      "set colorbox user origin \(frame.place(box.right + 14 / frame.width, box.bottom)) "
        + "size \(frame.place(12 / frame.width, box.top - box.bottom)) noborder",
    ]
  }

  /// What the axes are called, and the title, at places in pixels.
  private var pictureLabels: [String] {
    func label(_ text: String, _ x: Double, _ y: Double, _ style: String = "") -> String? {
      guard !text.isEmpty else { return nil }
      return "set label \(Figure.quoted(text)) at \(frame.place(x, y)) center\(style) noenhanced"
    }
    let (middle, height) = ((box.left + box.right) / 2, (box.bottom + box.top) / 2)
    let beside = frame.isTight ? 54 : box.left * frame.width - leftEdge - 10
    return ["# names of the axes"]
      + [
        isLowest ? label(panel.x.label, middle, box.bottom - 40 / frame.height) : nil,
        isFirst
          ? label(panel.y.label, box.left - beside / frame.width, height, " rotate by 90") : nil,
        panel.colours.flatMap {
          label($0.axis.label, box.right + 86 / frame.width, height, " rotate by 90")
        },
        panel.title.flatMap { label($0, middle, box.top + 12 / frame.height) },
      ].compactMap { $0 }
  }

  /// Where the cell of the panel begins, in pixels.
  private var leftEdge: Double {
    frame.width / Double(frame.columns) * Double(place % frame.columns)
  }

  /// The vertical axis is named above, where its name has room.
  private var textLabels: [String] {
    let title = panel.title.map {
      "set label \(Figure.quoted($0)) at graph 0, graph 1 offset -8,2 left noenhanced"
    }
    let y =
      panel.y.label.isEmpty
      ? nil
      : "set label \(Figure.quoted(panel.y.label)) at graph 0, graph 1 offset -8,1 left noenhanced"
    return [title, y, "set xlabel \(Figure.quoted(panel.x.label)) noenhanced"].compactMap { $0 }
  }

  /// On a terminal gnuplot's own, because lines look different there.
  private var legend: [String] {
    guard frame.legendPanel == place else { return ["unset key"] }
    guard frame.isText else { return ["unset key"] + frame.legend.lines(on: figure) }
    return [
      "set key at screen \(share(box.left)), screen 1 left top horizontal Left "
        + "reverse samplen 3"
    ]
  }

  private func axis(_ name: String, _ axis: Axis, most: Int, isNumbered: Bool) -> [String] {
    let range = axis.range
    var lines = [
      "set \(name)range [\(number(range.lowerBound)):\(number(range.upperBound))]"
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
    let parts = panel.layers.indices.map { index in
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
        case .right: frame.isText ? "1,0" : "0.7,0"
        case .left: frame.isText ? "-1,0" : "-0.7,0"
        case .middle: "0,0"
        }
      return "using 1:2:3 with labels \(side.rawValue) offset \(offset) noenhanced "
        + "font ',\(number(size))' textcolor \(colour)"
    }
  }

  private func number(_ x: Double) -> String { NumberText.shortest(x) }

  private func share(_ x: Double) -> String { Frame.share(x) }
}
