internal import Formulas
internal import LeastSquares
internal import Tables

/// The rows a fit uses, read and checked: every fault is found here, with its place in the file.
struct FitData {
  /// The rows used.
  let table: Table
  let columns: [String: String]
  let values: [String: [Double]]
  let formula: CompiledFormula
  let parsed: Formula
  let weights: [Double]?
  let residuals: ResidualKind
  let loss: Loss
  /// Remarks on the input that belong in the result.
  var warnings: [String] = []

  init(_ input: Table, _ spec: FitSpec) throws {
    try spec.validate()
    parsed = try Formula(spec.formulaText)
    let table = try Self.rows(of: input, spec)
    self.table = table
    let mapping =
      if let law = spec.law {
        try ColumnMapping(law: law, stated: spec.columns, table: table)
      } else {
        try ColumnMapping(formula: parsed, stated: spec.columns, table: table)
      }
    columns = mapping.columns
    values = try mapping.values(in: table)
    let isLossLaw =
      spec.law.map { $0.objective } ?? (Self.isLoss(parsed.responseName) ? .lossLaw : .leastSquares)
    residuals = spec.residuals ?? (isLossLaw == .leastSquares ? .raw : .log)
    loss = spec.loss ?? (isLossLaw == .lossLaw ? .huber(delta: 1e-3) : .squares)
    formula = try CompiledFormula(
      parsed, data: values, rowCount: table.rowCount,
      order: spec.law?.parameters.map(\.name) ?? [],
      bounds: spec.bounds.mapValues { ($0.lower, $0.upper) })
    weights = try spec.weights.map { try table.numbers($0) }
    try checkNames(spec)
    try checkRows(spec)
    if spec.law == nil { try checkSpelling(spec) }
  }

  /// Whether a response is a loss by its name.
  private static func isLoss(_ response: String?) -> Bool {
    response.map { (ColumnSynonyms.words["loss"] ?? []).contains($0.lowercased()) } ?? false
  }

  private static func rows(of table: Table, _ spec: FitSpec) throws -> Table {
    guard table.rowCount > 0 else {
      throw AnalysisError(.tooFewRows, "\(table.place): a header and no rows; a fit needs runs")
    }
    guard let text = spec.filter else { return table }
    let rows = try RowFilter(text).rows(of: table)
    guard !rows.isEmpty else {
      throw AnalysisError(
        .tooFewRows,
        "\(table.place): no row of \(table.rowCount) passes the filter \(text); loosen it (--where)"
      )
    }
    return table.selecting(rows: rows)
  }

  private func checkNames(_ spec: FitSpec) throws(AnalysisError) {
    for name in (Array(spec.bounds.keys) + spec.fixed.keys + spec.start.keys).sorted()
    where !formula.parameters.contains(name) {
      let hint = nearest(name, among: formula.parameters).map { "did you mean '\($0)'?" }
      throw AnalysisError(
        .unknownParameter,
        "no parameter '\(name)'; "
          + (hint ?? "the parameters are \(formula.parameters.joined(separator: ", "))"))
    }
    for (name, value) in spec.fixed.sorted(by: { $0.key < $1.key }) {
      let stated = parsed.bounds(of: name)
      let bounds = spec.bounds[name] ?? Bounds(lower: stated.lower, upper: stated.upper)
      guard value >= bounds.lower, value <= bounds.upper else {
        throw AnalysisError(
          .badSetting,
          "\(name) cannot be fixed at \(NumberText.shortest(value)): it is bounded by "
            + "\(NumberText.shortest(bounds.lower)) and \(NumberText.shortest(bounds.upper))")
      }
    }
    guard formula.parameters.count > spec.fixed.count else {
      throw AnalysisError(.badSetting, "nothing is left to fit: the formula has no free parameter")
    }
  }

  private func checkRows(_ spec: FitSpec) throws(AnalysisError) {
    let response = columns[parsed.responseText] ?? parsed.responseText
    for (row, value) in formula.response.enumerated() {
      if !value.isFinite {
        throw fault(
          row, response, "the response is \(NumberText.shortest(value)), not a finite number")
      }
      if residuals == .log, value <= 0 {
        throw fault(
          row, response,
          "\(NumberText.shortest(value)) has no logarithm; drop the row with --where or use --residuals raw"
        )
      }
      if residuals == .relative, value == 0 {
        throw fault(
          row, response, "0 has no relative residual; drop the row or use --residuals raw")
      }
      if let weights, let column = spec.weights, !(weights[row] >= 0) {
        throw fault(row, column, "the weight \(NumberText.shortest(weights[row])) is negative")
      }
    }
    let free = formula.parameters.count - spec.fixed.count
    let used = weights.map { $0.count { $0 > 0 } } ?? table.rowCount
    guard used >= free else {
      throw AnalysisError(
        .tooFewRows,
        "\(table.place): \(used) row\(used == 1 ? "" : "s") for \(free) free parameters; "
          + "add runs, fix parameters (--fix) or take a law with fewer (fitlaws laws)")
    }
  }

  /// The fault of rows on which the law has no value anywhere: most often a run of no size.
  var noValue: AnalysisError {
    for name in values.keys.sorted() where name != parsed.responseText {
      guard let numbers = values[name], let row = numbers.firstIndex(where: { !($0 > 0) })
      else { continue }
      return fault(
        row, columns[name] ?? name,
        "\(NumberText.shortest(numbers[row])) is no positive number, and the law has no finite "
          + "value on these rows; correct the row or drop it with --where")
    }
    return AnalysisError(
      .badValue,
      "the law has no finite value on these rows anywhere in the search; check the columns, "
        + "set bounds (--bound) or a start (--start)")
  }

  private func fault(_ row: Int, _ column: String, _ message: String) -> AnalysisError {
    AnalysisError(
      .badValue, "\(table.place):\(table.lineNumber(ofRow: row)): column \"\(column)\": \(message)"
    )
  }

  /// Refuses parameters of a user's formula that look like mistyped columns and of which nothing
  /// else is said.
  private func checkSpelling(_ spec: FitSpec) throws(AnalysisError) {
    for name in formula.parameters
    where name.count > 3 && spec.bounds[name] == nil && spec.fixed[name] == nil
      && spec.start[name] == nil && parsed.bounds(of: name) == (-.infinity, .infinity)
    {
      guard let column = nearest(name, among: table.columnNames) else { continue }
      throw AnalysisError(
        .missingColumn,
        "\(table.place): '\(name)' is no column; did you mean '\(column)'? If it is a parameter, give it "
          + "a bound or a start (--start \(name)=1)")
    }
  }
}

extension Table {
  /// What errors call the table: its source, or words for one made in memory.
  var place: String { source.isEmpty ? "the table" : source }
}
