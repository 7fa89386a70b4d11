import Foundation
import Tables
import Testing

@testable import RunStore

/// Into a store and out of it again.
@Suite struct ExchangeTests {
  private let folder = "\(MLflowFixture.experiment)/\(MLflowFixture.run)"

  @Test func importingTwiceChangesNothing() throws {
    let source = try SourceFiles(MLflowFixture.files)
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let first = try store.importRuns(from: [source.root])
    #expect(first.imported.count == 1 && first.unchanged.isEmpty && first.conflicts.isEmpty)
    #expect(first.columns == ["params": "n_params"])
    let id = try #require(first.imported.first)
    #expect(id.text.hasPrefix("i") && id.text.utf8.count == 26)
    let run = try store.run(id)
    #expect(run.record.model.params == 190_354_176)
    #expect(run.record.config["opt/lr"] == "0.0006")
    #expect(run.record.source?.kind == "mlflow" && run.record.source?.id == MLflowFixture.run)
    #expect(run.state.status == .finished && run.labels.tags == ["sweep": "a"])

    let files = try place.files()
    let second = try store.importRuns(from: [source.root])
    #expect(second.unchanged == [id] && second.imported.isEmpty && second.conflicts.isEmpty)
    #expect(try place.files() == files)

    // The same store at another place is the same store.
    let moved = try SourceFiles(MLflowFixture.files)
    #expect(try store.importRuns(from: [moved.root]).unchanged == [id])

    // A person's labels are no change of the source.
    try store.updateLabels(of: id) { $0.tags["mine"] = "yes" }
    #expect(try store.importRuns(from: [source.root]).unchanged == [id])
  }

  @Test(arguments: [
    ("params/opt/lr", "0.0007"), ("metrics/train/loss", "1795556257499 2.875014 2048\n"),
    ("tags/sweep", "b"), ("tags/mlflow.note.content", "new"),
  ])
  func aChangedSourceIsAConflict(_ file: String, _ text: String) throws {
    let source = try SourceFiles(MLflowFixture.files)
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let id = try #require(try store.importRuns(from: [source.root]).imported.first)
    let files = try place.files()
    try source.write(Array(text.utf8), to: folder + "/" + file)
    let report = try store.importRuns(from: [source.root])
    #expect(report.conflicts.map(\.run) == [id] && report.unchanged.isEmpty)
    #expect(try place.files() == files)
  }

  @Test func aChangedStatusIsAConflict() throws {
    var files = MLflowFixture.files
    files[folder + "/meta.yaml"] = MLflowFixture.meta(run: MLflowFixture.run, status: 1)
    let source = try SourceFiles(files)
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let id = try #require(try store.importRuns(from: [source.root]).imported.first)
    #expect(try store.run(id).state.status == .imported)
    try source.write(
      Array(MLflowFixture.meta(run: MLflowFixture.run).utf8), to: folder + "/meta.yaml")
    #expect(try store.importRuns(from: [source.root]).conflicts.map(\.run) == [id])
  }

  @Test func columnsAreSettledBeforeAnythingIsWritten() throws {
    var files = MLflowFixture.files
    files[folder + "/params/parameters"] = "7"
    let source = try SourceFiles(files)
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let error = #expect(throws: ExchangeError.self) { try store.importRuns(from: [source.root]) }
    #expect(error?.code == .ambiguousColumn)
    #expect(try store.runIDs().isEmpty)
    let options = ImportOptions(columns: [
      "params": "params.parameters", "tokens": "metrics.train/loss",
    ])
    let report = try store.importRuns(from: [source.root], options: options)
    let id = try #require(report.imported.first)
    #expect(try store.run(id).record.model.params == 7)
    // No whole number of tokens: reported, and left empty.
    #expect(try store.run(id).record.data.plannedTokens == nil)
    #expect(report.problems.count == 1)
  }

  @Test func valuesOfOneStepAllGetRows() throws {
    var run = ImportedRun(format: .mlflow, store: "s", id: "r", place: "r")
    run.metrics["a"] = [
      .init(step: 1, value: 1), .init(step: 1, value: 2), .init(step: 0, value: 0),
    ]
    run.metrics["b"] = [
      .init(step: 1, value: 3), .init(step: 1, time: .init(milliseconds: 5), value: 4),
    ]
    #expect(
      run.rows == [
        MetricRow(step: 0, ["a": 0]), MetricRow(step: 1, ["a": 1, "b": 3]),
        MetricRow(step: 1, ["a": 2]),
        MetricRow(step: 1, time: UTCTime(milliseconds: 5), ["b": 4]),
      ])
    // So many metrics are no row of a MiB.
    for index in 0..<5000 { run.metrics["m\(index)"] = [.init(step: 1, value: 0)] }
    #expect(run.rows.allSatisfy { $0.values.count <= 2000 })
    #expect(run.rows.map(\.values.count).reduce(0, +) == 5005)
  }

  @Test func namesTakenInRows() throws {
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    var run = ImportedRun(format: .mlflow, store: "s", id: "r", place: "r")
    run.metrics = ["t": [.init(step: 1, value: 2)], "t_": [.init(step: 1, value: 3)]]
    var source = ImportedRuns()
    source.runs = [run]
    let report = try store.add(source)
    #expect(report.problems.count == 1)
    let curves = try store.curves(of: run.runID)
    #expect(curves["t_"]?.values == [3] && curves["t__"]?.values == [2])
  }

  // MARK: - Export

  /// Names that would leave the folder, or be file and folder at once.
  private static let hostile = [
    "../../x", "/etc/passwd", "..", ".", "a/../b", "a//b", "a/", "/", "", "loss", "loss/x", "Loss",
    "nul\0byte", "new\nline", "a=b", "loß", "e\u{301}", "😀", String(repeating: "n", count: 300),
    String(repeating: "/n", count: 300), "meta.yaml", "fitlaws.name.tag.x", "con",
  ]

  @Test func exportedNames() {
    for kind in ExportedNames.Kind.allCases {
      let names = ExportedNames(Self.hostile, kind: kind)
      let exported = Self.hostile.compactMap { names.exported[$0] }
      #expect(Set(exported.map { $0.lowercased() }).count == Self.hostile.count)
      for name in exported {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        #expect(parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }, "\(name)")
        #expect(name.utf8.count <= 200 && !exported.contains { $0.hasPrefix(name + "/") })
      }
      // The true name is known wherever it was changed.
      #expect(
        Set(names.tags.values) == Set(Self.hostile.filter { names.exported[$0] != $0 }))
    }
    #expect(ExportedNames(["train/loss", "loß"], kind: .metric).tags.isEmpty)
  }

  @Test func hostileNamesStayInside() throws {
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let metrics = Self.hostile.filter { !$0.isEmpty }
    var record = RunRecord(name: "../../run")
    for name in Self.hostile { record.config[name] = "value" }
    let writer = try store.start(record)
    for (index, name) in metrics.enumerated() { try writer.log(step: 1, [name: Double(index)]) }
    try writer.finish()
    try store.updateLabels(of: record.id) { labels in
      for name in Self.hostile { labels.tags[name] = "tag" }
    }
    let before = Set(try place.files().keys)
    let report = try store.exportMLflow(to: place.path("mlruns"))
    #expect(report.runs == 1 && report.problems.isEmpty)
    try store.exportDataPackage(to: place.path("package"))
    try store.exportTable(to: place.path("runs.csv"), shape: .wide)
    try store.exportTable(to: place.path("points.csv"), shape: .long)
    let new = Set(try place.files().keys).subtracting(before)
    #expect(
      new.allSatisfy {
        $0.hasPrefix("mlruns/") || $0.hasPrefix("package/") || $0 == "runs.csv"
          || $0 == "points.csv"
      })
    #expect(!FileManager.default.fileExists(atPath: place.root + "/../x"))
    let again = try ImportedRuns.read([place.path("mlruns")])
    #expect(again.problems.isEmpty)
    let run = try #require(again.runs.first)
    #expect(run.name == "../../run")
    #expect(Set(run.metrics.keys) == Set(metrics))
    for (index, name) in metrics.enumerated() {
      #expect(run.metrics[name]?.map(\.value) == [Double(index)])
    }
    #expect(Set(run.config.keys) == Set(Self.hostile))
    #expect(Set(run.tags.keys).isSuperset(of: Self.hostile))
    let points = try Table.read(contentsOf: place.path("points.csv"))
    #expect(points.rowCount == metrics.count)
  }

  @Test func tables() throws {
    let source = try SourceFiles([
      "runs.csv": "name,params,tokens,lr,on,loss\na,1000,2000,0.1,true,NaN\nb,3000,,,,inf\n"
    ])
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let ids = try store.importRuns(from: [source.path("runs.csv")]).imported
    try store.exportTable(to: place.path("wide.csv"), shape: .wide)
    let wide = try Table.read(contentsOf: place.path("wide.csv"))
    let expected = [
      "id", "name", "status", "created", "params", "tokens", "config.lr", "config.on", "final.loss",
      "source.kind",
    ]
    #expect(expected.filter { !wide.hasColumn($0) }.isEmpty)
    let row = try #require(try wide.texts("name").firstIndex(of: "b"))
    #expect(try wide.text(column: "params", row: row) == "3000")
    #expect(try wide.text(column: "tokens", row: row) == "")
    #expect(try wide.text(column: "final.loss", row: row) == "INF")
    try store.exportTable(to: place.path("long.csv"), shape: .long)
    let long = try Table.read(contentsOf: place.path("long.csv"))
    #expect(long.columnNames == ["id", "step", "time", "metric", "value"])
    #expect(try Set(long.texts("id")) == Set(ids.map(\.text)))
    #expect(try Set(long.texts("value")) == ["NaN", "INF"])
  }

  @Test func anExportOverwritesNothing() throws {
    let place = try SourceFiles(["there/file": "mine"])
    let store = try RunStore.create(at: place.path("store"))
    for write in [
      { try store.exportMLflow(to: place.path("there")) },
      { try store.exportDataPackage(to: place.path("there")) },
    ] {
      let error = #expect(throws: ExchangeError.self) { try write() }
      #expect(error?.code == .alreadyExists)
    }
    #expect(try place.text("there/file") == "mine")
    let error = #expect(throws: ExchangeError.self) {
      try store.exportMLflow(to: place.path("no/such/folder"))
    }
    #expect(error?.code == .unwritable)
    #expect(Set(try place.files().keys).filter { $0.hasSuffix(".tmp") }.isEmpty)
  }

  @Test func damagedRunsAreLeftOutAndListed() throws {
    let source = try SourceFiles(["runs.csv": "name,loss\na,1\nb,2\n"])
    let place = try SourceFiles()
    let store = try RunStore.create(at: place.path("store"))
    let ids = try store.importRuns(from: [source.path("runs.csv")]).imported
    let bad = try #require(ids.first)
    try place.write(Array("{".utf8), to: "store/\(bad.path)/run.json")
    let report = try store.exportMLflow(to: place.path("mlruns"))
    #expect(report.runs == 1 && report.problems.map(\.run) == [bad])
  }
}
