import Foundation

/// A process that is told what to do turn by turn, and marks the end of each turn.
final class Dialogue {
  /// What a turn brought.
  struct Turn {
    var text: String
    /// The exit code that the mark names; nil if the process ended before its mark.
    var code: Int32?
  }

  /// Ends a turn, with an exit code and a newline behind it: the ASCII record separator.
  static let mark: UInt8 = 0x1E

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()

  /// Starts a process, its error stream joined to its output.
  init(
    _ executable: String, folder: String, environment: [String: String]
  ) throws {
    process.executableURL = URL(fileURLWithPath: executable)
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  /// Foundation's `waitUntilExit` may never return where several threads wait; nothing here needs
  /// the process to have ended.
  deinit { process.terminate() }

  /// Says something; the next turn answers it.
  func say(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Reads up to the next mark, or to the end of the process.
  func turn() -> Turn {
    while true {
      if let start = pending.firstIndex(of: Self.mark),
        let end = pending[start...].firstIndex(of: UInt8(ascii: "\n"))
      {
        let code = Int32(String(decoding: pending[(start + 1)..<end], as: UTF8.self))
        defer { pending = Data(pending[(end + 1)...]) }
        return Turn(text: String(decoding: pending[..<start], as: UTF8.self), code: code ?? 0)
      }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { return Turn(text: String(decoding: pending, as: UTF8.self)) }
      pending += more
    }
  }
}
