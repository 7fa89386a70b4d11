internal import Formulas
internal import Tables

extension RunStore {
  /// Answers a query.
  ///
  /// The index is brought up to date on the way, if that is possible; a store that may only be
  /// read is as good.
  ///
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/badQuery`` for a column that no run has,
  ///   a condition that is none, and a column asked for twice. A run that cannot be read is no
  ///   error but a problem of the answer.
  /// - Complexity: O(number of runs), and for reductions other than `last`, O(rows of the
  ///   selected runs).
  public func table(_ query: RunQuery) throws(RunStoreError) -> RunTable {
    let names = query.columns + query.metrics.map(\.column)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw RunStoreError(.badQuery, path: "", "column \"\(twice)\" is asked for twice")
    }
    guard !names.isEmpty else {
      throw RunStoreError(.badQuery, path: "", "no column is asked for; choose one")
    }
    let needsCurves =
      query.wantsOrigins || query.metrics.contains { $0.reduction != .last }
    // The last value of a metric is one of a run's fields.
    let lasts = query.metrics.filter { $0.reduction == .last }.map { "final." + $0.metric }
    var wanted = query.columns + (query.filter?.names.filter { $0 != "pi" } ?? []) + lasts
    wanted = Array(Set(wanted)).sorted()

    var columns = FieldColumns(wanted)
    var scan = RunScan(self, usesIndex: query.usesIndex)
    try scan.run(into: &columns)
    if let missing = columns.missing { throw try noColumn(missing) }

    let all = columns.table(root)
    var rows = Array(0..<all.rowCount)
    if let filter = query.filter, all.rowCount > 0 {
      do throws(FormulaError) {
        rows = try filter.rows(of: all)
      } catch {
        throw RunStoreError(.badQuery, path: "", error.description)
      }
    }
    rows.sort { scan.ids[$0] < scan.ids[$1] }
    return try answer(query, all, rows, scan, needsCurves: needsCurves)
  }

  private func answer(
    _ query: RunQuery, _ all: Table, _ rows: [Int], _ scan: RunScan, needsCurves: Bool
  ) throws(RunStoreError) -> RunTable {
    var problems = scan.problems.enumerated().sorted { a, b in
      let (first, second) = (a.element.run?.text ?? "", b.element.run?.text ?? "")
      return (first, a.offset) < (second, b.offset)
    }.map(\.element)
    var kept: [Int] = []
    var origins: [[ReducedValue?]] = []
    if needsCurves {
      for row in rows {
        if let values = reduced(scan.ids[row], query.metrics, &problems) {
          kept.append(row)
          origins.append(values)
        }
      }
    } else {
      kept = rows
    }
    var columns: [(name: String, values: ColumnValues)] = []
    for name in query.columns {
      var values = all.values(name, kept)
      if name == "tokens", case .numbers(var numbers) = values,
        let place = query.metrics.firstIndex(where: \.reduction.countsTokens)
      {
        for (row, origin) in origins.enumerated() { numbers[row] = origin[place]?.tokens ?? .nan }
        values = .numbers(numbers)
      }
      columns.append((name, values))
    }
    for (place, metric) in query.metrics.enumerated() {
      let values =
        needsCurves
        ? .numbers(origins.map { $0[place]?.value ?? .nan })
        : all.values("final." + metric.metric, kept)
      columns.append((metric.column, values))
    }
    return RunTable(
      table: Table(columns: columns, source: root), runs: kept.map { scan.ids[$0] },
      origins: query.wantsOrigins ? origins : [], problems: problems)
  }

  /// The metrics of a run; nil, and a problem, if its curves cannot be read.
  private func reduced(
    _ id: RunID, _ metrics: [RunQuery.Metric], _ problems: inout [RunStoreProblem]
  ) -> [ReducedValue?]? {
    let names = Set(metrics.map(\.metric) + [Reduction.tokensMetric])
    do throws(RunStoreError) {
      let curves = try curves(of: id, metrics: names)
      return metrics.map { curves.reduce($0.metric, $0.reduction) }
    } catch {
      problems.append(
        RunStoreProblem(.badFile, run: id, path: error.path, error.message))
      return nil
    }
  }

  /// The error for a column that no run has, with the nearest of those that are there.
  private func noColumn(_ name: String) throws(RunStoreError) -> RunStoreError {
    let known = try fieldNames()
    let near = nearest(name, among: known).map { "did you mean \"\($0.oneLine)\"?" }
    return RunStoreError(
      .badQuery, path: "",
      "no run has \"\(name.oneLine)\"; \(near ?? "list a run to see its fields")")
  }

  /// The names of all columns that a query can ask for, sorted.
  public func fieldNames() throws(RunStoreError) -> [String] {
    var names = Set(RunFields.texts + RunFields.numbers)
    for id in try runIDs() {
      guard let run = try? run(id) else { continue }
      names.formUnion(RunFields.of(run, final: run.state.final).keys)
    }
    return names.sorted()
  }
}

extension Reduction {
  fileprivate var countsTokens: Bool { if case .atTokens = self { true } else { false } }
}

extension Table {
  /// Some rows of a column that is there.
  fileprivate func values(_ name: String, _ rows: [Int]) -> ColumnValues {
    if isNumeric(name) || rowCount == 0, let numbers = try? numbers(name, allowingNonFinite: true) {
      return .numbers(rows.map { numbers[$0] })
    }
    let texts = (try? texts(name)) ?? []
    return .texts(rows.map { texts[$0] })
  }
}
