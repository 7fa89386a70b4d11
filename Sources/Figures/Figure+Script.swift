internal import Tables

/// For what a script is written.
public enum Medium: Sendable, Hashable {
  /// SVG, PNG, PDF or sixels.
  case picture
  /// Characters, so many across and so many rows for each panel: panels below each other, plain
  /// numbers, no fine lines.
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

  /// What a medium can show of it.
  func adapted(to medium: Medium) -> Figure {
    guard medium != .picture else { return self }
    var figure = self
    figure.panels = panels.filter(\.hasAxes).map { panel in
      var panel = panel
      panel.layers.removeAll { $0.isFine }
      panel.colours = nil
      return panel
    }
    return figure
  }

  private func script(for medium: Medium, source: (DataBlock) -> String) -> String {
    let figure = adapted(to: medium)
    let (panels, blocks) = (figure.panels, figure.blocks)
    var lines = ["# \(Self.plain(title))", "set encoding utf8"]
    for block in blocks where source(block).hasPrefix("$") {
      lines += ["$\(block.name) << EOD"] + block.lines + ["EOD"]
    }
    let frame = Frame(figure, medium)
    if panels.count > 1 { lines.append("set multiplot") }
    var first = 0
    for (place, panel) in panels.enumerated() {
      lines.append("")
      if panels.count > 1 { lines.append("# panel \(place + 1)") }
      let sources = panel.layers.indices.map { source(blocks[first + $0]) }
      lines +=
        PanelScript(figure: figure, panel: panel, frame: frame, place: place, sources: sources)
        .lines
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
