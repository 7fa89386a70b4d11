internal import Tables

/// Columns gathered from the flattened runs, of which only those wanted are decoded.
struct FieldColumns {
  private struct Column {
    var name: String
    /// The name as it is spelled in a line: in quotes.
    var key: [UInt8]
    var numbers: [Double] = []
    /// Once a value is none of numbers: all of them as texts.
    var texts: [String]?
    var hasValue = false
  }

  private var columns: [Column]
  private(set) var count = 0
  private let decoder = NumberDecoder()

  init(_ names: [String]) {
    columns = names.map { name in
      var key: [UInt8] = []
      JSONValue.append(name, to: &key)
      return Column(name: name, key: key)
    }
  }

  /// Takes a run's values.
  ///
  /// - Parameters:
  ///   - line: an object of numbers and strings, without blanks, as ``RunIndex`` writes it and
  ///     has checked.
  ///   - start: where it begins.
  mutating func append(_ line: Span<UInt8>, from start: Int) {
    var index = start + 1
    while line[index] == UInt8(ascii: "\"") {
      let key = index
      skipString(line, &index)
      let keyEnd = index
      index &+= 1  // the colon
      let value = index
      if line[index] == UInt8(ascii: "\"") {
        skipString(line, &index)
      } else {
        while line[index] != UInt8(ascii: ","), line[index] != UInt8(ascii: "}") { index &+= 1 }
      }
      for place in columns.indices where isEqual(line, key, keyEnd, place) {
        take(line, value, index, place)
        break
      }
      if line[index] != UInt8(ascii: ",") { break }
      index &+= 1
    }
    count += 1
    for place in columns.indices where columns[place].numbers.count < count {
      columns[place].numbers.append(.nan)
      columns[place].texts?.append("")
    }
  }

  /// The first of the columns that no run has, though there are runs.
  var missing: String? {
    guard count > 0 else { return nil }
    return columns.first { column in
      !column.hasValue && !RunFields.texts.contains(column.name)
        && !RunFields.numbers.contains(column.name)
    }?.name
  }

  /// The columns as a table.
  func table(_ source: String) -> Table {
    Table(
      columns: columns.map { column in
        if let texts = column.texts { return (column.name, .texts(texts)) }
        if !column.hasValue, RunFields.texts.contains(column.name) {
          return (column.name, .texts(Array(repeating: "", count: count)))
        }
        return (column.name, .numbers(column.numbers))
      }, source: source)
  }

  private mutating func take(_ line: Span<UInt8>, _ start: Int, _ end: Int, _ place: Int) {
    columns[place].hasValue = true
    if line[start] != UInt8(ascii: "\"") {
      // A number too large for a double is infinite.
      var number = line[start] == UInt8(ascii: "-") ? -Double.infinity : .infinity
      if case .number(let value) = decoder.decode(line, from: start, to: end) { number = value }
      append(number, place)
      return
    }
    var text = (start..<end).map { line[$0] }
    if text.contains(UInt8(ascii: "\\")) {
      text = Array(((try? JSONValue(parsing: text))?.string ?? "").utf8)
    } else {
      text = Array(text[1..<text.count - 1])
    }
    let string = String(decoding: text, as: UTF8.self)
    if let number = JSONValue.string(string).double {
      append(number, place)
      return
    }
    if columns[place].texts == nil {
      columns[place].texts = columns[place].numbers.map { $0.isNaN ? "" : NumberText.shortest($0) }
    }
    columns[place].texts?.append(string)
    columns[place].numbers.append(.nan)
  }

  private mutating func append(_ number: Double, _ place: Int) {
    columns[place].numbers.append(number)
    columns[place].texts?.append(NumberText.shortest(number))
  }

  private func isEqual(_ line: Span<UInt8>, _ start: Int, _ end: Int, _ place: Int) -> Bool {
    guard columns[place].key.count == end - start else { return false }
    for offset in 1..<(end - start) where line[start + offset] != columns[place].key[offset] {
      return false
    }
    return true
  }

  private func skipString(_ line: Span<UInt8>, _ index: inout Int) {
    index &+= 1
    while line[index] != UInt8(ascii: "\"") {
      index &+= line[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index &+= 1
  }
}
