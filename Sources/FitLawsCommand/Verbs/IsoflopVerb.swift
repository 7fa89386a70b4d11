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
      at the edge are listed and not used.

      EXAMPLES
        fitlaws isoflop runs.csv --flops 1e24
        fitlaws isoflop runs.csv --axis tokens --curve akima --unweighted
      """)

  @Argument(
    help: ArgumentHelp("The runs as CSV with a header; - is standard input.", valueName: "table"))
  var input: String

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Budgets in FLOP, separated by commas. The default is ten times the largest of the runs.",
      valueName: "numbers"))
  var flops: [String] = []

  @OptionGroup(title: "Data") var data: IsoflopDataOptions
  @OptionGroup(title: "Approaches 1 and 2") var curves: IsoflopCurveOptions
  @OptionGroup(title: "Approach 3") var objective: ObjectiveOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Level of intervals.", valueName: "number"))
  var level = 0.95

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
    let bytes = try input == "-" ? FileBytes.readStandardInput() : FileBytes.read(input)
    let source = input == "-" ? FileBytes.standardInputName : input
    var options = IsoFLOPOptions()
    options.columns = try Assignments.texts(data.columns, option: "--columns")
    options.filter =
      data.where.isEmpty
      ? nil
      : data.where.map { data.where.count > 1 ? "(\($0))" : $0 }.joined(separator: " && ")
    try curves.apply(to: &options)
    options.budgets = try Assignments.list(flops, option: "--flops")
    options.level = level
    options.residuals = try objective.residualKind()
    options.loss = try objective.lossFunction()
    return try await IsoFLOPAnalysis(Table.read(csv: bytes, source: source), options)
  }
}

/// Which rows and columns an isoFLOP analysis reads.
struct IsoflopDataOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "The column that N, D, C or loss stands for: N=params,C=flops; two of N, D and C suffice.",
      valueName: "name=column"))
  var columns: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Use only these rows, such as 'params > 1e8 && variant == \"hot\"'.", valueName: "filter"))
  var `where`: [String] = []
}

/// How approaches 1 and 2 are made.
struct IsoflopCurveOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the curves of a budget are drawn over: params or tokens.", valueName: "name"))
  var axis = "params"

  @Option(
    name: .long,
    help: ArgumentHelp("parabola, cubic or akima (a spline).", valueName: "name"))
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

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "With akima: replicates with noise that give the SD of an optimum.", valueName: "number"))
  var replicates = 1000

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("With akima: seed of the noise.", valueName: "number"))
  var seed: UInt64 = 0

  func apply(to options: inout IsoFLOPOptions) throws {
    guard let axis = IsoFLOPAxis(rawValue: axis) else {
      throw ValidationError("--axis takes params or tokens, not '\(axis)'.")
    }
    guard let curve = IsoFLOPCurve(rawValue: curve) else {
      throw ValidationError("--curve takes parabola, cubic or akima, not '\(curve)'.")
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
    options.replicates = replicates
    options.seed = seed
  }
}
