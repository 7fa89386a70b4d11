/// The points of one metric in a file store of MLflow.
///
/// A line is `<ms> <value>`, the old form, whose step is 0; `<ms> <value> <step>`; or that with
/// name and digest of a data set behind it. MLflow's own reader takes step 0 for the last form;
/// here it keeps its step. A line that is none of these is reported and not guessed at, and so is
/// a last line without line feed: it was cut off, and what is left of it may still look whole.
enum MLflowMetricFile {
  /// Reads the points and says what is wrong with the rest.
  static func read(
    _ bytes: [UInt8], path: String
  ) -> (points: [ImportedRun.Point], problems: [RunStoreProblem]) {
    let file = LineFile(bytes)
    var points: [ImportedRun.Point] = []
    points.reserveCapacity(file.lines.count)
    var problems = LineProblems(path: path)
    var dataSets: Set<String> = []
    for (index, line) in file.lines.enumerated() {
      guard let point = point(bytes, line.indices, dataSets: &dataSets) else {
        problems.add(
          .badRow, line: index + 1, "expected \"<ms> <value> <step>\"; the line was not read")
        continue
      }
      points.append(point)
    }
    if let line = file.tornLine {
      problems.add(
        .tornTail, line: line, "the last line has no line feed: it was cut off and not read")
    }
    if bytes.isEmpty { problems.add(.badFile, line: nil, "the file is empty") }
    if dataSets.count > 1 {
      problems.add(
        .badRow, line: nil,
        "values on \(dataSets.count) data sets (\(dataSets.sorted().joined(separator: ", "))) "
          + "share one name; all were read, and of one step the last counts")
    }
    return (points, problems.all)
  }

  /// The year 2200.
  ///
  /// A later time or a step as large is two lines run into one, which is what
  /// becomes of a line that was cut off once the next is appended to it.
  private static let latest = 7_258_118_400_000

  private static func point(
    _ bytes: [UInt8], _ line: Range<Int>, dataSets: inout Set<String>
  ) -> ImportedRun.Point? {
    let fields = bytes[line].split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard [2, 3, 5].contains(fields.count), fields.allSatisfy({ !$0.isEmpty }),
      let time = whole(fields[0]), (0..<latest).contains(time),
      let value = MetricText.number(bytes, fields[1].indices)
    else { return nil }
    var step = 0
    if fields.count > 2 {
      guard let written = whole(fields[2]), written.magnitude < UInt(latest / 10) else {
        return nil
      }
      step = written
    }
    if fields.count == 5 {
      guard
        let name = String(validating: fields[3] + [UInt8(ascii: " ")] + fields[4], as: UTF8.self)
      else { return nil }
      dataSets.insert(name)
    }
    return ImportedRun.Point(step: step, time: UTCTime(milliseconds: Int64(time)), value: value)
  }

  /// An integer of at most 18 digits, as Python writes one.
  private static func whole(_ digits: ArraySlice<UInt8>) -> Int? {
    let isNegative = digits.first == UInt8(ascii: "-")
    let digits = isNegative ? digits.dropFirst() : digits
    guard (1...18).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard digit &- 48 < 10 else { return nil }
      value = value * 10 + Int(digit &- 48)
    }
    return isNegative ? -value : value
  }
}
