internal import Tables

/// Writes rows of metrics as lines of JSON.
///
/// `step` first, `t` if there is a time, then the metrics sorted by name; numbers are the shortest
/// text that reads back as the same bits.
struct RowEncoder {
  /// Names that mean something else in a segment.
  static let reserved: Set<String> = ["step", "t", "end", "fitlaws"]
  private static let largestStep = 999_999_999_999_999_999

  /// The metrics of the last row, sorted, each with its spelling in a row: `,"loss":`.
  private var names: [String] = []
  private var spelled: [[UInt8]] = []
  private var values: [Double] = []
  private var lastSteps: [Int] = []
  private var lastValues: [Double] = []
  /// The last values of metrics that the last row does not have.
  private var others: [String: RunState.Final] = [:]

  /// Appends a row.
  ///
  /// - Throws: what is wrong with the row, in words.
  mutating func append(
    step: Int, time: UTCTime?, _ metrics: [String: Double], to bytes: inout [UInt8]
  ) throws(RowFault) {
    guard (-Self.largestStep...Self.largestStep).contains(step) else {
      throw RowFault(message: "step \(step) has more than 18 digits")
    }
    if !take(metrics) { try prepare(metrics) }
    let start = bytes.count
    bytes += "{\"step\":".utf8
    NumberText.append(step, to: &bytes)
    if let time {
      bytes += ",\"t\":".utf8
      NumberText.append(Double(time.milliseconds) / 1000, to: &bytes)
    }
    for place in names.indices {
      bytes += spelled[place]
      let value = values[place]
      if value.isFinite {
        NumberText.append(value, to: &bytes)
      } else {
        bytes += (value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\"").utf8
      }
    }
    bytes += "}\n".utf8
    if bytes.count - start > SegmentReader.longestRow {
      bytes.removeLast(bytes.count - start)
      throw RowFault(message: "a row is at most 1 MiB; log fewer metrics at once")
    }
  }

  /// Takes the row appended last into ``final``.
  mutating func accept(step: Int) {
    for place in names.indices where step >= lastSteps[place] {
      lastSteps[place] = step
      lastValues[place] = values[place]
    }
  }

  /// The last value of each metric.
  var final: [String: RunState.Final] {
    var final = others
    // A metric whose only row was not accepted has no value.
    for place in names.indices where lastSteps[place] != .min {
      final[names[place]] = RunState.Final(value: lastValues[place], step: lastSteps[place])
    }
    return final
  }

  /// Takes the values, if the metrics are those of the row before.
  private mutating func take(_ metrics: [String: Double]) -> Bool {
    guard metrics.count == names.count else { return false }
    for place in names.indices {
      guard let value = metrics[names[place]] else { return false }
      values[place] = value
    }
    return true
  }

  private mutating func prepare(_ metrics: [String: Double]) throws(RowFault) {
    if let name = metrics.keys.first(where: { $0.isEmpty || Self.reserved.contains($0) }) {
      throw RowFault(message: "a metric cannot be called \"\(name)\"; rename it")
    }
    others = final
    let sorted = metrics.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    names = sorted.map(\.key)
    values = sorted.map(\.value)
    spelled = names.map { name in
      var bytes = [UInt8(ascii: ",")]
      JSONValue.append(name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      return bytes
    }
    lastSteps = names.map { others[$0]?.step ?? .min }
    lastValues = names.map { others[$0]?.value ?? .nan }
  }
}

/// Why a row cannot be written.
struct RowFault: Error {
  var message: String
}
