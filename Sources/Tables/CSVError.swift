/// Why bytes are no table in comma-separated values, and where.
public struct CSVError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is nothing but perhaps a byte order mark.
    case emptyFile
    /// The bytes are not UTF-8.
    case invalidUTF8
    /// A byte is zero.
    case nulByte
    /// A column has no name.
    case emptyHeader
    /// Two columns have the same name.
    case duplicateHeader
    /// A row has more or fewer fields than the header.
    case raggedRow
    /// An empty line stands inside a table of more than one column.
    case blankLine
    /// A double quote stands inside a field that is not quoted.
    case bareQuote
    /// A quoted field never ends.
    case unclosedQuote
    /// A closing quote is followed by something other than a comma or the end of the line.
    case textAfterQuote
    /// A carriage return stands outside quotes without a line feed.
    case bareCarriageReturn
    /// The file has more bytes than the reader can address (4 GiB).
    case tooLarge
  }

  /// What kind of fault it is.
  public var code: Code

  /// The name of the file or stream.
  public var source: String

  /// The line of the file, counted from 1 by line feeds, those in quoted fields included.
  public var line: Int

  /// The character of the line (Unicode scalar values, counted from 1).
  public var column: Int

  /// What is wrong and what to do about it, without the place; the wording is not stable.
  public var message: String

  /// Creates an error.
  public init(code: Code, source: String, line: Int, column: Int, message: String) {
    self.code = code
    self.source = source
    self.line = line
    self.column = column
    self.message = message
  }

  /// One line: `runs.csv:12:5: …`.
  public var description: String { "\(source):\(line):\(column): \(message)" }
}
