internal import Tables

/// Reads a table of runs exported from Weights & Biases.
///
/// Its first column is `Name`; `State`, `Notes`, `User`, `Tags`, `Created`, `Runtime` and `Sweep`
/// may follow, then hyperparameters and last values, which nothing tells apart but their names.
enum WandBTableReader {
  /// Columns that describe a run and are neither hyperparameters nor metrics.
  private static let descriptions = ["Notes", "User", "Tags", "Runtime", "Sweep", "Agent"]

  /// Whether the columns are those of such a table.
  static func recognises(_ columns: [String]) -> Bool {
    columns.first == "Name" && columns.contains("State") && columns.contains("Created")
  }

  /// Reads the runs of a table.
  static func read(
    _ rows: SourceRows, options: ImportOptions
  ) throws(ExchangeError) -> ImportedRuns {
    var rows = rows
    let repeated = dropRepeatedNames(&rows, options: options)
    var options = options
    // Charts know a run by its name only.
    for (role, column) in [
      ("run", "Name"), ("name", "Name"), ("status", "State"), ("created", "Created"),
      ("step", "_step"), ("time", "_timestamp"),
    ] where options.columns[role] == nil && rows.columns.contains(column) {
      options.columns[role] = column
    }
    var found = try RunTableReader.read(
      rows, format: .wandbTable, store: options.sourceName ?? "", options: options)
    found.problems += repeated
    for index in found.runs.indices { describe(&found.runs[index]) }
    return found
  }

  /// Two runs of one name would become one.
  private static func dropRepeatedNames(
    _ rows: inout SourceRows, options: ImportOptions
  ) -> [RunStoreProblem] {
    let column = rows.columns.firstIndex(of: options.columns["run"] ?? "Name") ?? 0
    var seen: Set<JSONValue> = []
    var repeated: [Int] = []
    for (row, cells) in rows.cells.enumerated() where !seen.insert(cells[column]).inserted {
      repeated.append(row)
    }
    let problems = repeated.map { row in
      RunStoreProblem(
        .badRow, path: rows.path, line: rows.lines[row],
        "another run has the name \"\(rows.cells[row][column].scalarText ?? "")\"; "
          + "not read: export a column of identifiers and name it with run=COLUMN")
    }
    for row in repeated.reversed() {
      rows.cells.remove(at: row)
      rows.lines.remove(at: row)
    }
    return problems
  }

  private static func describe(_ run: inout ImportedRun) {
    for name in descriptions {
      guard let cell = run.config.removeValue(forKey: name) else { continue }
      switch name {
      case "Notes": run.notes = cell.scalarText
      case "Tags":
        for tag in (cell.scalarText ?? "").split(separator: ",") {
          run.tags[String(tag.drop { $0 == " " })] = ""
        }
      case "Runtime":
        if let seconds = SourceRows.number(cell), let started = run.started,
          run.status != .running, (0..<1e10).contains(seconds)
        {
          let length = Int64((seconds * 1000).rounded())
          run.ended = UTCTime(milliseconds: started.milliseconds + length)
        }
      default: run.origin[name.lowercased()] = cell
      }
    }
  }
}
