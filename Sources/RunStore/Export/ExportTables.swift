internal import Tables

/// The runs of a store as two tables: a row a run, and a row a point of a curve.
struct ExportTables {
  /// A column of the table of runs.
  struct Column {
    enum Kind: String { case integer, number, datetime, string }

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
    let fields = runs.map { RunFields.of($0.run, final: $0.final) }
    let known = RunFields.texts + RunFields.numbers
    let others = Set(fields.flatMap(\.keys)).subtracting(known)
    for name in known + others.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let values = fields.map { $0[name] }
      let present = values.compactMap { $0 }
      let kind: Column.Kind =
        switch name {
        case "created", "ended": .datetime
        case _ where RunFields.texts.contains(name) || name.hasPrefix("tags."): .string
        case _ where name.hasPrefix("final."): .number
        default: Self.kind(present)
        }
      columns.append(
        Column(
          name: Self.withoutNUL(name), kind: kind,
          texts: values.map { Self.withoutNUL($0.map { Self.text($0, kind) } ?? "") }))
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
          metric, text(curve.values[index]),
        ])
      }
    }
    let text = writer.text
    // The header stands once in the file, not once a run.
    return String(text[text.index(after: text.firstIndex(of: "\n") ?? text.startIndex)...])
  }

  private static func kind(_ values: [JSONValue]) -> Column.Kind {
    if values.allSatisfy({ $0.int != nil }) { return .integer }
    if values.allSatisfy({ if case .number = $0 { true } else { false } }) { return .number }
    return .string
  }

  private static func text(_ value: JSONValue, _ kind: Column.Kind) -> String {
    // As a number before all: infinite ones are strings in JSON.
    if kind == .number, case .string = value, let number = value.double { return text(number) }
    return value.scalarText ?? value.compactText
  }

  /// A number as most programs read it: shortest text, `NaN`, `INF` and `-INF`.
  private static func text(_ value: Double) -> String {
    value.isInfinite ? (value < 0 ? "-INF" : "INF") : NumberText.shortest(value)
  }

  /// No reader of tables takes a NUL.
  private static func withoutNUL(_ text: String) -> String {
    guard text.utf8.contains(0) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
  }
}
