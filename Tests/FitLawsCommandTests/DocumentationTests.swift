import Foundation
import TestSupport
import Testing

/// What the articles of the site show is what the command says; other pages are notebooks.
@Suite struct DocumentationTests {
  private static let pages: [String] = {
    let sources = "\(Checkout.root)/Sources"
    let files = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.contains(".docc/") && $0.hasSuffix(".md") }.sorted()
  }()

  /// Every command of a page, with the output shown below it.
  @Test(arguments: pages)
  func commandsSayWhatThePageShows(_ page: String) async throws {
    let text = try String(contentsOfFile: "\(Checkout.root)/Sources/\(page)", encoding: .utf8)
    let blocks = text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }
      .map(\.element)
    let consoles = blocks.filter { $0.hasPrefix("console\n") }
    guard !consoles.isEmpty else { return }
    let bench = try Workbench()
    try bench.addAttempts()
    try bench.addLab()
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--output", "@fit.json"]))
    for console in consoles {
      var commands: [(words: [String], output: String)] = []
      for line in console.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        .dropFirst()
      {
        if line.hasPrefix("$ fitlaws ") {
          commands.append((Self.words(of: line.dropFirst(10), at: bench), ""))
        } else {
          try #require(!commands.isEmpty, "\(page): output without a command")
          commands[commands.count - 1].output += line + "\n"
        }
      }
      for (words, output) in commands {
        let result = await CommandLine.run(words)
        let notes = result.errors.split(separator: "\n").filter { !$0.hasPrefix("wrote ") }
          .map { $0 + "\n" }.joined()
        #expect(bench.portable(result.output + notes) == output, "\(page): \(words)")
      }
    }
  }

  /// The words of a line, with the files of the bench in place of their names.
  private static func words(of line: Substring, at bench: Workbench) -> [String] {
    CommandLine.words(of: String(line)).map { word in
      let isFile = word == "lab" || word.hasSuffix(".json") || word.hasSuffix(".csv")
      return isFile ? bench.path(word) : word
    }
  }
}
