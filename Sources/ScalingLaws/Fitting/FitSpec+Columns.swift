internal import Formulas
public import Tables

extension FitSpec {
  /// The columns of a table that the fit takes numbers or groups from, in the order of the table;
  /// those that only the filter reads are not among them.
  ///
  /// - Throws: `AnalysisError` or `FormulaError`, as the fit itself, for a column that is missing
  ///   or could be two.
  public func columnsRead(of table: Table) throws -> [String] {
    let parsed = try Formula(formulaText)
    let mapping =
      if let law {
        try ColumnMapping(law: law, stated: columns, table: table)
      } else {
        try ColumnMapping(formula: parsed, stated: columns, table: table)
      }
    var read = Set([weights, cluster].compactMap { $0 })
    for column in mapping.columns.values {
      read.formUnion(Self.columns(in: column, of: table))
    }
    return table.columnNames.filter { read.contains($0) }
  }

  /// The columns that a column, or an expression of columns, is made of.
  private static func columns(in text: String, of table: Table) -> [String] {
    if table.hasColumn(text) { return [text] }
    return (try? Formula("value ~ \(text)"))?.freeNames.filter { table.hasColumn($0) } ?? []
  }
}
