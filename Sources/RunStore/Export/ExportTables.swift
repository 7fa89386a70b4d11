internal import Tables

/// The runs of a store as two tables: a row a run, and a row a point of a curve.
struct ExportTables {
  /// A column of the table of runs.
  struct Column {
    enum Kind: String { case integer, number, boolean, datetime, string }

    var name: String
    var kind: Kind
    /// What each run has there; empty where it has nothing.
    var texts: [String]
  }

  private(set) var columns: [Column] = []
  private let count: Int

  static let pointColumns = ["id", "step", "time", "metric", "value"]

  /// Makes the table of runs.
  init(_ runs: [(run: Run, final: [String: RunState.Final])]) {
    count = runs.count
    let fields = runs.map { RunFields($0.run.record) }
    add("id", .string, runs.map(\.run.id.text))
    add("name", .string, runs.map(\.run.name))
    add("status", .string, runs.map(\.run.state.status.rawValue))
    add("created", .datetime, runs.map { $0.run.record.created?.description ?? "" })
    add("ended", .datetime, runs.map { $0.run.state.ended?.description ?? "" })
    for name in RunFields.quantityNames {
      add(
        name, name == "flops" ? .number : .integer,
        fields.map { $0.quantities[name].map { RunFields.text($0) } ?? "" })
    }
    for key in Self.keys(fields.map(\.config)) {
      let values = fields.map { $0.config[key] ?? .null }
      add("config." + key, Self.kind(values), values.map { RunFields.text($0) })
    }
    for key in Self.keys(runs.map(\.run.labels.tags)) {
      add("tags." + key, .string, runs.map { $0.run.labels.tags[key] ?? "" })
    }
    for key in Self.keys(runs.map(\.final)) {
      add(
        "final." + key, .number,
        runs.map { $0.final[key].map { RunFields.text($0.value) } ?? "" })
    }
  }

  /// The table of runs.
  var text: String {
    var writer = CSVWriter(columnNames: columns.map(\.name))
    for row in 0..<count { writer.append(columns.map { $0.texts[row] }) }
    return writer.text
  }

  /// The rows of a run in the table of points, by metric and then by step.
  static func points(_ id: RunID, _ curves: RunCurves) -> String {
    var writer = CSVWriter(columnNames: pointColumns)
    for curve in curves.curves {
      let metric = withoutNUL(curve.metric)
      for index in curve.steps.indices {
        let seconds = index < curve.times.count ? curve.times[index] : .nan
        writer.append([
          id.text, String(curve.steps[index]), seconds.isNaN ? "" : NumberText.shortest(seconds),
          metric, RunFields.text(curve.values[index]),
        ])
      }
    }
    let text = writer.text
    // The header stands once in the file, not once a run.
    return String(text[text.index(after: text.firstIndex(of: "\n") ?? text.startIndex)...])
  }

  private mutating func add(_ name: String, _ kind: Column.Kind, _ texts: [String]) {
    var name = Self.withoutNUL(name)
    while columns.contains(where: { $0.name == name }) { name += "_" }
    columns.append(Column(name: name, kind: kind, texts: texts.map(Self.withoutNUL)))
  }

  private static func keys<Value>(_ all: [[String: Value]]) -> [String] {
    Set(all.flatMap(\.keys)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func kind(_ values: [JSONValue]) -> Column.Kind {
    let present = values.filter { $0 != .null }
    if present.allSatisfy({ $0.int != nil }) { return .integer }
    if present.allSatisfy({ if case .number = $0 { true } else { false } }) { return .number }
    if present.allSatisfy({ $0.bool != nil }) { return .boolean }
    return .string
  }

  /// No reader of tables takes a NUL.
  private static func withoutNUL(_ text: String) -> String {
    guard text.utf8.contains(0) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
  }
}
