internal import ArgumentParser
internal import RunStore
internal import Tables

/// `fitlaws runs export`.
struct RunsExportVerb: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, long, package, mlflow
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Export runs as CSV, a data package or an MLflow file store.",
    discussion: """
      csv is a row a run, long a row a point, package a folder after the Frictionless standard, mlflow a folder that \
      MLflow reads. Damaged runs are left out and named, and the exit code is 3.

      EXAMPLES
        fitlaws runs export exported.csv --store lab
        fitlaws runs export mlruns-out --store lab --to mlflow
      """)

  @Argument(
    help: ArgumentHelp("A file, or a folder that is new or empty.", valueName: "target"),
    completion: .file())
  var target: String

  @OptionGroup var query: QueryOptions

  @Option(name: .long, help: "The default is csv.")
  var to: Format = .csv

  func run() async throws {
    let store = try query.store.open()
    var runs: [RunID]?
    if let filter = try query.filter() {
      // Problems of the runs that are taken are named by the export.
      runs = try store.table(
        RunQuery(filter: filter, columns: ["id"], usesIndex: !query.noIndex)
      ).runs
    }
    let report =
      switch to {
      case .csv: try store.exportTable(to: target, shape: .wide, runs: runs)
      case .long: try store.exportTable(to: target, shape: .long, runs: runs)
      case .package: try store.exportDataPackage(to: target, runs: runs)
      case .mlflow: try store.exportMLflow(to: target, runs: runs)
      }
    try Console.current.write(
      "wrote \(target): \(report.runs) run\(report.runs == 1 ? "" : "s")\n")
    try StoreProblems.report(report.problems)
  }
}
