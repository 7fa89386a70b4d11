extension TextTable {
  /// Aligned columns, two blanks apart, headers first; every line has its line feed.
  ///
  /// The width of a cell is its number of characters. Line feeds and other control characters
  /// become blanks; blanks at the end of a line are dropped.
  public func text() -> String {
    let columns = headers.indices.map { column in
      Self.column(
        header: Self.oneLine(headers[column]), cells: rows.map { Self.oneLine($0[column]) },
        alignment: alignment(ofColumn: column))
    }
    var text = ""
    for line in 0...rows.count {
      var content = columns.map { $0[line] }.joined(separator: "  ")[...]
      while content.last == " " { content.removeLast() }
      text += content + "\n"
    }
    return text
  }

  /// A table in GitHub's Markdown; `|` and `<` are escaped, line feeds become `<br>`.
  public func markdown() -> String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(Self.markdownCell).joined(separator: " | ") + " |\n"
    }
    let rules = headers.indices.map { alignment(ofColumn: $0) == .left ? "---" : "---:" }
    return line(headers) + "| " + rules.joined(separator: " | ") + " |\n"
      + rows.map(line).joined()
  }

  /// Comma-separated values; see ``CSVWriter``.
  public func csv() -> String {
    var writer = CSVWriter(columnNames: headers)
    for row in rows { writer.append(row) }
    return writer.text
  }

  private static func markdownCell(_ cell: String) -> String {
    var text = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "|": text += "\\|"
      case "<": text += "\\<"
      case "\n": text += "<br>"
      case "\r": break
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func oneLine(_ cell: String) -> String {
    if cell.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }) { return cell }
    return String(
      cell.map { $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } ? " " : $0 })
  }

  /// Header and cells of a column, padded to one width.
  private static func column(
    header: String, cells: [String], alignment: Alignment
  ) -> [String] {
    let padded = alignment == .decimal ? pointAligned(cells) : cells
    let width = padded.reduce(header.count) { max($0, $1.count) }
    return ([header] + padded).map { cell in
      let blanks = String(repeating: " ", count: width - cell.count)
      return alignment == .left ? cell + blanks : blanks + cell
    }
  }

  /// Blanks that take the place of digits and of a point.
  struct Blanks {
    var digit: String
    var point: String

    /// For fonts in which all characters are of one width.
    static let narrow = Blanks(digit: " ", point: " ")
    /// For fonts in which only digits are: as wide as a digit, and as a point.
    static let wide = Blanks(digit: "\u{2007}", point: "\u{2008}")
  }

  /// Plain decimals with blanks at the end, so that right alignment puts the points together.
  static func pointAligned(_ cells: [String], _ blanks: Blanks = .narrow) -> [String] {
    func fraction(_ cell: String) -> Int? {
      cell.firstIndex(of: ".").map { cell.distance(from: $0, to: cell.endIndex) - 1 }
    }
    guard let longest = cells.filter(isPlain).compactMap(fraction).max() else { return cells }
    return cells.map { cell in
      guard isPlain(cell) else { return cell }
      let own = fraction(cell)
      return cell + (own == nil ? blanks.point : "")
        + String(repeating: blanks.digit, count: longest - (own ?? 0))
    }
  }
}
