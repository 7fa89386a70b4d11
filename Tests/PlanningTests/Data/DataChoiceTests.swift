import Planning
import ScalingLaws
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What selection costs, and which data a budget should buy.
struct DataChoiceTests {
  /// 7B trained on 5 % of 100M tokens: exact products of the reference.
  @Test func costsOfSelection() throws {
    let training = 6 * 7e9 * 5e6
    #expect(training == 2.1e17)
    func cost(_ method: Selection.Method, _ params: Double, uses: Double = 1) throws -> Double {
      try Selection(method, scorerParams: params, scoredTokens: 1e8, uses: uses).flops
    }
    #expect(try cost(.lexical, 0) == 0)
    #expect(try cost(.perplexity, 7e9) == 1.4e18)
    #expect(abs(try cost(.perplexity, 7e9) / training - 6.7) <= 0.05)
    #expect(try cost(.perplexity, 1.3e9) == 2.6e17)
    #expect(try cost(.gradient, 7e9) == 4.2e18)
    #expect(try cost(.gradient, 7e9) / training == 20)
    #expect(try cost(.gradient, 7e9, uses: 20) == training)
    let full = try Selection(
      .gradient, scorerParams: 1e9, scoredTokens: 1e8, checkpoints: 4, warmupTokens: 5e6,
      refreshes: 2, uses: 4)
    #expect(full.flops == (6e9 * 1e8 * 4 + 6e9 * 5e6) / 2)
  }

  /// Perplexity pays from 5 times the scoring model, gradients from 10.
  @Test func ratiosOfSizes() throws {
    let perplexity = try Selection(.perplexity, scorerParams: 1e9, scoredTokens: 1e9)
    #expect(perplexity.warning(trainedParams: 5e9) == nil)
    #expect(try #require(perplexity.warning(trainedParams: 4.9e9)).contains("5B"))
    let gradient = try Selection(.gradient, scorerParams: 1e9, scoredTokens: 1e9)
    #expect(gradient.warning(trainedParams: 9.9e9) != nil)
    #expect(gradient.warning(trainedParams: 10e9) == nil)
    for method in Selection.Method.allCases { #expect(method.source.contains("2410.16208")) }
  }

  @Test func badSelections() {
    #expect(throws: AnalysisError.self) { try Selection(.perplexity, scoredTokens: 1e9) }
    #expect(throws: AnalysisError.self) { try Selection(.lexical, scoredTokens: -1) }
    #expect(throws: AnalysisError.self) {
      try Selection(.lexical, scoredTokens: 1, uses: 0)
    }
  }

  private static func filters() throws -> [DataRecipe] {
    let law = try RepetitionTests.withoutRepeats()
    var filtered = law
    let B = try #require(law.parameters.firstIndex(of: "B"))
    filtered.values[B] *= 0.8
    return [
      DataRecipe("everything", law: law, uniqueTokens: 400e9),
      DataRecipe(
        "best tenth", law: filtered, uniqueTokens: 40e9,
        selection: try Selection(.perplexity, scorerParams: 125e6, scoredTokens: 400e9)),
    ]
  }

  /// The filter pays for itself first, then wins, then runs out of data.
  @Test func bestFilterChangesTwice() async throws {
    let choice = try await DataChoice(
      Self.filters(), budgets: [5e19, 2e20, 1e22, 1e25], range: 1e19...1e26)
    #expect(choice.selectionFlops == [0, 1e20])
    #expect(choice.budgets.map(\.best) == [0, 0, 1, 0])
    #expect(choice.budgets[0].options[1] == nil)
    #expect(choice.changes.map(\.from) == [0, 1] && choice.changes.map(\.to) == [1, 0])
    // By hand: plans of the two laws, the second with 1e20 less.
    for change in choice.changes {
      let losses = try Self.filters().enumerated().map { index, recipe in
        try AllocationPlan(
          recipe.law.repeating(), budgets: [change.budget - (index == 0 ? 0 : 1e20)],
          inputs: ["U": index == 0 ? 400e9 : 40e9]
        ).allocations[0].loss.value
      }
      #expect(abs(losses[0] - losses[1]) <= 1e-8)
      #expect(change.lower == nil && change.upper == nil)
    }
    let epochs = choice.budgets[3].options.compactMap { $0?.epochs?.value }
    #expect(epochs.count == 2 && epochs[1] > epochs[0])
  }

  /// Amortised over many runs, the selection costs nothing and wins from the start.
  @Test func amortisedSelectionWinsSooner() async throws {
    var recipes = try Self.filters()
    recipes[1].selection?.uses = 1e6
    let choice = try await DataChoice(recipes, budgets: [2e20], range: 1e19...1e26)
    #expect(choice.budgets[0].best == 1)
    #expect(choice.changes.count == 1)
  }

  /// Two recipes of one fit share its draws: what differs only in its price is never better.
  @Test func oneFitHasOneListOfDraws() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    let law = try EstimatedLaw(await LawFit(Checkout.table("chinchilla/fig4.csv"), spec))
    let selection = try Selection(.perplexity, scorerParams: 125e6, scoredTokens: 400e9)
    let choice = try await DataChoice(
      [
        DataRecipe("free", law: law, uniqueTokens: 1e12),
        DataRecipe("paid", law: law, uniqueTokens: 1e12, selection: selection),
        DataRecipe("scarce", law: law, uniqueTokens: 5e9),
      ], budgets: [1e21], draws: 200)
    let options = choice.budgets[0].options.compactMap { $0 }
    #expect(options.compactMap(\.probability) == [1, 0, 0])
    #expect(options.allSatisfy { $0.loss.interval != nil && $0.epochs?.interval != nil })
    #expect(choice.changes.isEmpty && choice.level == 0.95)
  }

  /// A law without uncertainty stays where it is while the other is drawn.
  @Test func publishedConstantsCompeteWithAFit() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    let law = try EstimatedLaw(await LawFit(Checkout.table("chinchilla/fig4.csv"), spec))
    var rival = law
    rival.uncertainty = nil
    let choice = try await DataChoice(
      [DataRecipe("fit", law: law), DataRecipe("same, certain", law: rival)], budgets: [1e21],
      draws: 400)
    let shares = choice.budgets[0].options.compactMap { $0?.probability }
    // Draws lie on both sides of the estimate, though not evenly: the loss is curved in its
    // exponents.
    #expect(shares.count == 2 && shares.allSatisfy { $0 > 0.1 && $0 < 0.9 }, "\(shares)")
    #expect(abs(shares.reduce(0, +) - 1) <= 1e-12)
  }

  @Test func badChoices() async throws {
    let recipes = try Self.filters()
    await #expect(throws: AnalysisError.self) { try await DataChoice(recipes, budgets: [0]) }
    await #expect(throws: AnalysisError.self) { try await DataChoice(recipes, budgets: []) }
    await #expect(throws: AnalysisError.self) {
      try await DataChoice([recipes[1]], budgets: [5e19])
    }
    var endless = recipes[0]
    endless.uniqueTokens = -1
    await #expect(throws: AnalysisError.self) { try await DataChoice([endless], budgets: [1e22]) }
    let reads = DataRecipe("U", law: try RepetitionTests.muennighoff())
    await #expect(throws: AnalysisError.self) { try await DataChoice([reads], budgets: [1e22]) }
  }
}
