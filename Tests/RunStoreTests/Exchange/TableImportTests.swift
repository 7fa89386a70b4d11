import Tables
import Testing

@testable import RunStore

@Suite struct TableImportTests {
  private func read(
    _ text: String, name: String = "runs.csv", options: ImportOptions = ImportOptions()
  ) throws -> ImportedRuns {
    let source = try SourceFiles([name: text])
    return try withExtendedLifetime(source) {
      try ImportedRuns.read([source.path(name)], options: options)
    }
  }

  @Test func rowsAreRuns() throws {
    let found = try read(
      "name,params,tokens,lr,loss,note\na,1000,2e6,1e-3,3.5,x\nb,2000,4e6,,NaN,\n")
    #expect(found.problems.isEmpty)
    #expect(found.runs.map(\.name) == ["a", "b"])
    #expect(found.runs.map(\.store) == ["runs.csv", "runs.csv"])
    #expect(found.runs[0].config["lr"]?.double == 1e-3 && found.runs[0].config["note"] == "x")
    #expect(found.runs[1].config["lr"] == nil && found.runs[1].config["note"] == nil)
    #expect(found.runs[0].metrics == ["loss": [.init(step: 0, value: 3.5)]])
    #expect(found.runs[1].metrics["loss"]?.first?.value.isNaN == true)
    let quantities = try RunQuantities(found.runs, options: ImportOptions())
    #expect(quantities.columns == ["params": "params", "tokens": "tokens"])
  }

  @Test func rowsAreSteps() throws {
    let found = try read(
      "run,step,_timestamp,lr,tokens,loss,seed\na,0,1700000000,0.1,10,4,1\na,10,1700000001.5,0.2,20,3,1\n"
        + "b,0,1700000002,0.1,10,4.5,2\nb,10,1700000003,0.2,,3.5,2\n")
    #expect(found.problems.isEmpty)
    #expect(found.runs.map(\.id) == ["a", "b"])
    #expect(found.runs.map(\.config) == [["seed": 1], ["seed": 2]])
    #expect(
      found.runs[0].metrics["loss"] == [
        .init(step: 0, time: UTCTime(milliseconds: 1_700_000_000_000), value: 4),
        .init(step: 10, time: UTCTime(milliseconds: 1_700_000_001_500), value: 3),
      ])
    #expect(found.runs[1].metrics["tokens"]?.map(\.step) == [0])
    #expect(found.runs[1].metrics.keys.sorted() == ["loss", "lr", "tokens"])
  }

  @Test func columnsByName() throws {
    let options = ImportOptions(
      columns: ["run": "exp", "step": "update", "params": "size"], metrics: ["val"],
      sourceName: "paper")
    let found = try read("exp,update,size,val\na,1,5B,2\na,2,5B,1\n", options: options)
    #expect(found.runs.map(\.store) == ["paper"])
    #expect(found.runs[0].metrics["val"]?.map(\.value) == [2, 1])
    var record = RunRecord()
    var problems: [RunStoreProblem] = []
    try RunQuantities(found.runs, options: options).fill(
      &record, from: found.runs[0], problems: &problems)
    #expect(record.model.params == 5_000_000_000 && problems.isEmpty)
  }

  @Test func faultsNameTheirPlace() throws {
    let ambiguous = #expect(throws: ExchangeError.self) { try read("run,id,loss\na,b,1\n") }
    #expect(ambiguous?.message.contains("run and id") == true)
    let missing = #expect(throws: ExchangeError.self) {
      try read("run,loss\na,1\n", options: ImportOptions(columns: ["run": "rum"]))
    }
    #expect(missing?.message.contains("did you mean \"run\"?") == true)
    let noStep = #expect(throws: ExchangeError.self) { try read("run,loss\na,1\na,2\n") }
    #expect(noStep?.code == .missingColumn)
    let ragged = #expect(throws: ExchangeError.self) { try read("run,loss\na\n") }
    #expect(ragged?.message.contains("runs.csv:2") == true)
    let bad = try read("run,step,loss\na,x,1\na,2,y\n,3,1\na,4,2\n")
    #expect(bad.problems.map(\.line).contains(2) && bad.problems.map(\.line).contains(4))
    let two = try read("run,params,n_params,loss\na,1,2,3\n")
    let quantity = #expect(throws: ExchangeError.self) {
      try RunQuantities(two.runs, options: ImportOptions())
    }
    #expect(quantity?.message.contains("n_params and params could both be params") == true)
  }

  @Test func quantitiesThatMakeNoSense() throws {
    let found = try read("name,params,tokens,loss\na,1.5,many,3\n")
    var record = RunRecord()
    var problems: [RunStoreProblem] = []
    try RunQuantities(found.runs, options: ImportOptions()).fill(
      &record, from: found.runs[0], problems: &problems)
    #expect(record.model.params == nil && record.data.plannedTokens == nil)
    #expect(problems.count == 2)
  }

  @Test func jsonLines() throws {
    let found = try read(
      """
      {"run": "a", "step": 1, "loss": NaN, "config": {"lr": 0.1, "opt": {"name": "adam"}}}
      {"run": "a", "step": 2, "loss": -Infinity, "text": "NaN \\"NaN"}

      not json
      {"run": "a", "step": 3, "loss": 1.25, "a.b": 1, "a": {"b": 2}}
      {"run": "b", "step": 3, "loss": 1.5}
      """, name: "runs.jsonl")
    #expect(found.problems.map(\.line) == [4, 5])
    #expect(found.runs.map(\.id) == ["a", "b"])
    #expect(
      found.runs[0].config == ["config.lr": 0.1, "config.opt.name": "adam", "text": "NaN \"NaN"])
    #expect(found.runs[0].metrics["loss"]?.map(\.step) == [1, 2])
    #expect(found.runs[0].metrics["loss"]?.first?.value.isNaN == true)
    #expect(found.runs[0].metrics["loss"]?.last?.value == -.infinity)
  }

  /// Cut at any byte, no value is another: it is missing, and a row cut in two is reported.
  @Test(arguments: [
    ("runs.csv", "run,step,loss,note\na,1,2.875013,\"x, \"\"y\"\"\nz\"\nb,20,3.5,w\n"),
    (
      "runs.jsonl",
      "{\"run\":\"a\",\"step\":10,\"loss\":2.875013}\n{\"run\":\"b\",\"step\":20,\"loss\":1e-05}\n"
    ),
    ("chart.csv", "Step,a - loss,b - loss\n0,2.875013,1.5\n10,,2.25\n200,1e-05,\n"),
  ])
  func truncation(_ name: String, _ text: String) throws {
    let whole = try read(text, name: name).runs
    let bytes = Array(text.utf8)
    let source = try SourceFiles()
    for length in 0..<bytes.count {
      try source.write(Array(bytes.prefix(length)), to: name)
      guard let found = try? ImportedRuns.read([source.path(name)]) else { continue }
      for run in found.runs {
        let original = try #require(whole.first { $0.id == run.id }, "\(length)")
        for (metric, points) in run.metrics {
          let expected = try #require(original.metrics[metric])
          #expect(points.count <= expected.count)
          #expect(zip(points, expected).allSatisfy { $0.isSame(as: $1) }, "\(length)")
        }
        for (key, value) in run.config { #expect(original.config[key] == value) }
      }
      let isWhole = bytes[length - (length > 0 ? 1 : 0)] == 10 || length == bytes.count - 1
      if !isWhole, length > (bytes.firstIndex(of: 10) ?? 0), name.hasSuffix(".csv") {
        #expect(!found.problems.isEmpty, "\(length)")
      }
    }
  }
}
