import Foundation
import RunStore
import Tables
import Testing

/// `fitlaws runs list`, `table`, `show`, `label`, `fsck`, `import` and `export`.
@Suite struct RunsQueryTests {
  private static let scenes: [GoldenTests.Scene] = [
    .init(
      name: "runs-list",
      arguments: ["runs", "list", "--store", "@lab", "--where", "params > 7e8 || excluded == 1"]),
    .init(
      name: "runs-list-columns",
      arguments: [
        "runs", "list", "--store", "@lab", "--columns", "id,config.schedule,final.loss",
        "--columns", "final.val/loss,excluded,exclude.reason", "--where", "params < 2e8",
        "--where", "config.schedule == \"linear\"",
      ]),
    .init(
      name: "runs-table",
      arguments: [
        "runs", "table", "--store", "@lab", "--metric", "loss,val/loss", "--reduce",
        "at tokens 4B", "--where", "params == 1e8", "--places",
      ]),
    .init(
      name: "runs-show", arguments: ["runs", "show", "01kc02", "--store", "@lab"]),
    .init(
      name: "runs-fsck", arguments: ["runs", "fsck", "--store", "@lab"]),
  ]

  @Test(arguments: scenes, ["text", "markdown", "csv", "json"])
  func outputIsAsRecorded(_ scene: GoldenTests.Scene, _ format: String) async throws {
    let bench = try Workbench()
    try bench.addLab()
    if scene.name == "runs-fsck" {
      try bench.write("?", to: "lab/runs/v7/01kav7/stray.txt")
      try bench.edit(try bench.segment("01kb12"), "\"step\":500", "\"step\":501")
      try FileManager.default.removeItem(atPath: bench.path("lab/runs/13/01kb13/run.json"))
    }
    let result = await CommandLine.run(bench.words(scene.arguments) + ["--format", format])
    #expect(result.code == (scene.name == "runs-fsck" ? 3 : 0), "\(result.errors)")
    try GoldenFile.expect(
      bench.portable(result.output + result.errors), matches: "\(scene.name)-\(format)", .exact)
    switch format {
    case "json": #expect(throws: Never.self) { try GoldenTests.checkJSON(result.output) }
    case "csv": GoldenTests.checkCSV(result.output)
    case "markdown": GoldenTests.checkMarkdown(result.output)
    default: #expect(!result.output.split(separator: "\n").contains { $0.last == " " })
    }
  }

  /// One damaged run hides nothing: the others are listed, it is named, and the code says so.
  @Test func problemsGoToTheErrorStream() async throws {
    let bench = try Workbench()
    try bench.addLab()
    try bench.write("{", to: "lab/runs/12/01kb12/state.json")
    for words in [["list"], ["table"], ["export", bench.path("out.csv")]] {
      let result = await CommandLine.run(["runs"] + words + ["--store", bench.path("lab")])
      #expect(result.code == 3)
      #expect(result.errorLines.count == 1, "\(result.errors)")
      #expect(result.errors.contains("problem: runs/12/01kb12/state.json:1: "), "\(result.errors)")
      #expect(result.output.contains(words[0] == "export" ? "16 runs" : "01kb13"))
      #expect(!result.output.contains("01kb12"))
    }
  }

  @Test(arguments: ["last", "min", "mean of last 3", "at tokens 1B"])
  func indexAndNoIndexGiveTheSameBytes(_ reduction: String) async throws {
    let bench = try Workbench()
    try bench.addLab()
    let words = bench.words([
      "runs", "table", "--store", "@lab", "--reduce", reduction, "--format", "csv",
    ])
    let cold = try await CommandLine.succeed(words)
    let warm = try await CommandLine.succeed(words)
    let without = try await CommandLine.succeed(words + ["--no-index"])
    #expect(cold.output == warm.output && warm.output == without.output)
    #expect(cold.output.split(separator: "\n").count == 18)
  }

  /// A metric that is NaN is no missing one.
  @Test func divergedRunsAreToldFromThoseWithoutTheMetric() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    for (id, metrics) in [("nan-1", ["loss": Double.nan]), ("none-1", ["other": 1])] {
      _ = try store.add(
        RunRecord(id: try #require(RunID(id))), state: RunState(status: .finished),
        rows: [MetricRow(step: 1, metrics)])
    }
    let result = try await CommandLine.succeed(
      bench.words([
        "runs", "table", "--store", "@lab", "--columns", "id", "--format", "csv", "--where",
        "id == \"nan-1\" || id == \"none-1\"",
      ]))
    #expect(result.output == "id,loss\nnan-1,NaN\nnone-1,\n")
  }

  @Test func labelsAreEdited() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    let id = try #require(RunID("01kav7"))
    func label(_ words: [String]) async throws -> RunLabels {
      _ = try await CommandLine.succeed(
        ["runs", "label", "01kav", "--store", bench.path("lab")] + words)
      return try store.run(id).labels
    }
    var labels = try await label(["--name", "first", "--tag", "a=1,b=2", "--notes", "slow start"])
    #expect(labels.name == "first" && labels.tags == ["a": "1", "b": "2"])
    #expect(labels.notes == "slow start")
    labels = try await label(["--untag", "a", "--notes", "", "--exclude", "diverged"])
    #expect(labels.tags == ["b": "2"] && labels.notes == nil)
    #expect(labels.exclusion?.reason == "diverged" && labels.exclusion?.at != nil)
    labels = try await label(["--include", "--name", ""])
    #expect(labels.exclusion == nil && labels.name == nil && labels.tags == ["b": "2"])
    _ = try await label(["--status", "failed"])
    #expect(try store.run(id).state.status == .failed)
    #expect(try store.check().problems.isEmpty)
  }

  /// What is exported can be imported, and importing again changes nothing.
  @Test func exportAndImport() async throws {
    let bench = try Workbench()
    try bench.addLab()
    for (name, to) in [("mlruns", "mlflow"), ("package", "package"), ("long.csv", "long")] {
      let result = try await CommandLine.succeed(
        bench.words([
          "runs", "export", "@\(name)", "--store", "@lab", "--to", to, "--where", "excluded == 0",
        ]))
      #expect(result.output.contains("16 runs"))
    }
    _ = try await CommandLine.succeed(["runs", "init", bench.path("other")])
    let words = bench.words(["runs", "import", "@mlruns", "--store", "@other"])
    #expect(try await CommandLine.succeed(words).output.hasPrefix("16 imported, 0 unchanged"))
    #expect(try await CommandLine.succeed(words).output.hasPrefix("0 imported, 16 unchanged"))
    func table(_ store: String) async throws -> [Substring] {
      try await CommandLine.succeed(
        bench.words([
          "runs", "table", "--store", store, "--columns", "params,tokens", "--format", "csv",
          "--where", "status == \"finished\" && excluded == 0",
        ])
      ).output.split(separator: "\n").sorted()
    }
    #expect(try await table("@lab") == table("@other"))
  }

  @Test func fsckRepairsAndWritesSums() async throws {
    let bench = try Workbench()
    try bench.addLab()
    let clean = try await CommandLine.succeed(
      bench.words(["runs", "fsck", "--store", "@lab", "--sums"]))
    #expect(clean.output == "17 runs, 0 problems\n")
    #expect(try bench.read("lab/SHA256SUMS").split(separator: "\n").count == 34)
  }
}
