internal import ArgumentParser
internal import LeastSquares
internal import ScalingLaws
internal import Tables

/// `fitlaws fit`.
struct FitVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit a law to a table of runs.",
    discussion: """
      Finds the global minimum of the objective, standard errors and intervals, and says what the rows cannot \
      determine. Without --law and --formula the law is chinchilla, loss ~ E + A / N^alpha + B / D^beta. Columns \
      called params, tokens, unique_tokens, flops and loss are found by themselves. Of a store of runs, excluded and \
      unfinished runs are left out, with a note; --where reads the fields that 'fitlaws runs list' shows.

      Intervals follow from the covariance; --bootstrap asks for that many refits of resampled data, --interval for \
      another method (4000 refits where it needs some). With --flops the answer also has the optimum at these \
      budgets, N*, D*, D/N and loss, with intervals.

      EXAMPLES
        fitlaws fit runs.csv --where 'params > 1e8' --output fit.json
        fitlaws fit runs.csv --formula 'loss ~ E + A / params^a; A > 0'
      """)

  @Argument(
    help: ArgumentHelp(
      "The runs as CSV with a header, - is standard input; or a store of runs.", valueName: "table"),
    completion: .table)
  var input: String

  @OptionGroup var law: LawOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Fit each group of rows with one value of this column by itself.", valueName: "column"))
  var group: String?

  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Runs of a store") var runs: RunSelectionOptions
  @OptionGroup(title: "Objective") var objective: ObjectiveOptions
  @OptionGroup(title: "Parameters") var parameters: ParameterOptions
  @OptionGroup(title: "Intervals") var intervals: IntervalOptions
  @OptionGroup(title: "Optima") var budgets: BudgetOptions
  @OptionGroup(title: "Optima") var inputs: InputOptions
  @OptionGroup(title: "Diagnosis") var diagnosis: DiagnosisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let source = try source()
    let request = try request()
    switch source {
    case .table(_, let table, let digest) where !runs.save:
      try deliver(try await request.fits(of: table, sha256: digest))
    case .table: try await fitRows(of: source, request)
    case .store(_, _, let selection):
      try await fitRows(of: source, try selection.mapped(request))
    }
  }

  func deliver(_ fits: [LawFit]) throws {
    let isGrouped = group != nil
    if let path = intervals.draws {
      try AtomicFile.write(DrawsTable(fits, isGrouped: isGrouped).csv(), to: path)
      Console.current.error("wrote \(path)\n")
    }
    try output.deliver(FitPresentation(fits: fits, isGrouped: isGrouped), from: [input])
  }

  private func request() throws -> FitRequest {
    var request = FitRequest(spec: try spec(), group: group)
    request.budgets = try budgets.budgets()
    request.inputs = try inputs.byName()
    request.isSensitivityWanted = diagnosis.sensitivity
    request.isDesignWanted = diagnosis.design
    return request
  }

  /// Fits to draw, with the table they were made from, and nothing shown or saved.
  func pictured() async throws -> (fits: [LawFit], table: Table) {
    guard !runs.save, intervals.draws == nil else {
      throw ValidationError("--save and --draws belong to 'fitlaws fit'.")
    }
    let source = try source()
    switch source {
    case .table(_, let table, let digest):
      return (try await request().fits(of: table, sha256: digest), table)
    case .store(_, _, let selection):
      let request = try selection.mapped(request())
      let used = try source.used(by: request)
      do {
        return (try await used.rows.fits(request), used.rows.table)
      } catch {
        throw source.placed(error, used.rows)
      }
    }
  }

  private func spec() throws -> FitSpec {
    var spec = FitSpec(try law.source())
    spec.columns = try Assignments.texts(data.rows.columns, option: "--columns")
    spec.filter = data.rows.filter
    spec.weights = data.weights
    spec.residuals = try objective.residualKind()
    spec.loss = try objective.lossFunction()
    spec.bounds = try parameters.boundsByName()
    spec.fixed = try Assignments.numbers(parameters.fix, option: "--fix")
    spec.start = try Assignments.numbers(parameters.start, option: "--start")
    spec.isLocal = parameters.local
    spec.search = try parameters.effort()
    spec.evaluations = try parameters.evaluationLimit()
    intervals.refits.apply(to: &spec)
    spec.interval = try intervals.method()
    spec.resampling = try intervals.resampled()
    if spec.interval.replicates == nil, intervals.resample != nil || intervals.draws != nil {
      throw ValidationError("--resample and --draws go with --interval bootstrap, bca or all.")
    }
    return spec
  }
}
