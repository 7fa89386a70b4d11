import Testing

import Tables

@Suite struct TableTests {
  private func runs(_ rows: String) throws -> Table {
    try Table.read(csv: Array("params,loss,variant\n\(rows)".utf8), source: "runs.csv")
  }

  @Test func numbersAndTexts() throws {
    let table = try runs("7e10,1.95,hot\n\"1e9\",+2.5,cold\n")
    #expect(try table.numbers("params") == [7e10, 1e9])
    #expect(try table.numbers("loss") == [1.95, 2.5])
    #expect(try table.text(column: "variant", row: 1) == "cold")
    #expect(table.isNumeric("loss"))
    #expect(!table.isNumeric("variant"))
    #expect(!table.isNumeric("absent"))
    #expect(table.hasColumn("loss"))
    #expect(!table.hasColumn("Loss"))
  }

  @Test(arguments: [
    ("", TableError.Code.empty), ("\"\"", .empty), ("n/a", .notANumber(found: "n/a")),
    ("70B", .notANumber(found: "70B")), (" 1", .notANumber(found: " 1")),
    ("\"1\"\"\"", .notANumber(found: "1\"")), ("NaN", .notFinite(found: "NaN")),
    ("-inf", .notFinite(found: "-inf")), ("1e999", .outOfRange(found: "1e999")),
    ("\"1\n2\"", .notANumber(found: "1\n2")),
  ])
  func aFieldThatIsNoNumber(_ field: String, _ code: TableError.Code) throws {
    let table = try runs("1,2,\"x\ny\"\n3,\(field),z\n")
    let error = try #require(throws: TableError.self) { try table.numbers("loss") }
    #expect(error.code == code)
    #expect(error.line == 4)
    #expect(error.column == "loss")
    #expect(error.description.hasPrefix("runs.csv:4: column \"loss\": "))
    #expect(!error.description.contains("\n"))
  }

  @Test func messagesNameTheRemedy() throws {
    let suffixed = try runs("70B,1,x\n")
    let error = try #require(throws: TableError.self) { try suffixed.numbers("params") }
    #expect(
      error.description
        == "runs.csv:2: column \"params\": \"70B\" is no number; "
        + "expected a plain number such as 1.5 or 7e9, here 70000000000")
    let missing = try #require(throws: TableError.self) { try suffixed.numbers("parms") }
    #expect(missing == .noSuchColumn("parms", header: suffixed.columnNames, source: "runs.csv"))
    #expect(missing.description == "runs.csv: no column \"parms\"; did you mean \"params\"?")
    let unlike = try #require(throws: TableError.self) { try suffixed.texts("temperature") }
    #expect(
      unlike.description
        == "runs.csv: no column \"temperature\"; the header has "
        + suffixed.columnNames.joined(separator: ", "))
  }

  @Test func nonFiniteOnRequest() throws {
    let table = try runs("NaN,inf,x\n1,-Infinity,x\n")
    let params = try table.numbers("params", allowingNonFinite: true)
    #expect(params[0].isNaN && params[1] == 1)
    #expect(try table.numbers("loss", allowingNonFinite: true) == [.infinity, -.infinity])
    #expect(table.isNumeric("loss"))
  }

  @Test func selections() throws {
    let table = try runs("1,10,a\n2,20,b\n3,x,c\n")
    let chosen = table.selecting(rows: [1, 0, 1]).selecting(rows: [2, 1])
    #expect(chosen.rowCount == 2)
    #expect(try chosen.numbers("loss") == [20, 10])
    #expect(try chosen.texts("variant") == ["b", "a"])
    #expect(chosen.lineNumber(ofRow: 1) == 2)
    #expect(chosen.csvText() == "params,loss,variant\n2,20,b\n1,10,a\n")
    let last = table.selecting(rows: [2])
    let error = try #require(throws: TableError.self) { try last.numbers("loss") }
    #expect(error.line == 4)
    #expect(table.selecting(rows: []).rowCount == 0)
  }

  @Test func inMemory() throws {
    let table = Table(columns: [
      (name: "x", values: .numbers([1, 0.1, .nan])),
      (name: "s", values: .texts(["1", "2e3", "a,b"])),
    ])
    #expect(try table.texts("x") == ["1", "0.1", "NaN"])
    #expect(throws: TableError.self) { try table.numbers("x") }
    #expect(try table.selecting(rows: [0, 1]).numbers("s") == [1, 2000])
    #expect(table.isNumeric("x"))
    #expect(!table.isNumeric("s"))
    #expect(table.csvText() == "x,s\n1,1\n0.1,2e3\nNaN,\"a,b\"\n")
  }

  @Test(arguments: [
    ("parms", "params"), ("prams", "params"), ("PARAMS", "params"), ("tokns", "tokens"),
    ("lsos", "loss"), ("token", "tokens"), ("n_params", "params"), ("n", "N"),
  ])
  func nearestNames(_ typed: String, _ meant: String) {
    #expect(nearest(typed, among: ["params", "tokens", "loss", "N"]) == meant)
  }

  @Test func nearestIsNotFarFetched() {
    #expect(nearest("xyz", among: ["params", "tokens"]) == nil)
    #expect(nearest("D", among: ["N", "C"]) == nil)
    #expect(nearest("", among: ["a"]) == nil)
    #expect(nearest("ab", among: []) == nil)
    #expect(nearest("fut", among: ["fit", "fat"]) == "fit")
  }
}
