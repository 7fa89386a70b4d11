internal import Tables

/// A foreign table: rows of cells, `null` where a row has none.
struct SourceRows {
  /// The file, for messages.
  var path: String
  var columns: [String] = []
  /// Row by row, each as long as `columns`.
  var cells: [[JSONValue]] = []
  /// The line each row begins in, counted from 1.
  var lines: [Int] = []
  var problems: [RunStoreProblem] = []

  /// Reads comma-separated values.
  ///
  /// A column whose every field is a number or empty is one of numbers. A last row without line
  /// end is left out and reported: nothing shows that its last field is whole.
  static func csv(_ bytes: [UInt8], path: String) throws(ExchangeError) -> SourceRows {
    var rows = SourceRows(path: path)
    let whole = rows.withoutTornRow(bytes)
    let table: Table
    do throws(CSVError) {
      table = try Table.read(csv: whole, source: path)
    } catch {
      throw ExchangeError(.unreadable, path: path, "no table: \(error)")
    }
    rows.columns = table.columnNames
    rows.cells = Array(
      repeating: Array(repeating: .null, count: table.columnNames.count), count: table.rowCount)
    rows.lines = (0..<table.rowCount).map { table.lineNumber(ofRow: $0) }
    for (column, name) in table.columnNames.enumerated() {
      guard let texts = try? table.texts(name) else { continue }
      let isNumeric = texts.allSatisfy { $0.isEmpty || MetricText.number($0) != nil }
      for (row, text) in texts.enumerated() where !text.isEmpty {
        rows.cells[row][column] = isNumeric ? numberCell(text) : .string(text)
      }
    }
    return rows
  }

  /// Reads JSON Lines: an object a line; members of objects in objects get dotted names.
  ///
  /// `NaN`, `Infinity` and `-Infinity`, which Python writes, are read too. A line that is no
  /// object is reported and left out.
  static func jsonLines(_ bytes: [UInt8], path: String) -> SourceRows {
    var rows = SourceRows(path: path)
    var problems = LineProblems(path: path)
    var places: [String: Int] = [:]
    var sparse: [[Int: JSONValue]] = []
    // The brace that closes an object shows that the last line is whole.
    let end: [UInt8] = bytes.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]
    for (index, line) in LineFile(bytes + end).lines.enumerated() {
      if line.allSatisfy({ " \t".utf8.contains($0) }) { continue }
      do throws(JSONTextError) {
        let value = try JSONValue(parsing: PythonNumbers.quoted(line), source: path)
        guard case .object(let object) = value, let flat = flattened(object) else {
          problems.add(
            .badRow, line: index + 1, "no object, or one that names a member twice; not read")
          continue
        }
        var row: [Int: JSONValue] = [:]
        for (name, value) in flat.sorted(by: { $0.key < $1.key }) {
          let place = places[name] ?? places.count
          places[name] = place
          row[place] = value
        }
        sparse.append(row)
        rows.lines.append(index + 1)
      } catch {
        problems.add(.badRow, line: index + 1, "\(error.message); the line was not read")
      }
    }
    rows.columns = places.sorted { $0.value < $1.value }.map(\.key)
    rows.cells = sparse.map { row in rows.columns.indices.map { row[$0] ?? .null } }
    rows.problems = problems.all
    return rows
  }

  /// A cell as a number, also of text such as `nan`; nil if it is none.
  static func number(_ cell: JSONValue) -> Double? {
    cell.double ?? cell.string.flatMap { MetricText.number($0) }
  }

  private static func numberCell(_ text: String) -> JSONValue {
    // JSON's own numbers keep their text, so that an integer beyond 2^53 is what it was.
    if let value = try? JSONValue(parsing: Array(text.utf8)), case .number = value { return value }
    return JSONValue(MetricText.number(text) ?? .nan)
  }

  /// Objects inside each other as one with dotted names; nil if two members get the same name.
  private static func flattened(_ object: [String: JSONValue]) -> [String: JSONValue]? {
    var flat: [String: JSONValue] = [:]
    var pending = [(prefix: "", object: object)]
    while let (prefix, object) = pending.popLast() {
      for (key, value) in object {
        if case .object(let inner) = value {
          pending.append((prefix + key + ".", inner))
        } else if flat.updateValue(value, forKey: prefix + key) != nil {
          return nil
        }
      }
    }
    return flat
  }

  /// The bytes up to the end of the last row that has one.
  private mutating func withoutTornRow(_ bytes: [UInt8]) -> [UInt8] {
    guard let last = bytes.last, last != UInt8(ascii: "\n") else { return bytes }
    var isQuoted = false
    var end = 0
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { end = index + 1 }
    }
    let line = bytes[..<end].count { $0 == UInt8(ascii: "\n") } + 1
    problems.append(
      RunStoreProblem(
        .tornTail, path: path, line: line,
        "the last row has no line end: it may have been cut off and was not read; "
          + "add one if the row is whole"))
    return Array(bytes[..<end])
  }
}
