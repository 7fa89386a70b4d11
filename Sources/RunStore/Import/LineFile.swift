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
