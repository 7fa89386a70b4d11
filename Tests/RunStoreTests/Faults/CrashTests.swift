import Foundation
import RunStore
import Testing

/// What is left of a store whose writer ended at any of its system calls.
@Suite(.serialized) struct CrashTests {
  /// The number that the helper says last.
  private func calls(_ arguments: [String]) async throws -> Int {
    try await withDirectory { directory in
      let process = try CrashProcess([arguments[0], directory + "/store"] + arguments[1...])
      let lines = process.lines()
      #expect(process.endedWell && !lines.contains { $0.hasPrefix("failed") })
      return try #require(lines.last.flatMap { Int($0.trimmingPrefix("calls ")) })
    }
  }

  /// Only calls that change something count: dying before another leaves what dying after it
  /// leaves.
  @Test(arguments: ["kill", "tear"])
  func aKillAtEverySystemCallLosesNothing(_ fault: String) async throws {
    let calls = try await calls(["script", fault, "\(Int.max)"])
    #expect(calls > 60)
    for call in 1...calls {
      try await withDirectory { directory in
        let root = directory + "/store"
        let process = try CrashProcess(["script", root, fault, "\(call)"])
        let lines = process.lines()
        #expect(!process.endedWell)
        try verify(root, lines, "\(fault) at change \(call)", allowsPhantoms: true)
      }
    }
  }

  @Test(arguments: [ENOSPC, EIO])
  func anErrorAtEverySystemCallIsThrownOrHarmless(_ number: Int32) async throws {
    // Struck at a call that is never made, to count them.
    let last = 1_000_000
    let calls = try await calls(["errors", "\(number)", "\(last)", "\(last)"])
    #expect(calls > 60)
    try await withDirectory { directory in
      let process = try CrashProcess(["errors", directory + "/store", "\(number)", "1", "\(calls)"])
      let lines = process.lines()
      #expect(process.endedWell)
      for (place, said) in lines.split(whereSeparator: { $0.hasPrefix("call ") }).enumerated() {
        try verify(
          "\(directory)/store-\(place + 1)", Array(said), "error \(number) at call \(place + 1)",
          allowsPhantoms: false)
      }
    }
  }

  /// Everything said to be done is there, and nothing that was not tried.
  private func verify(
    _ root: String, _ lines: [String], _ place: String, allowsPhantoms: Bool
  ) throws {
    let done = Set(lines.compactMap { $0.hasPrefix("done ") ? String($0.dropFirst(5)) : nil })
    guard done.contains("create") else { return }
    let store = try RunStore(at: root)
    let check = try store.check()
    let harmless: Set<RunStoreProblem.Code> = [.leftover, .staleRun, .tornTail]
    #expect(check.problems.allSatisfy { harmless.contains($0.code) }, "\(place): \(check.problems)")
    let ids = try store.runIDs()
    if done.contains("start") { #expect(ids.contains { $0.text == "aaa" }, "\(place)") }
    for id in ids where id.text == "aaa" {
      let curves = try store.curves(of: id)
      let loss = curves["loss"]
      let steps = loss?.steps ?? []
      #expect(loss?.values ?? [] == steps.map { Double($0) + 0.5 }, "\(place)")
      let acknowledged = (0..<10).filter { done.contains("row \($0)") }
      let isKept = Set(acknowledged).isSubset(of: steps)
      #expect(isKept, "\(place): acknowledged \(acknowledged), stored \(steps)")
      if !allowsPhantoms { #expect(steps == acknowledged, "\(place): a refused row is stored") }
      let tags = try store.run(id).labels.tags
      for tag in ["a", "b"] where done.contains("label \(tag)") {
        #expect(tags[tag] == "1", "\(place)")
      }
    }
    if done.contains("add") {
      let id = try #require(ids.first { $0.text == "bbb" }, "\(place)")
      #expect(try store.curves(of: id)["loss"]?.values == [0, 1, 2, 3, 4], "\(place)")
      #expect(try store.run(id).labels.notes == "n", "\(place)")
    }
    // A fit is there as a whole, or not at all.
    let fits = try store.fitIDs()
    if done.contains("save") { #expect(fits.count == 1, "\(place)") }
    for fit in fits { #expect(try store.fit(fit).data == Array("a\n1\n".utf8), "\(place)") }
    let columns = ["id", "status", "tokens"]
    let with = try store.table(RunQuery(columns: columns))
    let without = try store.table(RunQuery(columns: columns, usesIndex: false))
    #expect(QueryTests.csv(with.table) == QueryTests.csv(without.table), "\(place)")
    #expect(with.runs == ids, "\(place)")
  }

  /// Kills of a writer at full speed.
  @Test func randomKillsLoseNoAcknowledgedRow() async throws {
    try await withStore { store in
      let kills = 500
      for number in 0..<kills {
        let id = try #require(RunID("run-\(number)"))
        let process = try CrashProcess(["stream", store.root, id.text])
        let acknowledged = process.kill(afterBytes: Int.random(in: 1...20_000)).count
        #expect(acknowledged > 0)
        let curves = try store.curves(of: id)
        let loss = try #require(curves["loss"])
        #expect(loss.count >= acknowledged, "run \(number)")
        // At most the row under way was stored and not acknowledged.
        #expect(loss.count <= acknowledged + 1, "run \(number)")
        #expect(loss.steps == Array(0..<loss.count))
        #expect(loss.values == loss.steps.map { 1 / Double($0 + 1) })
        #expect(curves["step squared"]?.values == loss.steps.map { Double($0 * $0) })
      }
      let check = try store.check(isRepairing: true)
      #expect(check.runCount == kills && check.repaired.count == kills)
      #expect(check.problems.allSatisfy { $0.code == .staleRun || $0.code == .tornTail })
      #expect(try store.run(try #require(RunID("run-0"))).state.status == .killed)
    }
  }

  @Test(arguments: [1_000, 3_333, 70_000])
  func aFullDiskRefusesWhatItCannotHold(_ bytes: Int) async throws {
    try await withStore { store in
      let process = try CrashProcess(["fill", store.root, "\(bytes)"])
      let lines = process.lines()
      #expect(process.endedWell)
      let acknowledged = lines.compactMap { Int($0) }
      let refused = lines.filter { $0.hasPrefix("refused") }
      #expect(!refused.isEmpty && refused.allSatisfy { $0.hasSuffix("noSpace") })
      // The run went on once there was room.
      #expect(try #require(acknowledged.last) > acknowledged.count)
      let id = try #require(try store.runIDs().first)
      #expect(try store.curves(of: id)["loss"]?.steps == acknowledged)
      #expect(try store.check().problems.isEmpty)
    }
  }

  @Test(arguments: [2, 8])
  func manyProcessesLoseNoLabel(_ count: Int) async throws {
    try await withStore { store in
      let id = try store.start(RunRecord()).id
      let processes = try (0..<count).map {
        try CrashProcess(["label", store.root, id.text, "p\($0)", "40"])
      }
      for process in processes {
        _ = process.lines()
        #expect(process.endedWell)
      }
      let labels = try store.run(id).labels
      #expect(labels.tags.count == count * 40 && labels.revision == count * 40)
    }
  }

  @Test func manyProcessesShareAStoreAndItsIndex() async throws {
    try await withDirectory { directory in
      let root = directory + "/store"
      let processes = try (0..<8).map { _ in try CrashProcess(["start", root, "12"]) }
      var started: [String] = []
      for process in processes {
        started += process.lines()
        #expect(process.endedWell)
      }
      let store = try RunStore(at: root)
      #expect(try store.runIDs().map(\.text) == started.sorted() && Set(started).count == 96)
      #expect(try store.check().problems.isEmpty)
    }
  }
}
