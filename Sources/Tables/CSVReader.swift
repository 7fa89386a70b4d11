/// Reads comma-separated values strictly after RFC 4180.
///
/// UTF-8 (a byte order mark is accepted), comma, LF or CRLF line ends, a header row. Fields are
/// taken as they stand: blanks are part of a field. One blank line at the end is ignored; inside
/// a table of one column a blank line is an empty field. Anything else is an error with line and
/// column, never a guess; a header without rows is a table of no rows.
///
/// The bytes are kept and only the places of the fields are noted; columns are decoded when
/// asked for.
public struct CSVReader: Sendable, Hashable {
  /// The name of the file or stream in errors.
  public var source: String

  /// Creates a reader whose errors name `source`.
  public init(source: String) {
    self.source = source
  }

  /// The table in `bytes`.
  ///
  /// - Throws: ``CSVError`` with the first fault; bytes that are not UTF-8 come before the rest.
  /// - Complexity: O(bytes) time, 8 bytes of memory per field beside the bytes.
  public func read(_ bytes: [UInt8]) throws(CSVError) -> Table {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: mark) ? mark.count : 0
    guard bytes.count <= UInt32.max else {
      throw error(
        .tooLarge, bytes, at: start, "more than 4 GiB in one table; split the file")
    }
    guard bytes.count > start else {
      throw error(
        .emptyFile, bytes, at: start,
        "empty; the first line must name the columns")
    }
    if let offset = firstInvalidByte(bytes) {
      throw error(
        .invalidUTF8, bytes, at: offset,
        "not UTF-8; save the file as UTF-8 text (and unpack it if it is compressed)")
    }
    var scanner = CSVScanner()
    do throws(CSVScanner.Fault) {
      try scanner.scan(bytes, from: start)
    } catch {
      throw self.error(error.code, bytes, at: error.offset, error.message)
    }
    let fields = CSVFields(
      bytes: bytes, places: scanner.places, columnCount: scanner.columnNames.count,
      lineBreaks: scanner.lineBreaks)
    return Table(source: source, columnNames: scanner.columnNames, fields: fields)
  }

  private func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private func error(
    _ code: CSVError.Code, _ bytes: [UInt8], at offset: Int, _ message: String
  ) -> CSVError {
    let place = TextPlace(of: offset, in: bytes)
    return CSVError(
      code: code, source: source, line: place.line, column: place.column, message: message)
  }
}
