import LeastSquares
import Planning
import ScalingLaws
import Tables
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What laws decide, and what the wrong one costs.
struct DecisionComparisonTests {
  private static func published(_ name: String) throws -> EstimatedLaw {
    try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants(named: name)))
  }

  private static func llama3(_ source: FitSpec.Source = .law(.chinchilla)) async throws -> LawFit {
    var spec = FitSpec(source)
    (spec.residuals, spec.loss) = (.raw, .squares)
    return try await LawFit(Checkout.table("llama3_isoflop/isoflops.csv"), spec)
  }

  /// Approach 2 of Llama 3, D* = .2994 C^.5368 at 3.8e25, if the joint law is true: 6.25 % of the budget.
  @Test func llama3DecidesByApproachTwo() async throws {
    let law = try EstimatedLaw(await Self.llama3())
    let flops = 3.8e25
    let tokens = 0.2994 * pow(flops, 0.5368)
    let wasted = try #require(
      try law.deadweightCompute(params: flops / 6 / tokens, tokens: tokens))
    #expect(abs(100 * wasted / flops - 6.25) <= 0.1, "\(100 * wasted / flops)")
  }

  /// Ceq = 6 ((L - E) / K)^(-1/gamma) for the Chinchilla form; the search in ln C knows nothing of it.
  @Test(arguments: ["besiroglu", "hoffmann", "llama3", "gemstones-hot"])
  func searchEqualsTheClosedForm(_ name: String) throws {
    let law = try Self.published(name)
    let surface = try ChinchillaSurface(
      E: #require(law["E"]), A: #require(law["A"]), B: #require(law["B"]),
      alpha: #require(law["alpha"]), beta: #require(law["beta"]))
    for flops in [1e20, 1e24, 1e27] {
      for factor in [0.05, 0.5, 3, 20] {
        let params = factor * surface.optimalParams(flops: flops)
        let tokens = flops / 6 / params
        let closed = surface.deadweightCompute(params: params, tokens: tokens)
        let found = try #require(try law.deadweightCompute(params: params, tokens: tokens))
        // L - E keeps about twelve digits at 1e27, and a small gamma multiplies what is lost by ten.
        #expect(abs(found - closed) <= 1e-9 * flops, "\(flops) \(factor): \(found) \(closed)")
      }
    }
  }

  @Test func aLawWastesNothingByItself() async throws {
    var formula = try EstimatedLaw(await Self.llama3(.formula(Law.chinchilla.formula)))
    formula.name = "formula"
    let kaplan = try EstimatedLaw(.kaplan, #require(Law.kaplan.defaultConstants))
    let comparison = try DecisionComparison(
      [Self.published("besiroglu"), Self.published("hoffmann"), formula, kaplan],
      budgets: [1e21, 1e25])
    for budget in comparison.budgets {
      for (decides, row) in budget.waste.enumerated() {
        for (truth, share) in row.enumerated() {
          let share = try #require(share)
          if decides == truth {
            #expect(share == 0)
          } else {
            #expect(share > 0 && share < 1)
          }
        }
      }
    }
  }

  @Test func overlapsAreThoseOfTheIntervals() async throws {
    let table = try Checkout.table("chinchilla/fig4.csv")
    var laws: [EstimatedLaw] = []
    for law in [Law.chinchilla, .chinchillaTied, .kaplan] {
      var spec = FitSpec(law: law)
      spec.filter = "excluded_in_fit == 0"
      laws.append(try EstimatedLaw(await LawFit(table, spec)))
    }
    let comparison = try DecisionComparison(laws, budgets: [1e24])
    let budget = try #require(comparison.budgets.first)
    #expect(budget.overlaps.count == 3)
    for pair in budget.overlaps {
      let one = try #require(budget.allocations[pair.first])
      let other = try #require(budget.allocations[pair.second])
      func overlap(_ part: KeyPath<Allocation, Allocation.Estimate>) throws -> Bool {
        let a = try #require(one[keyPath: part].interval)
        let b = try #require(other[keyPath: part].interval)
        return max(a.lower, b.lower) <= min(a.upper, b.upper)
      }
      #expect(try pair.params == overlap(\.params))
      #expect(try pair.tokens == overlap(\.tokens))
      #expect(try pair.loss == overlap(\.loss))
    }
    // A law without a floor, which promises far less loss at 1e24.
    #expect(budget.overlaps.contains { !$0.loss })
    #expect(budget.overlaps.contains { $0.first == 0 && $0.second == 1 && $0.params })
  }

  @Test func lawsThatDecideNothingAreNamed() throws {
    let compute = try EstimatedLaw(.powerCompute, #require(Law.powerCompute.defaultConstants))
    let comparison = try DecisionComparison(
      [Self.published("besiroglu"), compute], budgets: [1e22])
    #expect(comparison.laws.count == 1)
    #expect(comparison.warnings.contains { $0.contains("decides nothing") })
    #expect(throws: AnalysisError.self) {
      try DecisionComparison([compute], budgets: [1e22])
    }
    #expect(throws: AnalysisError.self) {
      try DecisionComparison([Self.published("besiroglu")], budgets: [-1])
    }
    #expect(throws: AnalysisError.self) {
      try DecisionComparison([Self.published("besiroglu")], budgets: [1e22], inputs: ["U": 1e9])
    }
  }
}
