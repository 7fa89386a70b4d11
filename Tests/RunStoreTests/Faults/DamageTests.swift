import Foundation
import RunStore
import Tables
import Testing

/// Files that are not as they were written: found, and never read as something else.
@Suite struct DamageTests {
  /// A finished run of two segments, with labels, beside one that is in order.
  private func fill(_ store: RunStore) throws -> RunID {
    let run = try store.start(RunRecord(name: "a", config: ["lr": 1e-3]))
    for step in 0..<6 { try run.log(step: step, ["loss": 2.875013 + Double(step), "lr": 0.25]) }
    try run.finish()
    let more = try store.resume(run.id)
    for step in 4..<9 { try more.log(step: step, ["loss": 1.5 * Double(step), "lr": 0.125]) }
    try more.finish()
    try store.updateLabels(of: run.id) { $0.tags["k"] = "value" }
    _ = try store.start(RunRecord(id: try #require(RunID("zzz"))))
    return run.id
  }

  private struct Content: Equatable {
    var run: Run
    var curves: [Curve]
  }

  private func content(_ store: RunStore, _ id: RunID) throws -> Content {
    Content(run: try store.run(id), curves: try store.curves(of: id).curves)
  }

  @Test func everyTruncationIsFoundOrChangesNothing() async throws {
    try await withStore { store in
      let id = try fill(store)
      let whole = try content(store, id)
      for name in try store.files(of: id) {
        let path = store.path(of: id) + "/" + name
        let all = try bytes(path)
        for count in 0..<all.count {
          try write(Array(all[..<count]), to: path)
          // The content is what it was, or reading says what is wrong.
          if let content = try? content(store, id) {
            #expect(content == whole, "\(name) cut to \(count) bytes")
          }
          // The rest of the store is there, whatever happened to this run.
          let answer = try store.table(RunQuery(columns: ["id", "params"], usesIndex: false))
          #expect(answer.runs.last?.text == "zzz", "\(name) cut to \(count) bytes")
        }
        try write(all, to: path)
      }
      #expect(try content(store, id) == whole)
    }
  }

  /// Of a run that has not ended, whole rows may be missing, but no row is another.
  @Test func everyTruncationOfAnOpenSegmentKeepsTheRowsBefore() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      let values = (0..<10).map { 2.875013 + Double($0) * 1.25 }
      for (step, value) in values.enumerated() { try run.log(step: step, ["loss": value]) }
      let path = try store.segment(of: run.id)
      let all = try bytes(path)
      for count in 0..<all.count {
        try write(Array(all[..<count]), to: path)
        let curves = try store.curves(of: run.id)
        let read = curves["loss"]?.values ?? []
        #expect(read == Array(values.prefix(read.count)), "\(count)")
        let endsInARow = count > 0 && all[count - 1] == UInt8(ascii: "\n")
        #expect(curves.problems.map(\.code) == (endsInARow ? [] : [.tornTail]), "\(count)")
      }
    }
  }

  @Test func everyFlippedByteOfASealedFileIsFound() async throws {
    try await withStore { store in
      let id = try fill(store)
      var sealed = 0
      for name in try store.files(of: id) where name.hasPrefix("log-") || name == "run.json" {
        sealed += 1
        let path = store.path(of: id) + "/" + name
        let all = try bytes(path)
        for place in all.indices {
          for mask: UInt8 in [1, 0x80] {
            var flipped = all
            flipped[place] ^= mask
            try write(flipped, to: path)
            #expect(throws: RunStoreError.self, "\(name) byte \(place)") {
              _ = try content(store, id)
            }
          }
        }
        try write(all, to: path)
      }
      #expect(sealed == 3)
    }
  }

  @Test(arguments: [
    "{\"step\":1,\"loss\":1,\"loss\":2}", "{\"step\":1,\"step\":1}", "{\"loss\":1}", "{}", "[]", "",
    "{\"step\":1.0,\"loss\":1}", "{\"step\":1e3,\"loss\":1}", "{\"step\":01,\"loss\":1}",
    "{\"step\":1234567890123456789,\"loss\":1}", "{\"step\":\"1\",\"loss\":1}",
    "{\"step\":1,\"loss\":NaN}", "{\"step\":1,\"loss\":Infinity}", "{\"step\":1,\"loss\":1e400}",
    "{\"step\":1,\"loss\":+1}", "{\"step\":1,\"loss\":.5}", "{\"step\":1,\"loss\":5.}",
    "{\"step\":1,\"loss\":0x1}", "{\"step\":1,\"loss\":1_0}", "{\"step\":1,\"loss\":null}",
    "{\"step\":1,\"loss\":\"nan\"}", "{\"step\":1,\"loss\":true}", "{\"step\":1,\"loss\":[1]}",
    "{\"step\":1,\"loss\":1,}", "{\"step\":1 \"loss\":1}", "{\"step\":1,\"loss\":1}}",
    "{\"step\":1,\"loss\":1} x", "\u{FEFF}{\"step\":1,\"loss\":1}", "{\"step\":1,\"a\\ud800\":1}",
    "{\"step\":1,\"a\\x\":1}", "{\"step\":1,\"a:1}", "{\"end\":\"finished\",\"rows\":7}", "\0\0\0",
  ])
  func rowsThatAreNone(_ row: String) async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(step: 0, ["loss": 0.5])
      try append(row + "\n{\"step\":2,\"loss\":1}\n", to: try store.segment(of: run.id))
      let error = try #require(throws: RunStoreError.self) { _ = try store.curves(of: run.id) }
      #expect(error.code == .damaged && error.path.hasSuffix(".jsonl:3"))
      #expect(!error.description.contains("\n"))
      let salvaged = try store.curves(of: run.id, salvaging: true)
      #expect(salvaged["loss"]?.values.first == 0.5 && !salvaged.problems.isEmpty)
      // Behind an end, nothing is a row.
      if !row.hasPrefix("{\"end\"") { #expect(salvaged["loss"]?.values == [0.5, 1]) }
    }
  }

  @Test func rowsOfOtherWriters() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      let rows = """
        { "loss" : 1.50 , "step" : 1 }\r
        {"step":-2,"loss":-0.0e-5,"t":12.5}
        {"t":1E+2,"l\\u006fss":2E3,"step":0}
        {"step":3,"loss":0.1000000000000000055511151231257827021181583404541015625}
        {"step":4,"loss":"-Infinity","é":9007199254740993}
        {"step":5}

        """
      try append(rows, to: try store.segment(of: run.id))
      let curves = try store.curves(of: run.id)
      let loss = try #require(curves["loss"])
      #expect(loss.steps == [-2, 0, 1, 3, 4] && loss.values == [0, 2000, 1.5, 0.1, -.infinity])
      #expect(loss.times[0] == 12.5 && loss.times[1] == 100 && loss.times[2].isNaN)
      #expect(curves["é"]?.values == [9_007_199_254_740_992])
    }
  }

  @Test func invalidUTF8IsNoKey() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      let path = try store.segment(of: run.id)
      try write(
        try bytes(path) + Array("{\"step\":1,\"".utf8) + [0xFF] + Array("\":1}\n".utf8), to: path)
      #expect(throws: RunStoreError.self) { _ = try store.curves(of: run.id) }
    }
  }

  @Test func aLineWithoutEndNeedsLittleMemory() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(step: 0, ["loss": 1])
      let path = try store.segment(of: run.id)
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{".utf8))
      // A hole: a gigabyte that takes no room.
      try handle.truncate(atOffset: 1 << 30)
      try handle.close()
      let error = try #require(throws: RunStoreError.self) { _ = try store.curves(of: run.id) }
      #expect(error.message.contains("1 MiB"))
    }
  }

  /// What the loss of power leaves where the length was written and the bytes were not.
  @Test func zerosAtTheEndAreATornTail() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(step: 0, ["loss": 1])
      let path = try store.segment(of: run.id)
      let all = try bytes(path)
      for count in [1, 4096, 3 << 20] {
        try write(all + Array(repeating: 0, count: count), to: path)
        let curves = try store.curves(of: run.id)
        #expect(curves["loss"]?.values == [1])
        #expect(curves.problems.map(\.code) == [.tornTail])
        #expect(curves.problems.first?.offset == all.count)
      }
    }
  }

  @Test func aLongRowIsLeftOut() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(step: 0, ["loss": 1])
      let long = "{\"step\":1,\"loss\":1\(String(repeating: " ", count: 3 << 20))}\n"
      try append(long + "{\"step\":2,\"loss\":2}\n", to: try store.segment(of: run.id))
      #expect(throws: RunStoreError.self) { _ = try store.curves(of: run.id) }
      let salvaged = try store.curves(of: run.id, salvaging: true)
      #expect(salvaged["loss"]?.values == [1, 2] && salvaged["loss"]?.lines == [2, 4])
      #expect(salvaged.problems.count == 1)
    }
  }
}
