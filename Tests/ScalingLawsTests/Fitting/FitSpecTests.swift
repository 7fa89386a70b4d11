import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// What a specification can ask for: weights, fixed parameters, bounds, filters, clusters.
struct FitSpecTests {
  private static let chinchilla: FitSpec = {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    return spec
  }()

  /// A weight of 2 is a row given twice; 0 is a row left out.
  @Test(arguments: [Loss.squares, .huber(delta: 1e-3)])
  func weightsCountRows(_ loss: Loss) async throws {
    let runs = SimulatedRuns(noise: 0.01)
    let weights = runs.loss.indices.map { Double(($0 * 7) % 3) }
    let weighted = Table(columns: [
      ("params", .numbers(runs.params)), ("tokens", .numbers(runs.tokens)),
      ("loss", .numbers(runs.loss)), ("weight", .numbers(weights)),
    ])
    var spec = FitSpec(law: .chinchilla)
    spec.loss = loss
    let rows = weights.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    let repeated = try await LawFit(runs.table.selecting(rows: rows), spec)
    spec.weights = "weight"
    let fit = try await LawFit(weighted, spec)
    #expect(fit.objective.weights == "weight")
    #expect(abs(fit.objective.value / repeated.objective.value - 1) <= 1e-9)
    for (one, other) in zip(fit.parameters, repeated.parameters) {
      #expect(abs(one.estimate / other.estimate - 1) <= 1e-5, "\(one.name)")
    }
    #expect(abs(fit.quality.rmse / repeated.quality.rmse - 1) <= 1e-6)
  }

  @Test func negativeWeightsAreRefused() async throws {
    let runs = SimulatedRuns(noise: 0.01)
    var weights = Array(repeating: 1.0, count: runs.loss.count)
    weights[3] = -1
    let table = Table(
      columns: [
        ("params", .numbers(runs.params)), ("tokens", .numbers(runs.tokens)),
        ("loss", .numbers(runs.loss)), ("weight", .numbers(weights)),
      ], source: "runs.csv")
    var spec = FitSpec(law: .chinchilla)
    spec.weights = "weight"
    let error = try await #require(throws: AnalysisError.self) { _ = try await LawFit(table, spec) }
    // The header is line 1.
    #expect(error.message.contains("runs.csv:5") && error.message.contains("weight"), "\(error)")
  }

  @Test func fixedParametersStay() async throws {
    let table = try Checkout.table("chinchilla/fig4.csv")
    let free = try await LawFit(table, Self.chinchilla)
    var spec = Self.chinchilla
    spec.fixed = ["E": 1.9, "beta": 0.45]
    let fit = try await LawFit(table, spec)
    for (name, value) in spec.fixed {
      let parameter = try fit.parameter(name)
      #expect(parameter.estimate == value && parameter.fixed && !parameter.atBound)
      #expect(parameter.standardError == nil && parameter.lower == nil)
    }
    #expect(fit.interval.degreesOfFreedom == 237)
    #expect(fit.objective.value > free.objective.value)
    // At the optimum of the others, fixing them there changes nothing.
    spec.fixed = ["E": try #require(free["E"]), "beta": try #require(free["beta"])]
    let same = try await LawFit(table, spec)
    #expect(abs(same.objective.value / free.objective.value - 1) <= 1e-10)
    #expect(
      abs(try same.parameter("alpha").estimate / free.parameter("alpha").estimate - 1) <= 1e-5)
  }

  @Test(arguments: [["alpha": 2.5], ["E": -0.1], ["gamma": 1]])
  func badFixedValuesAreRefused(_ fixed: [String: Double]) async throws {
    var spec = Self.chinchilla
    spec.fixed = fixed
    let error = try await #require(throws: AnalysisError.self) {
      _ = try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
    }
    #expect(error.message.contains(fixed.keys.first ?? "?"), "\(error)")
  }

  /// Bounds given replace those of the law: the data of a negative floor get one.
  @Test func boundsReplaceThoseOfTheLaw() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.bounds = ["E": Bounds(lower: -1, upper: 3)]
    let fit = try await LawFit(SimulatedRuns(E: -0.05, noise: 1e-4).table, spec)
    let floor = try fit.parameter("E")
    #expect(abs(floor.estimate + 0.05) <= 0.005, "\(floor.estimate)")
    #expect(floor.bounds.lower == -1 && floor.bounds.upper == 3 && !floor.atBound)
    #expect(fit.warnings(about: "at its bound").isEmpty)
  }

  @Test func filtersSelectRows() async throws {
    let table = try Checkout.table("chinchilla/fig4.csv")
    let filtered = try await LawFit(table, Self.chinchilla)
    let kept = try RowSelection.rows(of: table, "loss < 3.446995")
    let direct = try await LawFit(kept, FitSpec(law: .chinchilla))
    #expect(filtered.data.rows == 240 && direct.data.rows == 240)
    #expect(filtered.parameters == direct.parameters)
    #expect(filtered.data.where == "excluded_in_fit == 0")
    var spec = Self.chinchilla
    spec.filter = "loss > 100"
    let error = try await #require(throws: AnalysisError.self) { _ = try await LawFit(table, spec) }
    #expect(error.code == .tooFewRows && error.message.contains("loss > 100"))
  }

  /// Each row four times is a quarter of the information that it looks like: errors over clusters
  /// are those of the rows, and errors over single rows half of that.
  @Test func clustersAreResampledTogether() async throws {
    let runs = SimulatedRuns(noise: 0.01)
    let rows = runs.loss.indices.flatMap { Array(repeating: $0, count: 4) }
    let table = Table(columns: [
      ("params", .numbers(rows.map { runs.params[$0] })),
      ("tokens", .numbers(rows.map { runs.tokens[$0] })),
      ("loss", .numbers(rows.map { runs.loss[$0] })),
      ("run", .texts(rows.map { "run \($0)" })),
    ])
    var spec = FitSpec(law: .chinchilla)
    spec.interval = .bootstrap(replicates: 400)
    let single = try await LawFit(table, spec)
    spec.cluster = "run"
    let clustered = try await LawFit(table, spec)
    #expect(clustered.interval.cluster == "run")
    for name in ["E", "alpha", "beta"] {
      let narrow = try #require(single.parameter(name).standardError)
      let wide = try #require(clustered.parameter(name).standardError)
      // 2 but for the noise of 400 replicates and the tails that few distinct rows give.
      #expect(wide / narrow > 1.5 && wide / narrow < 3, "\(name): \(wide / narrow)")
    }
  }

  /// A profile takes rows as independent, which clusters say they are not.
  @Test func clustersHaveNoProfile() async throws {
    var spec = Self.chinchilla
    spec.cluster = "flops"
    spec.interval = .profile
    let error = try await #require(throws: AnalysisError.self) {
      _ = try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
    }
    #expect(error.code == .badSetting && error.message.contains("--cluster"))
  }

  /// A narrower level gives narrower intervals about the same estimate.
  @Test func levelsNest() async throws {
    let table = try Checkout.table("chinchilla/fig4.csv")
    let wide = try await LawFit(table, Self.chinchilla)
    var spec = Self.chinchilla
    spec.level = 0.5
    let narrow = try await LawFit(table, spec)
    for (one, other) in zip(narrow.parameters, wide.parameters) {
      #expect(one.estimate == other.estimate && one.standardError == other.standardError)
      #expect(try #require(other.lower) < #require(one.lower))
      #expect(try #require(one.upper) < #require(other.upper))
    }
  }
}
