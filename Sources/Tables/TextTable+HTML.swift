extension TextTable {
  /// A table in HTML: `<table>` with a head and a body, the first cell of a row its header.
  ///
  /// Cells of right-aligned columns have the class `number`; in `decimal` columns, blanks as wide as
  /// a digit put the points below each other, where the digits of the font are of one width. Every
  /// text is escaped, see ``HTMLText``; line feeds become `<br>`.
  ///
  /// - Parameter caption: what stands above the table, as finished HTML. The default is nothing.
  /// - Returns: the element, with a final line feed.
  public func html(caption: String? = nil) -> String {
    let columns = headers.indices.map { column in
      let cells = rows.map { $0[column] }
      return alignment(ofColumn: column) == .decimal ? Self.pointAligned(cells, .wide) : cells
    }
    func line(_ cells: [String], head: Bool) -> String {
      let elements = cells.enumerated().map { column, cell in
        let name = head || column == 0 ? "th" : "td"
        let scope = head ? " scope=\"col\"" : column == 0 ? " scope=\"row\"" : ""
        let type = alignment(ofColumn: column) == .left ? "" : " class=\"number\""
        let text = HTMLText.escaped(cell).replacing("\n", with: "<br>")
        return "<\(name)\(scope)\(type)>\(text)</\(name)>"
      }
      return "<tr>\(elements.joined())</tr>\n"
    }
    return "<table>\n" + (caption.map { "<caption>\($0)</caption>\n" } ?? "")
      + "<thead>\n" + line(headers, head: true) + "</thead>\n<tbody>\n"
      + rows.indices.map { row in line(columns.map { $0[row] }, head: false) }.joined()
      + "</tbody>\n</table>\n"
  }
}
