/// The bytes of a CSV file and where its fields lie in them.
///
/// Fields are cut out and decoded only when asked for. A class, so that the tables selected from
/// one file share it.
final class CSVFields: Sendable {
  /// Where a field's content lies, without its quotes.
  struct Place {
    var start: UInt32
    var end: UInt32
  }

  /// A row in which quoted fields hold line feeds, and how many there are up to its end.
  struct LineBreaks {
    var row: Int
    var total: Int
  }

  let bytes: [UInt8]
  /// Row by row, without the header.
  let places: [Place]
  let columnCount: Int
  let rowCount: Int
  /// Ascending; row -1 is the header.
  private let lineBreaks: [LineBreaks]

  init(bytes: [UInt8], places: [Place], columnCount: Int, lineBreaks: [LineBreaks]) {
    self.bytes = bytes
    self.places = places
    self.columnCount = columnCount
    self.rowCount = places.count / columnCount
    self.lineBreaks = lineBreaks
  }

  /// The line on which a row begins.
  ///
  /// O(log n) in the number of rows with quoted line feeds.
  func line(ofRow row: Int) -> Int {
    var low = 0
    var high = lineBreaks.count
    while low < high {
      let middle = (low + high) / 2
      if lineBreaks[middle].row < row { low = middle + 1 } else { high = middle }
    }
    return row + 2 + (low > 0 ? lineBreaks[low - 1].total : 0)
  }

  func place(row: Int, column: Int) -> Place { places[row * columnCount + column] }

  func text(row: Int, column: Int) -> String {
    Self.text(bytes, place(row: row, column: column))
  }

  /// A field's content, with doubled quotes made single.
  static func text(_ bytes: [UInt8], _ place: Place) -> String {
    let content = bytes[Int(place.start)..<Int(place.end)]
    let quote = UInt8(ascii: "\"")
    // A quote inside a field can only be one of a pair.
    guard content.contains(quote) else { return String(decoding: content, as: UTF8.self) }
    var unescaped: [UInt8] = []
    unescaped.reserveCapacity(content.count)
    var index = content.startIndex
    while index < content.endIndex {
      unescaped.append(content[index])
      index += content[index] == quote ? 2 : 1
    }
    return String(decoding: unescaped, as: UTF8.self)
  }
}
