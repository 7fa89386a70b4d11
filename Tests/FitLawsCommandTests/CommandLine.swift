import FitLawsCommand
import Foundation
import Synchronization
import TestSupport
import Testing

/// A command line that was run: what it wrote where, and how it ended.
struct CommandLine: Sendable {
  var code: Int32
  var output: String
  var errors: String

  /// The lines on the error stream.
  var errorLines: [Substring] { errors.split(whereSeparator: \.isNewline) }

  /// Runs the words behind the command's name.
  ///
  /// Standard input comes in pieces of a few bytes.
  static func run(_ arguments: [String], input: String = "") async -> CommandLine {
    let rest = Mutex(Array(input.utf8)[...])
    let streams = Mutex(("", ""))
    let console = Console(
      write: { text in streams.withLock { $0.0 += text } },
      error: { text in streams.withLock { $0.1 += text } },
      read: {
        rest.withLock { rest in
          let piece = Array(rest.prefix(7))
          rest = rest.dropFirst(7)
          return piece
        }
      },
      showsProgress: false, width: 80)
    let code = await FitLawsTool.run(arguments, console: console)
    let (output, errors) = streams.withLock { $0 }
    return CommandLine(code: code, output: output, errors: errors)
  }

  /// Words as a shell splits them, single quotes included.
  static func words(of line: String) -> [String] {
    var words: [String] = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      words +=
        index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
    return words
  }

  /// Runs words that must succeed.
  static func succeed(
    _ arguments: [String], input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> CommandLine {
    let result = await run(arguments, input: input)
    try #require(
      result.code == 0, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
    return result
  }
}

/// A folder of its own for a test, with the published runs in it as `runs.csv`; removed at the end.
final class Workbench: Sendable {
  let folder: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "fitlaws-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path
    try FileManager.default.copyItem(
      atPath: Checkout.dataset("chinchilla/fig4.csv"), toPath: path("runs.csv"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Puts runs on three corpora here as `recipes.csv`.
  func addRecipes() throws {
    try FileManager.default.copyItem(
      atPath: Checkout.dataset("gadre_overtraining/runs.csv"), toPath: path("recipes.csv"))
  }

  /// Puts attempts at forty problems here as `attempts.csv`: what a beta distribution of chances
  /// would give, rounded.
  func addAttempts(_ name: String = "attempts.csv", best: Double = 1) throws {
    let rows = (0..<40).map { index -> String in
      let chance = best * pow((Double(index) + 0.5) / 40, 3)
      return "p\(index + 1),50,\(Int((50 * chance).rounded()))\n"
    }
    try write("problem,samples,correct\n" + rows.joined(), to: name)
  }

  /// The path of a file here.
  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// A file as text.
  func read(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// The names of all files here.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  /// Words of a command line with `@name` read as the path of that file here.
  func words(_ arguments: [String]) -> [String] {
    arguments.map { $0.hasPrefix("@") ? path(String($0.dropFirst())) : $0 }
  }

  /// Text with this folder left out, so that it can be compared.
  func portable(_ text: String) -> String { text.replacingOccurrences(of: folder + "/", with: "") }
}

/// The filter of the published rows that the replication fitted.
let publishedRows = "excluded_in_fit == 0"
