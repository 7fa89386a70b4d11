internal import Tables

/// Makes runs of a table whose rows are runs, or steps of runs.
///
/// Rows with the same run are one run. A column is a metric if it was named as one, if its name
/// ends in a word such as `loss`, or if it is a number that changes within a run; any other is a
/// hyperparameter, and must not change within a run.
struct RunTableReader {
  private let rows: SourceRows
  private let options: ImportOptions
  private let format: ImportFormat
  private let store: String
  private var roles: [String: Int] = [:]
  private var found = ImportedRuns()

  /// What the columns with a part of their own are called; case is ignored.
  private static let words: [(role: String, words: [String])] = [
    ("run", ["run", "run_id", "id"]),
    ("name", ["name", "run_name"]),
    ("status", ["status", "state"]),
    ("step", ["step", "_step", "global_step", "iteration", "iter"]),
    ("time", ["time", "_timestamp", "timestamp", "wall time", "wall_time"]),
    ("created", ["created", "start_time"]),
  ]

  /// The last words of names of metrics.
  private static let metricWords: Set<String> = [
    "loss", "bpb", "nll", "ppl", "perplexity", "accuracy", "acc", "error", "crossentropyloss",
  ]

  /// Reads the runs of a table; `store` identifies it wherever it lies.
  static func read(
    _ rows: SourceRows, format: ImportFormat, store: String, options: ImportOptions
  ) throws(ExchangeError) -> ImportedRuns {
    var reader = RunTableReader(rows: rows, options: options, format: format, store: store)
    reader.found.problems = rows.problems
    try reader.findRoles()
    try reader.readRuns()
    return reader.found
  }

  private init(rows: SourceRows, options: ImportOptions, format: ImportFormat, store: String) {
    self.rows = rows
    self.options = options
    self.format = format
    self.store = store
  }

  // MARK: - Columns

  private mutating func findRoles() throws(ExchangeError) {
    for (role, words) in Self.words {
      if let stated = options.columns[role] {
        roles[role] = try column(stated)
        continue
      }
      var candidates = ColumnSynonyms.candidates(words, among: rows.columns)
      // A column of times that begins at 0 is a duration.
      if role == "time" || role == "created" {
        candidates = candidates.filter { name in
          guard let index = rows.columns.firstIndex(of: name) else { return false }
          return rows.cells.allSatisfy { $0[index] == .null || Self.time($0[index]) != nil }
        }
      }
      guard candidates.count < 2 else {
        throw ExchangeError(
          .ambiguousColumn, path: rows.path,
          "\(candidates.joined(separator: " and ")) could both be the \(role); "
            + "say which with \(role)=\(candidates[0])")
      }
      if let name = candidates.first { roles[role] = rows.columns.firstIndex(of: name) }
    }
  }

  private func column(_ name: String) throws(ExchangeError) -> Int {
    if let index = rows.columns.firstIndex(of: name) { return index }
    let hint = nearest(name, among: rows.columns).map { "did you mean \"\($0)\"?" }
    throw ExchangeError(
      .missingColumn, path: rows.path,
      "no column \"\(name)\"; \(hint ?? "it has \(rows.columns.joined(separator: ", "))")")
  }

  /// Which columns are metrics; text that changes within a run is neither and reported.
  private mutating func kinds(_ groups: [[Int]]) throws(ExchangeError) -> (
    metrics: [Int], config: [Int]
  ) {
    let stated = try options.metrics.map { (name) throws(ExchangeError) in try column(name) }
    var metrics: [Int] = []
    var config: [Int] = []
    for index in rows.columns.indices where !roles.values.contains(index) {
      let isNumeric = rows.cells.allSatisfy {
        $0[index] == .null || SourceRows.number($0[index]) != nil
      }
      let changes = groups.contains { group in
        Set(group.map { rows.cells[$0][index] }).subtracting([.null]).count > 1
      }
      if stated.contains(index)
        || (stated.isEmpty && isNumeric && Self.isMetric(rows.columns[index]))
        || (changes && isNumeric)
      {
        metrics.append(index)
      } else if changes {
        found.problems.append(
          RunStoreProblem(
            .badRow, path: rows.path,
            "column \"\(rows.columns[index])\" is text that changes within a run; not read"))
      } else {
        config.append(index)
      }
    }
    return (metrics, config)
  }

  private static func isMetric(_ name: String) -> Bool {
    let last = name.lowercased().split { "/._- ".contains($0) }.last
    return last.map { metricWords.contains(String($0)) } ?? false
  }

  // MARK: - Runs

  private mutating func readRuns() throws(ExchangeError) {
    let (ids, groups) = grouped()
    if roles["step"] == nil, let index = groups.firstIndex(where: { $0.count > 1 }) {
      throw ExchangeError(
        .missingColumn, path: rows.path,
        "run \(ids[index]) has several rows and no column is the step; name it with step=COLUMN, "
          + "or the column that tells the runs apart with run=COLUMN")
    }
    let (metrics, config) = try kinds(groups)
    var problems = LineProblems(path: rows.path)
    for (id, group) in zip(ids, groups) {
      guard let first = group.first else { continue }
      var run = ImportedRun(
        format: format, store: store, id: id, place: "\(rows.path):\(rows.lines[first])")
      run.name = text("name", first) ?? (id.isEmpty ? store : id)
      run.status = Self.status(text("status", first))
      run.started = roles["created"].flatMap { Self.time(rows.cells[first][$0]) }
      for index in config {
        guard let row = group.first(where: { rows.cells[$0][index] != .null }) else { continue }
        run.config[rows.columns[index]] = rows.cells[row][index]
      }
      for row in group { readPoints(row, metrics, into: &run, &problems) }
      found.runs.append(run)
    }
    found.problems += problems.all
  }

  private func readPoints(
    _ row: Int, _ metrics: [Int], into run: inout ImportedRun, _ problems: inout LineProblems
  ) {
    var step = 0
    if let index = roles["step"] {
      guard let whole = SourceRows.number(rows.cells[row][index]).flatMap(MetricText.whole) else {
        problems.add(
          .badRow, line: rows.lines[row],
          "\"\(rows.columns[index])\" is no whole number; the metrics of the row were not read")
        return
      }
      step = whole
    }
    var time: UTCTime?
    if let index = roles["time"], rows.cells[row][index] != .null {
      time = Self.time(rows.cells[row][index])
      if time == nil {
        problems.add(.badRow, line: rows.lines[row], "\"\(rows.columns[index])\" is no time")
      }
    }
    for index in metrics where rows.cells[row][index] != .null {
      guard let value = SourceRows.number(rows.cells[row][index]) else {
        problems.add(
          .badRow, line: rows.lines[row],
          "\"\(rows.columns[index])\" is no number; the value was not read")
        continue
      }
      run.metrics[rows.columns[index], default: []].append(
        .init(step: step, time: time, value: value))
    }
  }

  /// The runs in order of appearance and the rows of each.
  private mutating func grouped() -> (ids: [String], groups: [[Int]]) {
    var ids: [String] = []
    var groups: [[Int]] = []
    guard let column = roles["run"] ?? roles["name"] else {
      guard roles["step"] == nil else { return ([""], [Array(rows.cells.indices)]) }
      // Nothing names the runs: their place in the table must do.
      return (rows.cells.indices.map { "row \($0 + 1)" }, rows.cells.indices.map { [$0] })
    }
    var places: [String: Int] = [:]
    var problems = LineProblems(path: rows.path)
    for row in rows.cells.indices {
      guard let id = rows.cells[row][column].scalarText, !id.isEmpty else {
        problems.add(
          .badRow, line: rows.lines[row],
          "\"\(rows.columns[column])\" is empty: the row belongs to no run and was not read")
        continue
      }
      if let place = places[id] {
        groups[place].append(row)
      } else {
        places[id] = ids.count
        ids.append(id)
        groups.append([row])
      }
    }
    found.problems += problems.all
    return (ids, groups)
  }

  private func text(_ role: String, _ row: Int) -> String? {
    roles[role].flatMap { rows.cells[row][$0].scalarText }
  }

  private static func status(_ text: String?) -> RunState.Status {
    switch text?.lowercased() {
    case "finished", "completed", "complete", "success", "succeeded": .finished
    case "failed", "crashed", "error": .failed
    case "killed", "preempted", "cancelled", "canceled": .killed
    case "running", "pending": .running
    default: .imported
    }
  }

  /// A time of day: RFC 3339 with or without a zone, which is then UTC, or a number of seconds or
  /// milliseconds since 1970; nil for anything else, such as seconds since the run began.
  private static func time(_ cell: JSONValue) -> UTCTime? {
    if let text = cell.string, let time = UTCTime(text) ?? UTCTime(text + "Z") { return time }
    guard let number = SourceRows.number(cell) else { return nil }
    return switch number {
    case 1e8..<1e11: UTCTime(milliseconds: Int64((number * 1000).rounded()))
    case 1e11..<1e14: UTCTime(milliseconds: Int64(number.rounded()))
    default: nil
    }
  }
}
