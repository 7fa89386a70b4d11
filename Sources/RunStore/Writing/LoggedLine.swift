internal import Tables

/// A line that a program in another language logs: a row, or how the run ended.
///
///     {"step": 2048, "loss": 2.875, "tokens": 4194304}
///     {"end": "finished"}
///
/// `step` is a whole number, `t` a time in seconds since 1970 or as RFC 3339 and need not be
/// there, every other key is a metric. `NaN`, `Infinity` and `-Infinity` may stand in quotes or, as
/// Python writes them, without.
public enum LoggedLine: Sendable, Hashable {
  /// A row of metrics.
  case row(MetricRow)
  /// The end of the run: finished, failed or killed.
  case end(RunState.Status)

  /// The longest line, in bytes.
  public static let longest = 1 << 20

  /// Reads a line without its line feed.
  ///
  /// - Throws: ``RunStoreError/Code/badRow``, without a place.
  public init(parsing line: [UInt8]) throws(RunStoreError) {
    let value: JSONValue
    do throws(JSONTextError) {
      value = try JSONValue(parsing: PythonNumbers.quoted(line[...]), source: "")
    } catch {
      throw Self.fault("no JSON: \(error.message)")
    }
    guard case .object(var members) = value else {
      throw Self.fault("no object; write {\"step\": 0, \"loss\": 2.5}")
    }
    if let end = members["end"] {
      guard members.count == 1, let status = end.string.flatMap({ RunState.Status(rawValue: $0) }),
        status != .running, status != .imported
      else {
        throw Self.fault(
          "\"end\" stands alone, and is finished, failed or killed: {\"end\": \"finished\"}")
      }
      self = .end(status)
      return
    }
    guard let step = members.removeValue(forKey: "step")?.int else {
      throw Self.fault("no \"step\" that is a whole number; write {\"step\": 0, \"loss\": 2.5}")
    }
    var row = MetricRow(step: step, [:])
    if let time = members.removeValue(forKey: "t") {
      guard let moment = Self.time(time) else {
        throw Self.fault("\"t\" is no time; write seconds since 1970, such as 1795434160.25")
      }
      row.time = moment
    }
    for (name, value) in members {
      guard let number = value.double else {
        throw Self.fault(
          "\"\(name.oneLine)\" is \(value.compactText.oneLine), no number; leave it out of the row")
      }
      row.values[name] = number
    }
    self = .row(row)
  }

  private static func time(_ value: JSONValue) -> UTCTime? {
    if let text = value.string { return UTCTime(text) }
    guard let seconds = value.double, seconds.magnitude < 1e14 else { return nil }
    return UTCTime(milliseconds: Int64((seconds * 1000).rounded()))
  }

  private static func fault(_ message: String) -> RunStoreError {
    RunStoreError(.badRow, path: "", message)
  }
}
