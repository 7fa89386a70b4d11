internal import ScalingLaws
internal import Tables

/// Rows to fit, and where each of them comes from: what is saved as `data.csv`.
struct FitRows: Sendable {
  /// What the columns of the places are called.
  private(set) var placeNames: [String]
  /// For each row, where it comes from: run, segment, line and step, or file and line.
  private(set) var places: [[String]]
  /// The rows, with the columns that the fit reads.
  private(set) var table: Table

  /// The name of the file; what errors and results call the data.
  static let file = "data.csv"

  /// Takes the columns that a request reads.
  ///
  /// - Parameters:
  ///   - request: the request; its filter has been applied.
  ///   - table: the rows that passed it.
  ///   - placeNames: what the columns of the places are called.
  ///   - places: where each row comes from.
  /// - Throws: `AnalysisError` or `TableError` for a column that is missing.
  init(
    _ request: FitRequest, from table: Table, placeNames: [String], places: [[String]]
  ) throws {
    var names = try request.spec.columnsRead(of: table)
    if let group = request.group, !names.contains(group) { names.append(group) }
    // As they are written: a cluster called 01 is not the cluster 1.
    let columns = try names.map { (name: $0, values: ColumnValues.texts(try table.texts($0))) }
    self.table = Table(columns: columns, source: Self.file)
    self.places = places
    self.placeNames = placeNames.map { name in
      var name = name
      while names.contains(name) { name += "_" }
      return name
    }
  }

  /// Reads a `data.csv`.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - placeCount: how many of the columns are the places; they come first.
  /// - Throws: `CSVError` or `InputFault` for what is no such file.
  init(parsing bytes: [UInt8], placeCount: Int) throws {
    let all = try Table.read(csv: bytes, source: Self.file)
    guard all.columnNames.count > placeCount else {
      throw InputFault("\(Self.file): too few columns; restore it from a copy")
    }
    placeNames = Array(all.columnNames.prefix(placeCount))
    let texts = try placeNames.map { try all.texts($0) }
    places = (0..<all.rowCount).map { row in texts.map { $0[row] } }
    table = Table(
      columns: try all.columnNames.dropFirst(placeCount).map {
        (name: $0, values: .texts(try all.texts($0)))
      }, source: Self.file)
  }

  /// The rows as `data.csv`.
  func bytes() throws -> [UInt8] {
    var csv = TextTable(headers: placeNames + table.columnNames)
    let cells = try cells()
    for row in places.indices { csv.append(places[row] + cells[row]) }
    return Array(csv.csv().utf8)
  }

  /// The cells of each row.
  func cells() throws -> [[String]] {
    let columns = try table.columnNames.map { try table.texts($0) }
    return (0..<table.rowCount).map { row in columns.map { $0[row] } }
  }

  /// Fits the rows as a saved fit does: they have passed the filter, which is only named.
  func fits(_ request: FitRequest, showsProgress: Bool = true) async throws -> [LawFit] {
    var unfiltered = request
    unfiltered.spec.filter = nil
    var fits = try await unfiltered.fits(
      of: table, sha256: Digest.sha256(try bytes()), showsProgress: showsProgress)
    for index in fits.indices { fits[index].data.where = request.spec.filter }
    return fits
  }
}
