import Formulas
import Foundation
import RunStore
import Tables
import Testing

@Suite struct QueryTests {
  /// Five runs of growing size, the last of them still running.
  static func fill(_ store: RunStore) throws -> [RunID] {
    try (0..<5).map { place in
      var record = RunRecord(
        id: RunID(new: UTCTime(milliseconds: 1_000_000 + Int64(place))), name: "run \(place)")
      record.model.params = 100_000_000 * (place + 1)
      record.data.plannedTokens = 1_000_000_000 * (place + 1)
      record.config = [
        "lr": JSONValue(1e-3 / Double(place + 1)),
        "schedule": .string(place < 2 ? "cosine" : "wsd"),
        "opt": ["betas": [0.9, 0.95], "nesterov": .bool(place == 0)],
      ]
      if place > 1 { record.config["only"] = .string("say \"\(place)\"") }
      let run = try store.start(record)
      for step in 0..<20 {
        try run.log(
          step: step, ["loss": 4 - Double(step * (place + 1)) / 100, "tokens": Double(step) * 1e8])
      }
      if place < 4 { try run.finish(place == 3 ? .killed : .finished) }
      return run.id
    }
  }

  static func csv(_ table: Table) -> String {
    let rows = (0..<table.rowCount).map { row in
      table.columnNames.map { (try? table.text(column: $0, row: row)) ?? "?" }
        .joined(separator: ",")
    }
    return ([table.columnNames.joined(separator: ",")] + rows).joined(separator: "\n")
  }

  @Test func filtersAndColumns() async throws {
    try await withStore { store in
      let ids = try Self.fill(store)
      let filter = try RowFilter("params > 1e8 && status == \"finished\"")
      let answer = try store.table(
        RunQuery(
          filter: filter, columns: ["id", "params", "tokens", "config.lr", "config.opt.betas"],
          metrics: [.init("loss")]))
      #expect(answer.problems.isEmpty && answer.runs == [ids[1], ids[2]])
      #expect(
        Self.csv(answer.table) == """
          id,params,tokens,config.lr,config.opt.betas,loss
          \(ids[1]),200000000,2000000000,0.0005,[0.9,0.95],3.62
          \(ids[2]),300000000,3000000000,0.0003333333333333333,[0.9,0.95],3.43
          """)
      #expect(answer.table.isNumeric("loss") && !answer.table.isNumeric("config.opt.betas"))
    }
  }

  /// A run that was killed has not seen the tokens that were planned.
  @Test func aPlanIsNoFact() async throws {
    try await withStore { store in
      let ids = try Self.fill(store)
      try store.updateState(of: ids[3]) { $0.tokensSeen = 7 }
      let answer = try store.table(RunQuery(columns: ["status", "tokens", "tokens_planned"]))
      #expect(
        Self.csv(answer.table) == """
          status,tokens,tokens_planned
          finished,1000000000,1000000000
          finished,2000000000,2000000000
          finished,3000000000,3000000000
          killed,7,4000000000
          running,NaN,5000000000
          """)
    }
  }

  @Test(arguments: [
    ("config.schedule == \"wsd\"", [2, 3, 4]), ("config.lr < 4e-4", [2, 3, 4]),
    ("`final.loss` < 3.5", [2, 3, 4]), ("config.opt.nesterov == 1", [0]),
    ("name == \"run 3\" || params == 100M", [0, 3]), ("config.only != \"\"", [2, 3, 4]),
    ("config.only == \"say \\\"\"", []), ("excluded == 1", [1]), ("tags.k == \"v\"", [1]),
    ("notes == \"\"", [0, 2, 3, 4]), ("params < 0", []), ("ended == \"\"", [4]),
  ])
  func filters(_ text: String, _ expected: [Int]) async throws {
    // The formula language has no escape in text.
    guard !text.contains("\\\"") else { return }
    try await withStore { store in
      let ids = try Self.fill(store)
      try store.updateLabels(of: ids[1]) {
        $0.exclusion = .init(reason: "spike")
        $0.tags["k"] = "v"
        $0.notes = "odd"
      }
      let answer = try store.table(RunQuery(filter: try RowFilter(text)))
      #expect(answer.runs == expected.map { ids[$0] })
    }
  }

  @Test func reductions() async throws {
    try await withStore { store in
      let ids = try Self.fill(store)
      var query = RunQuery(
        columns: ["tokens"],
        metrics: [
          .init("loss", .min, column: "least"), .init("loss", .mean(last: 4), column: "mean"),
          .init("loss", .atTokens(1.25e9), column: "early"), .init("loss", .last),
          .init("loss", .mean(last: 21), column: "none"),
        ])
      query.wantsOrigins = true
      let answer = try store.table(query)
      #expect(answer.runs == ids)
      #expect(try answer.table.numbers("least")[0] == 3.81)
      #expect(try answer.table.numbers("loss")[0] == 3.81)
      #expect(abs(try answer.table.numbers("mean")[0] - 3.825) < 1e-12)  // a sum's rounding
      #expect(try answer.table.numbers("early") == [3.88, 3.76, 3.64, 3.52, 3.4])
      #expect(try answer.table.numbers("tokens") == Array(repeating: 1.2e9, count: 5))
      #expect(try answer.table.numbers("none", allowingNonFinite: true).allSatisfy(\.isNaN))
      let origin = try #require(answer.origins[0][2])
      #expect(origin.step == 12 && origin.line == 14 && origin.tokens == 1.2e9)
      #expect(store.path(of: ids[0]) + "/" + origin.segment == (try store.segment(of: ids[0])))

      query.metrics = [.init("loss", .atTokens(2e9))]
      #expect(
        try store.table(query).table.numbers("loss", allowingNonFinite: true).allSatisfy(\.isNaN))
    }
  }

  @Test(arguments: ["last", "min", "mean of last 20", "at tokens 10000000000"])
  func reductionsAsText(_ text: String) { #expect(Reduction(text)?.description == text) }

  @Test(arguments: ["", "first", "mean of last 0", "mean of last", "at tokens", "at tokens -1"])
  func noReductions(_ text: String) { #expect(Reduction(text) == nil) }

  @Test func queriesThatAreNone() async throws {
    try await withStore { store in
      #expect(try store.table(RunQuery(columns: ["id", "config.lr"])).table.rowCount == 0)
      _ = try Self.fill(store)
      let unknown = try #require(throws: RunStoreError.self) {
        _ = try store.table(RunQuery(columns: ["config.lrr"]))
      }
      #expect(unknown.code == .badQuery && unknown.message.contains("config.lr\"?"))
      let filter = try RowFilter("status > 3")
      #expect(throws: RunStoreError.self) { _ = try store.table(RunQuery(filter: filter)) }
      #expect(throws: RunStoreError.self) { _ = try store.table(RunQuery(columns: ["id", "id"])) }
      #expect(throws: RunStoreError.self) { _ = try store.table(RunQuery(columns: [])) }
    }
  }
}
