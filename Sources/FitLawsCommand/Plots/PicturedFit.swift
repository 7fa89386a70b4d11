internal import ArgumentParser
internal import ScalingLaws
internal import Tables

/// A fit to draw: a saved one, or one made of a table on the way, with its rows where they can be
/// had.
struct PicturedFit {
  var fit: LawFit
  var law: EstimatedLaw
  /// The rows it was made from; nil where they are not as they were.
  var table: Table?
  var runs: FittedRuns?
  /// Why there are none.
  var rowsMissing: String?
  /// Budgets asked for.
  var budgets: [Double]
  /// Values of the law's further inputs.
  var inputs: [String: Double]
  /// Files it was made from.
  var files: [String?]

  /// That there are no rows, where there are none.
  var notes: [String] { rowsMissing.map { ["note: drawn without runs: \($0)"] } ?? [] }

  var warnings: [String] { law.warnings.map { "warning: \($0)" } }

  /// The rows, for a picture that is nothing without them.
  func requiredTable(_ what: String) throws(InputFault) -> Table {
    if let table { return table }
    throw InputFault("\(what) need the rows of the fit: \(rowsMissing ?? "there are none")")
  }

  /// The rows beside the law, for a picture that is nothing without them.
  func requiredRuns(_ what: String) throws(InputFault) -> FittedRuns {
    _ = try requiredTable(what)
    guard let runs else { throw InputFault("\(what) need the rows of the fit") }
    return runs
  }

  /// Reads or makes the fit.
  static func read(_ words: PlotWords, only group: String?) async throws -> PicturedFit {
    if try words.isSavedFit() {
      return try saved(words.parse(as: SavedFitOptions.self), only: group)
    }
    let verb = try words.parse(as: FitVerb.self)
    let (fits, table) = try await verb.pictured()
    let fit = try chosen(fits, group, from: verb.input)
    let rows = try rows(of: fit, among: fits, in: table, by: verb.data.group)
    return PicturedFit(
      fit: fit, law: try EstimatedLaw(fit), table: rows, runs: try FittedRuns(fit, on: rows),
      budgets: try Assignments.list(verb.intervals.flops, option: "--flops"),
      inputs: try Assignments.numbers(verb.intervals.at, option: "--at"), files: [verb.input])
  }

  private static func saved(_ options: SavedFitOptions, only group: String?) throws -> PicturedFit {
    let fits = try FitFile.read(options.fit)
    let fit = try chosen(fits, group, from: options.fit)
    var result = PicturedFit(
      fit: fit, law: try EstimatedLaw(fit),
      budgets: try Assignments.list(options.flops, option: "--flops"),
      inputs: try Assignments.numbers(options.at, option: "--at"),
      files: [options.fit, options.data])
    switch try source(of: fit, options) {
    case .failure(let fault): result.rowsMissing = fault.message
    case .success(let table):
      let rows = try rows(of: fit, among: fits, in: table, by: nil)
      result.table = rows
      result.runs = try FittedRuns(fit, on: rows)
    }
    return result
  }

  private static func chosen(_ fits: [LawFit], _ group: String?, from place: String) throws
    -> LawFit
  {
    let names = fits.compactMap(\.group)
    if let group {
      if let fit = fits.first(where: { $0.group == group }) { return fit }
      let hint = nearest(group, among: names).map { "did you mean '\($0)'?" }
      throw InputFault(
        "--only \(group): \(place) has no such group; "
          + (hint
            ?? (names.isEmpty ? "it is a single fit" : "it has \(names.joined(separator: ", "))")))
    }
    guard fits.count == 1, let fit = fits.first else {
      throw InputFault(
        "\(place): \(fits.count) fits; choose one with --only \(names.first ?? "GROUP") (there are "
          + "\(names.joined(separator: ", "))), or draw all with --kind compare")
    }
    return fit
  }

  // MARK: - Rows

  /// The table a saved fit was made from, if it is there and unchanged: under the name it had, or
  /// beside the fit.
  private static func source(
    of fit: LawFit, _ options: SavedFitOptions
  ) throws -> Result<Table, InputFault> {
    if let data = options.data {
      let bytes = try FileBytes.read(data)
      guard Digest.sha256(bytes) == fit.data.sha256 else {
        throw InputFault("--data \(data): not the rows of the fit (their SHA-256 differs)")
      }
      return .success(try Table.read(csv: bytes, source: data))
    }
    let name = fit.data.source
    let folder = AtomicFile.split(options.fit).directory
    var isThere = false
    for path in [name, "\(folder)/\(AtomicFile.split(name).name)"] {
      guard let bytes = try? FileBytes.read(path) else { continue }
      isThere = true
      guard Digest.sha256(bytes) == fit.data.sha256 else { continue }
      return .success(try Table.read(csv: bytes, source: path))
    }
    return .failure(
      InputFault(
        isThere
          ? "\(name) is no longer what the fit was made from; fit it again, or name a copy with --data"
          : "\(name) is not here; name a copy with --data"))
  }

  /// The rows of a fit's group.
  ///
  /// A saved fit does not name the column of its groups: it is the one that holds all their names.
  private static func rows(
    of fit: LawFit, among fits: [LawFit], in table: Table, by column: String?
  ) throws -> Table {
    guard let group = fit.group else { return table }
    let names = Set(fits.compactMap(\.group))
    let found =
      try column.map { [$0] }
      ?? table.columnNames.filter { column in
        names.isSubset(of: try table.texts(column))
      }
    guard found.count == 1 else {
      throw InputFault(
        "\(table.source): the column of the groups \(names.sorted().joined(separator: ", ")) is not "
          + "known; fit and draw at once (fitlaws plot \(table.source) --group COLUMN --only \(group))"
      )
    }
    let values = try table.texts(found[0])
    return table.selecting(rows: values.indices.filter { values[$0] == group })
  }
}

/// What can be said of a saved fit to draw.
struct SavedFitOptions: ParsableArguments {
  @Argument var fit: String
  @Option(name: .long, parsing: .unconditionalSingleValue) var flops: [String] = []
  @Option(name: .long, parsing: .singleValue) var at: [String] = []
  @Option(name: .long) var data: String?
}
