internal import Formulas
internal import RunStore
internal import ScalingLaws
internal import Tables

/// Which runs of a store become the rows of a fit, and which number of each curve.
struct RunSelection: Sendable {
  /// The metric that becomes the response.
  var metric = "loss"
  /// How its curve becomes one number.
  var reduction = Reduction.last
  /// The condition on the fields of the runs, as typed.
  var filter: String?
  /// Whether runs that people excluded are taken.
  var takesExcluded = false
  /// Whether runs that have not ended as planned are taken.
  var takesUnfinished = false

  /// A run that was not taken.
  struct LeftOut: Sendable {
    var run: RunID
    var reason: String
  }

  /// The rows, and what was not taken.
  struct Rows: Sendable {
    var table: Table
    /// For each row, the run and where the number of the metric stands.
    var places: [[String]]
    var runs: [RunID]
    var leftOut: [LeftOut]
    var problems: [RunStoreProblem]
  }

  static let placeNames = ["run_id", "segment", "line", "step"]

  /// Numbers that every store has a column for.
  private static let numbers = [
    "params", "params_non_embedding", "tokens", "tokens_planned", "unique_tokens", "flops",
  ]

  /// The rows of a store for a request.
  ///
  /// - Parameters:
  ///   - store: the store.
  ///   - request: names the columns that are needed beside the usual ones.
  ///   - name: what errors call the store.
  /// - Returns: the rows, sorted by run.
  /// - Throws: `InputFault` for a column or metric that no run has, `RunStoreError`.
  func rows(of store: RunStore, for request: FitRequest, name: String) throws -> Rows {
    let extra = try Self.fields(of: request, beside: metric)
    let answer: RunTable
    do {
      answer = try store.table(
        RunQuery(
          filter: try filter.map { try RowFilter($0) },
          columns: ["id", "status", "excluded"] + Self.numbers + extra,
          metrics: [.init(metric, reduction)], wantsOrigins: true))
    } catch let error as RunStoreError where error.code == .badQuery {
      throw InputFault("\(name): \(Self.plain(error.message))")
    }
    let (status, excluded) = (
      try answer.table.texts("status"),
      try answer.table.numbers("excluded", allowingNonFinite: true)
    )
    var rows = Rows(
      table: answer.table, places: [], runs: [], leftOut: [], problems: answer.problems)
    var kept: [Int] = []
    for (row, run) in answer.runs.enumerated() {
      if excluded[row] == 1, !takesExcluded {
        let reason = (try? store.run(run))?.labels.exclusion?.reason ?? ""
        rows.leftOut.append(
          LeftOut(run: run, reason: "excluded" + (reason.isEmpty ? "" : ": \(reason.oneLine)")))
      } else if !["finished", "imported"].contains(status[row]), !takesUnfinished {
        rows.leftOut.append(LeftOut(run: run, reason: status[row]))
      } else if let place = answer.origins[row][0] {
        kept.append(row)
        rows.runs.append(run)
        rows.places.append([run.text, place.segment, String(place.line), String(place.step)])
      } else {
        rows.leftOut.append(LeftOut(run: run, reason: "no \(metric) (\(reduction))"))
      }
    }
    // A column that is empty throughout is none: it would be taken for a quantity.
    let names = answer.table.columnNames.filter { column in
      guard Self.numbers.contains(column),
        let values = try? answer.table.numbers(column, allowingNonFinite: true)
      else { return true }
      return kept.contains { !values[$0].isNaN }
    }
    rows.table = Table(
      columns: try names.map { column in
        if answer.table.isNumeric(column) {
          let values = try answer.table.numbers(column, allowingNonFinite: true)
          return (column, .numbers(kept.map { values[$0] }))
        }
        let texts = try answer.table.texts(column)
        return (column, .texts(kept.map { texts[$0] }))
      }, source: name)
    return rows
  }

  /// Fails for the first run that lacks a number the fit needs, and says which and what to do.
  static func check(_ rows: FitRows, of request: FitRequest, _ runs: [RunID], name: String) throws {
    let texts = Set([request.spec.cluster, request.group].compactMap { $0 })
    for column in rows.table.columnNames where !texts.contains(column) {
      for (row, text) in try rows.table.texts(column).enumerated()
      where ["NaN", "Infinity", "-Infinity", ""].contains(text) {
        throw InputFault(
          "\(name): run \(runs[row]): \(column) is \(text == "NaN" ? "missing or NaN" : text); give "
            + "it one, or leave the run out (fitlaws runs label \(runs[row]) --exclude REASON)")
      }
    }
  }

  /// The response is the metric, whatever the law calls it.
  func mapped(_ request: FitRequest) throws -> FitRequest {
    var request = request
    let response: String?
    switch request.spec.source {
    case .law(let law): response = law.variables.last?.name
    case .formula(let text): response = try Formula(text).responseName
    }
    if let response, response != metric, request.spec.columns[response] == nil {
      request.spec.columns[response] = metric
    }
    return request
  }

  /// The fields of runs that a request names, beside the usual ones.
  private static func fields(of request: FitRequest, beside metric: String) throws -> [String] {
    var names: [String] = []
    func add(_ name: String) {
      if !names.contains(name), !numbers.contains(name), name != metric,
        !["id", "status", "excluded"].contains(name)
      {
        names.append(name)
      }
    }
    for column in request.spec.columns.sorted(by: { $0.key < $1.key }).map(\.value)
    where column != metric {
      // A name with a dot is no expression.
      if let formula = try? Formula("value ~ \(column)") {
        formula.freeNames.filter { $0 != "value" }.forEach(add)
      } else {
        add(column.filter { $0 != "`" })
      }
    }
    [request.spec.weights, request.spec.cluster, request.group].compactMap { $0 }.forEach(add)
    // A parameter of a formula has no dot in its name, and a setting of a run has.
    if case .formula(let text) = request.spec.source {
      try Formula(text).freeNames.filter { $0.contains(".") }.forEach(add)
    }
    return names
  }

  /// Metrics are called `final.…` by the store, which nobody typed.
  static func plain(_ message: String) -> String {
    message.replacing("no run has \"final.", with: "no run has the metric \"")
      .replacing("mean \"final.", with: "mean \"")
  }
}
