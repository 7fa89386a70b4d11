/// Why a table cannot give what was asked of it.
public struct TableError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Code: Sendable, Hashable {
    /// No column has this name; `header` names those there are.
    case noSuchColumn(String, header: [String])
    /// A field where a number is needed is empty.
    case empty
    /// A field where a number is needed holds other text.
    case notANumber(found: String)
    /// A field is NaN or infinite.
    case notFinite(found: String)
    /// A field is a number too large for a `Double`.
    case outOfRange(found: String)
  }

  /// What kind of fault it is.
  public var code: Code

  /// The name of the file or table; empty if it has none.
  public var source: String

  /// The name of the column.
  public var column: String

  /// The line of the file, counted from 1; nil if the fault is not in one row.
  public var line: Int?

  /// Creates an error.
  public init(code: Code, source: String, column: String, line: Int? = nil) {
    self.code = code
    self.source = source
    self.column = column
    self.line = line
  }

  /// A column that does not exist.
  public static func noSuchColumn(
    _ name: String, header: [String], source: String = ""
  ) -> TableError {
    TableError(code: .noSuchColumn(name, header: header), source: source, column: name)
  }

  /// One line: `runs.csv:12: column "loss": …`.
  public var description: String {
    let place = [source, line.map(String.init) ?? ""].filter { !$0.isEmpty }
    let prefix = place.isEmpty ? "" : place.joined(separator: ":") + ": "
    let named = "column \"\(column.oneLine)\""
    let expected = "expected a plain number such as 1.5 or 7e9"
    return switch code {
    case .noSuchColumn(let name, let header):
      if let near = nearest(name, among: header) {
        "\(prefix)no \(named); did you mean \"\(near.oneLine)\"?"
      } else {
        "\(prefix)no \(named); the header has "
          + header.prefix(12).map(\.oneLine).joined(separator: ", ")
          + (header.count > 12 ? ", …" : "")
      }
    case .empty:
      "\(prefix)\(named): empty; \(expected)"
    case .notANumber(let found):
      "\(prefix)\(named): \"\(found.oneLine)\" is no number; \(expected)\(Self.hint(found))"
    case .notFinite(let found):
      "\(prefix)\(named): \"\(found.oneLine)\" is not finite; correct or remove the row"
    case .outOfRange(let found):
      "\(prefix)\(named): \"\(found.oneLine)\" is too large; \(expected)"
    }
  }

  private static func hint(_ found: String) -> String {
    if found.first?.isWhitespace == true || found.last?.isWhitespace == true {
      return ", without blanks around it"
    }
    if let value = Quantity.parse(found) { return ", here \(NumberText.shortest(value))" }
    return ""
  }
}
