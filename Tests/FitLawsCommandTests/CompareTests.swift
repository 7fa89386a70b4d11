import Foundation
import Testing

/// `fitlaws compare` in every format, and what it refuses.
@Suite struct CompareTests {
  static let scenes = [
    GoldenTests.Scene(
      name: "compare-laws",
      arguments: [
        "compare", "@runs.csv", "--where", publishedRows, "--laws", "chinchilla,chinchilla-tied",
        "--formula", "loss ~ E + A / N^a; A > 0; 0 < a < 2; E >= 0", "--flops", "1e22,1e24",
      ]),
    GoldenTests.Scene(
      name: "compare-scores",
      arguments: ["compare", "@runs.csv", "--where", publishedRows, "--laws", "chinchilla,kaplan"]),
    GoldenTests.Scene(
      name: "compare-groups",
      arguments: ["compare", "@recipes.csv", "--by", "corpus", "--flops", "1e20,1e22"]),
  ]

  @Test(arguments: scenes, ["text", "markdown", "csv", "json"])
  func outputIsAsRecorded(_ scene: GoldenTests.Scene, _ format: String) async throws {
    let bench = try Workbench()
    try bench.addRecipes()
    let result = try await CommandLine.succeed(
      bench.words(scene.arguments) + ["--format", format])
    try GoldenFile.expect(
      bench.portable(result.output + result.errors), matches: "\(scene.name)-\(format)",
      format == "text" || format == "markdown" ? .exact : .numbers)
    switch format {
    case "json":
      try GoldenTests.checkJSON(result.output)
      #expect(result.output.contains("\"schema\": \"fitlaws.comparison/1\""))
    case "csv": GoldenTests.checkCSV(result.output)
    case "markdown": GoldenTests.checkMarkdown(result.output)
    default:
      let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(!lines.contains { $0.last == " " }, "a line ends with a blank")
      #expect(result.output.hasSuffix("\n") && !result.output.hasSuffix("\n\n"))
      #expect(!result.output.contains("\n\n\n"))
    }
  }

  @Test(arguments: [
    ["--laws", "chinchilla,kaplan", "--flops", "1e24"], ["--by", "kind", "--flops", "1e21"],
  ])
  func bytesDoNotDependOnTasks(_ words: [String]) async throws {
    let bench = try Workbench()
    let lines = try bench.read("runs.csv").split(separator: "\n")
    try bench.write(
      lines.enumerated().filter { $0.offset == 0 || $0.element.hasSuffix(",0") }
        .map { "\($0.element),\($0.offset == 0 ? "kind" : ["a", "b"][$0.offset % 2])\n" }
        .joined(), to: "kinds.csv")
    var outputs: [String] = []
    for tasks in ["1", "2"] {
      let result = try await CommandLine.succeed(
        bench.words(["compare", "@kinds.csv"]) + words
          + ["--bootstrap", "40", "--format", "json", "--tasks", tasks])
      outputs.append(result.output)
    }
    #expect(outputs[0] == outputs[1])
  }

  /// Words behind the table, the exit code, and what the one line says.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var words: [String]
    var code: Int32
    var says: String
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: [String], _ code: Int32, _ says: String) {
      (self.words, self.code, self.says) = (words, code, says)
    }
  }

  @Test(arguments: [
    Refusal([], 64, "at least two laws"),
    Refusal(["--laws", "chinchilla"], 64, "at least two laws"),
    Refusal(["--laws", "chinchilla,kaplan", "--by", "corpus"], 64, "under one law"),
    Refusal(["--laws", "chinchilla,kaplan", "--range", "1e18,1e20"], 64, "goes with --by"),
    Refusal(["--laws", "chinchilla,kaplan", "--at", "U=1e9"], 64, "goes with --flops"),
    Refusal(["--by", "corpus", "--holdout", "0.1"], 64, "leave out --by"),
    Refusal(["--by", "corpus", "--range", "1e20,1e18"], 64, "a smaller and a larger"),
    Refusal(["--laws", "chinchilla,kaplen"], 1, "did you mean 'kaplan'"),
    Refusal(["--laws", "chinchilla,chinchilla"], 1, "given twice"),
    Refusal(["--laws", "chinchilla,kaplan", "--holdout", "1.5"], 1, "between 0 and 1"),
    Refusal(["--laws", "chinchilla,kaplan", "--level", "2"], 1, "level 2"),
    Refusal(["--laws", "chinchilla,kaplan", "--flops", "-1e20"], 1, "a budget is positive"),
    Refusal(["--laws", "chinchilla,kaplan", "--columns", "U=tokens"], 1, "no law reads U"),
    Refusal(
      ["--laws", "chinchilla", "--formula", "error ~ E + A / N^a; A > 0"], 1,
      "do not compare: the response loss against the response error"),
    Refusal(["--by", "model"], 1, "model d="),
    Refusal(["--by", "corpse"], 1, "corpus"),
    Refusal(["--by", "corpus", "--where", "corpus == \"c4\""], 1, "one value only, c4"),
  ])
  func refusals(_ refusal: Refusal) async throws {
    let bench = try Workbench()
    try bench.addRecipes()
    let result = await CommandLine.run(bench.words(["compare", "@recipes.csv"]) + refusal.words)
    #expect(result.code == refusal.code)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1, "\(result.errors)")
    #expect(result.errors.contains(refusal.says), "\(result.errors)")
  }
}
