import Foundation
import Tables
import Testing

@testable import RunStore

/// What other programs write is read value for value, and what is written they read so.
@Suite(.enabled(if: Clients.areInstalled, Clients.comment)) struct ClientTests {
  private func isSame(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }

  /// The points of a metric as scripts print them: step, milliseconds, value.
  private func points(_ value: JSONValue) throws -> [ImportedRun.Point] {
    try #require(value.array).map { point in
      let parts = try #require(point.array)
      let time = parts.count == 3 ? parts[1].int : nil
      return .init(
        step: try #require(parts[0].int),
        time: time.map { UTCTime(milliseconds: Int64($0)) },
        value: try #require(parts[parts.count - 1].double))
    }
  }

  private func expect(_ found: [String: [ImportedRun.Point]], equals truth: JSONValue) throws {
    let truth = try #require(truth.object)
    #expect(found.keys.sorted() == truth.keys.sorted())
    for (name, points) in truth {
      let expected = try self.points(points)
      let actual = found[name] ?? []
      #expect(actual.count == expected.count, "\(name)")
      #expect(zip(actual, expected).allSatisfy { $0.isSame(as: $1) }, "\(name)")
    }
  }

  private func texts(_ value: JSONValue?) throws -> [String: String] {
    try #require(value?.object).compactMapValues(\.string)
  }

  // MARK: - MLflow

  @Test func mlflowBothWays() throws {
    let place = try SourceFiles()
    let source = place.path("mlruns")
    let truth = try Clients.run("mlflow_write.py", source)
    let runs = try #require(truth["runs"]?.object)

    // What MLflow wrote.
    let found = try ImportedRuns.read([source])
    #expect(Set(found.runs.map(\.id)) == Set(runs.keys))
    for run in found.runs {
      let expected = try #require(runs[run.id])
      #expect(run.name == expected["name"]?.string)
      #expect(try run.config.compactMapValues(\.string) == texts(expected["params"]))
      #expect(try run.tags == texts(expected["tags"]))
      try expect(run.metrics, equals: #require(expected["metrics"]))
      let status: RunState.Status =
        switch run.name {
        case "torn": .running
        case "failed": .failed
        default: .finished
        }
      #expect(run.status == status)
    }
    let torn = try #require(found.runs.first { $0.name == "torn" })
    #expect(found.problems.map(\.code) == [.tornTail])
    #expect(found.problems.first?.path.hasSuffix("\(torn.id)/metrics/train/loss") == true)
    #expect(found.problems.first?.line == 2)
    let deleted = try #require(truth["deleted"]?.array).compactMap(\.string)
    #expect(found.skipped.count == deleted.count + 1)
    for id in deleted { #expect(found.skipped.contains { $0.place.hasSuffix(id) }) }
    let all = try ImportedRuns.read([source], options: ImportOptions(includesDeleted: true))
    #expect(Set(all.runs.filter(\.isDeleted).map(\.id)) == Set(deleted))

    // Through a store, and what MLflow reads of it.
    let store = try RunStore.create(at: place.path("store"))
    let report = try store.importRuns(from: [source])
    #expect(report.imported.count == runs.count)
    #expect(try store.importRuns(from: [source]).unchanged == report.imported)
    let exported = try store.exportMLflow(to: place.path("out"), experiment: "back: é")
    #expect(exported.runs == runs.count && exported.problems.isEmpty)
    let read = try Clients.run(
      "mlflow_read.py", place.path("out"),
      "metrics.`train/loss` < 3 and params.`opt/lr` = '0.0006' and tags.sweep = 'a b'")
    #expect(read["experiments"]?.array?.compactMap(\.string).contains("back: é") == true)
    let back = try #require(read["runs"]?.object)
    #expect(back.count == runs.count)
    for run in found.runs {
      let seen = try #require(back[run.runID.text])
      #expect(seen["name"]?.string == run.name)
      #expect(seen["start"]?.int.map(Int64.init) == run.started?.milliseconds)
      #expect(seen["end"]?.int.map(Int64.init) == run.ended?.milliseconds)
      let words: [RunState.Status: String] = [
        .running: "RUNNING", .finished: "FINISHED", .failed: "FAILED",
      ]
      #expect(seen["status"]?.string == words[run.status])
      #expect(try texts(seen["params"]) == run.config.compactMapValues(\.string))
      #expect(try texts(seen["tags"])["sweep"] == run.tags["sweep"])
      try expect(run.metrics, equals: #require(seen["metrics"]))
    }
    #expect(read["filtered"]?.array?.count == 5)
  }

  /// A run of this store with everything that MLflow holds differently.
  @Test func mlflowReadsAnExport() throws {
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    var record = RunRecord(name: "it's \"q\"\u{85}\u{2028}: é😀\n#")
    record.model.params = 9_007_199_254_740_993
    record.compute.flops = 1e25
    record.config = ["lr": 0.1, "opt": ["betas": [0.9, 0.95], "on": true], "none": .null]
    record.config["long"] = .string(String(repeating: "x", count: 7000))
    let writer = try store.start(record)
    let odd = [
      Double.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 1.7976931348623157e308, 0.1,
    ]
    for (step, value) in odd.enumerated() {
      try writer.log(
        step: step - 2, time: UTCTime(milliseconds: 1_795_434_160_256 + Int64(step)),
        ["train/loss": value, "a=b": 1, "../../x": 2, "loss": 3, "loss/x": 4])
    }
    try writer.finish(.killed)
    let report = try store.exportMLflow(to: place.path("out"))
    #expect(report.problems.count == 1)
    #expect(report.problems.first?.message.contains("\"long\"") == true)
    let read = try Clients.run("mlflow_read.py", place.path("out"))
    let run = try #require(read["runs"]?[record.id.text])
    #expect(run["name"]?.string == record.name && run["status"]?.string == "KILLED")
    let params = try texts(run["params"])
    #expect(params["n_params"] == "9007199254740993" && params["flops"] == "1e25")
    #expect(params["opt.betas"] == "[0.9,0.95]" && params["opt.on"] == "true")
    #expect(params["long"]?.count == 6000 && params["none"] == "")
    let history = try points(try #require(run["metrics"]?["train/loss"]))
    #expect(history.map(\.step) == Array(-2...4))
    #expect(history.map { $0.time?.milliseconds } == (256...262).map { 1_795_434_160_000 + $0 })
    #expect(zip(history.map(\.value), odd).allSatisfy(isSame))
    #expect(run["metrics"]?.object?.count == 5)
    let tags = try texts(run["tags"])
    #expect(tags["fitlaws.name.metric.a_u3d_b"] == "a=b")
  }

  // MARK: - DVCLive

  @Test func dvcliveImports() throws {
    let place = try SourceFiles()
    let truth = try Clients.run("dvclive_write.py", place.path("exp/dvclive"))
    let found = try ImportedRuns.read([place.path("exp/dvclive")])
    #expect(found.problems.isEmpty)
    let run = try #require(found.runs.first)
    #expect(run.name == "exp")
    var params = try #require(truth["params"]?.object)
    // The same number, in the other's spelling.
    #expect(run.config["big"]?.double == params.removeValue(forKey: "big")?.double)
    var config = run.config
    config["big"] = nil
    #expect(config == params)
    let metrics = try #require(truth["metrics"]?.object)
    #expect(run.metrics.keys.sorted() == metrics.keys.sorted())
    for (name, value) in metrics {
      let expected = try points(value)
      let actual = try #require(run.metrics[name])
      #expect(actual.map(\.step) == expected.map(\.step), "\(name)")
      #expect(zip(actual.map(\.value), expected.map(\.value)).allSatisfy(isSame), "\(name)")
      #expect((name == "eval/loss") == (actual.first?.time != nil))
    }
  }

  // MARK: - Tables

  /// A store with everything that a table can hold.
  private func store(_ place: SourceFiles) throws -> RunStore {
    let store = try RunStore.create(at: place.path("store"))
    for index in 0..<3 {
      var record = RunRecord(name: "run, \"\(index)\"\nü", created: .now)
      record.model.params = 1000 * (index + 1)
      record.compute.flops = index == 0 ? nil : 1e25
      record.config = [
        "lr": 0.5, "text": "a,b", "n": .init(index), "on": true, "opt": ["x": [1, 2]],
      ]
      if index == 1 { record.config["lr"] = nil }
      let writer = try store.start(record)
      for step in 0..<20 {
        let value = index == 2 ? [.nan, .infinity, -.infinity][step % 3] : 1 / Double(step + 3)
        try writer.log(step: step, time: .now, ["train/loss": value])
      }
      try writer.finish()
      try store.updateLabels(of: record.id) { $0.tags["sweep"] = "a" }
    }
    return store
  }

  @Test func frictionlessValidatesAnExport() throws {
    let place = try SourceFiles()
    try store(place).exportDataPackage(to: place.path("package"))
    let package = place.path("package/datapackage.json")
    let (status, output, _) = try Clients.launch("frictionless", ["validate", package, "--json"])
    let report = try JSONValue(parsing: output)
    #expect(status == 0 && report["valid"]?.bool == true)
    #expect(report["tasks"]?.array?.count == 2)
    #expect(report["tasks"]?.array?.map { $0["stats"]?["rows"]?.int } == [3, 60])
  }

  @Test func frictionlessFindsAChangedDigit() throws {
    let place = try SourceFiles()
    try store(place).exportDataPackage(to: place.path("package"))
    let text = try place.text("package/points.csv")
    try place.write(
      Array(text.replacingOccurrences(of: "train/loss,0.2\n", with: "train/loss,0.3\n").utf8),
      to: "package/points.csv")
    let package = place.path("package/datapackage.json")
    let (status, output, _) = try Clients.launch("frictionless", ["validate", package, "--json"])
    #expect(status == 1)
    #expect(String(decoding: output, as: UTF8.self).contains("hash-count"))
  }

  @Test func duckDBReadsTheSegments() throws {
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let writer = try store.start(RunRecord())
    // Not -0: DuckDB reads the JSON number `-0` as an integer, which has no sign.
    let values: [Double] = [
      .pi, .leastNonzeroMagnitude, 1.7976931348623157e308, 1 / 3, .nan, .infinity, -.infinity,
    ]
    for (step, value) in values.enumerated() {
      try writer.log(step: step, time: .now, ["train/loss": value, "lr": 0.1])
    }
    try writer.finish()
    let rows = try #require(try Clients.run("duckdb_read.py", place.path("store")).array)
    #expect(rows.map { $0.array?.first?.int } == Array(values.indices))
    let read = rows.compactMap { $0.array?.last?.double }
    #expect(read.count == values.count && zip(read, values).allSatisfy(isSame))
  }
}
