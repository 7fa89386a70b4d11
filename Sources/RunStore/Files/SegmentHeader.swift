internal import Tables

/// The first line of a segment, so that a file torn from its folder still says what it is.
struct SegmentHeader {
  var run: RunID
  var segment: Int
  var writer: String
  var host: String?
  var process: Int?
  var started: UTCTime?

  private static let schema = "metrics"

  /// The name of the file.
  var file: String {
    let digits = String(segment)
    return "log-\(String(repeating: "0", count: max(4 - digits.count, 0)))\(digits)-\(writer).jsonl"
  }

  /// The first line, with its line feed.
  var line: [UInt8] {
    var members: [String: JSONValue] = ["fitlaws": .string(Self.schema + "/1")]
    members.put("run", run.text)
    members.put("segment", segment)
    members.put("writer", writer)
    members.put("host", host)
    members.put("pid", process)
    members.put("started", started)
    return Array((JSONValue.object(members).compactText + "\n").utf8)
  }

  init(run: RunID, segment: Int, writer: String) {
    self.run = run
    self.segment = segment
    self.writer = writer
  }

  /// Reads the first line of a file of a run.
  init(parsing line: [UInt8], file: String, run: RunID) throws(FileFault) {
    do throws(FileFault) {
      guard case .object(let object)? = try? JSONValue(parsing: line, source: file) else {
        throw FileFault(.badFile, file, "no header of a segment")
      }
      var members = Members(object, file: file)
      try Members.check(try members.string("fitlaws"), Self.schema, file)
      let text = try members.needed(try members.string("run"), "run")
      guard text == run.text else {
        throw FileFault(
          .badFile, file,
          "metrics of run \"\(text.oneLine)\" in the directory of another; move it back")
      }
      self.init(
        run: run, segment: try members.needed(try members.int("segment"), "segment"),
        writer: try members.needed(try members.string("writer"), "writer"))
      host = try members.string("host")
      process = try members.int("pid")
      started = try members.time("started")
    } catch {
      var fault = error
      fault.line = 1
      throw fault
    }
    guard self.file == file else {
      throw FileFault(
        .badFile, file, line: 1, "it calls itself \(self.file.oneLine); rename it back")
    }
  }

  /// The number of a segment by its file's name; nil if it is none.
  static func number(of file: String) -> Int? {
    let parts = file.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "log", parts[1].utf8.count >= 4,
      parts[1].utf8.allSatisfy({ $0 &- 48 < 10 }), let number = Int(parts[1]), number > 0,
      parts[2].hasSuffix(".jsonl"), RunID(String(parts[2].dropLast(6))) != nil
    else { return nil }
    return number
  }
}

extension Directory {
  /// The segments of a run, in the order in which later ones win.
  func segments() throws(SystemCalls.Failure) -> [(number: Int, file: String)] {
    try entries().compactMap { entry in
      SegmentHeader.number(of: entry.name).map { ($0, entry.name) }
    }
    // The names are sorted; those of one number stay so.
    .sorted { $0.number < $1.number }
  }
}
