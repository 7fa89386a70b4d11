import Foundation
import RunStore
import Tables
import Testing

@Suite struct WriterTests {
  static let numbers: [Double] = [
    0, -0.0, 1, -1, 0.1, 2.875013, 1e-4, 9.9e-5, 1e-5, 1e15, 999_999_999_999_999, 1e16, 5.76e23,
    .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi,
    9_007_199_254_740_992, 1.7976931348623157e308, 123_456_789.125, 0.30000000000000004,
  ]

  @Test(arguments: [Durability.process, .power(every: 3), .buffered])
  func everyRowComesBack(_ durability: Durability) async throws {
    try await withStore { store in
      let run = try store.start(RunRecord(name: "a"), durability: durability)
      for (step, number) in Self.numbers.enumerated() {
        try run.log(step: step, ["train/loss": number, "lr": -number])
      }
      try run.log(step: -5, ["only": 1])
      try run.finish { $0.tokensSeen = 12 }

      let curves = try store.curves(of: run.id)
      #expect(curves.problems.isEmpty && curves.superseded == 0)
      #expect(curves.curves.map(\.metric) == ["lr", "only", "train/loss"])
      let loss = try #require(curves["train/loss"])
      #expect(loss.steps == Array(Self.numbers.indices))
      #expect(loss.values.map(\.bitPattern) == Self.numbers.map(\.bitPattern))
      #expect(loss.lines == Self.numbers.indices.map { Int32($0 + 2) })
      #expect(try #require(curves["only"]).steps == [-5])

      let state = try store.run(run.id).state
      #expect(state.status == .finished && state.tokensSeen == 12 && state.revision == 1)
      #expect(state.final["train/loss"]?.value == 0.30000000000000004)
      #expect(state.final["only"] == .init(value: 1, step: -5))
      #expect(state.seals.map(\.rows) == [24, nil])
    }
  }

  @Test func rowsLookAsDocumented() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(
        step: 2048, time: UTCTime(milliseconds: 1_795_434_160_256),
        ["train/loss": 2.875013, "lr": 0.0006, "n": 1e20, "a\"\n": .nan])
      try run.finish()
      let lines = String(decoding: try bytes(try store.segment(of: run.id)), as: UTF8.self)
        .split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[0].hasPrefix("{\"fitlaws\":\"metrics/1\",\"host\":"))
      #expect(
        lines[1]
          == #"{"step":2048,"t":1795434160.256,"a\"\n":"NaN","lr":0.0006,"n":1e20,"train/loss":2.875013}"#
      )
      #expect(lines[2] == #"{"end":"finished","rows":1}"#)
      #expect(try store.curves(of: run.id)["a\"\n"]?.times == [1_795_434_160.256])
    }
  }

  @Test func randomNumbersComeBack() async throws {
    try await withStore { store in
      var generator = SystemRandomNumberGenerator()
      let values = (0..<20_000).map { _ in Double(bitPattern: generator.next()) }
      let run = try store.start(RunRecord(), durability: .buffered)
      for (step, value) in values.enumerated() { try run.log(step: step, ["x": value]) }
      try run.finish()
      let read = try #require(try store.curves(of: run.id)["x"]).values
      #expect(
        zip(read, values).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN })
      #expect(read.count == values.count)
    }
  }

  @Test func recordsComeBack() async throws {
    try await withStore { store in
      var record = RunRecord(name: "190M-1xC", created: UTCTime("2026-11-24T21:30:34.256Z"))
      record.model = .init(params: 190_354_176, nonEmbeddingParams: 1, other: ["n_layers": 12])
      record.data = .init(plannedTokens: 3_800_000_000, uniqueTokens: 2, other: ["dataset": "c4"])
      record.compute = .init(flops: 1e25, rule: "6ND", other: ["mfu": 0.5])
      record.source = .init(kind: "mlflow", id: "1", isSampled: true, other: ["tool": "x"])
      record.parent = .init(id: try #require(RunID("abc")), step: 7, other: ["why": "decay"])
      record.config = [
        "lr": 6e-4, "deep": ["a": [1, 2.5, .null, true, "x\u{1}é"]], "empty": [:], "big": .null,
      ]
      record.code = ["commit": "0123"]
      record.hardware = ["accelerator": "H100", "count": 8]
      record.other = ["later": ["unknown": [1]]]
      let run = try store.start(record)
      #expect(try store.run(run.id).record == record)
      #expect(try store.run(run.id).state == RunState())
      #expect(try store.run(run.id).labels == RunLabels())
    }
  }

  @Test func aRunGoesOnInANewSegment() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      for step in 0..<4 { try run.log(step: step, ["loss": Double(step)]) }
      try run.finish(.killed)
      let more = try store.resume(run.id)
      #expect(try store.run(run.id).state.status == .running)
      for step in 2..<6 { try more.log(step: step, ["loss": Double(10 * step)]) }
      try more.finish()
      let curves = try store.curves(of: run.id)
      let loss = try #require(curves["loss"])
      #expect(loss.steps == [0, 1, 2, 3, 4, 5])
      #expect(loss.values == [0, 1, 20, 30, 40, 50])
      #expect(loss.segments == [0, 0, 1, 1, 1, 1] && loss.lines == [2, 3, 2, 3, 4, 5])
      #expect(curves.superseded == 2 && curves.segments.count == 2)
      let state = try store.run(run.id).state
      #expect(state.final["loss"] == .init(value: 50, step: 5))
      #expect(state.seals.count == 3 && state.status == .finished)
    }
  }

  @Test func badRowsAreRefusedAndLeaveNothing() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(step: 0, ["loss": 1])
      let before = try bytes(try store.segment(of: run.id))
      for name in ["", "step", "t", "end", "fitlaws", String(repeating: "x", count: 1 << 20)] {
        let error = try #require(throws: RunStoreError.self) {
          try run.log(step: 1, ["ok": 1, name: 1])
        }
        #expect(error.code == .badRow)
      }
      #expect(throws: RunStoreError.self) { try run.log(step: .max, ["ok": 1]) }
      #expect(try bytes(try store.segment(of: run.id)) == before)
      try run.log(step: 1, ["loss": 2])
      try run.finish()
      #expect(throws: RunStoreError.self) { try run.log(step: 2, ["loss": 3]) }
      #expect(throws: RunStoreError.self) { try run.finish() }
      #expect(try store.curves(of: run.id)["loss"]?.values == [1, 2])
      #expect(try store.run(run.id).state.final["ok"] == nil)
    }
  }

  @Test func aTakenIdentifierIsRefused() async throws {
    try await withStore { store in
      let record = RunRecord(name: "first")
      let run = try store.start(record)
      var second = record
      second.name = "second"
      let error = try #require(throws: RunStoreError.self) { _ = try store.start(second) }
      #expect(error.code == .conflict)
      #expect(try store.run(run.id).record.name == "first")
      #expect(try store.runIDs() == [run.id])
      let shard = URL(filePath: store.path(of: run.id)).deletingLastPathComponent().path
      #expect(try FileManager.default.contentsOfDirectory(atPath: shard) == [run.id.text])
    }
  }

  @Test func addingTwiceChangesNothing() async throws {
    try await withStore { store in
      let record = RunRecord(id: RunID(imported: "csv", source: "s", run: "1"), name: "a")
      let rows = (0..<100).map { MetricRow(step: $0, ["loss": 1 / Double($0 + 1)]) }
      let labels = RunLabels(tags: ["k": "v"])
      #expect(try store.add(record, labels: labels, rows: rows) == .added)
      let before = try contents(store.root)
      #expect(try store.add(record, labels: labels, rows: rows) == .unchanged)
      #expect(try contents(store.root) == before)
      #expect(try store.run(record.id).labels.tags == ["k": "v"])
      #expect(try store.run(record.id).state.final["loss"] == .init(value: 0.01, step: 99))

      let changed = try #require(throws: RunStoreError.self) {
        _ = try store.add(record, rows: rows.dropLast())
      }
      #expect(changed.code == .conflict)
      var renamed = record
      renamed.name = "b"
      #expect(throws: RunStoreError.self) { _ = try store.add(renamed, rows: rows) }
      #expect(try contents(store.root) == before)
    }
  }

  @Test func aWriterGivenUpKeepsWhatItHeldBack() async throws {
    try await withStore { store in
      func write() throws -> RunID {
        let run = try store.start(RunRecord(), durability: .buffered)
        try run.log(step: 0, ["loss": 1])
        #expect(try store.curves(of: run.id).curves.isEmpty)
        return run.id
      }
      let id = try write()
      #expect(try store.curves(of: id)["loss"]?.values == [1])
      #expect(try store.run(id).state.status == .running)
    }
  }

  @Test func labelsAreRewrittenAndKeepWhatTheyDoNotKnow() async throws {
    try await withStore { store in
      let id = try store.start(RunRecord(name: "a")).id
      try write(
        Array(#"{"schema":"fitlaws.labels/1.3","tags":{"a":"1"},"later":{"x":[1,2.50]}}"#.utf8),
        to: store.path(of: id) + "/labels.json")
      try store.updateLabels(of: id) {
        $0.name = "b"
        $0.tags["c"] = "2"
        $0.exclusion = .init(reason: "spike", by: "me", at: UTCTime(milliseconds: 0))
      }
      let run = try store.run(id)
      #expect(run.name == "b" && run.labels.tags == ["a": "1", "c": "2"])
      #expect(run.labels.exclusion?.reason == "spike" && run.labels.revision == 1)
      let text = String(decoding: try bytes(store.path(of: id) + "/labels.json"), as: UTF8.self)
      #expect(text.contains("2.50"))
    }
  }
}
