internal import Tables

/// Reads a chart exported from Weights & Biases.
///
/// The first column is the x axis, the others are called `<run> - <metric>`; beside each may
/// stand `…__MIN` and `…__MAX`, the extremes of the rows that a point stands for. Such an export
/// is a sample. With another x axis than `Step` there is a `<run> - _step` for each run.
struct WandBChartReader {
  private let rows: SourceRows
  private let options: ImportOptions
  private var found = ImportedRuns()

  private static let separator = " - "

  /// Whether the columns are those of a chart.
  static func recognises(_ columns: [String]) -> Bool {
    guard columns.count > 1 else { return false }
    let series = columns.dropFirst().filter { !isExtreme($0, of: columns) }
    return !series.isEmpty && series.allSatisfy { !splits($0).isEmpty }
      && (columns[0] == "Step" || series.count < columns.count - 1)
  }

  /// Reads the runs of a chart.
  static func read(
    _ rows: SourceRows, options: ImportOptions
  ) throws(ExchangeError) -> ImportedRuns {
    var reader = WandBChartReader(rows: rows, options: options)
    reader.found.problems = rows.problems
    try reader.readRuns()
    return reader.found
  }

  private init(rows: SourceRows, options: ImportOptions) {
    self.rows = rows
    self.options = options
  }

  private mutating func readRuns() throws(ExchangeError) {
    let columns = rows.columns
    let series = columns.indices.dropFirst().filter { !Self.isExtreme(columns[$0], of: columns) }
    var runs: [String: ImportedRun] = [:]
    var order: [String] = []
    var steps: [String: Int] = [:]
    var metrics: [(column: Int, run: String, metric: String)] = []
    for (column, name) in zip(series, try named(series.map { columns[$0] })) {
      if runs[name.run] == nil {
        var run = ImportedRun(
          format: .wandbChart, store: options.sourceName ?? "", id: name.run, place: rows.path)
        run.name = name.run
        // W&B draws at most so many points a curve, and says so only by these columns.
        run.isSampled = series.count < columns.count - 1
        runs[name.run] = run
        order.append(name.run)
      }
      if name.metric == "_step" {
        steps[name.run] = column
      } else {
        metrics.append((column, name.run, name.metric))
      }
    }
    var problems = LineProblems(path: rows.path)
    for (column, run, metric) in metrics {
      guard let stepColumn = steps[run] ?? (columns[0] == "Step" ? 0 : nil) else {
        throw ExchangeError(
          .missingColumn, path: rows.path,
          "the x axis is \"\(columns[0])\" and no column is \"\(run) - _step\"; "
            + "export the chart with Step as its x axis")
      }
      runs[run]?.metrics[metric] = points(column, stepColumn, &problems)
    }
    found.runs = order.compactMap { runs[$0] }
    found.problems += problems.all
  }

  private func points(
    _ column: Int, _ stepColumn: Int, _ problems: inout LineProblems
  ) -> [ImportedRun.Point] {
    var points: [ImportedRun.Point] = []
    for (row, cells) in rows.cells.enumerated() where cells[column] != .null {
      guard let value = SourceRows.number(cells[column]),
        let step = SourceRows.number(cells[stepColumn]).flatMap(MetricText.whole)
      else {
        problems.add(
          .badRow, line: rows.lines[row],
          "value or step of \"\(rows.columns[column])\" is no number; the value was not read")
        continue
      }
      points.append(.init(step: step, value: value))
    }
    return points
  }

  // MARK: - Names

  /// Run and metric of each series.
  ///
  /// A name may hold the separator itself. Where a column can be split in several ways, the way
  /// is taken whose metric some column has that can be split in one way only.
  private func named(
    _ columns: [String]
  ) throws(ExchangeError) -> [(run: String, metric: String)] {
    let all = columns.map(Self.splits)
    var known = Set(all.compactMap { $0.count == 1 ? $0[0].metric : nil })
    known.formUnion(options.metrics)
    known.insert("_step")
    var names: [(run: String, metric: String)] = []
    for (column, splits) in zip(columns, all) {
      let fitting = splits.count == 1 ? splits : splits.filter { known.contains($0.metric) }
      guard fitting.count == 1, let name = fitting.first else {
        let ways = (fitting.isEmpty ? splits : fitting).map {
          "run \"\($0.run)\" with metric \"\($0.metric)\""
        }
        throw ExchangeError(
          .ambiguousColumn, path: rows.path,
          "\"\(column)\" could be \(ways.joined(separator: " or ")); name the metric")
      }
      names.append(name)
    }
    return names
  }

  /// The ways to split a column's name into run and metric.
  private static func splits(_ column: String) -> [(run: String, metric: String)] {
    let parts = column.split(separator: separator, omittingEmptySubsequences: false).map(
      String.init)
    return (1..<max(parts.count, 1)).compactMap { place in
      let run = parts[..<place].joined(separator: separator)
      let metric = parts[place...].joined(separator: separator)
      return run.isEmpty || metric.isEmpty ? nil : (run, metric)
    }
  }

  /// Whether a column is the lower or upper edge of another.
  private static func isExtreme(_ column: String, of columns: [String]) -> Bool {
    guard let end = ["__MIN", "__MAX"].first(where: { column.hasSuffix($0) }) else { return false }
    return columns.contains(String(column.dropLast(end.count)))
  }
}
