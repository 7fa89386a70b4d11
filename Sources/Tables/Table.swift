/// The values of one column given in memory.
public enum ColumnValues: Sendable, Hashable {
  /// Numbers.
  case numbers([Double])
  /// Texts.
  case texts([String])

  /// How many values there are.
  public var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .texts(let values): values.count
    }
  }
}

/// A table of named columns, from a file or from memory.
///
/// A value: copies and selections share the bytes they came from. Columns of a file are decoded
/// each time they are asked for, so keep what is needed often.
public struct Table: Sendable {
  enum Storage: Sendable {
    case fields(CSVFields)
    case columns([ColumnValues])
  }

  /// The name of the file or stream the table came from; empty for a table made in memory.
  public let source: String

  /// The names of the columns, in order, none empty and no two equal.
  public let columnNames: [String]

  /// The number of rows, without the header.
  public let rowCount: Int

  let storage: Storage
  /// Rows of the storage, if this table is a selection of them.
  let rows: [Int]?
  private let indices: [String: Int]

  private init(
    source: String, columnNames: [String], rowCount: Int, storage: Storage, rows: [Int]?,
    indices: [String: Int]
  ) {
    self.source = source
    self.columnNames = columnNames
    self.rowCount = rowCount
    self.storage = storage
    self.rows = rows
    self.indices = indices
  }

  init(source: String, columnNames: [String], fields: CSVFields) {
    self.init(
      source: source, columnNames: columnNames, rowCount: fields.rowCount,
      storage: .fields(fields), rows: nil, indices: Self.indices(columnNames))
  }

  /// Creates a table from columns in memory.
  ///
  /// - Parameters:
  ///   - columns: name and values of each column, at least one.
  ///   - source: a name for errors. The default is none.
  /// - Precondition: names are neither empty nor repeated, columns are equally long.
  public init(columns: [(name: String, values: ColumnValues)], source: String = "") {
    precondition(!columns.isEmpty, "a table has at least one column")
    let names = columns.map(\.name)
    let count = columns[0].values.count
    precondition(columns.allSatisfy { $0.values.count == count }, "columns differ in length")
    precondition(names.allSatisfy { !$0.isEmpty }, "a column has no name")
    let indices = Self.indices(names)
    precondition(indices.count == names.count, "two columns have the same name")
    self.init(
      source: source, columnNames: names, rowCount: count, storage: .columns(columns.map(\.values)),
      rows: nil, indices: indices)
  }

  private static func indices(_ names: [String]) -> [String: Int] {
    Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  // MARK: - Columns and rows

  /// Whether there is a column of this name, letter for letter.
  public func hasColumn(_ name: String) -> Bool { indices[name] != nil }

  /// The line of the file on which a row begins, counted from 1.
  ///
  /// Line feeds in quoted fields count. A selection keeps the lines of the file; a table made in
  /// memory answers as if it had been written to a file without quoted line feeds.
  ///
  /// - Complexity: O(log n) in the number of rows with quoted line feeds.
  public func lineNumber(ofRow row: Int) -> Int {
    let row = storageRow(row)
    return switch storage {
    case .fields(let fields): fields.line(ofRow: row)
    case .columns: row + 2
    }
  }

  /// The table of the given rows, in the given order; a row may be given more than once.
  ///
  /// - Precondition: every row is in `0..<rowCount`.
  /// - Complexity: O(number of rows selected); no field is copied.
  public func selecting(rows selected: some Sequence<Int>) -> Table {
    let chosen = selected.map { storageRow($0) }
    return Table(
      source: source, columnNames: columnNames, rowCount: chosen.count, storage: storage,
      rows: chosen, indices: indices)
  }

  // MARK: - Texts

  /// One field as text; numbers given in memory as ``NumberText/shortest(_:)``.
  ///
  /// - Throws: ``TableError/Code/noSuchColumn(_:header:)``.
  /// - Precondition: `row` is in `0..<rowCount`.
  public func text(column: String, row: Int) throws(TableError) -> String {
    text(columnIndex: try index(of: column), row: row)
  }

  /// A column as texts.
  ///
  /// - Throws: ``TableError/Code/noSuchColumn(_:header:)``.
  /// - Complexity: O(bytes of the column).
  public func texts(_ column: String) throws(TableError) -> [String] {
    let index = try index(of: column)
    return (0..<rowCount).map { text(columnIndex: index, row: $0) }
  }

  // MARK: - For the other files

  func index(of column: String) throws(TableError) -> Int {
    guard let index = indices[column] else {
      throw .noSuchColumn(column, header: columnNames, source: source)
    }
    return index
  }

  func storageRow(_ row: Int) -> Int {
    precondition(0 <= row && row < rowCount, "row \(row) of a table of \(rowCount)")
    return rows?[row] ?? row
  }

  func text(columnIndex: Int, row: Int) -> String {
    let row = storageRow(row)
    switch storage {
    case .fields(let fields): return fields.text(row: row, column: columnIndex)
    case .columns(let columns):
      return switch columns[columnIndex] {
      case .numbers(let values): NumberText.shortest(values[row])
      case .texts(let values): values[row]
      }
    }
  }
}
