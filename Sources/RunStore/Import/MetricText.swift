internal import Tables

/// Numbers as Python programs write them: `0.5`, `1e-05`, `nan`, `inf`, `-inf`.
enum MetricText {
  private static let decoder = NumberDecoder()

  /// The number, or nil if the text is none.
  ///
  /// Decimal digits with an optional sign, point and exponent; `nan`, `inf`, `infinity` in any
  /// case. No blanks, no underscores, no hexadecimal, and nothing too large for a `Double`.
  static func number(_ text: some StringProtocol) -> Double? {
    let bytes = Array(text.utf8)
    return number(bytes, 0..<bytes.count)
  }

  /// The number in some of the bytes.
  static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    switch decoder.decode(bytes.span, from: range.lowerBound, to: range.upperBound) {
    case .number(let value): value
    case .nan: .nan
    case .infinity(let isNegative): isNegative ? -.infinity : .infinity
    case .overflow, .empty, .notANumber: nil
    }
  }

  /// The whole number, or nil if the text is none; `12.0` is 12, as spreadsheets write it.
  static func whole(_ text: some StringProtocol) -> Int? {
    if let value = Int(text) { return text.utf8.first == UInt8(ascii: "+") ? nil : value }
    guard let value = number(text), value.isFinite else { return nil }
    return whole(value)
  }

  /// The number as an integer, or nil if it is none, or too large to be known exactly.
  static func whole(_ value: Double) -> Int? {
    value.magnitude <= 0x1p53 ? Int(exactly: value) : nil
  }
}

/// The lines of a file that is a row a line, and whether its last row is whole.
struct LineFile {
  /// The lines that end in a line feed, without it; a carriage return before it is dropped.
  private(set) var lines: [ArraySlice<UInt8>] = []
  /// The line number of a last line without line feed, which is no row.
  private(set) var tornLine: Int?

  init(_ bytes: [UInt8]) {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
      lines.append(bytes[start..<(hasReturn ? end - 1 : end)])
      start = end + 1
    }
    if start < bytes.endIndex { tornLine = lines.count + 1 }
  }
}

/// Collects what is wrong with the lines of one file, and counts instead once it is plenty.
struct LineProblems {
  private let path: String
  private var problems: [RunStoreProblem] = []
  private var uncounted = 0

  private static let limit = 20

  init(path: String) { self.path = path }

  mutating func add(_ code: RunStoreProblem.Code, line: Int?, _ message: String) {
    if problems.count < Self.limit {
      problems.append(RunStoreProblem(code, path: path, line: line, message))
    } else {
      uncounted += 1
    }
  }

  /// The problems, the last of them a count if there were too many.
  var all: [RunStoreProblem] {
    guard uncounted > 0 else { return problems }
    return problems + [
      RunStoreProblem(.badRow, path: path, "\(uncounted) more lines could not be read")
    ]
  }
}
