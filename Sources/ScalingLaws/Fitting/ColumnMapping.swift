internal import Formulas
internal import Tables

/// Which columns of a table stand for the names of a formula.
///
/// Catalogue laws speak of N, D, U, C and loss. A column of the same name is taken first, then the
/// usual synonyms; two candidates are an error that names both, settled by `--columns N=...`.
struct ColumnMapping {
  /// For each name, the column or the expression of columns that it stands for.
  private(set) var columns: [String: String] = [:]

  /// Maps the variables of a law; every one of them must be found.
  init(law: Law, stated: [String: String], table: Table) throws(AnalysisError) {
    try self.init(inputs: law.variables.map(\.name), of: law.name, stated: stated, table: table)
  }

  /// Maps the inputs of a law; every one of them must be found.
  init(
    inputs: [String], of law: String, stated: [String: String], table: Table
  ) throws(AnalysisError) {
    for name in inputs {
      guard let column = try Self.find(name, stated: stated, table: table) else {
        throw Self.missing(name, table: table)
      }
      columns[name] = column
    }
    for name in stated.keys.sorted() where columns[name] == nil {
      throw AnalysisError(
        .missingColumn,
        "'\(name)' is no variable of \(law), which reads \(inputs.joined(separator: ", "))")
    }
    for (index, name) in inputs.enumerated() {
      guard let other = inputs[..<index].first(where: { columns[$0] == columns[name] }),
        let column = columns[name]
      else { continue }
      throw AnalysisError(
        .ambiguousColumn,
        "\(table.place): column \"\(column)\" stands for both \(other) and \(name); "
          + "give each its own (--columns \(name)=COLUMN)")
    }
  }

  /// Maps the free names of a user's formula; names that are found nowhere are parameters.
  init(formula: Formula, stated: [String: String], table: Table) throws(AnalysisError) {
    for name in formula.freeNames {
      columns[name] = try Self.find(name, stated: stated, table: table)
    }
    for name in stated.keys.sorted() where columns[name] == nil {
      throw AnalysisError(.missingColumn, "'\(name)' does not occur in the formula")
    }
  }

  static func find(
    _ name: String, stated: [String: String], table: Table
  ) throws(AnalysisError) -> String? {
    if let column = stated[name] { return column }
    if table.hasColumn(name) { return name }
    // A law may speak of N as `params` too, whichever of the words the table has.
    let words =
      ColumnSynonyms.words[name]
      ?? ColumnSynonyms.words.values.first { $0.contains(name.lowercased()) } ?? []
    let found = ColumnSynonyms.candidates(words, among: table.columnNames)
    guard found.count <= 1 else {
      throw AnalysisError(
        .ambiguousColumn,
        "\(found.joined(separator: " and ")) could both be \(name); "
          + "say which with --columns \(name)=\(found[0])")
    }
    return found.first
  }

  private static func missing(_ name: String, table: Table) -> AnalysisError {
    let words = [name] + (ColumnSynonyms.words[name] ?? [])
    let place = table.place
    if table.columnNames.count == 1, let header = table.columnNames.first,
      let separator = [";", "\t"].first(where: { header.contains($0) })
    {
      return AnalysisError(
        .missingColumn,
        "\(place):1: the fields seem to be separated by \(separator == ";" ? "semicolons" : "tabs"); "
          + "save the table with commas")
    }
    let blank = table.columnNames.first { column in
      let edges = [column.first, column.last].compactMap { $0 }
      return edges.contains(where: \.isWhitespace)
        && words.contains(column.filter { !$0.isWhitespace }.lowercased())
    }
    if let blank {
      return AnalysisError(
        .missingColumn,
        "\(place):1: no column for \(name); the header has \"\(blank)\", remove the blanks around it"
      )
    }
    let guess = words.lazy.compactMap { nearest($0, among: table.columnNames) }.first
    let hint =
      guess.map { "; did you mean --columns \(name)=\($0)?" }
      ?? "; name it with --columns \(name)=COLUMN"
    return AnalysisError(
      .missingColumn,
      "\(place): no column for \(name) among \(table.columnNames.joined(separator: ", "))\(hint)")
  }

  /// The values of every mapped name.
  ///
  /// A name may stand for a column or for an expression of columns, such as `flops / (6 * params)`.
  func values(in table: Table) throws -> [String: [Double]] {
    var result: [String: [Double]] = [:]
    // In the order of the table: which of two faults is named must not depend on chance.
    func place(_ column: String) -> Int {
      table.columnNames.firstIndex(of: column) ?? table.columnNames.count
    }
    let ordered = columns.sorted { (place($0.value), $0.key) < (place($1.value), $1.key) }
    for (name, column) in ordered {
      result[name] = try Self.numbers(column, in: table)
    }
    return result
  }

  static func numbers(_ column: String, in table: Table) throws -> [Double] {
    if table.hasColumn(column) { return try table.numbers(column) }
    // Not a column: an expression of columns, or a slip, which the table's own error explains best.
    guard let formula = try? Formula("value ~ \(column)"),
      formula.freeNames.count > 2 || formula.freeNames != ["value", column]
    else { return try table.numbers(column) }
    var data: [String: [Double]] = [:]
    for name in formula.freeNames where name != "value" { data[name] = try table.numbers(name) }
    let compiled = try CompiledFormula(
      formula, data: data, rowCount: table.rowCount, needsResponse: false)
    let values = compiled.values(at: [])
    if let row = values.firstIndex(where: { !$0.isFinite }) {
      throw AnalysisError(
        .badValue,
        "\(table.place):\(table.lineNumber(ofRow: row)): \(column) is not a finite number here")
    }
    return values
  }
}
