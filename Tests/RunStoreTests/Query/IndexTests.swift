import Formulas
import Foundation
import Tables
import Testing

@testable import RunStore

@Suite struct IndexTests {
  static let columns = [
    "id", "name", "status", "params", "config.lr", "config.only", "final.loss", "excluded",
  ]

  /// The answer with the index, which must be that without it.
  private func answer(_ store: RunStore) throws -> String {
    func text(_ usesIndex: Bool) throws -> String {
      let answer = try store.table(
        RunQuery(columns: Self.columns, metrics: [.init("loss")], usesIndex: usesIndex))
      return QueryTests.csv(answer.table) + answer.problems.map { "\n\($0)" }.joined()
    }
    let with = try text(true)
    let without = try text(false)
    #expect(with == without)
    return with
  }

  private func index(_ store: RunStore) -> String { store.root + "/.cache/index-1.jsonl" }

  /// Makes the index believe that it was made long after the files, as it is but for two seconds.
  private func settle(_ store: RunStore) throws {
    var text = String(decoding: try bytes(index(store)), as: UTF8.self)
    let digits = try #require(text.firstMatch(of: /"made":(\d+)/))
    let made = try #require(Int(digits.1))
    text.replaceSubrange(digits.range, with: "\"made\":\(made + 100_000_000_000)")
    try write(Array(text.utf8), to: index(store))
    try setDate(store, Date(timeIntervalSinceNow: 100))
  }

  @Test func answersAreTheSameWithAndWithout() async throws {
    try await withStore { store in
      let ids = try QueryTests.fill(store)
      let first = try answer(store)
      try settle(store)
      #expect(try answer(store) == first)

      // Everything that may change, changes the answer at once.
      try store.updateLabels(of: ids[0]) { $0.name = "renamed" }
      #expect(try answer(store).contains("renamed"))
      try settle(store)
      let more = try store.resume(ids[1])
      try more.log(step: 20, ["loss": 1.5])
      #expect(try answer(store).contains("run 1,running,200000000,0.0005,,1.5,0,1.5"))
      try settle(store)
      try more.log(step: 21, ["loss": 1.25])
      #expect(try answer(store).contains("run 1,running,200000000,0.0005,,1.25,0,1.25"))
      try settle(store)
      try more.finish()
      #expect(try answer(store).contains("run 1,finished"))
      try settle(store)
      try FileManager.default.removeItem(atPath: store.path(of: ids[2]))
      #expect(try !answer(store).contains(ids[2].text))
      try settle(store)
      // An edit by hand in place.
      let labels = store.path(of: ids[0]) + "/labels.json"
      let text = String(decoding: try bytes(labels), as: UTF8.self)
      let handle = try FileHandle(forWritingTo: URL(filePath: labels))
      try handle.write(contentsOf: Data(text.replacing("renamed", with: "renamee").utf8))
      try handle.close()
      #expect(try answer(store).contains("renamee"))
      try FileManager.default.removeItem(atPath: store.root + "/.cache")
      _ = try answer(store)
    }
  }

  /// A line that lies is believed while the files look as it says, unless it is too young.
  @Test func itIsUsed() async throws {
    try await withStore { store in
      let id = try #require(try QueryTests.fill(store).first)
      _ = try answer(store)
      try settle(store)
      var lines = String(decoding: try bytes(index(store)), as: UTF8.self).split(separator: "\n")
      let place = try #require(lines.firstIndex { $0.contains(id.text) })
      let match = try #require(lines[place].firstMatch(of: /"files":"([^"]*)","newest":(\d+)/))
      let lie = RunIndex.line(
        id, files: Array(match.1.utf8), newest: try #require(Int(match.2)), isClosed: true,
        fields: ["name": "run X"])
      lines[place] = try #require(
        String(decoding: lie, as: UTF8.self).split(separator: "\n").first)
      let text = Array((lines.joined(separator: "\n") + "\n").utf8)
      try write(text, to: index(store))
      func name() throws -> String {
        try store.table(RunQuery(columns: ["name"])).table.text(column: "name", row: 0)
      }
      try setDate(store, Date(timeIntervalSinceNow: 100))
      #expect(try name() == "run X")
      // Within two seconds of the files.
      try setDate(store, Date())
      #expect(try name() == "run 0")
      // A line that is damaged.
      var damaged = text
      damaged[try #require(text.firstRange(of: Array("run X".utf8))).lowerBound] ^= 1
      try write(damaged, to: index(store))
      try setDate(store, Date(timeIntervalSinceNow: 100))
      #expect(try name() == "run 0")
    }
  }

  private func setDate(_ store: RunStore, _ date: Date) throws {
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: index(store))
  }

  @Test func aStoreWithoutRoomForItAnswersTheSame() async throws {
    try await withStore { store in
      _ = try QueryTests.fill(store)
      try write([1], to: store.root + "/.cache")
      _ = try answer(store)
      #expect(try bytes(store.root + "/.cache") == [1])
    }
  }

  @Test func everyTruncationAnswersTheSame() async throws {
    try await withStore { store in
      _ = try QueryTests.fill(store)
      let whole = try answer(store)
      try settle(store)
      let content = try bytes(index(store))
      for count in stride(from: 0, to: content.count, by: 7) {
        try write(Array(content[..<count]), to: index(store))
        try setDate(store, Date(timeIntervalSinceNow: 100))
        let answer = try store.table(RunQuery(columns: Self.columns, metrics: [.init("loss")]))
        #expect(QueryTests.csv(answer.table) == whole, "\(count)")
      }
    }
  }

  @Test func aBadRunHidesNoOther() async throws {
    try await withStore { store in
      let ids = try QueryTests.fill(store)
      try write(Array("{".utf8), to: store.path(of: ids[1]) + "/run.json")
      try append("{\"step\":20,", to: try store.segment(of: ids[4]))
      _ = try answer(store)
      for _ in 0..<2 {
        let answer = try store.table(RunQuery())
        #expect(answer.runs == [ids[0], ids[2], ids[3], ids[4]])
        #expect(answer.problems.map(\.code) == [.badFile, .tornTail])
        #expect(answer.problems.map(\.run) == [ids[1], ids[4]])
        try settle(store)
      }
    }
  }
}
