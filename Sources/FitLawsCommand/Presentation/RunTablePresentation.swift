internal import RunStore
internal import Tables

/// Rows of runs, in every format.
struct RunTablePresentation: Presentable {
  private let names: [String]
  /// The cells of each row; nil where a run has no value.
  private var rows: [[Cell?]]

  private enum Cell {
    case number(Double)
    case text(String)
  }

  /// Shows an answer.
  ///
  /// - Parameters:
  ///   - answer: the answer; with origins, a metric that is NaN is told from one that is missing.
  ///   - metrics: the columns that are metrics; they come last.
  ///   - showsPlaces: whether segment, line and step of each metric are shown.
  init(_ answer: RunTable, metrics: [String] = [], showsPlaces: Bool = false) {
    let table = answer.table
    var names = table.columnNames
    rows = Array(repeating: [], count: table.rowCount)
    for name in names {
      if table.isNumeric(name) || table.rowCount == 0,
        let numbers = try? table.numbers(name, allowingNonFinite: true)
      {
        let metric = metrics.firstIndex(of: name)
        for (row, number) in numbers.enumerated() {
          let isThere =
            metric.map { answer.origins.isEmpty || answer.origins[row][$0] != nil }
            ?? !number.isNaN
          rows[row].append(isThere ? .number(number) : nil)
        }
      } else {
        for (row, text) in ((try? table.texts(name)) ?? []).enumerated() {
          rows[row].append(text.isEmpty ? nil : .text(text))
        }
      }
    }
    if showsPlaces {
      for (place, metric) in metrics.enumerated() {
        let prefix = metrics.count > 1 ? metric + "." : ""
        names += ["segment", "line", "step"].map { prefix + $0 }
        for row in rows.indices {
          let origin = answer.origins[row][place]
          rows[row] += [
            origin.map { .text($0.segment) }, origin.map { .number(Double($0.line)) },
            origin.map { .number(Double($0.step)) },
          ]
        }
      }
    }
    self.names = names
  }

  var warnings: [String] { [] }

  var blocks: [Block] {
    let count = "\(rows.count) run\(rows.count == 1 ? "" : "s")"
    guard !rows.isEmpty else { return [.line(count)] }
    var shown = TextTable(headers: names)
    for row in rows { shown.append(row.map { $0.map(Self.shown) ?? "-" }) }
    return [.table(shown), .line(count)]
  }

  var table: TextTable {
    var table = TextTable(headers: names)
    for row in rows { table.append(row.map { $0.map(Self.exact) ?? "" }) }
    return table
  }

  func json() -> String {
    let runs = rows.map { row in
      let values = zip(names, row).map { name, cell in
        switch cell {
        case .number(let number)?: (name, JSONValue(number))
        case .text(let text)?: (name, JSONValue.string(text))
        case nil: (name, JSONValue.null)
        }
      }
      return JSONValue.object(Dictionary(values, uniquingKeysWith: { $1 }))
    }
    let value: JSONValue = [
      "schema": "fitlaws.runs/1", "columns": .array(names.map { .string($0) }),
      "runs": .array(runs),
    ]
    return value.text
  }

  private static func exact(_ cell: Cell) -> String {
    switch cell {
    case .number(let number): NumberText.shortest(number)
    case .text(let text): text
    }
  }

  private static func shown(_ cell: Cell) -> String {
    switch cell {
    case .number(let number):
      number.magnitude >= 1e6 && number.isFinite
        ? Quantity.format(number) : Rounding.significant(number, 6)
    case .text(let text): text.oneLine
    }
  }
}
