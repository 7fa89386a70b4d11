import Testing

import Tables

@Suite struct CSVRandomTests {
  #if DEBUG
    static let fuzzCount = 50_000
  #else
    static let fuzzCount = 1_000_000
  #endif

  /// Bytes that matter to the grammar are drawn as often as all others together.
  private func randomBytes(_ generator: inout SeededGenerator) -> [UInt8] {
    let telling = Array("\",\"\n\r,\n1.5e-aé\u{0}\u{FEFF}".utf8)
    return (0..<Int.random(in: 0..<80, using: &generator)).map { _ in
      Bool.random(using: &generator)
        ? telling[Int.random(in: 0..<telling.count, using: &generator)]
        : UInt8.random(in: 0...255, using: &generator)
    }
  }

  private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let noise = randomBytes(&generator)
    for byte in noise.prefix(Int.random(in: 0...3, using: &generator)) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      default: bytes.remove(at: place)
      }
    }
    return bytes
  }

  @Test func anyBytesGiveATableOrAnErrorInside() {
    let valid = [
      "params,tokens,loss\n1e9,2e10,3.1\n7e10,1.4e12,1.95\n",
      "\u{FEFF}a,\"b\"\"c\"\r\n\"x\ny\",é\r\n\"\",1\r\n", "one\n1\n\n3\n", "ab,b,c\n1,2,3\n",
    ].map { Array($0.utf8) }
    var generator = SeededGenerator(seed: 6)
    var tables = 0
    var codes: Set<CSVError.Code> = []
    for index in 0..<Self.fuzzCount {
      let bytes =
        index % 3 == 0
        ? randomBytes(&generator) : mutated(valid[index % valid.count], &generator)
      do throws(CSVError) {
        let table = try Table.read(csv: bytes, source: "fuzz")
        tables += 1
        var ok = !table.columnNames.isEmpty && !table.columnNames.contains("")
        for name in table.columnNames {
          let texts = try? table.texts(name)
          let values = try? table.numbers(name, allowingNonFinite: true)
          ok = ok && texts?.count == table.rowCount
          ok = ok && (values?.count ?? table.rowCount) == table.rowCount
        }
        if table.rowCount > 0 {
          let feeds = bytes.count { $0 == UInt8(ascii: "\n") }
          ok = ok && (2...(feeds + 1)).contains(table.lineNumber(ofRow: table.rowCount - 1))
        }
        if !ok { Issue.record("inconsistent table from \(bytes)") }
      } catch {
        codes.insert(error.code)
        let lines = 1 + bytes.count { $0 == UInt8(ascii: "\n") }
        if !(1...lines).contains(error.line) || !(1...(bytes.count + 1)).contains(error.column) {
          Issue.record("place outside the file: \(error) from \(bytes)")
        }
      }
    }
    #expect(tables > Self.fuzzCount / 100)
    // Everything but a file of 4 GiB is met on the way.
    #expect(codes == Set(CSVError.Code.allCases).subtracting([.tooLarge]))
  }

  private func randomText(_ generator: inout SeededGenerator) -> String {
    let letters = ["a", "é", "\"", ",", "\n", "\r", "\r\n", " ", "😀", "e\u{301}", "\u{FEFF}", "1"]
    return (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
      letters[Int.random(in: 0..<letters.count, using: &generator)]
    }.joined()
  }

  /// Texts are compared by their scalars: == on strings would forgive a changed composition.
  @Test func randomTablesSurviveWritingAndReading() throws {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<2000 {
      let rows = Int.random(in: 0..<8, using: &generator)
      var columns: [(name: String, values: ColumnValues)] = []
      for index in 0..<Int.random(in: 1...4, using: &generator) {
        let name = randomText(&generator) + "\(index)"
        columns.append(
          Bool.random(using: &generator)
            ? (name, .numbers((0..<rows).map { _ in generator.finiteDouble() }))
            : (name, .texts((0..<rows).map { _ in randomText(&generator) })))
      }
      let table = Table(columns: columns)
      let ending: CSVWriter.LineEnding = round % 2 == 0 ? .lineFeed : .carriageReturnLineFeed
      let text = table.csvText(lineEnding: ending)
      let back = try Table.read(csv: Array(text.utf8), source: "round trip")
      #expect(back.columnNames.map { Array($0.utf8) } == columns.map { Array($0.name.utf8) })
      #expect(back.rowCount == rows)
      for column in columns {
        switch column.values {
        case .numbers(let values):
          #expect(try back.numbers(column.name).map(\.bitPattern) == values.map(\.bitPattern))
        case .texts(let values):
          let texts = try back.texts(column.name)
          #expect(texts.map { Array($0.utf8) } == values.map { Array($0.utf8) })
        }
      }
      #expect(back.csvText(lineEnding: ending) == text)
    }
  }
}
