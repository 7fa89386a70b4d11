import Foundation
import RunStore
import Testing

/// Every fault of `runs`, and of a fit of a store, is one line that says what to do, and changes
/// nothing.
@Suite struct RunsFaultTests {
  private static func usage(_ name: String, _ words: [String], says: [String]) -> Fault {
    Fault(name, ["runs"] + words, code: 64, says: says)
  }

  private static func input(_ name: String, _ words: [String], says: [String]) -> Fault {
    Fault(name, ["runs"] + words, says: says)
  }

  static let faults: [Fault] = [
    usage("mistyped verb", ["lst"], says: ["'runs lst'", "did you mean 'runs list'"]),
    usage("unknown verb", ["optimise"], says: ["init, log, list", "fitlaws runs --help"]),
    usage(
      "mistyped option", ["list", "--colums", "id"], says: ["--colums", "fitlaws runs list --help"]),
    usage("no fit", ["verify", "f99", "--store", "@lab"], says: ["'f99'", "runs fits"]),
    usage("no run named", ["show"], says: ["<id>", "fitlaws runs show --help"]),
    usage(
      "reduction", ["table", "--store", "@lab", "--reduce", "median"],
      says: ["'median'", "mean of last 20"]),
    usage("no label", ["label", "01kav", "--store", "@lab"], says: ["--exclude", "--tag"]),
    usage(
      "both labels", ["label", "01kav", "--store", "@lab", "--exclude", "x", "--include"],
      says: ["not both"]),
    usage(
      "no reason", ["label", "01kav", "--store", "@lab", "--exclude", ""], says: ["reason"]),
    usage(
      "status", ["label", "01kav", "--store", "@lab", "--status", "done"],
      says: ["finished, failed or killed", "'done'"]),
    usage("count", ["log", "--store", "@lab", "--params", "1.5"], says: ["--params", "'1.5'"]),
    usage("number", ["log", "--store", "@lab", "--flops", "lots"], says: ["--flops", "'lots'"]),
    usage("tag", ["log", "--store", "@lab", "--tag", "x"], says: ["--tag", "NAME=VALUE"]),
    usage("id", ["log", "--store", "@lab", "--id", "../x"], says: ["--id", "'../x'"]),
    usage(
      "durability", ["log", "--store", "@lab", "--durability", "high"],
      says: ["process, power", "'high'"]),
    usage(
      "record of a resumed run", ["log", "--store", "@lab", "--resume", "01kav", "--name", "x"],
      says: ["--resume"]),
    usage(
      "import format", ["import", "@runs.csv", "--store", "@lab", "--from", "mlfow"],
      says: ["'mlfow'", "did you mean 'mlflow'"]),
    usage("export format", ["export", "@x", "--store", "@lab", "--to", "xml"], says: ["'xml'"]),

    input("no store", ["list", "--store", "@none"], says: ["none: no such folder"]),
    input("no store in the folder", ["list", "--store", "@"], says: ["no store", "fitlaws.json"]),
    input("init in use", ["init", "@"], says: ["not empty", "choose an empty one"]),
    input(
      "ambiguous run", ["show", "01kb", "--store", "@lab"], says: ["13 runs begin with '01kb'"]),
    input(
      "mistyped run", ["show", "01kb2x", "--store", "@lab"],
      says: ["'01kb2x'", "did you mean '01kb2"]),
    input("unknown run", ["show", "zzz", "--store", "@lab"], says: ["'zzz'", "runs list"]),
    input("hostile run", ["show", "../../etc", "--store", "@lab"], says: ["'../../etc'"]),
    input("empty run", ["show", "", "--store", "@lab"], says: ["no run ''"]),
    input(
      "mistyped column", ["list", "--store", "@lab", "--columns", "stauts"],
      says: ["\"stauts\"", "did you mean \"status\""]),
    input(
      "column twice", ["list", "--store", "@lab", "--columns", "id,id"], says: ["\"id\"", "twice"]),
    input(
      "mistyped filter", ["list", "--store", "@lab", "--where", "parms > 1"],
      says: ["\"parms\"", "did you mean \"params\""]),
    input(
      "half a filter", ["list", "--store", "@lab", "--where", "params >"],
      says: ["filter:1:9", "expected a number"]),
    input(
      "half of two filters",
      ["list", "--store", "@lab", "--where", "params > 1", "--where", "tokens >"],
      says: ["filter:1:9", "expected a number"]),
    input(
      "text as number", ["list", "--store", "@lab", "--where", "status > 3"],
      says: ["filter:1", "double quotes"]),
    input(
      "mistyped metric", ["table", "--store", "@lab", "--metric", "los"],
      says: ["the metric \"los\"", "did you mean \"loss\""]),
    input(
      "no source", ["import", "@none.csv", "--store", "@lab"], says: ["none.csv", "cannot read"]),
    input(
      "export over a folder", ["export", "@lab", "--store", "@lab", "--to", "mlflow"],
      says: ["lab", "is there already"]),
    input(
      "config", ["log", "--store", "@lab", "--config-file", "@list.json"],
      says: ["list.json", "object"]),

    Fault(
      "mistyped metric of a fit", ["fit", "@lab", "--metric", "vall/loss"],
      says: ["lab: ", "the metric \"vall/loss\"", "did you mean \"val/loss\""]),
    Fault(
      "no run passes", ["fit", "@lab", "--where", "params > 1e12"],
      says: ["lab: no run to fit", "runs list"]),
    Fault(
      "only unfinished", ["fit", "@lab", "--where", "status == \"killed\""],
      says: ["01kc01: killed", "--include"]),
    Fault(
      "column of no run", ["fit", "@lab", "--columns", "N=config.width"],
      says: ["lab: ", "\"config.width\""]),
    Fault(
      "a loss without logarithm", ["fit", "@lab", "--columns", "loss=tokens * 0 - 1"],
      says: ["lab: run 01kav7: ", "no logarithm"]),
    Fault(
      "no folder of runs", ["fit", "@lab/runs"], says: ["lab/runs", "no store"]),
    Fault(
      "store options of a table", ["fit", "@runs.csv", "--metric", "loss"], code: 64,
      says: ["--metric", "store of runs"]),
    Fault(
      "store without save", ["fit", "@runs.csv", "--store", "@lab"], code: 64,
      says: ["--store", "--save"]),
    Fault(
      "unknown inclusion", ["fit", "@lab", "--include", "all"], code: 64,
      says: ["--include", "'all'"]),
    Fault(
      "reduction of a fit", ["fit", "@lab", "--reduce", "mean of last 0"], code: 64,
      says: ["'mean of last 0'"]),
  ]

  @Test(arguments: faults)
  func faultIsOneLineAndChangesNothing(_ fault: Fault) async throws {
    let bench = try Workbench()
    try bench.addLab()
    try bench.write("[1]", to: "list.json")
    let before = try Self.contents(bench)
    let result = await CommandLine.run(bench.words(fault.arguments))
    #expect(result.code == fault.code, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1, "\(result.errors)")
    let line = bench.portable(result.errors)
    for part in fault.says { #expect(line.contains(part), "'\(part)' is missing in: \(line)") }
    #expect(try Self.contents(bench) == before)
  }

  /// A run without the numbers that the law reads is named, not left out.
  @Test func aRunWithoutTokensIsNamed() async throws {
    let bench = try Workbench()
    let store = try bench.addLab()
    var record = RunRecord(id: try #require(RunID("01kx01")))
    record.model.params = 7
    _ = try store.add(
      record, state: RunState(status: .finished), rows: [MetricRow(step: 1, ["loss": 3])])
    let result = await CommandLine.run(["fit", bench.path("lab")])
    #expect(result.code == 1 && result.errorLines.count == 1)
    #expect(result.errors.contains("run 01kx01: tokens is missing"), "\(result.errors)")
    #expect(result.errors.contains("--exclude"))
  }

  /// Every file but the index, which may be made by reading.
  private static func contents(_ bench: Workbench) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: bench.folder)
    where !name.contains(".cache") {
      contents[name] = FileManager.default.contents(atPath: bench.path(name)) ?? Data()
    }
    return contents
  }
}
