internal import ArgumentParser
internal import Formulas
internal import LeastSquares
internal import Planning
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
      called params, tokens, unique_tokens, flops and loss are found by themselves.

      EXAMPLES
        fitlaws fit runs.csv --where 'params > 1e8' --output fit.json
        fitlaws fit runs.csv --formula 'loss ~ E + A / params^a; A > 0'
      """)

  @Argument(
    help: ArgumentHelp("The runs as CSV with a header; - is standard input.", valueName: "table"))
  var input: String

  @OptionGroup var law: LawOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Objective") var objective: ObjectiveOptions
  @OptionGroup(title: "Parameters") var parameters: ParameterOptions
  @OptionGroup(title: "Intervals") var intervals: IntervalOptions
  @OptionGroup(title: "Diagnosis") var diagnosis: DiagnosisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let bytes = try input == "-" ? FileBytes.readStandardInput() : FileBytes.read(input)
    let source = input == "-" ? FileBytes.standardInputName : input
    let table = try Table.read(csv: bytes, source: source)
    let digest = Digest.sha256(bytes)
    let spec = try spec()
    guard let column = data.group else {
      let fit = try await self.fit(table, spec, digest)
      try deliver([fit], isGrouped: false)
      return
    }
    var fits: [LawFit] = []
    for (group, rows) in try Self.groups(of: table, by: column, spec.filter) {
      do {
        var fit = try await self.fit(table.selecting(rows: rows), spec, digest)
        fit.group = group
        fits.append(fit)
      } catch {
        throw InputFault("\(column) \(group): \(InputFault.line(error))")
      }
    }
    // Without a row there is no group; the fit of nothing says why.
    if fits.isEmpty { fits = [try await fit(table, spec, digest)] }
    try deliver(fits, isGrouped: true)
  }

  private func deliver(_ fits: [LawFit], isGrouped: Bool) throws {
    if let path = intervals.draws {
      try AtomicFile.write(DrawsTable(fits, isGrouped: isGrouped).csv(), to: path)
      Console.current.error("wrote \(path)\n")
    }
    try output.deliver(FitPresentation(fits: fits, isGrouped: isGrouped), from: [input])
  }

  private func fit(_ table: Table, _ spec: FitSpec, _ digest: String) async throws -> LawFit {
    let progress = ProgressLine("replicates")
    defer { progress.end() }
    let budgets = try Assignments.list(intervals.flops, option: "--flops")
    let inputs = try Assignments.numbers(intervals.at, option: "--at")
    return try await LawFit(
      table, spec, sha256: digest,
      quantities: { try OptimumQuantities.quantities(of: $0, budgets: budgets, inputs: inputs) },
      diagnosis: diagnosis(budgets, inputs),
      progress: { progress.show($0) })
  }

  private func diagnosis(_ budgets: [Double], _ inputs: [String: Double]) -> Diagnosis {
    var result = Diagnosis()
    result.checksDesign = diagnosis.design
    if diagnosis.sensitivity { result.variants = SensitivityVariant.standard }
    result.budgets = budgets
    result.optimum = { try OptimumQuantities.params(of: $0, inputs: inputs) }
    return result
  }

  /// The rows of each group, of those that pass the filter, in order of appearance.
  private static func groups(
    of table: Table, by column: String, _ filter: String?
  ) throws -> [(String, [Int])] {
    var order: [String] = []
    var rows: [String: [Int]] = [:]
    let groups = try table.texts(column)
    for row in try filter.map({ try RowFilter($0).rows(of: table) }) ?? Array(groups.indices) {
      let group = groups[row]
      if rows[group] == nil { order.append(group) }
      rows[group, default: []].append(row)
    }
    return order.map { ($0, rows[$0] ?? []) }
  }

  private func spec() throws -> FitSpec {
    var spec = FitSpec(try law.source())
    spec.columns = try Assignments.texts(data.rows.columns, option: "--columns")
    spec.filter = data.rows.filter
    spec.weights = data.rows.weights
    spec.residuals = try objective.residualKind()
    spec.loss = try objective.lossFunction()
    spec.bounds = try parameters.boundsByName()
    spec.fixed = try Assignments.numbers(parameters.fix, option: "--fix")
    spec.start = try Assignments.numbers(parameters.start, option: "--start")
    spec.isLocal = parameters.local
    spec.level = intervals.level
    spec.seed = intervals.seed
    spec.cluster = intervals.cluster
    spec.tasks = intervals.tasks
    spec.interval = try intervals.method()
    spec.resampling = try intervals.resampled()
    if spec.interval.replicates == nil, intervals.resample != nil || intervals.draws != nil {
      throw ValidationError("--resample and --draws go with --interval bootstrap, bca or all.")
    }
    return spec
  }
}
