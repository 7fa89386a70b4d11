internal import ArgumentParser
internal import Planning
internal import ScalingLaws

/// `fitlaws allocate`.
struct AllocateVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocate",
    abstract: "Split a compute budget between parameters and tokens.",
    discussion: """
      Minimises the predicted loss on C = 6ND: in closed form for laws of the Chinchilla form, numerically for any \
      other law of N and D. With a fit, the optimum is found again for every draw, or its interval follows from the \
      covariance.

      EXAMPLES
        fitlaws allocate fit.json --flops 1e22,1e24
        fitlaws allocate --law data-constrained --flops 1e22 --at U=25B
      """)

  @Argument(help: ArgumentHelp("A saved fit.", valueName: "fit.json"))
  var fit: String?

  @OptionGroup var estimate: EstimateOptions

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Budgets in FLOP, separated by commas.", valueName: "numbers"))
  var flops: [String]

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Values of the law's other inputs, such as U=25B.", valueName: "name=value"))
  var at: [String] = []

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let budgets = try Assignments.list(flops, option: "--flops")
    let inputs = try Assignments.numbers(at, option: "--at")
    let plans = try estimate.laws(fit: fit).map { group, law in
      (group: group, plan: try AllocationPlan(law, budgets: budgets, inputs: inputs))
    }
    try output.deliver(AllocationPresentation(plans: plans))
  }
}
