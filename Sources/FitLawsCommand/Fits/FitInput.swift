internal import Formulas
internal import RunStore
internal import ScalingLaws
internal import Tables

/// Where the rows of a fit come from.
enum FitInput {
  /// A table of comma-separated values.
  case table(path: String, Table, sha256: String)
  /// Runs of a store.
  case store(path: String, RunStore, RunSelection)

  /// The rows of an input that a request uses, with their places, and what it was made from as
  /// `spec.json` tells it.
  struct Used {
    var rows: FitRows
    var source: JSONValue
    var leftOut: [RunSelection.LeftOut] = []
    var problems: [RunStoreProblem] = []
  }

  /// What a fit for people calls its data.
  var name: String {
    switch self {
    case .table(_, let table, _): table.source
    case .store(let path, _, _): path
    }
  }

  /// Reads and selects the rows.
  func used(by request: FitRequest) throws -> Used {
    switch self {
    case .table(let path, let table, let sha256):
      var selected = table
      if let filter = request.spec.filter {
        selected = table.selecting(rows: try RowFilter(filter).rows(of: table))
      }
      let file = path == "-" ? table.source : FitInput.name(of: path)
      let rows = try FitRows(
        request, from: selected, placeNames: ["file", "row"],
        places: (0..<selected.rowCount).map { [file, String(selected.lineNumber(ofRow: $0))] })
      return Used(
        rows: rows,
        source: ["kind": "table", "file": .string(file), "sha256": .string(sha256)])
    case .store(let path, let store, let selection):
      let selected = try selection.rows(of: store, for: request, name: path)
      guard !selected.runs.isEmpty else { throw FitInput.noRuns(path, selected) }
      let rows = try FitRows(
        request, from: selected.table, placeNames: RunSelection.placeNames, places: selected.places)
      try RunSelection.check(rows, of: request, selected.runs, name: path)
      return Used(
        rows: rows, source: try source(store, selection, selected), leftOut: selected.leftOut,
        // The row that a running process is writing is no fault of a fit that leaves the run out.
        problems: selected.problems.filter { problem in
          problem.code != .tornTail || !selected.leftOut.contains { $0.run == problem.run }
        })
    }
  }

  private func source(
    _ store: RunStore, _ selection: RunSelection, _ selected: RunSelection.Rows
  ) throws -> JSONValue {
    var source: [String: JSONValue] = ["kind": "store", "store": .string(store.id)]
    source["metric"] = .string(selection.metric)
    source["reduce"] = .string(selection.reduction.description)
    if selection.takesExcluded { source["excluded"] = true }
    if selection.takesUnfinished { source["unfinished"] = true }
    source["runs"] = .array(
      try selected.runs.map {
        ["id": .string($0.text), "sha256": .string(try store.digest(of: $0))]
      })
    var leftOut = selected.leftOut
    for problem in selected.problems {
      guard let run = problem.run, !selected.runs.contains(run),
        !leftOut.contains(where: { $0.run == run })
      else { continue }
      leftOut.append(.init(run: run, reason: problem.message))
    }
    if !leftOut.isEmpty {
      source["left_out"] = .array(
        leftOut.map { ["id": .string($0.run.text), "reason": .string($0.reason)] })
    }
    return .object(source)
  }

  private static func noRuns(_ path: String, _ rows: RunSelection.Rows) -> InputFault {
    let first = rows.leftOut.first.map { "\($0.run): \($0.reason)" }
    return InputFault(
      "\(path): no run to fit"
        + (first.map { "; \(rows.leftOut.count) left out, the first \($0)" } ?? "")
        + " (see 'fitlaws runs list'; --include takes others)")
  }

  /// The last component of a path.
  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
