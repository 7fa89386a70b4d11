internal import ArgumentParser
internal import Planning
internal import ScalingLaws
internal import Tables

/// `fitlaws plan`.
struct PlanVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what to train, what holds it back, and what more of that is worth.",
    usage: """
      fitlaws plan <fit.json> --flops <number> [<options>]
      fitlaws plan <fit.json> --gpu <name> --gpus <n> --days <n> [<options>]
      fitlaws plan --law <name> ... [<options>]
      """,
    discussion: """
      Minimises the predicted loss over parameters, tokens, data and the layout in memory, under every limit that is \
      given, and does so again for every draw of the fit: which limit binds, and how often, what one more unit of it \
      lowers the loss by (its multiplier), and what a tenth more would. The memory of --gpu is a limit; without \
      --zero, --tensor, --pipeline, --recompute or --batch the layout is chosen too.

      EXAMPLES
        fitlaws plan fit.json --flops 1e22 --unique-tokens 25e9
        fitlaws plan --law chinchilla --gpu h100-80gb --gpus 64 --days 14
      """)

  @Argument(help: ArgumentHelp("A saved fit.", valueName: "fit.json"))
  var fit: String?

  @OptionGroup var estimate: EstimateOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Pools of data to choose from: name, unique_tokens, and fit, or utility and half_life; selection, scorer_params, scored_tokens, uses.",
      valueName: "file.csv"))
  var pools: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Values of the law's other inputs.", valueName: "name=value"))
  var at: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Bits to choose from, such as 4,8,16, for a law that knows what they are worth.",
      valueName: "numbers"))
  var bits: [String] = []

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What bits are worth, for a law fitted at 16: sensitivities of weights, activations and cache.",
      valueName: "numbers"))
  var gammas: [String] = []

  @OptionGroup(title: "GPUs") var cluster: ClusterOptions
  @OptionGroup(title: "Serving") var serving: ServingOptions
  @OptionGroup(title: "Recipe") var recipe: RecipeOptions
  @OptionGroup(title: "Batch") var batch: BatchOptions
  @OptionGroup(title: "Layout") var layout: LayoutOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Tokens in the vocabulary of the model in memory; 32,000 by default.", valueName: "number"))
  var vocabulary: String?

  @Flag(name: .long, help: "Name the source of every published number used.")
  var explain = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let (problem, answers) = try answers()
    try output.deliver(
      PlanPresentation(
        answers: answers, sources: explain ? try sources(problem, answers[0].plan) : []),
      from: [fit, pools])
  }

  /// The problem, and a plan for each group of the fit.
  func answers() throws -> (problem: PlanProblem, answers: [(group: String?, plan: Plan)]) {
    var inputs = try Assignments.numbers(at, option: "--at")
    guard limits.uniqueTokens == nil || pools == nil else {
      throw ValidationError("Give --unique-tokens, or --pools that have their own, not both.")
    }
    var unique = try Resources.positive(limits.uniqueTokens, option: "--unique-tokens")
    if let given = inputs.removeValue(forKey: "U") {
      guard unique == nil else {
        throw ValidationError("Give --unique-tokens or --at U, not both.")
      }
      unique = given
    }
    let accelerator = try cluster.accelerator()
    let working = try accelerator.map {
      try cluster.cluster($0, count: Resources.count(layout.gpus, option: "--gpus"))
    }
    var problem = PlanProblem([])
    try limits.apply(to: &problem)
    problem.inputs = inputs
    problem.cluster = working
    problem.serving = try serving.demand(working)
    problem.memory = try memory(accelerator)
    problem.widths = try Assignments.list(bits, option: "--bits")
    if !gammas.isEmpty {
      problem.sensitivity = try PrecisionSensitivity(
        gammas: Assignments.list(gammas, option: "--gammas"))
    }
    let answers = try recipes(unique).map { group, data in
      problem.data = data
      return (group: group, plan: try Plan(problem))
    }
    return (problem, answers)
  }

  /// The data to choose from, by group of the fit.
  private func recipes(_ unique: Double?) throws -> [(group: String?, data: [DataRecipe])] {
    if let pools {
      let data = try PoolsFile.read(pools) {
        let laws = try estimate.laws(fit: fit)
        guard laws.count == 1 else {
          throw InputFault("--pools: the fit has \(laws.count) groups; give one of a single fit")
        }
        return laws[0].law
      }
      return [(nil, data)]
    }
    return try estimate.laws(fit: fit).map { group, law in
      (group, [DataRecipe("the data", law: law, uniqueTokens: unique)])
    }
  }

  private func memory(_ accelerator: Accelerator?) throws -> MemoryLimit? {
    guard let bytes = try cluster.bytes() ?? accelerator?.memory, bytes.isFinite else { return nil }
    let setup = try batch.setup(recipe, layout, context: nil)
    guard setup.recipe.hasBackward, !setup.recipe.isAdapter else {
      throw InputFault(
        "--recipe: \(setup.recipe.method.rawValue) does not train all weights; a plan needs one that "
          + "does, such as adamw")
    }
    let isGiven =
      layout.zero != nil || layout.tensor != nil || layout.pipeline != nil
      || batch.recompute != nil || batch.batch != nil
    let vocabulary = try Resources.whole(vocabulary, option: "--vocabulary") ?? 32_000
    let shape = ModelShape(params: 10e9, vocabulary: vocabulary)
    return MemoryLimit(
      bytes: bytes, setups: isGiven ? [setup] : setup.alternatives(for: shape),
      vocabulary: vocabulary)
  }

  /// Where every number that was not given is from.
  private func sources(_ problem: PlanProblem, _ plan: Plan) throws -> [String] {
    var sources = try estimate.sources() + plan.sources
    if let cluster = problem.cluster {
      let gpu = cluster.accelerator
      if gpu.source != "given" { sources.append("\(gpu.name): \(gpu.source)") }
      if let price = gpu.hourlyPrice, let source = gpu.priceSource {
        sources.append("\(NumberText.shortest(price)) dollars an hour: \(source)")
      }
      if self.cluster.mfu == nil {
        sources.append("utilization 0.4: within the 38 to 43 % of arXiv:2407.21783, table 4")
      }
      if self.cluster.pue == nil, gpu.watts != nil {
        sources.append("power overhead 1.1: Touvron et al. 2023, arXiv:2302.13971, section 6")
      }
    }
    sources.append("FLOP of training, 6 N D: Kaplan et al. 2020, arXiv:2001.08361")
    if problem.serving != nil {
      sources.append("FLOP of serving, 2 N T: Sardana et al. 2024, arXiv:2401.00448")
    }
    if problem.memory != nil {
      sources.append(
        "memory: Rajbhandari et al. 2020, arXiv:1910.02054; Korthikanti et al. 2022, arXiv:2205.05198"
      )
      sources.append(
        "dimensions of N parameters: the proportions of Llama 2, arXiv:2302.13971, table 2")
      if batch.overhead == nil {
        sources.append("0.5 to 3 GB of overhead: an allowance of this package; measured peaks vary")
      }
    }
    return sources.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
