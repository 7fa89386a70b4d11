import Formulas
import Tables

/// Rows of a table by a filter, as a fit selects them.
enum RowSelection {
  static func rows(of table: Table, _ filter: String) throws -> Table {
    table.selecting(rows: try RowFilter(filter).rows(of: table))
  }
}
