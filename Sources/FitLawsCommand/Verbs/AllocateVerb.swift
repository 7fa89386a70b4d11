internal import ArgumentParser
internal import Planning
internal import ScalingLaws

/// `fitlaws allocate`.
struct AllocateVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocate",
    abstract: "Split compute between parameters and tokens.",
    usage: """
      fitlaws allocate <fit.json> --flops <numbers> [<options>]
      fitlaws allocate <fit.json> --target-loss <number> [<options>]
      fitlaws allocate --law <name> [--constants <name>] ... [<options>]
      """,
    discussion: """
      Minimises the predicted loss on C = 6ND: in closed form for laws of the Chinchilla form, numerically for any \
      other law of N and D. With a fit, the optimum is found again for every draw, or its interval follows from the \
      covariance. With --target-loss it is the cheapest model of that loss, counting --inference-tokens as well.

      EXAMPLES
        fitlaws allocate fit.json --flops 1e22,1e24
        fitlaws allocate --law data-constrained --flops 1e22 --at U=25B
      """)

  @Argument(help: ArgumentHelp("A saved fit.", valueName: "fit.json"))
  var fit: String?

  @OptionGroup var estimate: EstimateOptions
  @OptionGroup var budgets: BudgetOptions
  @OptionGroup var inputs: InputOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Instead of budgets: the loss to reach at the least compute.", valueName: "number"))
  var targetLoss: Double?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "With --target-loss: tokens to be served, 2N FLOP each.", valueName: "number"))
  var inferenceTokens: String?

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    guard budgets.flops.isEmpty != (targetLoss == nil) else {
      throw ValidationError("Give budgets with --flops, or a loss with --target-loss.")
    }
    guard inferenceTokens == nil || targetLoss != nil else {
      throw ValidationError("--inference-tokens goes with --target-loss.")
    }
    let inputs = try inputs.byName()
    if let targetLoss {
      let served = try Assignments.list([inferenceTokens ?? "0"], option: "--inference-tokens")
      guard served.count == 1 else { throw ValidationError("--inference-tokens takes one number.") }
      let plans = try estimate.laws(fit: fit).map { group, law in
        let plan = try ServingPlan(
          law, loss: targetLoss, inferenceTokens: served[0], inputs: inputs)
        return (group: group, plan: plan)
      }
      try output.deliver(ServingPresentation(plans: plans), from: [fit])
      return
    }
    let budgets = try budgets.budgets()
    let plans = try estimate.laws(fit: fit).map { group, law in
      (group: group, plan: try AllocationPlan(law, budgets: budgets, inputs: inputs))
    }
    try output.deliver(AllocationPresentation(plans: plans), from: [fit])
  }
}
