/// Finds the fields of a CSV file: the grammar of RFC 4180 and nothing beside it.
///
/// Works on byte offsets only; ``CSVReader`` turns the offset of a fault into line and column,
/// so that lines need not be counted while all goes well.
struct CSVScanner {
  /// A fault and the byte at which it lies.
  struct Fault: Error {
    var code: CSVError.Code
    var offset: Int
    var message: String
  }

  private(set) var places: [CSVFields.Place] = []
  private(set) var lineBreaks: [CSVFields.LineBreaks] = []
  private(set) var columnNames: [String] = []
  private var quotedLineFeeds = 0

  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Scans `bytes` from `start`, header first.
  mutating func scan(_ bytes: [UInt8], from start: Int) throws(Fault) {
    let span = bytes.span
    var index = start
    try scanRow(span, &index)
    try takeHeader(bytes, end: index)
    noteLineBreaks(row: -1)
    let columns = columnNames.count
    // One row's length is a fair guess at the others': growing by doubling copies too much.
    places.reserveCapacity(min(span.count / 8, span.count / max(columns * 2, 1)) + columns)

    var row = 0
    while index < span.count {
      let rowStart = index
      if let after = endOfBlankLine(span, index) {
        if after == span.count { break }
        guard columns == 1 else {
          throw Fault(
            code: .blankLine, offset: rowStart,
            message: "blank line inside the table; remove it")
        }
      }
      let first = places.count
      try scanRow(span, &index)
      let count = places.count - first
      guard count == columns else {
        throw raggedRow(span, first: first, columns: columns, rowStart: rowStart)
      }
      noteLineBreaks(row: row)
      row += 1
    }
  }

  // MARK: - Rows and fields

  /// Scans the fields of one row and its line end.
  @inline(__always)
  private mutating func scanRow(_ bytes: Span<UInt8>, _ index: inout Int) throws(Fault) {
    let end = bytes.count
    while true {
      if index < end, bytes[index] == Self.quote {
        try scanQuoted(bytes, &index)
      } else {
        let start = index
        while index < end {
          let byte = bytes[index]
          // Digits, letters, point and minus sign lie above the comma.
          if byte > Self.comma {
            index &+= 1
            continue
          }
          if byte == Self.comma || byte == Self.lineFeed || byte == Self.carriageReturn { break }
          if byte == Self.quote || byte == 0 { throw strayByte(byte, index) }
          index &+= 1
        }
        places.append(
          .init(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: index)))
      }
      guard index < end else { return }
      switch bytes[index] {
      case Self.comma: index &+= 1
      case Self.lineFeed:
        index &+= 1
        return
      default:
        guard index + 1 < end, bytes[index + 1] == Self.lineFeed else {
          throw Fault(
            code: .bareCarriageReturn, offset: index,
            message: "carriage return without line feed; save the file with LF or CRLF line ends")
        }
        index += 2
        return
      }
    }
  }

  private mutating func scanQuoted(_ bytes: Span<UInt8>, _ index: inout Int) throws(Fault) {
    let opening = index
    index += 1
    while true {
      guard index < bytes.count else {
        throw Fault(
          code: .unclosedQuote, offset: opening,
          message: "quoted field never ends; add the closing double quote")
      }
      let byte = bytes[index]
      if byte == Self.quote {
        guard index + 1 < bytes.count, bytes[index + 1] == Self.quote else { break }
        index += 2
        continue
      }
      if byte == 0 { throw strayByte(byte, index) }
      if byte == Self.lineFeed { quotedLineFeeds += 1 }
      index += 1
    }
    places.append(.init(start: UInt32(opening + 1), end: UInt32(index)))
    index += 1
    guard
      index == bytes.count || bytes[index] == Self.comma || bytes[index] == Self.lineFeed
        || bytes[index] == Self.carriageReturn
    else {
      throw Fault(
        code: .textAfterQuote, offset: index,
        message: "text after a closing quote; double the quotes inside a quoted field")
    }
  }

  /// The offset after a line end at `index`, if there is one.
  private func endOfBlankLine(_ bytes: Span<UInt8>, _ index: Int) -> Int? {
    if bytes[index] == Self.lineFeed { return index + 1 }
    if bytes[index] == Self.carriageReturn, index + 1 < bytes.count,
      bytes[index + 1] == Self.lineFeed
    {
      return index + 2
    }
    return nil
  }

  private mutating func noteLineBreaks(row: Int) {
    if quotedLineFeeds > lineBreaks.last?.total ?? 0 {
      lineBreaks.append(.init(row: row, total: quotedLineFeeds))
    }
  }

  // MARK: - Header

  private mutating func takeHeader(_ bytes: [UInt8], end: Int) throws(Fault) {
    var columns: [String: Int] = [:]
    for (index, place) in places.enumerated() {
      let name = CSVFields.text(bytes, place)
      let offset = fieldStart(bytes.span, place)
      if name.isEmpty {
        throw Fault(
          code: .emptyHeader, offset: offset,
          message: "column \(index + 1) has no name; the first line must name every column")
      }
      if let first = columns.updateValue(index, forKey: name) {
        throw Fault(
          code: .duplicateHeader, offset: offset,
          message: "columns \(first + 1) and \(index + 1) are both called \"\(name.oneLine)\"; "
            + "rename one")
      }
      columnNames.append(name)
    }
    places.removeAll()
  }

  // MARK: - Faults

  private func fieldStart(_ bytes: Span<UInt8>, _ place: CSVFields.Place) -> Int {
    let start = Int(place.start)
    // An unquoted field starts after a comma or line end, so a quote before it is its own.
    return start > 0 && bytes[start - 1] == Self.quote ? start - 1 : start
  }

  private func strayByte(_ byte: UInt8, _ offset: Int) -> Fault {
    byte == 0
      ? Fault(
        code: .nulByte, offset: offset,
        message: "NUL byte; save the file as UTF-8 text (UTF-16 and binary files are not read)")
      : Fault(
        code: .bareQuote, offset: offset,
        message: "double quote inside an unquoted field; quote the field and double its quotes")
  }

  private func raggedRow(
    _ bytes: Span<UInt8>, first: Int, columns: Int, rowStart: Int
  ) -> Fault {
    let count = places.count - first
    let fields = "\(count) field\(count == 1 ? "" : "s")"
    let expected = "the header has \(columns)"
    if count > columns {
      return Fault(
        code: .raggedRow, offset: fieldStart(bytes, places[first + columns]),
        message: "row has \(fields), \(expected); remove the rest, or quote fields with commas")
    }
    var end = Int(places[places.count - 1].end)
    if end < bytes.count, bytes[end] == Self.quote { end += 1 }
    return Fault(
      code: .raggedRow, offset: end,
      message: "row has \(fields), \(expected); add the missing fields")
  }
}

extension String {
  /// The text with control characters escaped and its length held to 60, for messages.
  package var oneLine: String { oneLine(limit: 60) }

  /// The text with control characters escaped and its length held to a limit.
  func oneLine(limit: Int) -> String {
    // Nearly every text.
    if utf8.count <= limit, utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return self }
    var text = ""
    var count = 0
    for scalar in unicodeScalars {
      guard count < limit else { return text + "…" }
      text +=
        scalar.properties.generalCategory == .control
        ? scalar.escaped(asASCII: true)
        : String(scalar)
      count += 1
    }
    return text
  }
}
