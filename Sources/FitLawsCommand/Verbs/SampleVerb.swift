internal import ArgumentParser
internal import Planning
internal import ScalingLaws
internal import Tables

/// `fitlaws sample`.
struct SampleVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Say how many samples of a model solve how much, and where to spend them.",
    usage: """
      fitlaws sample <attempts.csv> [--target <numbers>] [<options>]
      fitlaws sample <attempts.csv> --budget <number> [<options>]
      fitlaws sample <small.csv> <large.csv> --params <numbers> [<options>]
      """,
    discussion: """
      A table has a row for each problem: samples drawn, and how many were correct. Coverage is the share of problems \
      solved by at least one of k samples; it is estimated without bias, and two curves are fitted to it, a power law \
      and a beta-binomial. Intervals come from resamples of the problems, 1000 by default; --bootstrap 0 gives none.

      With --budget, samples are spread over problems like these so that marginal returns are equal. With several \
      tables, one per model, models are compared at equal compute of training and sampling, at the budgets of \
      --flops.

      EXAMPLES
        fitlaws sample attempts.csv --target 0.9
        fitlaws sample attempts.csv --samples 1,10,100 --budget 500
      """)

  @Argument(help: ArgumentHelp("Attempts as CSV, one table per model.", valueName: "attempts.csv"))
  var tables: [String]

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Columns that are called otherwise: samples=n,correct=c,problem=id.", valueName: "name=column"
    ))
  var columns: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Numbers of samples at which to show coverage. The default is 1, 10, 100 and so on.",
      valueName: "numbers"))
  var samples: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Coverages to reach, such as 0.9.", valueName: "numbers"))
  var target: [String] = []

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Samples to spread over the problems.", valueName: "number"))
  var budget: String?

  @OptionGroup(title: "Models") var models: SampledModelOptions
  @OptionGroup(title: "Intervals") var resamples: ResampleOptions

  @Flag(name: .long, help: "Also say where forms come from.")
  var explain = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    guard budget == nil || tables.count == 1 else {
      throw ValidationError("--budget goes with one table.")
    }
    if tables.count == 1 { try models.refuse() }
    let stated = try Assignments.texts(columns, option: "--columns")
    let asked = try Assignments.list(samples, option: "--samples")
    let targets = try Assignments.list(target, option: "--target")
    let attempts = try tables.map {
      try Attempts(Table.read(contentsOf: $0), columns: stated)
    }
    var options = CoverageAnalysis.Options()
    (options.level, options.seed) = (resamples.level, resamples.seed)
    if let replicates = resamples.bootstrap { options.replicates = replicates }
    var presentation = SamplePresentation()
    for (name, attempts) in zip(Self.names(tables), attempts) {
      presentation.analyses.append(
        (
          name,
          try CoverageAnalysis(attempts, samples: asked, targets: targets, options: options)
        ))
    }
    if let budget {
      presentation.allocation = try Self.allocation(
        Assignments.number(budget, option: "--budget"), attempts[0],
        presentation.analyses[0].analysis)
    }
    if tables.count > 1 {
      presentation.comparison = try models.comparison(presentation.analyses, targets: targets)
    }
    if explain {
      presentation.sources = presentation.analyses[0].analysis.curves.map(\.estimate.source)
    }
    try output.deliver(presentation, from: tables)
  }

  /// The names of the files, or their paths where two are called the same.
  private static func names(_ paths: [String]) -> [String] {
    let names = paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    return Set(names).count == names.count ? names : paths
  }

  /// Every problem's chance is uncertain as its attempts leave it, about what the others show.
  private static func allocation(
    _ budget: Double, _ attempts: Attempts, _ analysis: CoverageAnalysis
  ) throws -> SamplePresentation.Allocated {
    let prior = analysis.curves.lazy.compactMap { curve -> (alpha: Double, beta: Double)? in
      guard case .betaBinomial(let alpha, let beta) = curve.estimate else { return nil }
      return (alpha, beta)
    }.first
    let queries = attempts.problems.map { problem in
      let (right, wrong) = (Double(problem.correct), Double(problem.samples - problem.correct))
      // Without a spread of difficulties to learn from, every problem is what its counts say.
      let utility: SampleUtility =
        prior.map { .beta(alpha: $0.alpha + right, beta: $0.beta + wrong) }
        ?? .chance(right / (right + wrong))
      return SampleAllocation.Query(problem.name, utility)
    }
    return SamplePresentation.Allocated(
      queries: queries, budget: budget, allocation: try SampleAllocation(budget: budget, queries))
  }
}

/// The models behind several tables.
struct SampledModelOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("With several tables: parameters of each model.", valueName: "numbers"))
  var params: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Tokens of a sample, one number or one per model.", valueName: "numbers"))
  var tokensPerSample: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "FLOP that training each model still takes; the default is 0.", valueName: "numbers"))
  var trainingFlops: [String] = []

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Queries to be answered in all.", valueName: "number"))
  var queries: String?

  @OptionGroup var budgets: BudgetOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The curve to compare by: power or beta-binomial, the default.", valueName: "name"))
  var curve: String?

  /// Refuses options that need several tables.
  func refuse() throws {
    guard params.isEmpty, tokensPerSample.isEmpty, trainingFlops.isEmpty, queries == nil,
      budgets.flops.isEmpty, curve == nil
    else {
      throw ValidationError(
        "--params, --tokens-per-sample, --training-flops, --queries, --flops and --curve compare models: give a table for each."
      )
    }
  }

  func comparison(
    _ analyses: [(name: String, analysis: CoverageAnalysis)], targets: [Double]
  ) throws -> TrainingOrSampling {
    guard !params.isEmpty, !tokensPerSample.isEmpty, let queries else {
      throw ValidationError(
        "To compare models, give --params, --tokens-per-sample and --queries.")
    }
    let count = analyses.count
    func list(_ words: [String], _ option: String) throws -> [Double] {
      let values = try Assignments.list(words, option: option)
      guard values.count == count || values.count == 1 && option == "--tokens-per-sample" else {
        throw ValidationError("\(option) takes a number for each of the \(count) tables.")
      }
      return values.count == count ? values : Array(repeating: values[0], count: count)
    }
    let name = try curveName()
    let sizes = try list(params, "--params")
    let tokens = try list(tokensPerSample, "--tokens-per-sample")
    let training =
      trainingFlops.isEmpty
      ? Array(repeating: 0, count: count) : try list(trainingFlops, "--training-flops")
    let models = try analyses.enumerated().map { index, entry throws -> SampledModel in
      guard let curve = entry.analysis.curves.first(where: { $0.estimate.name == name }) else {
        throw InputFault("\(entry.name): no \(name) could be fitted; try the other --curve")
      }
      return try SampledModel(
        entry.name, params: sizes[index], trainingFlops: training[index],
        tokensPerSample: tokens[index], coverage: curve)
    }
    return try TrainingOrSampling(
      models, queries: Assignments.number(queries, option: "--queries"),
      budgets: budgets.budgets(), targets: targets)
  }

  private func curveName() throws -> String {
    switch curve {
    case nil, "beta-binomial": return "beta-binomial"
    case "power": return "power law"
    case let other?:
      throw ValidationError("--curve takes power or beta-binomial, not '\(other)'.")
    }
  }
}
