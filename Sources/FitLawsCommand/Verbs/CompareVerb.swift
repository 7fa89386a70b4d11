internal import ArgumentParser
internal import Formulas
internal import Planning
internal import ScalingLaws
internal import Tables

/// `fitlaws compare`.
struct CompareVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare laws on the same runs, or groups of runs under one law.",
    usage: """
      fitlaws compare <table> --laws <names> [<options>]
      fitlaws compare <table> --by <column> [<options>]
      """,
    discussion: """
      Several laws: AICc under the likelihood that the loss stands for, the error on runs larger than those fitted \
      (extrapolation, what a law is for), and at each budget of --flops what each law would train and the compute \
      wasted if it decides and another is true. Rows are treated as independent. A law of one variable takes its \
      values as --flops. Intervals follow from the covariance unless --bootstrap asks for refits.

      With --by, one law is fitted to each value of a column (data recipe, optimiser, architecture): where their \
      curves of optimal loss cross, and how likely each is the best at a budget.

      EXAMPLES
        fitlaws compare runs.csv --laws chinchilla,kaplan --flops 1e24
        fitlaws compare recipes.csv --by corpus --flops 1e20,1e22
      """)

  @Argument(
    help: ArgumentHelp("The runs as CSV with a header; - is standard input.", valueName: "table"),
    completion: .table)
  var input: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Laws of the catalogue, separated by commas; with --by one, by default chinchilla.",
      valueName: "names"), completion: .laws)
  var laws: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A law of your own, or a file that holds it; repeat it for several.", valueName: "text|file"),
    completion: .file())
  var formula: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Fit one law to each value of this column.", valueName: "column"))
  var by: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "The share of rows of largest compute that are held out; the default is 0.2.",
      valueName: "share"))
  var holdout: Double?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "With --by: where crossings are looked for, as FROM,TO. The default is the data's range and a thousand times beyond.",
      valueName: "numbers"))
  var range: String?

  @OptionGroup(title: "Budgets") var budgets: BudgetOptions
  @OptionGroup(title: "Budgets") var inputs: InputOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Objective") var objective: ObjectiveOptions
  @OptionGroup(title: "Intervals") var intervals: RefitOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let sources = try sources()
    let read = try TableInput(input)
    let progress = ProgressLine("fits")
    defer { progress.end() }
    if let by {
      try await compareGroups(of: read.table, by, sources[0], read.sha256, progress)
    } else {
      try await compareLaws(on: read.table, sources, read.sha256, progress)
    }
  }

  // MARK: - Laws

  private func compareLaws(
    on table: Table, _ sources: [FitSpec.Source], _ digest: String, _ progress: ProgressLine
  ) async throws {
    guard range == nil else { throw ValidationError("--range goes with --by.") }
    var options = ComparisonOptions()
    if let holdout { options.holdout = holdout }
    let stated = try Assignments.texts(data.rows.columns, option: "--columns")
    let specs = try sources.map { try spec($0, stated) }
    for name in stated.keys.sorted()
    where !["C", "N", "D"].contains(name) && !specs.contains(where: { $0.columns[name] != nil }) {
      throw InputFault("--columns: no law reads \(name)")
    }
    let comparison = try await LawComparison(
      table, specs, options: options, columns: stated, sha256: digest,
      progress: { progress.show($0) })
    var decisions: DecisionComparison?
    let budgets = try budgets.budgets()
    if !budgets.isEmpty {
      let laws = try comparison.entries.map { entry in
        var law = try EstimatedLaw(entry.fit)
        law.name = entry.name
        return law
      }
      decisions = try DecisionComparison(laws, budgets: budgets, inputs: inputs.byName())
    } else if !inputs.at.isEmpty {
      throw ValidationError("--at goes with --flops or --by.")
    }
    progress.end()
    try output.deliver(
      LawComparisonPresentation(comparison: comparison, decisions: decisions), from: [input])
  }

  // MARK: - Groups

  private func compareGroups(
    of table: Table, _ column: String, _ source: FitSpec.Source, _ digest: String,
    _ progress: ProgressLine
  ) async throws {
    let fits = try await groupFits(of: table, by: column, source, digest, progress)
    let comparison = try await GroupComparison(
      fits, budgets: budgets.budgets(), range: Self.range(range), inputs: inputs.byName(),
      seed: intervals.resamples.seed, tasks: intervals.tasks)
    progress.end()
    try output.deliver(
      GroupComparisonPresentation(column: column, fits: fits.fits, comparison: comparison),
      from: [input])
  }

  /// Fits of one law to each group, to draw.
  func groupFits(by column: String) async throws -> LawFits {
    let source = try sources()[0]
    let read = try TableInput(input)
    let progress = ProgressLine("fits")
    defer { progress.end() }
    return try await groupFits(of: read.table, by: column, source, read.sha256, progress)
  }

  private func groupFits(
    of table: Table, by column: String, _ source: FitSpec.Source, _ digest: String,
    _ progress: ProgressLine
  ) async throws -> LawFits {
    guard holdout == nil else { throw ValidationError("--holdout compares laws; leave out --by.") }
    let stated = try Assignments.texts(data.rows.columns, option: "--columns")
    let spec = try spec(source, stated, isOnly: true)
    return try await LawFits(
      table, spec, by: column, sha256: digest, progress: { progress.show($0) })
  }

  /// From where to where crossings are looked for; nil where nothing is said.
  static func range(_ text: String?) throws -> ClosedRange<Double>? {
    guard let range = text else { return nil }
    let ends = try Assignments.list([range], option: "--range")
    guard ends.count == 2, ends[0] < ends[1] else {
      throw ValidationError("--range takes a smaller and a larger number, such as 1e18,1e26.")
    }
    return ends[0]...ends[1]
  }

  // MARK: - What to fit

  private func sources() throws -> [FitSpec.Source] {
    let names = laws.flatMap { $0.split(separator: ",") }.map { String($0) }
    var sources = try names.map { FitSpec.Source.law(try LawOptions.law(named: $0)) }
    sources += try formula.map { try LawOptions.source(ofFormula: $0) }
    if by == nil, sources.count < 2 {
      throw ValidationError(
        "Give at least two laws with --laws and --formula, or groups of runs with --by.")
    }
    if by != nil, sources.isEmpty { return [.law(.chinchilla)] }
    if by != nil, sources.count > 1 {
      throw ValidationError(
        "--by compares groups under one law; give one with --laws or --formula.")
    }
    return sources
  }

  private static func names(in source: FitSpec.Source) throws -> Set<String> {
    switch source {
    case .law(let law): Set(law.variables.map(\.name))
    case .formula(let text): Set(try Formula(text).freeNames)
    }
  }

  /// What to fit; of several laws, each is told of the columns that it reads.
  private func spec(
    _ source: FitSpec.Source, _ stated: [String: String], isOnly: Bool = false
  ) throws -> FitSpec {
    var spec = FitSpec(source)
    let names = isOnly ? Set(stated.keys) : try Self.names(in: source)
    spec.columns = stated.filter { names.contains($0.key) }
    spec.filter = data.rows.filter
    spec.weights = data.weights
    spec.residuals = try objective.residualKind()
    spec.loss = try objective.lossFunction()
    intervals.apply(to: &spec)
    spec.interval =
      intervals.resamples.bootstrap.map { .bootstrap(replicates: $0) } ?? .covariance
    return spec
  }
}
