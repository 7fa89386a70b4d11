internal import ArgumentParser
internal import RunStore

/// Standard input on its way into a run.
struct RunLog {
  private let writer: RunWriter
  private let acknowledges: Bool
  private let console = Console.current

  private var line: [UInt8] = []
  private var isTooLong = false
  private var number = 0
  private var stored = 0
  /// Lines that are no rows.
  private var refused = 0
  /// Rows that could not be written.
  private var lost = 0
  private var tokens: Double?
  private var end: RunState.Status?

  private static let mostMessages = 20

  /// Says which run it is.
  init(_ writer: RunWriter, acknowledges: Bool) {
    self.writer = writer
    self.acknowledges = acknowledges
  }

  /// Takes lines until the input or the run ends.
  mutating func readAll() throws {
    try console.write("\(writer.id)\n")
    while end == nil {
      let piece = try console.read()
      guard !piece.isEmpty else {
        // A last line without its end may be half of one; half an object is none.
        if !line.isEmpty { try take() }
        return
      }
      for byte in piece where end == nil {
        if byte == UInt8(ascii: "\n") {
          try take()
        } else if line.count < LoggedLine.longest {
          line.append(byte)
        } else {
          isTooLong = true
        }
      }
    }
  }

  /// Ends the run.
  ///
  /// - Parameter atEnd: what the end of the input means if no line said how the run ended.
  /// - Throws: `InputFault` if rows were lost, `ExitCode` if lines were refused.
  mutating func finish(_ atEnd: RunState.Status?) throws {
    let status = end ?? atEnd ?? .killed
    try writer.finish(status) { state in
      if let count = tokens.flatMap({ Int(exactly: $0.rounded()) }) { state.tokensSeen = count }
    }
    if end == nil, atEnd == nil {
      console.error(
        "note: the input ended without {\"end\": \"finished\"}: the run counts as killed; if it was whole: "
          + "fitlaws runs label \(writer.id) --status finished\n")
    }
    if refused > Self.mostMessages {
      console.error("problem: \(refused - Self.mostMessages) more lines are no rows\n")
    }
    console.error(
      "run \(writer.id): \(status.rawValue), \(stored) row\(stored == 1 ? "" : "s") stored\n")
    if lost > 0 { throw InputFault("run \(writer.id): \(lost) rows could not be written") }
    if refused > 0 { throw ExitCode(3) }
  }

  private mutating func take() throws {
    number += 1
    defer {
      line.removeAll(keepingCapacity: true)
      isTooLong = false
    }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    if line.allSatisfy({ $0 == UInt8(ascii: " ") }), !isTooLong { return }
    do throws(RunStoreError) {
      if isTooLong {
        throw RunStoreError(.badRow, path: "", "longer than 1 MiB; log fewer metrics at once")
      }
      switch try LoggedLine(parsing: line) {
      case .end(let status): end = status
      case .row(let row):
        try writer.log(row)
        stored += 1
        if let count = row.values[Reduction.tokensMetric], count >= tokens ?? 0, count.isFinite {
          tokens = count
        }
        if acknowledges { try? console.write("\(row.step)\n") }
      }
    } catch {
      if error.code == .badRow {
        refused += 1
        guard refused <= Self.mostMessages else { return }
        console.error("problem: standard input:\(number): \(error.message)\n")
      } else {
        lost += 1
        if lost == 1 { console.error("problem: line \(number) is not stored: \(error)\n") }
      }
    }
  }
}
