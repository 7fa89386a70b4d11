internal import ArgumentParser

/// For which compute: `--flops`.
struct BudgetOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Budgets in FLOP, separated by commas.", valueName: "numbers"))
  var flops: [String] = []

  /// The budgets as numbers.
  func budgets() throws -> [Double] { try Assignments.list(flops, option: "--flops") }
}

/// What a law reads besides parameters, tokens and compute: `--at`.
struct InputOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Values of the law's other inputs, such as U=25B.", valueName: "name=value"))
  var at: [String] = []

  /// The values by name.
  func byName() throws -> [String: Double] { try Assignments.numbers(at, option: "--at") }
}
