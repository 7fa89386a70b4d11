internal import ArgumentParser
internal import ScalingLaws
internal import Tables

/// A law to draw: of a saved fit, or one made of a table on the way, with its rows where they can
/// be had; or with published constants.
struct PicturedFit {
  /// Nil for published constants.
  var fit: LawFit?
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
  var notes: [String] {
    fit == nil ? [] : rowsMissing.map { ["note: drawn without runs: \($0)"] } ?? []
  }

  var warnings: [String] { law.warnings.map { "warning: \($0)" } }

  /// The fit and its rows, for a picture that is nothing without them.
  func requiredRows(_ what: String) throws(InputFault) -> (fit: LawFit, table: Table) {
    if let fit, let table { return (fit, table) }
    throw InputFault("\(what) need the rows of the fit: \(rowsMissing ?? "there are none")")
  }

  /// The rows beside the law, for a picture that is nothing without them.
  func requiredRuns(_ what: String) throws(InputFault) -> FittedRuns {
    _ = try requiredRows(what)
    guard let runs else { throw InputFault("\(what) need the rows of the fit") }
    return runs
  }

  /// Reads or makes the fit.
  static func read(_ words: PlotWords, only group: String?) async throws -> PicturedFit {
    if try words.isSavedFit() {
      return try saved(words.parse(as: SavedFitOptions.self), only: group)
    }
    if words.input == nil, !words.words.isEmpty {
      return try published(words.parse(as: PublishedLawOptions.self))
    }
    let verb = try words.parse(as: FitVerb.self)
    let (fits, table) = try await verb.pictured()
    let fit = try chosen(fits, group, from: verb.input)
    let rows = try rows(of: fit, among: fits, in: table, by: verb.group)
    return PicturedFit(
      fit: fit, law: try EstimatedLaw(fit), table: rows, runs: try FittedRuns(fit, on: rows),
      budgets: try verb.budgets.budgets(),
      inputs: try verb.inputs.byName(), files: [verb.input])
  }

  private static func saved(_ options: SavedFitOptions, only group: String?) throws -> PicturedFit {
    let fits = try FitFile.read(options.fit)
    return try saved(
      chosen(fits, group, from: options.fit), among: fits,
      Source(
        path: options.fit, data: options.data,
        budgets: Assignments.list(options.flops, option: "--flops"),
        inputs: Assignments.numbers(options.at, option: "--at")))
  }

  /// A file of saved fits, and what was said with it.
  struct Source {
    /// The file.
    var path: String
    /// A copy of the table that was fitted, where one is named.
    var data: String?
    /// Budgets asked for.
    var budgets: [Double]
    /// Values of the law's further inputs.
    var inputs: [String: Double]
  }

  /// One of the fits of a file, with its rows where they can be had.
  static func saved(_ fit: LawFit, among fits: [LawFit], _ file: Source) throws -> PicturedFit {
    var result = PicturedFit(
      fit: fit, law: try EstimatedLaw(fit), budgets: file.budgets, inputs: file.inputs,
      files: [file.path, file.data])
    switch try table(of: fit, file) {
    case .failure(let fault): result.rowsMissing = fault.message
    case .success(let table):
      do {
        let rows = try rows(of: fit, among: fits, in: table, by: nil)
        result.runs = try FittedRuns(fit, on: rows)
        result.table = rows
      } catch let fault as InputFault {
        result.rowsMissing = fault.message
      }
    }
    return result
  }

  private static func published(_ options: PublishedLawOptions) throws -> PicturedFit {
    let law = try options.estimate.laws(fit: nil)[0].law
    return PicturedFit(
      law: law, rowsMissing: "\(law.name) is published constants; name a table or a saved fit",
      budgets: try Assignments.list(options.flops, option: "--flops"),
      inputs: try Assignments.numbers(options.at, option: "--at"), files: [])
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
  private static func table(
    of fit: LawFit, _ file: Source
  ) throws -> Result<Table, InputFault> {
    if let data = file.data {
      let bytes = try FileBytes.read(data)
      guard Digest.sha256(bytes) == fit.data.sha256 else {
        throw InputFault("--data \(data): not the rows of the fit (their SHA-256 differs)")
      }
      return .success(try Table.read(csv: bytes, source: data))
    }
    let name = fit.data.source
    let folder = AtomicFile.split(file.path).directory
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

/// Which published constants to draw.
struct PublishedLawOptions: ParsableArguments {
  @OptionGroup var estimate: EstimateOptions
  @Option(name: .long, parsing: .unconditionalSingleValue) var flops: [String] = []
  @Option(name: .long, parsing: .singleValue) var at: [String] = []
}
