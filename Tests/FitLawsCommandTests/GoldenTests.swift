import Foundation
import Testing

/// What the command shows, in every format.
@Suite struct GoldenTests {
  /// A command line whose output is recorded under a name.
  struct Scene: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var testDescription: String { name }
  }

  /// What is shown after a fit was saved in `fit.json`, and one by groups in `groups.json`.
  static let scenes = [
    Scene(name: "fit", arguments: ["fit", "@runs.csv", "--where", publishedRows]),
    Scene(name: "fit-warnings", arguments: ["fit", "@ratio.csv", "--bound", "alpha > 0.05"]),
    Scene(
      name: "fit-formula",
      arguments: [
        "fit", "@mine.csv", "--formula", "val_loss ~ E + A / n_params^a; A > 0", "--fix", "E=1.5",
        "--residuals", "relative", "--loss", "squares", "--weights", "w",
      ]),
    Scene(
      name: "fit-definitions",
      arguments: ["fit", "@runs.csv", "--where", publishedRows, "--law", "overtraining"]),
    Scene(name: "fit-groups", arguments: ["fit", "@runs.csv", "--group", "excluded_in_fit"]),
    Scene(
      name: "predict-points",
      arguments: ["predict", "@fit.json", "--at", "N=70B,D=1.4T", "--at", "N=8B,D=15T"]),
    Scene(name: "predict-table", arguments: ["predict", "@fit.json", "@plan.csv"]),
    Scene(
      name: "predict-constants",
      arguments: [
        "predict", "--law", "chinchilla", "--constants", "hoffmann", "--at", "N=1e9,D=2e10",
      ]),
    Scene(
      name: "allocate-budgets", arguments: ["allocate", "@fit.json", "--flops", "1e22,1e24,1e26"]),
    Scene(
      name: "allocate-constants",
      arguments: ["allocate", "--law", "data-constrained", "--flops", "1e22", "--at", "U=25B"]),
    Scene(
      name: "allocate-loss",
      arguments: ["allocate", "@fit.json", "--target-loss", "2", "--inference-tokens", "1T"]),
    Scene(
      name: "allocate-loss-constants",
      arguments: ["allocate", "--law", "chinchilla", "--target-loss", "2.1"]),
    Scene(
      name: "plan",
      arguments: [
        "plan", "@fit.json", "--flops", "3e23", "--unique-tokens", "500B", "--max-epochs", "3",
        "--gpu", "h100-80gb", "--gpus", "4", "--days", "1000", "--dollars", "400e3",
      ]),
    Scene(
      name: "plan-constants",
      arguments: [
        "plan", "--law", "chinchilla", "--flops", "1e22", "--pools", "@pools.csv",
        "--inference-tokens", "1e11", "--gpu-peak", "400e12", "--gpu-memory", "48GB", "--gpu-price",
        "1.2", "--gpus", "16", "--explain",
      ]),
    Scene(
      name: "memory", arguments: ["memory", "--model", "llama2-7b", "--gpu", "a100-80gb"]),
    Scene(
      name: "memory-sharded",
      arguments: [
        "memory", "--model", "deepseek-v3", "--recipe", "adam8bit", "--gpu", "h100-80gb", "--gpus",
        "512", "--zero", "1", "--explain",
      ]),
    Scene(
      name: "stop",
      arguments: ["stop", "@fit.json", "--nats-per-flop", "1e-26", "--flops", "1e22,1e24"]),
    Scene(
      name: "stop-run",
      arguments: [
        "stop", "--law", "chinchilla", "--params", "8B", "--tokens", "15T", "--nats-per-dollar",
        "1e-8", "--flops-per-dollar", "7e17", "--explain",
      ]),
    Scene(
      name: "sample",
      arguments: [
        "sample", "@attempts.csv", "--target", "0.5,0.9", "--budget", "200", "--bootstrap", "200",
        "--explain",
      ]),
    Scene(
      name: "sample-models",
      arguments: [
        "sample", "@weak.csv", "@attempts.csv", "--params", "7B,70B", "--tokens-per-sample", "500",
        "--queries", "1M", "--training-flops", "0,1e22", "--flops", "1e20,1e22,1e24", "--target",
        "0.9", "--bootstrap", "200",
      ]),
    Scene(name: "laws", arguments: ["laws"]),
    Scene(name: "laws-chinchilla", arguments: ["laws", "chinchilla"]),
  ]

  @Test(arguments: scenes, ["text", "markdown", "csv", "json"])
  func outputIsAsRecorded(_ scene: Scene, _ format: String) async throws {
    let bench = try await Self.workbench()
    let result = try await CommandLine.succeed(
      bench.words(scene.arguments) + ["--format", format])
    let isForPeople = format == "text" || format == "markdown"
    try GoldenFile.expect(
      bench.portable(result.output + result.errors), matches: "\(scene.name)-\(format)",
      isForPeople ? .exact : .numbers)
    switch format {
    case "json": #expect(throws: Never.self) { try Self.checkJSON(result.output) }
    case "csv": Self.checkCSV(result.output)
    case "markdown": Self.checkMarkdown(result.output)
    default:
      let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(!lines.contains { $0.last == " " }, "a line ends with a blank")
      #expect(result.output.hasSuffix("\n") && !result.output.hasSuffix("\n\n"))
    }
  }

  @Test(arguments: [
    "", "fit", "predict", "allocate", "compare", "plan", "memory", "stop", "sample", "plot", "laws",
    "runs", "runs log", "runs verify",
  ])
  func helpIsAsRecorded(_ verb: String) async throws {
    let result = try await CommandLine.succeed(
      verb.split(separator: " ").map(String.init) + ["--help"])
    let name = verb.isEmpty ? "" : "-" + verb.replacingOccurrences(of: " ", with: "-")
    try GoldenFile.expect(result.output, matches: "help" + name, .exact)
    #expect(result.errors.isEmpty)
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func aloneItSaysWhatItIsFor() async throws {
    let result = try await CommandLine.succeed([])
    try GoldenFile.expect(result.output, matches: "alone", .exact)
    #expect(result.errors.isEmpty)
  }

  private static func workbench() async throws -> Workbench {
    let bench = try Workbench()
    try bench.write("N,D,loss\n7e10,1.4e12,1.95\n8e9,1.5e13,\n1e9,2e10,2.58\n", to: "plan.csv")
    let runs = try bench.read("runs.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",") }.filter { $0[4] == "0" }
    try bench.write(
      "params,tokens,loss\n"
        + runs.prefix(40).map { "\($0[0]),\(20 * (Double($0[0]) ?? .nan)),\($0[3])\n" }.joined(),
      to: "ratio.csv")
    try bench.write(
      "n_params,val_loss,w\n"
        + runs.suffix(30).enumerated().map { "\($1[0]),\($1[3]),\(1 + $0 % 2)\n" }.joined(),
      to: "mine.csv")
    try bench.write(
      "name,unique_tokens,utility,half_life,selection,scorer_params,scored_tokens\n"
        + "best,20B,-0.40,4,perplexity,125M,200B\ngood,60B,-0.38,6,,,\n", to: "pools.csv")
    try bench.addAttempts()
    try bench.addAttempts("weak.csv", best: 0.3)
    _ = try await CommandLine.succeed(
      bench.words(["fit", "@runs.csv", "--where", publishedRows, "--output", "@fit.json"]))
    return bench
  }

  static func checkJSON(_ text: String) throws {
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect(text.hasSuffix("\n"))
  }

  /// Every record has as many fields as the header; fields that hold a comma are quoted.
  static func checkCSV(_ text: String) {
    let counts = text.split(separator: "\n").map { line in
      var isQuoted = false
      return line.count { character in
        if character == "\"" { isQuoted.toggle() }
        return character == "," && !isQuoted
      }
    }
    #expect(counts.count > 1)
    #expect(Set(counts).count == 1, "\(counts)")
  }

  /// Tables have one number of cells throughout, and an empty line around them.
  static func checkMarkdown(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var cells: Int?
    for (index, line) in lines.enumerated() {
      guard line.hasPrefix("|") else {
        if cells != nil { #expect(line.isEmpty, "line \(index + 1) touches a table") }
        cells = nil
        continue
      }
      let count = line.replacing("\\|", with: "").count { $0 == "|" }
      if let cells {
        #expect(count == cells, "line \(index + 1)")
      } else if index > 0 {
        #expect(lines[index - 1].isEmpty, "line \(index + 1) touches a paragraph")
      }
      cells = count
    }
    #expect(!text.contains("\n\n\n"))
  }
}
