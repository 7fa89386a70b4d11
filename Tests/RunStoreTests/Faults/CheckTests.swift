import Foundation
import RunStore
import Testing

@Suite struct CheckTests {
  @Test func everythingThatIsWrongIsNamed() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      for step in 0..<4 { try run.log(step: step, ["loss": 1]) }
      try run.finish()
      let open = try store.start(RunRecord())
      try open.log(step: 0, ["loss": 1])
      #expect(try store.check().problems.isEmpty)

      try append("{\"step\":1,", to: try store.segment(of: open.id))
      try append("x", to: try store.segment(of: run.id))
      try append(" ", to: store.path(of: run.id) + "/run.json")
      try write([1], to: store.path(of: run.id) + "/notes.txt")
      try write([1], to: store.path(of: run.id) + "/.labels.json.abc.tmp")
      try write([1], to: store.root + "/README")
      try write([1], to: store.root + "/.DS_Store")
      let shard = store.root + "/runs/" + run.id.text.suffix(2)
      try FileManager.default.createDirectory(
        atPath: shard + "/.tmp-x", withIntermediateDirectories: false)
      try write([1], to: shard + "/.tmp-x/run.json")
      try FileManager.default.createDirectory(
        atPath: shard + "/NotARun", withIntermediateDirectories: false)

      let before = try contents(store.root)
      let check = try store.check()
      #expect(try contents(store.root) == before && check.repaired.isEmpty)
      let found = check.problems.map { "\($0.code.rawValue) \($0.path)" }.sorted()
      let prefix = "runs/\(run.id.text.suffix(2))"
      let segment = try #require(try store.files(of: run.id).first { $0.hasPrefix("log") })
      let openSegment = try #require(try store.files(of: open.id).first { $0.hasPrefix("log") })
      #expect(
        Set(found) == [
          "tornTail runs/\(open.id.text.suffix(2))/\(open.id)/\(openSegment)",
          "tornTail \(prefix)/\(run.id)/\(segment)", "sealMismatch \(prefix)/\(run.id)/\(segment)",
          "sealMismatch \(prefix)/\(run.id)/run.json", "unknownFile \(prefix)/\(run.id)/notes.txt",
          "leftover \(prefix)/\(run.id)/.labels.json.abc.tmp", "unknownFile README",
          "leftover \(prefix)/.tmp-x", "unknownFile \(prefix)/NotARun",
        ])
      #expect(check.runCount == 2)

      // Young leftovers may belong to somebody.
      #expect(try store.check(isRepairing: true).repaired.isEmpty)
      #expect(try contents(store.root) == before)
      let repaired = try store.check(isRepairing: true, leftoverAge: 0).repaired
      #expect(repaired.map(\.code) == [.leftover, .leftover])
      #expect(try store.check().problems.count == check.problems.count - 2)
    }
  }

  @Test func aWriterOfAnotherMachineMayBeAlive() async throws {
    try await withStore { store in
      let run = try store.start(RunRecord())
      let path = try store.segment(of: run.id)
      let text = String(decoding: try bytes(path), as: UTF8.self)
      let pid = try #require(text.firstMatch(of: /"pid":\d+/)).output
      let dead = text.replacing(pid, with: "\"pid\":2147483647")
      try write(Array(dead.utf8), to: path)
      #expect(try store.check().problems.map(\.code) == [.staleRun])
      let host = try #require(text.firstMatch(of: /"host":"[^"]*"/)).output
      try write(Array(dead.replacing(host, with: "\"host\":\"elsewhere.invalid\"").utf8), to: path)
      #expect(try store.check().problems.isEmpty)
    }
  }

  /// A stranger checks the store with a standard tool.
  @Test func checksumsAreThoseOfTheUsualTool() async throws {
    let tool = "/usr/bin/sha256sum"
    guard FileManager.default.isExecutableFile(atPath: tool) else { return }
    try await withStore { store in
      let run = try store.start(RunRecord())
      try run.log(step: 0, ["loss": 1])
      try run.finish()
      _ = try store.start(RunRecord())
      #expect(try store.writeChecksums() == 3)
      func check() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = ["-c", "--strict", "SHA256SUMS"]
        process.currentDirectoryURL = URL(filePath: store.root)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
      }
      #expect(try check() == 0)
      try append(" ", to: try store.segment(of: run.id))
      #expect(try check() == 1)
    }
  }
}
