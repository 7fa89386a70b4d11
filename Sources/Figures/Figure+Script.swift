internal import Tables

/// For what a script is written.
public enum Medium: Sendable, Hashable {
  /// SVG, PNG, PDF or sixels.
  case picture
  /// Characters: panels below each other, plain numbers, no fine lines.
  case text(columns: Int, rows: Int)
}

extension Figure {
  /// The script for gnuplot with all data in it, but without terminal and output: it draws wherever
  /// it is told to.
  ///
  /// - Parameter medium: For what. The default is a picture.
  /// - Returns: its lines.
  public func script(for medium: Medium = .picture) -> String {
    script(for: medium) { block in "$\(block.name)" }
  }

  /// The script with data in files beside it.
  ///
  /// - Parameter file: The name of the file of a block.
  /// - Returns: its lines.
  func script(readingFrom file: (DataBlock) -> String) -> String {
    script(for: .picture) { block in Self.quoted(file(block)) }
  }

  private func script(for medium: Medium, source: (DataBlock) -> String) -> String {
    var lines = ["# \(Self.plain(title))", "set encoding utf8"]
    let blocks = blocks
    for block in blocks where source(block).hasPrefix("$") {
      lines += ["$\(block.name) << EOD"] + block.lines + ["EOD"]
    }
    let frame = Frame(self, medium)
    if panels.count > 1 { lines.append("set multiplot") }
    var first = 0
    for (place, panel) in panels.enumerated() {
      lines.append("")
      if panels.count > 1 { lines.append("# panel \(place + 1)") }
      let sources = panel.layers.indices.map { source(blocks[first + $0]) }
      lines += PanelScript(figure: self, panel: panel, frame: frame, place: place, sources: sources).lines
      first += panel.layers.count
    }
    if panels.count > 1 { lines += ["", "unset multiplot"] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text between single quotes, within which gnuplot expands nothing.
  static func quoted(_ text: String) -> String {
    "'" + plain(text).replacing("'", with: "''") + "'"
  }

  /// One line without back quotes, which gnuplot would run.
  static func plain(_ text: String) -> String {
    String(
      text.map { character in
        character.isNewline || character.unicodeScalars.contains { $0.value < 32 }
          ? " " : character == "`" ? "'" : character
      })
  }
}

extension DataBlock {
  /// The rows as text: a comment with the columns, numbers as the shortest text that reads back the
  /// same.
  var lines: [String] {
    ["# " + columns.map(Figure.plain).joined(separator: " ")]
      + rows.indices.map { row in
        var words = rows[row].map { $0.isFinite ? NumberText.shortest($0) : "NaN" }
        if !texts.isEmpty {
          words.append("\"" + Figure.plain(texts[row]).replacing("\"", with: "'") + "\"")
        }
        return words.joined(separator: " ")
      }
  }
}

/// Where the panels lie on the canvas.
struct Frame {
  /// Shares of the canvas.
  struct Box {
    var left, right, bottom, top: Double
  }

  let medium: Medium
  let boxes: [Box]
  /// Numbers that an axis has room for.
  let ticks: (x: Int, y: Int)
  /// Whether only outer panels have numbers.
  let isTight: Bool
  /// How many panels stand side by side.
  let columns: Int
  /// The legend of a picture.
  let legend: Legend
  /// The panel that carries the legend: the first with a label.
  let legendPanel: Int?

  var isText: Bool { medium != .picture }

  /// A share of the canvas, to far below a pixel.
  static func share(_ x: Double) -> String { Rounding.significant(x, 5) }

  init(_ figure: Figure, _ medium: Medium) {
    self.medium = medium
    legendPanel = figure.panels.firstIndex { $0.layers.contains { $0.label != nil } }
    let columns: Int
    let canvas: (width: Double, height: Double)
    // Pixels, or characters: what stands about a panel, and above all of them.
    var margin: (left: Double, right: Double, bottom: Double, top: Double)
    let top: Double
    let labels = legendPanel.map { figure.panels[$0].layers.compactMap(\.label) } ?? []
    switch medium {
    case .picture:
      columns = figure.columns
      canvas = (figure.width, figure.height)
      margin = figure.isTight ? (8, 8, 8, 8) : (64, 18, 56, 10)
      legend = Legend(figure, left: 64)
      top = legend.height
    case .text(let width, let height):
      columns = 1
      canvas = (Double(width), Double(height))
      margin = (11, 3, 4, 1)
      legend = Legend(figure, left: 0)
      // gnuplot's own, in columns as wide as the longest label.
      let longest = Double(labels.map(\.count).max() ?? 0) + 10
      let across = max(1, ((Double(width) - 14) / longest).rounded(.down))
      top = (Double(labels.count) / across).rounded(.up)
    }
    let isText = medium != .picture
    let rows = (figure.panels.count + columns - 1) / columns
    // Of tight panels, only the outer ones need room for numbers.
    let outer = figure.isTight && medium == .picture ? (left: 62.0, bottom: 48.0) : (left: 0.0, bottom: 0.0)
    let cell = (
      width: (canvas.width - outer.left) / Double(columns),
      height: (canvas.height - top - outer.bottom) / Double(rows)
    )
    boxes = figure.panels.enumerated().map { place, panel in
      let (row, column) = (place / columns, place % columns)
      let names = isText ? Double(panel.y.nameLength) + 2 : panel.y.nameWidth + 14
      let left = outer.left + cell.width * Double(column) + max(margin.left, names)
      let bar: Double = panel.colours == nil || isText ? 0 : 76
      let right = outer.left + cell.width * Double(column + 1) - margin.right - bar
      let title: Double = panel.title == nil ? 0 : isText ? 1 : 18
      let upper = canvas.height - top - cell.height * Double(row) - margin.top - title
      let lower = canvas.height - top - cell.height * Double(row + 1) + margin.bottom
      return Box(
        left: left / canvas.width, right: right / canvas.width, bottom: lower / canvas.height,
        top: upper / canvas.height)
    }
    let inner = (cell.width - margin.left - margin.right, cell.height - margin.bottom - margin.top)
    isTight = figure.isTight && !isText
    self.columns = columns
    ticks =
      isText
      ? (max(2, Int(inner.0 / 10)), max(2, Int(inner.1 / 3)))
      : (max(2, Int(inner.0 / (isTight ? 45 : 62))), max(2, Int(inner.1 / 36)))
  }
}
