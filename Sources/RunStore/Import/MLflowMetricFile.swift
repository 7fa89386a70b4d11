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
      guard let text = String(validating: line, as: UTF8.self),
        let point = point(text, dataSets: &dataSets)
      else {
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

  /// The year 2200. A later time or a step as large is two lines run into one, which is what
  /// becomes of a line that was cut off once the next is appended to it.
  private static let latest: Int64 = 7_258_118_400_000

  private static func point(_ line: String, dataSets: inout Set<String>) -> ImportedRun.Point? {
    let fields = line.split(separator: " ", omittingEmptySubsequences: false)
    guard [2, 3, 5].contains(fields.count), fields.allSatisfy({ !$0.isEmpty }),
      let time = Int64(fields[0]), (0..<latest).contains(time),
      let value = MetricText.number(fields[1])
    else { return nil }
    var step = 0
    if fields.count > 2 {
      guard let written = Int(fields[2]), written.magnitude < UInt(latest / 10) else { return nil }
      step = written
    }
    if fields.count == 5 { dataSets.insert("\(fields[3]) \(fields[4])") }
    return ImportedRun.Point(step: step, time: UTCTime(milliseconds: time), value: value)
  }
}
