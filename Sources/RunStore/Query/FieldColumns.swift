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

  /// The names of the columns.
  let names: [String]
  private var columns: [Column]
  /// Bit k: one of the keys has k bytes, modulo 64; most keys of a line need no further look.
  private let lengths: UInt64
  private(set) var count = 0
  private let decoder = NumberDecoder()

  init(_ names: [String]) {
    self.names = names
    columns = names.map { name in
      var key: [UInt8] = []
      JSONValue.append(name, to: &key)
      return Column(name: name, key: key)
    }
    lengths = columns.reduce(0) { $0 | 1 << UInt64($1.key.count & 63) }
  }

  /// Takes a run's values.
  mutating func append(_ fields: [String: JSONValue]) {
    for place in columns.indices {
      switch fields[columns[place].name] {
      case .number(let number)?:
        let digits = Array(number.text.utf8)
        takeNumber(digits.span, 0, digits.count, place)
      case .string(let text)?: take(text, place)
      default: break
      }
    }
    finishRow()
  }

  /// Takes a run's values from a line of the index.
  ///
  /// - Parameters:
  ///   - line: an object of numbers and strings, without blanks, as ``RunIndex`` writes it and
  ///     has checked.
  ///   - start: where it begins.
  mutating func append(_ line: Span<UInt8>, from start: Int) {
    var index = start + 1
    var found = 0
    while found < columns.count, line[index] == UInt8(ascii: "\"") {
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
      if lengths >> UInt64((keyEnd - key) & 63) & 1 == 1 {
        for place in columns.indices where isEqual(line, key, keyEnd, place) {
          take(line, value, index, place)
          found &+= 1
          break
        }
      }
      if line[index] != UInt8(ascii: ",") { break }
      index &+= 1
    }
    finishRow()
  }

  /// Fills up the columns of which the run has no value.
  private mutating func finishRow() {
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
    guard line[start] == UInt8(ascii: "\"") else { return takeNumber(line, start, end, place) }
    let bytes = (start..<end).map { line[$0] }
    if bytes.contains(UInt8(ascii: "\\")) {
      take((try? JSONValue(parsing: bytes))?.string ?? "", place)
    } else {
      take(String(decoding: bytes[1..<bytes.count - 1], as: UTF8.self), place)
    }
  }

  /// Takes a number; one too large for a double is infinite.
  private mutating func takeNumber(_ line: Span<UInt8>, _ start: Int, _ end: Int, _ place: Int) {
    var number = line[start] == UInt8(ascii: "-") ? -Double.infinity : .infinity
    if case .number(let value) = decoder.decode(line, from: start, to: end) { number = value }
    append(number, place)
  }

  private mutating func take(_ text: String, _ place: Int) {
    if let number = JSONValue.string(text).double { return append(number, place) }
    columns[place].hasValue = true
    if columns[place].texts == nil {
      columns[place].texts = columns[place].numbers.map { $0.isNaN ? "" : NumberText.shortest($0) }
    }
    columns[place].texts?.append(text)
    columns[place].numbers.append(.nan)
  }

  private mutating func append(_ number: Double, _ place: Int) {
    columns[place].hasValue = true
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
