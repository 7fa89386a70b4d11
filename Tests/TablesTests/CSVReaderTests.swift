import Testing

import Tables

@Suite struct CSVReaderTests {
  private func read(_ text: String) throws(CSVError) -> Table {
    try Table.read(csv: Array(text.utf8), source: "runs.csv")
  }

  private func fault(_ bytes: [UInt8]) throws -> CSVError {
    try #require(throws: CSVError.self) { try Table.read(csv: bytes, source: "runs.csv") }
  }

  @Test(arguments: ["\n", "\r\n"])
  func plainTable(_ end: String) throws {
    for last in ["", end, end + end] {
      let table = try read(["a,b", "1,x y", "2,", ",\u{E9}"].joined(separator: end) + last)
      #expect(table.columnNames == ["a", "b"])
      #expect(table.rowCount == 3)
      #expect(try table.texts("a") == ["1", "2", ""])
      #expect(try table.texts("b") == ["x y", "", "\u{E9}"])
      #expect((0..<3).map { table.lineNumber(ofRow: $0) } == [2, 3, 4])
    }
  }

  @Test func byteOrderMark() throws {
    let table = try read("\u{FEFF}a,b\n1,2\n")
    #expect(table.columnNames == ["a", "b"])
    #expect(try fault(Array("\u{FEFF}a,\n".utf8)).column == 3)
  }

  @Test func quotedFields() throws {
    let table = try read("\"a,\"\"1\"\"\",b\n\"x\ny\r\nz\",\"\"\n\"\"\"\",2\n")
    #expect(table.columnNames == ["a,\"1\"", "b"])
    #expect(try table.texts("a,\"1\"") == ["x\ny\r\nz", "\""])
    #expect(try table.texts("b") == ["", "2"])
    #expect(table.lineNumber(ofRow: 0) == 2)
    #expect(table.lineNumber(ofRow: 1) == 5)
  }

  @Test func lineNumbersCountQuotedLineFeedsOfTheHeaderToo() throws {
    let table = try read("\"a\nb\",c\n1,2\n\"\n\n\",4\n5,6\n")
    #expect((0..<3).map { table.lineNumber(ofRow: $0) } == [3, 4, 7])
    #expect(table.selecting(rows: [2, 0]).lineNumber(ofRow: 0) == 7)
  }

  @Test func blanksArePartOfAField() throws {
    let table = try read("a, b\n 1 ,2\n")
    #expect(table.columnNames == ["a", " b"])
    #expect(try table.texts("a") == [" 1 "])
  }

  @Test func headerOnly() throws {
    for text in ["a,b", "a,b\n", "a,b\r\n"] {
      let table = try read(text)
      #expect(table.rowCount == 0)
      #expect(try table.numbers("a").isEmpty)
    }
  }

  @Test func oneColumnKeepsBlankLinesInside() throws {
    #expect(try read("a\n1\n\n2\n\n").texts("a") == ["1", "", "2"])
    #expect(try read("a\n\"\"\n").texts("a") == [""])
  }

  @Test(arguments: [
    ("", CSVError.Code.emptyFile, 1, 1),
    ("\u{FEFF}", .emptyFile, 1, 1),
    ("\n", .emptyHeader, 1, 1),
    ("a,,c\n", .emptyHeader, 1, 3),
    ("a,\"\"\n", .emptyHeader, 1, 3),
    ("a,b,a\n", .duplicateHeader, 1, 5),
    ("a,\"a\"\n", .duplicateHeader, 1, 3),
    ("a,b\n1,2\n3\n", .raggedRow, 3, 2),
    ("a,b\n1,2,3\n", .raggedRow, 2, 5),
    ("a,b\n1,2,\"3\"\n", .raggedRow, 2, 5),
    ("a,b\n1,2,\n", .raggedRow, 2, 5),
    ("a,b\n\"1\"", .raggedRow, 2, 4),
    ("a,b\n1,2\n\n3,4\n", .blankLine, 3, 1),
    ("a,b\n1,2\n\n\n", .blankLine, 3, 1),
    ("a,b\r\n1,2\r\n\r\n3,4\r\n", .blankLine, 3, 1),
    ("a,b\n1,é\"2\n", .bareQuote, 2, 4),
    ("a,b\n1, \"2\"\n", .bareQuote, 2, 4),
    ("a,b\n1,\"2\n3,4\n", .unclosedQuote, 2, 3),
    ("a,b\n1,\"2\"\"", .unclosedQuote, 2, 3),
    ("a,b\n1,\"2\"x\n", .textAfterQuote, 2, 6),
    ("a,b\n1,\"2\" \n", .textAfterQuote, 2, 6),
    ("a,b\r1,2\r", .bareCarriageReturn, 1, 4),
    ("a,b\n1,\"2\"\r", .bareCarriageReturn, 2, 6),
    ("a,b\n1,\u{0}\n", .nulByte, 2, 3),
    ("a,b\n1,\"\u{0}\"\n", .nulByte, 2, 4),
  ])
  func faults(_ text: String, _ code: CSVError.Code, _ line: Int, _ column: Int) throws {
    let error = try fault(Array(text.utf8))
    #expect(error.code == code)
    #expect(error.line == line)
    #expect(error.column == column)
    #expect(error.description.hasPrefix("runs.csv:\(line):\(column): "))
    #expect(!error.description.contains("\n"))
  }

  @Test(arguments: [
    [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE9, 0x2C],
  ])
  func invalidUTF8(_ bytes: [UInt8]) throws {
    let error = try fault(Array("é,b\n1,".utf8) + bytes + Array("\n".utf8))
    #expect(error.code == .invalidUTF8)
    #expect(error.line == 2)
    #expect(error.column == 3)
  }

  @Test func aMessageStaysOnOneLine() throws {
    let error = try fault(Array("\"a\nb\",\"a\nb\"\n".utf8))
    #expect(error.code == .duplicateHeader)
    #expect(error.line == 2)
    #expect(!error.description.contains("\n"))
  }

  @Test func manyRowsAndColumns() throws {
    let names = (0..<300).map { "c\($0)" }
    var text = names.joined(separator: ",") + "\n"
    for row in 0..<200 { text += names.indices.map { "\(row * $0)" }.joined(separator: ",") + "\n" }
    let table = try read(text)
    #expect(table.rowCount == 200)
    #expect(try table.numbers("c299") == (0..<200).map { Double($0 * 299) })
  }
}
