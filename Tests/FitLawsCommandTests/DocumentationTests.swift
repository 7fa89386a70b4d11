import Foundation
import TestSupport
import Testing

/// What the pages show is what the command says.
@Suite struct DocumentationTests {
  /// Every command of the page on planning, with the output shown below it.
  @Test func planningByExample() async throws {
    let bench = try Workbench()
    try bench.addAttempts()
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--output", "@fit.json"]))
    let page = try String(
      contentsOfFile: "\(Checkout.root)/Documentation/Planning.md", encoding: .utf8)
    let parts = page.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }
    let blocks = parts.map(\.element)
    let pools = try #require(blocks.first { $0.hasPrefix("\nname,") })
    try bench.write(String(pools.dropFirst()), to: "pools.csv")
    let commands = blocks.filter { $0.hasPrefix("console\n$ fitlaws ") }
    #expect(commands.count == 6)
    for block in commands {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      let words = try #require(lines.first).split(separator: " ").dropFirst(2).map {
        $0.hasSuffix(".json") || $0.hasSuffix(".csv") ? bench.path(String($0)) : String($0)
      }
      let result = try await CommandLine.succeed(words)
      #expect(bench.portable(result.output) == lines.dropFirst().joined(separator: "\n"))
    }
  }
}
