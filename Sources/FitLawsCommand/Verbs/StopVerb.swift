internal import ArgumentParser
internal import Planning
internal import ScalingLaws

/// `fitlaws stop`.
struct StopVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Say when more compute is no longer worth its price.",
    usage: """
      fitlaws stop <fit.json> --nats-per-flop <number> [<options>]
      fitlaws stop <fit.json> --flops <numbers> [<options>]
      fitlaws stop <fit.json> --params <number> --tokens <number> [<options>]
      """,
    discussion: """
      The marginal value of compute is lambda = -dL*/dC, the slope of the optimal loss; for laws of the Chinchilla \
      form gamma (L* - E) / C. It falls as C grows; where it meets the price, more compute is not worth it. With \
      --params, N is fixed and compute buys tokens only. All of it is found again for every draw of the fit.

      EXAMPLES
        fitlaws stop fit.json --nats-per-flop 1e-26 --flops 1e22,1e24
        fitlaws stop --law chinchilla --params 8B --tokens 15T --nats-per-flop 1e-26
      """)

  @Argument(help: ArgumentHelp("A saved fit.", valueName: "fit.json"))
  var fit: String?

  @OptionGroup var estimate: EstimateOptions
  @OptionGroup var budgets: BudgetOptions
  @OptionGroup var inputs: InputOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The least that a FLOP must bring, in nats.", valueName: "number"))
  var natsPerFlop: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The least that a dollar must bring, in nats.", valueName: "number"))
  var natsPerDollar: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "With --nats-per-dollar: what a dollar buys, peak FLOP/s x utilisation x 3600 / price of an hour.",
      valueName: "number"))
  var flopsPerDollar: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Parameters of a model that is trained on.", valueName: "number"))
  var params: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("With --params: tokens it has seen.", valueName: "number"))
  var tokens: String?

  @Flag(name: .long, help: "Also say where published forms and constants come from.")
  var explain = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let price = try price()
    guard tokens == nil || params != nil else {
      throw ValidationError("--tokens goes with --params.")
    }
    guard params == nil || budgets.flops.isEmpty else {
      throw ValidationError("Give --params for one model, or --flops for the frontier, not both.")
    }
    guard price != nil || !budgets.flops.isEmpty || tokens != nil else {
      throw ValidationError(
        "Give a price with --nats-per-flop or --nats-per-dollar, or budgets with --flops.")
    }
    let inputs = try inputs.byName()
    let size = try params.map { try Assignments.number($0, option: "--params") }
    let seen = try tokens.map { try Assignments.number($0, option: "--tokens") }
    let budgets = try budgets.budgets()
    let answers = try estimate.laws(fit: fit).map { group, law -> StopPresentation.Answer in
      if let size {
        return .run(
          try RunStop(law, params: size, seen: seen, price: price, inputs: inputs), group: group)
      }
      return .frontier(
        try StoppingPlan(law, price: price, budgets: budgets, inputs: inputs), group: group)
    }
    let sources =
      try estimate.sources() + ["lambda = -dL*/dC: the law's own derivative, no constants"]
    try output.deliver(
      StopPresentation(answers: answers, sources: explain ? sources : []), from: [fit])
  }

  private func price() throws -> ComputePrice? {
    switch (natsPerFlop, natsPerDollar, flopsPerDollar) {
    case (nil, nil, nil): return nil
    case (let price?, nil, nil):
      return try ComputePrice(
        natsPerFLOP: Assignments.number(price, option: "--nats-per-flop"))
    case (nil, let price?, let rate?):
      return try ComputePrice(
        natsPerDollar: Assignments.number(price, option: "--nats-per-dollar"),
        flopsPerDollar: Assignments.number(rate, option: "--flops-per-dollar"))
    case (nil, _, _):
      throw ValidationError("--nats-per-dollar and --flops-per-dollar go together.")
    default:
      throw ValidationError("Give a price per FLOP or per dollar, not both.")
    }
  }
}
