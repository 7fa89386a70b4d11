/// Writes comma-separated values after RFC 4180, quoting only what needs it.
///
/// A field is quoted if it holds a comma, a double quote, CR or LF; if it is empty and alone in
/// its row, which would otherwise be a blank line; or if it begins with a byte order mark.
/// What ``CSVReader`` cannot read back, a NUL character, is written as it is.
public struct CSVWriter: Sendable {
  /// How a row ends.
  public enum LineEnding: String, Sendable, Hashable {
    /// `\n`, the custom of this system.
    case lineFeed = "\n"
    /// `\r\n`, the letter of RFC 4180.
    case carriageReturnLineFeed = "\r\n"
  }

  private var bytes: [UInt8] = []
  private let columnCount: Int
  private let lineEnding: LineEnding

  /// Starts a text with its header row.
  ///
  /// - Parameters:
  ///   - columnNames: the header; at least one name.
  ///   - lineEnding: how rows end. The default is a line feed.
  public init(columnNames: [String], lineEnding: LineEnding = .lineFeed) {
    precondition(!columnNames.isEmpty, "a table has at least one column")
    columnCount = columnNames.count
    self.lineEnding = lineEnding
    append(columnNames)
  }

  /// Adds a row.
  ///
  /// - Precondition: as many fields as the header has.
  public mutating func append(_ fields: [String]) {
    precondition(fields.count == columnCount, "a row has as many fields as the header")
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendField(field)
    }
    bytes.append(contentsOf: lineEnding.rawValue.utf8)
  }

  /// The text so far; every row, the last too, has its line end.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  private mutating func appendField(_ field: String) {
    guard needsQuotes(field) else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    let quote = UInt8(ascii: "\"")
    bytes.append(quote)
    for byte in field.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  private func needsQuotes(_ field: String) -> Bool {
    if field.isEmpty { return columnCount == 1 }
    if field.unicodeScalars.first == "\u{FEFF}" { return true }
    return field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
  }
}

extension Table {
  /// The table as comma-separated values.
  ///
  /// Fields read from a file keep their text; numbers given in memory have the shortest text
  /// that round-trips. See ``CSVWriter`` for quoting.
  public func csvText(lineEnding: CSVWriter.LineEnding = .lineFeed) -> String {
    var writer = CSVWriter(columnNames: columnNames, lineEnding: lineEnding)
    for row in 0..<rowCount {
      writer.append(columnNames.indices.map { text(columnIndex: $0, row: row) })
    }
    return writer.text
  }
}
