internal import ArgumentParser
internal import Formulas
internal import RunStore
internal import Tables

/// Which runs a query takes.
struct QueryOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Only these runs, such as 'params > 1e8 && status == \"finished\"'.", valueName: "filter"))
  var `where`: [String] = []

  @Flag(name: .long, help: "Read every run; the answer is the same, and slower.")
  var noIndex = false

  /// The condition; nil for all runs.
  func filter() throws -> RowFilter? {
    guard !self.where.isEmpty else { return nil }
    // Each by itself first: a fault is then at its place in what was typed.
    let filters = try self.where.map { try RowFilter($0) }
    return filters.count == 1
      ? filters[0] : try RowFilter(self.where.map { "(\($0))" }.joined(separator: " && "))
  }

  /// Column names from words separated by commas.
  static func names(_ words: [String]) -> [String] {
    words.flatMap { $0.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) } }
      .map { $0.filter { $0 != "`" } }
  }
}

/// `fitlaws runs list`.
struct RunsListVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the runs of a store.",
    discussion: """
      Columns: id, name, status, created, ended, parent, notes, params, params_non_embedding, tokens, tokens_planned, \
      unique_tokens, flops, excluded (1 or 0); with dots what a run says beside these, such as config.lr, tags.sweep, \
      hardware.count, and final.loss, the last value of a metric. A name with a slash stands between back quotes in a \
      filter. A run that lacks a value has an empty cell, null in JSON. Exit code 3: what is listed is right, and \
      what could not be read is named on standard error.

      EXAMPLES
        fitlaws runs list --store lab --where 'params > 1e8 && excluded == 0'
        fitlaws runs list --store lab --columns id,config.lr,final.loss
      """)

  @OptionGroup var query: QueryOptions

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("The columns, separated by commas.", valueName: "names"))
  var columns: [String] = []

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let store = try query.store.open()
    let columns = QueryOptions.names(self.columns)
    let answer = try store.table(
      RunQuery(
        filter: try query.filter(),
        columns: columns.isEmpty
          ? ["id", "name", "status", "params", "tokens", "created"] : columns,
        usesIndex: !query.noIndex))
    try output.deliver(RunTablePresentation(answer))
    try StoreProblems.report(answer.problems)
  }
}

/// `fitlaws runs table`.
struct RunsTableVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "A row a run with one number of each curve: what 'fit' takes.",
    discussion: """
      last is the value at the largest step, even if it is NaN; min the smallest; 'mean of last 20' that of the last \
      20 steps; 'at tokens 10B' the last value at or before 10B tokens, as the metric called tokens counts them, and \
      the column tokens is then that count. Nothing is interpolated. Columns are those of 'fitlaws runs list'.

      EXAMPLES
        fitlaws runs table --store lab --format csv
        fitlaws runs table --store lab --metric val/loss --reduce 'mean of last 3'
      """)

  @OptionGroup var query: QueryOptions

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("The metrics. The default is loss.", valueName: "names"))
  var metric: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "last (the default), min, 'mean of last 20' or 'at tokens 10B'.", valueName: "how"),
    completion: .list(["last", "min"]))
  var reduce: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("The columns before the metrics.", valueName: "names"))
  var columns: [String] = []

  @Flag(name: .long, help: "Also segment, line and step of each number.")
  var places = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let store = try query.store.open()
    let reduction = try RunSelectionOptions.reduction(reduce)
    let columns = QueryOptions.names(self.columns)
    let metrics = metric.isEmpty ? ["loss"] : QueryOptions.names(metric)
    let answer: RunTable
    do {
      answer = try store.table(
        RunQuery(
          filter: try query.filter(),
          columns: columns.isEmpty ? ["id", "name", "status", "params", "tokens"] : columns,
          metrics: metrics.map { .init($0, reduction) }, wantsOrigins: true,
          usesIndex: !query.noIndex))
    } catch let error as RunStoreError where error.code == .badQuery {
      throw InputFault(RunSelection.plain(error.message))
    }
    try output.deliver(RunTablePresentation(answer, metrics: metrics, showsPlaces: places))
    try StoreProblems.report(answer.problems)
  }
}
