internal import ArgumentParser
internal import LeastSquares
internal import ScalingLaws
internal import Tables

/// `fitlaws isoflop`.
struct IsoflopVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "isoflop",
    abstract: "Compare approaches 1, 2 and 3 to the compute-optimal model.",
    discussion: """
      1 envelope: the least loss at every compute over curves of runs of one size. 2 isoFLOP: a \
      curve of loss over size for every budget, and a power law through the optima. 3 joint law: \
      E + A / N^alpha + B / D^beta fitted to all rows. Approach 2 is also run on noise-free losses \
      of the joint law, which tells how much of its answer is method.

      Budgets are rows whose compute (a column flops, else 6ND) follows the next smaller one within \
      --tolerance. Budgets with fewer than three runs, a curve that opens downwards or an optimum \
      at the edge are listed and not used. Without --flops the answers are for ten times the largest \
      budget. The errors of an akima spline are those of --bootstrap replicates with noise, 1000 by \
      default.

      EXAMPLES
        fitlaws isoflop runs.csv --flops 1e24
        fitlaws isoflop runs.csv --axis tokens --curve akima --unweighted
      """)

  @Argument(
    help: ArgumentHelp("The runs as CSV with a header; - is standard input.", valueName: "table"),
    completion: .table)
  var input: String

  @OptionGroup var budgets: BudgetOptions
  @OptionGroup(title: "Data") var data: RowOptions
  @OptionGroup(title: "Approaches 1 and 2") var curves: IsoflopCurveOptions
  @OptionGroup(title: "Approach 3") var objective: ObjectiveOptions
  @OptionGroup(title: "Intervals") var resamples: ResampleOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Which table is the CSV: approaches or budgets.", valueName: "name"))
  var table = IsoflopPresentation.CSVTable.approaches

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try output.deliver(
      IsoflopPresentation(analysis: try await analysis(), csvTable: table), from: [input])
  }

  /// The analysis that the options ask for.
  func analysis() async throws -> IsoFLOPAnalysis {
    var options = IsoFLOPOptions()
    options.columns = try Assignments.texts(data.columns, option: "--columns")
    options.filter = data.filter
    try curves.apply(to: &options)
    options.budgets = try budgets.budgets()
    options.level = resamples.level
    options.seed = resamples.seed
    if let replicates = resamples.bootstrap {
      guard options.curve == .akima else {
        throw ValidationError(
          "--bootstrap belongs to --curve akima; the others have their errors from their scatter.")
      }
      options.replicates = replicates
    }
    options.residuals = try objective.residualKind()
    options.loss = try objective.lossFunction()
    return try await IsoFLOPAnalysis(TableInput(input).table, options)
  }
}

/// How approaches 1 and 2 are made.
struct IsoflopCurveOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the curves of a budget are drawn over: params or tokens.", valueName: "name"),
    completion: .list(["params", "tokens"]))
  var axis = "params"

  @Option(
    name: .long,
    help: ArgumentHelp("parabola, cubic or akima (a spline).", valueName: "name"),
    completion: .list(["parabola", "cubic", "akima"]))
  var curve = "parabola"

  @Flag(name: .long, help: "Let all budgets count alike, instead of by the SD of their optimum.")
  var unweighted = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "The relative gap of compute at which the next budget begins.", valueName: "number"))
  var tolerance = 0.1

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Bins of compute in approach 1.", valueName: "number"))
  var bins = 1500

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "With akima: relative SD of a run's loss. The default is estimated from the curves.",
      valueName: "number"))
  var noise: Double?

  func apply(to options: inout IsoFLOPOptions) throws {
    guard let axis = IsoFLOPAxis(rawValue: axis) else {
      throw ValidationError("--axis", takes: ["params", "tokens"], not: axis)
    }
    guard let curve = IsoFLOPCurve(rawValue: curve) else {
      throw ValidationError("--curve", takes: ["parabola", "cubic", "akima"], not: curve)
    }
    guard noise == nil || curve == .akima else {
      throw ValidationError(
        "--noise belongs to --curve akima; the others find it from their scatter.")
    }
    options.axis = axis
    options.curve = curve
    options.isWeighted = !unweighted
    options.tolerance = tolerance
    options.bins = bins
    options.noise = noise
  }
}
