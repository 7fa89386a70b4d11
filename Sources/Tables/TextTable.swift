/// A small table of finished texts, to be shown to people.
///
///     var table = TextTable(headers: ["parameter", "estimate"])
///     table.append(["alpha", "0.347"])
///     table.append(["E", "1.82"])
///     print(table.text(), terminator: "")
///     // parameter  estimate
///     // alpha         0.347
///     // E             1.82
///
/// Cells are rounded and formatted by the caller. See ``text()``, ``markdown()``, ``csv()``
/// and ``html(caption:)``.
public struct TextTable: Sendable, Hashable {
  /// How the cells of a column are placed.
  public enum Alignment: String, Sendable, Hashable, CaseIterable {
    /// `decimal` if every cell is a plain decimal, `right` if every cell is a number with a
    /// suffix, exponent, per cent sign or uncertainty, otherwise `left`. Empty cells, `-` and `–`
    /// count as either.
    case automatic
    /// To the left.
    case left
    /// To the right.
    case right
    /// Decimal points below each other; cells that are no number to the right.
    case decimal
  }

  /// The heading of each column.
  public let headers: [String]

  /// The alignment of each column.
  public var alignments: [Alignment]

  /// The cells, row by row.
  public private(set) var rows: [[String]] = []

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - headers: the heading of each column, at least one.
  ///   - alignments: the alignment of each column; missing ones are `automatic`.
  ///   - rows: the first rows. The default is none.
  /// - Precondition: no more alignments than headers, every row as long as the headers.
  public init(headers: [String], alignments: [Alignment] = [], rows: [[String]] = []) {
    precondition(!headers.isEmpty, "a table has at least one column")
    precondition(alignments.count <= headers.count, "more alignments than columns")
    self.headers = headers
    self.alignments =
      alignments + repeatElement(.automatic, count: headers.count - alignments.count)
    for row in rows { append(row) }
  }

  /// Adds a row.
  ///
  /// - Precondition: as many cells as there are headers.
  public mutating func append(_ row: [String]) {
    precondition(row.count == headers.count, "a row has as many cells as there are headers")
    rows.append(row)
  }

  /// The alignment a column has once its cells are looked at; never `automatic`.
  func alignment(ofColumn column: Int) -> Alignment {
    guard alignments[column] == .automatic else { return alignments[column] }
    let cells = rows.map { $0[column] }.filter { !Self.isPlaceholder($0) }
    guard !cells.isEmpty else { return .left }
    if cells.allSatisfy({ Self.isPlain($0) }) { return .decimal }
    return cells.allSatisfy { Self.isNumeric($0) } ? .right : .left
  }

  private static func isPlaceholder(_ cell: String) -> Bool {
    cell.isEmpty || cell == "-" || cell == "–"
  }

  static func isPlain(_ cell: String) -> Bool {
    cell.utf8.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
      && Quantity.parse(cell) != nil
  }

  private static func isNumeric(_ cell: String) -> Bool {
    if ["NaN", "Infinity", "-Infinity"].contains(cell) { return true }
    let number = cell.hasSuffix("%") ? cell.dropLast() : cell[...]
    if Quantity.parse(number) != nil { return true }
    let halves = cell.split(separator: " ± ", omittingEmptySubsequences: false)
    return halves.count == 2 && halves.allSatisfy { Quantity.parse($0) != nil }
  }
}
