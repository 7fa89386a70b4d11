import Planning
import ScalingLaws
import Testing

/// Repeated data, arXiv:2305.16264.
struct RepetitionTests {
  static func muennighoff() throws -> EstimatedLaw {
    try EstimatedLaw(.dataConstrained, #require(Law.dataConstrained.constants.first))
  }

  /// Chinchilla with the same E, A, B, alpha and beta: what a user's fit without repeats is.
  static func withoutRepeats() throws -> EstimatedLaw {
    var constants = try #require(Law.dataConstrained.constants.first)
    constants.values["Rd"] = nil
    constants.values["Rn"] = nil
    return try EstimatedLaw(.chinchilla, constants)
  }

  /// Four decimals of the reference.
  @Test(arguments: [(2, 0.9841), (4, 0.9314), (8, 0.8280), (16, 0.6614), (40, 0.3792)])
  func worthOfRepeats(epochs: Double, expected: Double) {
    #expect(abs(Repetition.published.worth(epochs: epochs) - expected) <= 5e-5)
    #expect(
      Repetition.published.effectiveTokens(25e9 * epochs, unique: 25e9)
        == 25e9 * epochs * Repetition.published.worth(epochs: epochs))
  }

  @Test func lessThanAnEpochIsFresh() {
    #expect(Repetition.published.effectiveTokens(1e9, unique: 25e9) == 1e9)
    #expect(Repetition.published.worth(epochs: 1) == 1)
    #expect(Repetition.published.source.contains("2305.16264"))
  }

  /// The authors' values, to all 16 digits printed but for the last ones of the arithmetic.
  @Test(arguments: [
    (6.34e9, 242e9, 2.2256440889984477), (8.67e9, 178e9, 2.2269634075087867),
  ])
  func lossOfALawWithRepeatsAdded(params: Double, tokens: Double, expected: Double) throws {
    let law = try Self.withoutRepeats().repeating()
    #expect(law.inputs.sorted() == ["D", "N", "U"])
    let loss = try law.predict(["N": [params], "D": [tokens], "U": [25e9]], rowCount: 1)[0].value
    #expect(abs(loss - expected) <= 1e-12)
  }

  /// The continuous optimum of the reference; 0.1 % is asked.
  @Test(arguments: [true, false])
  func optimumUnderALimitOfUniqueTokens(isFittedWithRepeats: Bool) async throws {
    let law = try isFittedWithRepeats ? Self.muennighoff() : Self.withoutRepeats()
    let choice = try await DataChoice(
      [DataRecipe("C4", law: law, uniqueTokens: 25e9)], budgets: [1e22])
    let option = try #require(choice.budgets.first?.options.first ?? nil)
    #expect(abs(option.params.value / 7.02616e9 - 1) <= 1e-5)
    #expect(abs(option.tokens.value / 2.372088e11 - 1) <= 1e-5)
    #expect(abs(try #require(option.epochs).value - 9.48835) <= 1e-4)
    #expect(abs(option.loss.value - 2.2221292749) <= 5e-11)
    #expect(choice.changes.isEmpty && choice.budgets[0].best == 0)
    #expect(choice.sources.isEmpty == isFittedWithRepeats)
    // What the plan of a law that reads U says.
    let plan = try AllocationPlan(law.repeating(), budgets: [1e22], inputs: ["U": 25e9])
    #expect(plan.allocations[0].params.value == option.params.value)
    // Without the limit.
    let free = try AllocationPlan(Self.withoutRepeats(), budgets: [1e22]).allocations[0]
    #expect(abs(free.params.value / 9.218e9 - 1) <= 1e-4)
    #expect(abs(free.tokens.value / 1.808e11 - 1) <= 1e-4)
  }

  @Test func tiedExponentsKeepTheirName() throws {
    var constants = try #require(Law.dataConstrained.constants.first)
    for name in ["Rd", "Rn", "beta"] { constants.values[name] = nil }
    let law = try EstimatedLaw(.chinchillaTied, constants).repeating()
    #expect(law.parameters.contains("alpha") && !law.parameters.contains("beta"))
    let point = ["N": [6.34e9], "D": [242e9], "U": [25e9]]
    #expect(abs(try law.predict(point, rowCount: 1)[0].value - 2.2256440889984477) <= 1e-12)
  }

  @Test func constantsOfAFitTakeTheirPlace() throws {
    let own = try Repetition(Self.muennighoff())
    #expect(own.tokenDecay == Repetition.published.tokenDecay)
    #expect(own.paramDecay == Repetition.published.paramDecay)
    #expect(throws: AnalysisError.self) { try Repetition(Self.withoutRepeats()) }
    let kaplan = try EstimatedLaw(.kaplan, #require(Law.kaplan.constants.first))
    #expect(throws: AnalysisError.self) { try kaplan.repeating() }
  }
}
