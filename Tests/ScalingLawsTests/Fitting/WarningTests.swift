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

/// What a reader must be told about a fit.
struct WarningTests {
  /// A healthy sweep has nothing to warn of, or the other tests would mean little.
  @Test func goodDataCarryNoWarning() async throws {
    let fit = try await LawFit(SimulatedRuns(noise: 0.001).table, FitSpec(law: .chinchilla))
    #expect(fit.quality.warnings == [])
    #expect(fit.parameters.allSatisfy { !$0.atBound && !$0.fixed })
  }

  /// Runs whose floor is below zero push E to the bound of the law.
  @Test func floorAtZeroIsReported() async throws {
    let fit = try await LawFit(
      SimulatedRuns(E: -0.05, noise: 1e-4).table, FitSpec(law: .chinchilla))
    let floor = try fit.parameter("E")
    #expect(floor.estimate == 0 && floor.atBound)
    #expect(floor.standardError == nil && floor.lower == nil && floor.upper == nil)
    #expect(!fit.warnings(about: "E is at its bound 0").isEmpty, "\(fit.quality.warnings)")
    #expect(try fit.parameter("alpha").standardError != nil)
  }

  @Test func exponentHeldBelowItsOptimumIsReported() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.bounds = ["alpha": Bounds(lower: 0, upper: 0.3)]
    let fit = try await LawFit(SimulatedRuns(noise: 0.001).table, spec)
    #expect(try fit.parameter("alpha").estimate == 0.3)
    #expect(!fit.warnings(about: "alpha is at its bound 0.3").isEmpty, "\(fit.quality.warnings)")
  }

  /// With D = 20 N only the sum of the two terms can be seen.
  @Test func tokensThatFollowParameters() async throws {
    let fit = try await LawFit(
      SimulatedRuns(noise: 0.001, ratio: 20).table, FitSpec(law: .chinchilla))
    let warnings = fit.warnings(about: "tokens", "params", "exponents of N and D", "told apart")
    #expect(!warnings.isEmpty, "\(fit.quality.warnings)")
    #expect(warnings[0].contains("20"))
  }

  /// One size of model: E + A / N^alpha is a single number.
  @Test func constantColumnIsRefused() async throws {
    let runs = SimulatedRuns(noise: 0.001)
    let table = RowsOfOneSize.table(runs)
    let error = try await #require(throws: AnalysisError.self) {
      _ = try await LawFit(table, FitSpec(law: .chinchilla))
    }
    #expect(error.code == .undetermined)
    for word in ["params", "E", "A", "alpha", "undetermined"] {
      #expect(error.message.contains(word), "\(word): \(error.message)")
    }
    #expect(!error.message.contains("beta") && !error.message.contains("\n"), "\(error.message)")
  }

  private enum RowsOfOneSize {
    static func table(_ runs: SimulatedRuns) -> Table {
      let rows = runs.params.indices.filter { runs.params[$0] == runs.params[0] }
      return runs.table.selecting(rows: rows)
    }
  }

  /// A sum of two sinusoids of unknown frequencies in noise has many minima: a search that is cut short
  /// is not sure of its own, and says so; one that was certified says nothing.
  @Test(arguments: [100, nil])
  func anUncertainSearchIsReported(evaluations: Int?) async throws {
    var generator = SeededGenerator(seed: 5)
    let x = (0..<60).map { Double($0) }
    let y = x.map { 2 + cos(0.93 * $0) + 0.7 * sin(2.11 * $0) + 0.3 * generator.normal() }
    let table = Table(columns: [("x", .numbers(x)), ("y", .numbers(y))])
    var spec = FitSpec(
      .formula("0 < v < 3; 0 < w < 3; y ~ m + a * cos(v * x + p) + b * cos(w * x + q)"))
    spec.evaluations = evaluations
    let fit = try await LawFit(table, spec)
    let warnings = fit.warnings(about: "not sure of its optimum")
    #expect((fit.search.certificate == "best_found") == !warnings.isEmpty, "\(fit.search)")
    #expect((evaluations != nil) == !warnings.isEmpty, "\(fit.search)")
  }

  /// A start that leads to a worse minimum is replaced, and that is said.
  @Test func startThatMisleadsIsReported() async throws {
    var spec = FitSpec(.formula("y ~ b1 * (1 - exp(-b2 * x))"))
    spec.filter = #"dataset == "BoxBOD""#
    spec.start = ["b1": 1, "b2": 100]
    let fit = try await LawFit(Checkout.table("nist_strd/data.csv"), spec)
    #expect(abs(try fit.parameter("b2").estimate - 0.54723748542) <= 1e-8)
    #expect(!fit.warnings(about: "seed of the search's own").isEmpty, "\(fit.quality.warnings)")
  }

  /// As many rows as parameters: no residual is left to judge by.
  @Test func noDegreeOfFreedomIsReported() async throws {
    let runs = SimulatedRuns(noise: 0.001).table.selecting(rows: [0, 10, 28, 49, 63])
    let fit = try await LawFit(runs, FitSpec(law: .chinchilla))
    #expect(fit.interval.degreesOfFreedom == 0)
    #expect(
      !fit.warnings(about: "5 rows for as many parameters").isEmpty, "\(fit.quality.warnings)")
    #expect(fit.parameters.allSatisfy { $0.standardError == nil })
  }
}
