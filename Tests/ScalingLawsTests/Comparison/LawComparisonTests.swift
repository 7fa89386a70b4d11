import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which of several laws describes runs, and which foretells them.
struct LawComparisonTests {
  private static let laws = [Law.chinchilla, .chinchillaTied, .kaplan].map { FitSpec(law: $0) }

  /// Exponents .45 and .25 are no single exponent, and the floor is none of Kaplan's.
  @Test func theTrueLawIsPreferred() async throws {
    let runs = SimulatedLaws.grid(noise: 0.005, seed: 1) {
      1.8 + 3000 / pow($0, 0.45) + 150 / pow($1, 0.25)
    }
    let comparison = try await LawComparison(runs.table, Self.laws)
    #expect(comparison.bestByAICc?.name == "chinchilla")
    #expect(comparison.bestByHoldout?.name == "chinchilla")
    #expect(comparison.bestByRolling?.name == "chinchilla")
    let other = try #require(comparison.entries.last?.akaikeWeight)
    #expect(other < 1e-6)
    // The noise of a run is .5 %; the true law cannot miss by less, nor should it by much more.
    let rms = try #require(comparison.entries.first?.rolling?.rms)
    #expect(rms > 0.003 && rms < 0.015, "\(rms)")
    #expect(comparison.scale == "6ND")
    #expect(
      comparison.rolling == LawComparison.Rolling(steps: 6, rows: 48, levels: 8, isGrid: true))
  }

  /// A law that nests the truth fits a little better and pays for its parameter.
  @Test func aNeedlessParameterIsPaidFor() async throws {
    var wins = 0
    for seed in 0..<20 {
      let runs = SimulatedLaws.grid(noise: 0.005, seed: UInt64(100 + seed)) {
        1.8 + 400 / pow($0, 0.35) + 1500 / pow($1, 0.35)
      }
      var specs = [Law.chinchilla, .chinchillaTied].map { FitSpec(law: $0) }
      for index in specs.indices { specs[index].loss = .squares }
      let comparison = try await LawComparison(runs.table, specs)
      let values = comparison.entries.map(\.fit.objective.value)
      #expect(values[0] <= values[1] * (1 + 1e-9))
      if comparison.bestByAICc?.name == "chinchilla-tied" { wins += 1 }
    }
    // Chance alone exceeds the penalty, about 2.4 in twice the log likelihood, one time in eight.
    #expect(wins >= 13, "\(wins) of 20")
  }

  /// The held-out error by hand: a fit of the smaller rows and its prediction of the rest.
  @Test func holdoutIsARefit() async throws {
    let table = try Checkout.table("llama3_isoflop/isoflops.csv")
    let comparison = try await LawComparison(table, Self.laws)
    let holdout = try #require(comparison.holdout)
    #expect(holdout.fitted + holdout.heldOut == table.rowCount)
    #expect(holdout.largestFitted < holdout.largest)
    #expect(comparison.scale == "flops")
    let flops = try table.numbers("flops")
    let smaller = flops.indices.filter { flops[$0] <= holdout.largestFitted }
    let larger = flops.indices.filter { flops[$0] > holdout.largestFitted }
    let losses = try table.numbers("loss")
    for (entry, spec) in zip(comparison.entries, Self.laws) {
      let law = try EstimatedLaw(await LawFit(table.selecting(rows: smaller), spec))
      let held = table.selecting(rows: larger)
      let predicted = try law.predict(law.columns(in: held), rowCount: held.rowCount)
      let errors = zip(larger, predicted).map { log($1.value / losses[$0]) }
      let score = try #require(entry.holdout)
      let count = Double(errors.count)
      let rms = (errors.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
      // Two searches of one optimum: Huber's loss is flat to about the root of the rounding.
      #expect(abs(score.rms - rms) <= 1e-6, "\(entry.name)")
      #expect(abs(score.bias - errors.reduce(0, +) / count) <= 1e-6, "\(entry.name)")
      #expect(score.rows == larger.count)
    }
  }

  @Test func scatteredRunsRollByTenths() async throws {
    var specs = Self.laws
    for index in specs.indices { specs[index].filter = "excluded_in_fit == 0" }
    let comparison = try await LawComparison(Checkout.table("chinchilla/fig4.csv"), specs)
    let rolling = try #require(comparison.rolling)
    #expect(rolling == LawComparison.Rolling(steps: 9, rows: 216, levels: 10, isGrid: false))
    // 20 % of 240.
    #expect(comparison.holdout?.heldOut == 48)
  }

  @Test func lawsOfOneVariableAreOrderedByIt() async throws {
    let tokens = (0..<30).map { 1e8 * pow(10, Double($0) / 8) }
    let table = Table(columns: [
      ("tokens", .numbers(tokens)),
      ("loss", .numbers(tokens.map { 1.7 + 500 / pow($0, 0.3) + 1e-3 * sin($0) })),
    ])
    let comparison = try await LawComparison(
      table,
      [FitSpec(law: .powerData), FitSpec(.formula("loss ~ A / D^alpha; A > 0; 0 < alpha < 2"))])
    #expect(comparison.scale == "tokens")
    #expect(comparison.entries.map(\.name) == ["power-data", "formula"])
    #expect(comparison.bestByRolling?.name == "power-data")
  }

  @Test func resultsDoNotDependOnTasks() async throws {
    let table = SimulatedLaws.grid(noise: 0.01, seed: 9).table
    var results: [LawComparison] = []
    for tasks in [1, 2] {
      var specs = Self.laws
      for index in specs.indices {
        (specs[index].tasks, specs[index].interval) = (tasks, .bootstrap(replicates: 70))
      }
      results.append(try await LawComparison(table, specs))
    }
    #expect(results[0] == results[1])
  }

  // MARK: - Refusals

  private static func refusal(
    _ first: FitSpec, _ second: FitSpec, holdout: Double = 0.2
  ) async -> String {
    let runs = SimulatedLaws.grid(noise: 0.01, seed: 2)
    let error = runs.columns.map { $0.name == "loss" ? ("error", $0.values) : $0 }.suffix(1)
    var options = ComparisonOptions()
    options.holdout = holdout
    do {
      _ = try await LawComparison(
        Table(columns: runs.columns + error), [first, second], options: options)
      return "no error"
    } catch let error as AnalysisError {
      return error.message
    } catch {
      return "another error: \(error)"
    }
  }

  @Test func whatDoesNotCompareIsRefused() async throws {
    let first = FitSpec(law: .chinchilla)
    var second = FitSpec(law: .kaplan)
    second.residuals = .raw
    var message = await Self.refusal(first, second)
    #expect(message.contains("log residuals against raw residuals"), "\(message)")
    second.residuals = nil
    second.loss = .huber(delta: 1e-2)
    message = await Self.refusal(first, second)
    #expect(message.contains("huber (delta 0.001) against huber (delta 0.01)"), "\(message)")
    second.loss = nil
    second.filter = "params > 1e9"
    message = await Self.refusal(first, second)
    #expect(message.contains("64 rows against"), "\(message)")
    second.filter = nil
    second.weights = "tokens"
    message = await Self.refusal(first, second)
    #expect(message.contains("weights"), "\(message)")
    message = await Self.refusal(
      first, FitSpec(.formula("log(loss) ~ E + A / N^alpha; A > 0; 0 < alpha < 2")))
    #expect(message.contains("do not compare: the response"), "\(message)")
    message = await Self.refusal(first, first)
    #expect(message == "chinchilla is given twice")
    message = await Self.refusal(first, FitSpec(law: .kaplan), holdout: 1)
    #expect(message.contains("between 0 and 1"), "\(message)")
    message = await Self.refusal(first, FitSpec(law: .dataConstrained))
    #expect(message.hasPrefix("data-constrained: "), "\(message)")
  }
}
