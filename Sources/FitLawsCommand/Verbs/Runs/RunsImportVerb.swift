internal import ArgumentParser
internal import RunStore
internal import Tables

/// `fitlaws runs import`.
struct RunsImportVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import runs of MLflow, Weights & Biases, DVCLive, CSV or JSON Lines.",
    discussion: """
      Importing twice changes nothing. What a source is, and which of its columns are N, D and C, is found out and \
      said; --map settles it. A run that has changed in its source since is named and left as it was.

      EXAMPLES
        fitlaws runs import recipes.csv --store lab
        fitlaws runs import mlruns --store lab --map params=params.n_params
      """)

  @Argument(help: ArgumentHelp("Folders and files.", valueName: "source"), completion: .file())
  var sources: [String]

  @OptionGroup var store: StoreOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the sources are: \(ImportFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "format"), completion: .list(ImportFormat.allCases.map(\.rawValue)))
  var from: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "The column that holds params, tokens, unique_tokens or flops; of tables also run, name, status, step, time.",
      valueName: "name=column"))
  var map: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("The columns of a table that are metrics.", valueName: "names"))
  var metrics: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What identifies the source; the default is the name of the file.", valueName: "text"))
  var source: String?

  @Flag(name: .long, help: "Also runs that were deleted there; they are excluded here.")
  var deleted = false

  func run() async throws {
    var options = ImportOptions()
    if let from {
      guard let format = ImportFormat(rawValue: from) else {
        let known = ImportFormat.allCases.map(\.rawValue)
        throw ValidationError("--from", takes: known, not: from)
      }
      options.format = format
    }
    options.columns = try Assignments.texts(map, option: "--map")
    options.metrics = QueryOptions.names(metrics)
    options.sourceName = source
    options.includesDeleted = deleted
    let report = try store.open().importRuns(from: sources, options: options)
    let console = Console.current
    var words = ["\(report.imported.count) imported", "\(report.unchanged.count) unchanged"]
    if !report.conflicts.isEmpty { words.append("\(report.conflicts.count) in conflict") }
    if !report.skipped.isEmpty { words.append("\(report.skipped.count) skipped") }
    try console.write(words.joined(separator: ", ") + "\n")
    for (name, column) in report.columns.sorted(by: { $0.key < $1.key }) {
      try console.write("\(name) = \(column)\n")
    }
    for skipped in report.skipped { console.error("note: \(skipped)\n") }
    for conflict in report.conflicts { console.error("conflict: \(conflict)\n") }
    try StoreProblems.report(report.problems)
    if !report.conflicts.isEmpty { throw ExitCode(3) }
  }
}
