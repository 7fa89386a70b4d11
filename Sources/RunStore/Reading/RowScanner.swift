internal import Tables

/// Reads rows of metrics, strictly JSON, without making a string or a dictionary of each.
///
/// A row is an object of numbers: `step`, a whole number, must be there, `t` may be, every other
/// key is a metric. `NaN`, `Infinity` and `-Infinity` are strings. A line feed ends the row.
struct RowScanner {
  /// What is wrong with a row.
  struct Fault: Error {
    var offset: Int
    var expected: String
  }

  /// The metrics seen so far, in the order of their first appearance.
  private(set) var names: [String] = []

  /// The step of the last row.
  private(set) var step = 0
  /// The time of the last row in seconds since 1970; NaN if it does not say.
  private(set) var time = Double.nan
  /// The metrics of the last row, as indices into ``names``.
  private(set) var metrics: [Int] = []
  /// Their values.
  private(set) var values: [Double] = []

  private var indices: [String: Int] = [:]
  /// The names in quotes, end to end, and where each ends.
  private var spelled: [UInt8] = []
  private var ends: [Int] = [0]
  /// The number of the last row that had each metric, to find a key given twice.
  private var lastRow: [Int] = []
  private var rows = 0
  /// The metrics of the row before: rows mostly have the same keys in the same order.
  private var guesses: [Int] = []
  private let decoder = NumberDecoder()

  /// Reads the row that begins at `start`.
  ///
  /// - Returns: the place behind its line feed.
  /// - Precondition: there is a line feed in `bytes[start..<end]`.
  mutating func scan(
    _ bytes: Span<UInt8>, from start: Int, to end: Int
  ) throws(Fault) -> Int {
    var index = start
    rows += 1
    swap(&guesses, &metrics)
    metrics.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    time = .nan
    var hasStep = false
    var hasTime = false
    skipBlanks(bytes, &index)
    guard bytes[index] == UInt8(ascii: "{") else { throw Fault(offset: index, expected: "{") }
    index &+= 1
    while true {
      skipBlanks(bytes, &index)
      guard bytes[index] == UInt8(ascii: "\"") else {
        throw Fault(offset: index, expected: "a key in double quotes")
      }
      let key = index
      if matches(bytes, index, end, "\"step\"") {
        index &+= 6
        if hasStep { throw Fault(offset: key, expected: "each key once, found \"step\" again") }
        hasStep = true
        try skipColon(bytes, &index)
        step = try wholeNumber(bytes, &index, end)
      } else if matches(bytes, index, end, "\"t\"") {
        index &+= 3
        if hasTime { throw Fault(offset: key, expected: "each key once, found \"t\" again") }
        hasTime = true
        try skipColon(bytes, &index)
        time = try number(bytes, &index, end)
      } else {
        let metric = try metric(bytes, &index, end)
        guard lastRow[metric] != rows else {
          throw Fault(
            offset: key, expected: "each key once, found \"\(names[metric].oneLine)\" again")
        }
        lastRow[metric] = rows
        try skipColon(bytes, &index)
        let value = try number(bytes, &index, end)
        metrics.append(metric)
        values.append(value)
      }
      skipBlanks(bytes, &index)
      if bytes[index] == UInt8(ascii: ",") {
        index &+= 1
        continue
      }
      guard bytes[index] == UInt8(ascii: "}") else {
        throw Fault(offset: index, expected: "a comma or }")
      }
      index &+= 1
      break
    }
    skipBlanks(bytes, &index)
    guard bytes[index] == UInt8(ascii: "\n") else {
      throw Fault(offset: index, expected: "the end of the line")
    }
    guard hasStep else { throw Fault(offset: start, expected: "a key \"step\"") }
    return index &+ 1
  }

  // MARK: - Parts of a row

  /// The line feed that is known to come is no blank, so that no check of the end is needed.
  @inline(__always)
  private func skipBlanks(_ bytes: Span<UInt8>, _ index: inout Int) {
    while bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0D { index &+= 1 }
  }

  @inline(__always)
  private func skipColon(_ bytes: Span<UInt8>, _ index: inout Int) throws(Fault) {
    skipBlanks(bytes, &index)
    guard bytes[index] == UInt8(ascii: ":") else {
      throw Fault(offset: index, expected: "a colon after the key")
    }
    index &+= 1
    skipBlanks(bytes, &index)
  }

  @inline(__always)
  private func matches(
    _ bytes: Span<UInt8>, _ index: Int, _ end: Int, _ word: StaticString
  ) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= end else { return false }
    for place in 0..<count {
      guard unsafe bytes[index &+ place] == word.utf8Start[place] else { return false }
    }
    return true
  }

  private func wholeNumber(
    _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
  ) throws(Fault) -> Int {
    let start = index
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index &+= 1 }
    let first = index
    var magnitude: UInt64 = 0
    while bytes[index] &- 48 < 10 {
      magnitude = magnitude &* 10 &+ UInt64(bytes[index] &- 48)
      index &+= 1
    }
    // Eighteen digits always fit.
    guard index > first, index - first <= 18, index - first == 1 || bytes[first] != 48,
      bytes[index] != UInt8(ascii: "."), bytes[index] | 0x20 != UInt8(ascii: "e")
    else {
      throw Fault(offset: start, expected: "a whole number of at most 18 digits as step")
    }
    return isNegative ? -Int(magnitude) : Int(magnitude)
  }

  @inline(__always)
  private func number(
    _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
  ) throws(Fault) -> Double {
    if bytes[index] == UInt8(ascii: "\"") { return try notFinite(bytes, &index, end) }
    guard let after = JSONNumber.end(in: bytes, from: index, to: end) else {
      throw Fault(offset: index, expected: "a number")
    }
    guard case .number(let value) = decoder.decode(bytes, from: index, to: after) else {
      throw Fault(offset: index, expected: "a number that fits a double")
    }
    index = after
    return value
  }

  private func notFinite(
    _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
  ) throws(Fault) -> Double {
    if matches(bytes, index, end, "\"NaN\"") {
      index &+= 5
      return .nan
    }
    if matches(bytes, index, end, "\"Infinity\"") {
      index &+= 10
      return .infinity
    }
    if matches(bytes, index, end, "\"-Infinity\"") {
      index &+= 11
      return -.infinity
    }
    throw Fault(offset: index, expected: "a number, or \"NaN\", \"Infinity\" or \"-Infinity\"")
  }

  /// The metric whose name, in quotes, begins here.
  @inline(__always)
  private mutating func metric(
    _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
  ) throws(Fault) -> Int {
    if metrics.count < guesses.count {
      let guess = guesses[metrics.count]
      let first = ends[guess]
      let count = ends[guess &+ 1] &- first
      if index &+ count <= end {
        var place = 0
        while place < count, bytes[index &+ place] == spelled[first &+ place] { place &+= 1 }
        if place == count {
          index &+= count
          return guess
        }
      }
    }
    return try unexpectedMetric(bytes, &index, end)
  }

  private mutating func unexpectedMetric(
    _ bytes: Span<UInt8>, _ index: inout Int, _ end: Int
  ) throws(Fault) -> Int {
    let start = index
    index += 1
    while bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] != UInt8(ascii: "\n") { index += 1 }
      guard bytes[index] != UInt8(ascii: "\n") else {
        throw Fault(offset: start, expected: "the closing double quote of this string")
      }
      index += 1
    }
    index += 1
    let quoted = (start..<index).map { bytes[$0] }
    guard case .string(let name)? = try? JSONValue(parsing: quoted) else {
      throw Fault(offset: start, expected: "a key that is a valid string")
    }
    if let known = indices[name] { return known }
    indices[name] = names.count
    names.append(name)
    // The spelling of a name with escapes is not the only one, but it is one.
    spelled += quoted
    ends.append(spelled.count)
    lastRow.append(0)
    return names.count - 1
  }
}
