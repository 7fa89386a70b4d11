import Foundation
import RunStore
import Tables
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What should not be in a store, and names that try to leave it.
@Suite struct HostileTests {
  @Test func linksOutOfTheStoreAreNotFollowed() async throws {
    try await withStore { store in
      let id = try store.start(RunRecord(name: "inside")).id
      let outside = store.root + "-outside"
      try FileManager.default.copyItem(atPath: store.path(of: id), toPath: outside)
      let before = try contents(outside)
      let link = FileManager.default.createSymbolicLink(atPath:withDestinationPath:)

      // A run, a shard.
      try FileManager.default.removeItem(atPath: store.path(of: id))
      try link(store.path(of: id), outside)
      #expect(try store.runIDs().isEmpty)
      #expect(throws: RunStoreError.self) { _ = try store.run(id) }
      #expect(throws: RunStoreError.self) { try store.updateLabels(of: id) { $0.notes = "x" } }
      #expect(throws: RunStoreError.self) { _ = try store.resume(id) }
      #expect(try store.check().problems.map(\.code) == [.unknownFile])
      try link(store.root + "/runs/zz", outside)
      #expect(try store.check().problems.map(\.code) == [.unknownFile, .unknownFile])
      #expect(throws: RunStoreError.self) {
        _ = try store.start(RunRecord(id: try #require(RunID("azz"))))
      }
      #expect(try contents(outside) == before)
    }
  }

  @Test func linkedFilesAreNotFollowed() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(step: 0, ["loss": 1])
      let secret = store.root + "-secret.json"
      for name in ["state.json", "labels.json"] {
        try write(Array("{\"schema\":\"fitlaws.labels/1\",\"notes\":\"s\"}".utf8), to: secret)
        let path = store.path(of: run.id) + "/" + name
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: secret)
        #expect(throws: RunStoreError.self) { _ = try store.run(run.id) }
        #expect(throws: RunStoreError.self) {
          if name == "state.json" {
            try store.updateState(of: run.id) { $0.tokensSeen = 1 }
          } else {
            try store.updateLabels(of: run.id) { $0.notes = "x" }
          }
        }
        #expect(String(decoding: try bytes(secret), as: UTF8.self).contains("\"s\""))
        try FileManager.default.removeItem(atPath: path)
      }
      let segment = try store.segment(of: run.id)
      try FileManager.default.moveItem(atPath: segment, toPath: secret + "l")
      try FileManager.default.createSymbolicLink(
        atPath: segment, withDestinationPath: secret + "l")
      #expect(throws: RunStoreError.self) { _ = try store.curves(of: run.id) }
    }
  }

  /// A pipe or a directory in place of any file: an error, and no waiting.
  @Test(arguments: ["run.json", "state.json", "labels.json", "segment"])
  func noRegularFile(_ name: String) async throws {
    try await withStore { store in
      let id = try store.start(RunRecord()).id
      let other = try store.start(RunRecord()).id
      var path = store.path(of: id) + "/" + name
      if name == "segment" { path = try store.segment(of: id) }
      for isDirectory in [false, true] {
        try? FileManager.default.removeItem(atPath: path)
        if isDirectory {
          try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        } else {
          #expect(unsafe mkfifo(path, 0o644) == 0)
        }
        #expect(throws: RunStoreError.self) {
          _ = try store.run(id)
          _ = try store.curves(of: id)
        }
        let answer = try store.table(RunQuery())
        #expect(answer.runs == [other] && answer.problems.map(\.run) == [id])
        #expect(try store.check().problems.contains { $0.run == id })
      }
    }
  }

  @Test(arguments: [
    "../../x", "/etc/passwd", "a\0b", String(repeating: "n", count: 300), ".", "..", "\u{202E}x",
    "a/b", "\"", "\\", "é", "e\u{301}", " ", "\n",
  ])
  func metricNamesAreData(_ name: String) async throws {
    try await withStore { store in
      let run = try store.start(RunRecord(name: name, config: [name: 1]))
      try run.log(step: 1, [name: 2])
      try run.log(step: 2, [name: 3, "other": 1])
      try run.finish()
      try store.updateLabels(of: run.id) { $0.tags[name] = name }
      #expect(try store.curves(of: run.id)[name]?.values == [2, 3])
      #expect(try store.run(run.id).labels.tags[name] == name)
      let answer = try store.table(
        RunQuery(columns: ["config." + name, "tags." + name], metrics: [.init(name)]))
      #expect(try answer.table.numbers(name) == [3])
      #expect(try answer.table.texts("tags." + name) == [name])
      #expect(try store.files(of: run.id).count == 4)
      #expect(try store.check().problems.isEmpty)
    }
  }

  @Test func deepJSONIsAnError() async throws {
    try await withStore { store in
      let id = try store.start(RunRecord()).id
      let deep = "{\"schema\":\"fitlaws.labels/1\",\"x\":" + String(repeating: "[", count: 100_000)
      try write(Array(deep.utf8), to: store.path(of: id) + "/labels.json")
      let error = try #require(throws: RunStoreError.self) { _ = try store.run(id) }
      #expect(error.code == .damaged && error.message.contains("512"))
    }
  }

  @Test(arguments: ["run.json", "state.json", "labels.json"])
  func laterVersions(_ name: String) async throws {
    try await withStore { store in
      let id = try store.start(RunRecord(name: "a")).id
      try store.updateState(of: id) { $0.tokensSeen = 1 }
      try store.updateLabels(of: id) { $0.notes = "n" }
      let path = store.path(of: id) + "/" + name
      let text = String(decoding: try bytes(path), as: UTF8.self)
      // A minor version with a key that this one does not know.
      try write(
        Array(text.replacing("/1\"", with: "/1.7\",\n  \"tomorrow\": {\"a\": 1e400}").utf8),
        to: path)
      _ = try store.run(id)
      try store.updateState(of: id) { $0.tokensSeen = 2 }
      try store.updateLabels(of: id) { $0.notes = "m" }
      #expect(String(decoding: try bytes(path), as: UTF8.self).contains("1e400"))
      // A major one.
      try write(Array(text.replacing("/1\"", with: "/2\"").utf8), to: path)
      let error = try #require(throws: RunStoreError.self) { _ = try store.run(id) }
      #expect(error.code == .newerVersion && error.message.contains("version 2"))
      #expect(try store.check().problems.map(\.code).contains(.newerVersion))
    }
  }

  @Test func laterStoresAndSegments() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      let segment = try store.segment(of: run.id)
      let text = String(decoding: try bytes(segment), as: UTF8.self)
      try write(Array(text.replacing("metrics/1", with: "metrics/2").utf8), to: segment)
      let error = try #require(throws: RunStoreError.self) { _ = try store.curves(of: run.id) }
      #expect(error.code == .newerVersion)
      let file = store.root + "/fitlaws.json"
      let description = String(decoding: try bytes(file), as: UTF8.self)
      for (version, code) in [("2", RunStoreError.Code.newerVersion), ("\"x\"", .damaged)] {
        try write(
          Array(description.replacing("\"version\": 1", with: "\"version\": \(version)").utf8),
          to: file)
        let error = try #require(throws: RunStoreError.self) { _ = try RunStore(at: store.root) }
        #expect(error.code == code)
      }
    }
  }

  @Test func placesThatAreNoStore() async throws {
    try await withDirectory { directory in
      #expect(throws: RunStoreError.self) { _ = try RunStore(at: directory) }
      #expect(throws: RunStoreError.self) { _ = try RunStore(at: directory + "/none") }
      #expect(throws: RunStoreError.self) { _ = try RunStore.create(at: directory + "/no/store") }
      try write([1], to: directory + "/thesis.tex")
      let error = try #require(throws: RunStoreError.self) {
        _ = try RunStore.create(at: directory)
      }
      #expect(error.code == .alreadyExists)
      #expect(RunStore.findRoot(from: directory) == nil)
      let store = try RunStore.create(at: directory + "/store")
      #expect(try RunStore.create(at: directory + "/store/").id == store.id)
      #expect(RunStore.findRoot(from: store.root + "/runs") == store.root)
    }
  }
}
