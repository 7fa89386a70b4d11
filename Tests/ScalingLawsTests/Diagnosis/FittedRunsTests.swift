import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// What pictures of a fit show is what was fitted.
@Suite struct FittedRunsTests {
  private static func fit(
    _ change: (inout FitSpec) -> Void = { _ in }
  ) async throws -> (fit: LawFit, table: Table) {
    let table = try Checkout.table("chinchilla/fig4.csv")
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    change(&spec)
    return (try await LawFit(table, spec), table)
  }

  @Test func residualsAddUpToTheObjective() async throws {
    let (fit, table) = try await Self.fit()
    let runs = try FittedRuns(fit, on: table)
    #expect(runs.count == 240)
    let delta = 1e-3
    let sum = runs.residuals.reduce(0) { sum, residual in
      let size = abs(residual)
      return sum + (size <= delta ? size * size / 2 : delta * (size - delta / 2))
    }
    // The same sum in another order of operations.
    #expect(abs(sum - fit.objective.value) <= 1e-10 * fit.objective.value)
    // The rows above are excluded.
    #expect(runs.lines.first == 7)
    for row in [0, 100, 239] {
      let (n, d) = (try #require(runs.inputs["N"]?[row]), try #require(runs.inputs["D"]?[row]))
      #expect(runs.inputs["C"]?[row] == 6 * n * d)
    }
  }

  @Test(arguments: ["raw", "relative"])
  func otherResidualsAddUpAsWell(_ kind: String) async throws {
    let (fit, table) = try await Self.fit {
      $0.residuals = .init(rawValue: kind)
      $0.loss = .squares
    }
    let runs = try FittedRuns(fit, on: table)
    let sum = runs.residuals.reduce(0) { $0 + $1 * $1 }
    // Whether squares are halved is a convention; their ratio is one of two numbers.
    let ratio = sum / fit.objective.value
    #expect(abs(ratio - 1) < 1e-9 || abs(ratio - 2) < 1e-9, "\(ratio)")
  }

  @Test func rowsOfAStoreHavePassedTheFilter() async throws {
    let (fit, table) = try await Self.fit()
    let texts = try table.texts("excluded_in_fit")
    let kept = table.selecting(rows: texts.indices.filter { texts[$0] == "0" })
    #expect(try FittedRuns(fit, on: kept).residuals == FittedRuns(fit, on: table).residuals)
  }

  @Test func quantilesAscendWithResiduals() async throws {
    let (fit, table) = try await Self.fit()
    let runs = try FittedRuns(fit, on: table)
    let quantiles = runs.normalQuantiles
    let order = runs.residuals.indices.sorted { runs.residuals[$0] < runs.residuals[$1] }
    let sorted = order.map { quantiles[$0] }
    #expect(sorted == sorted.sorted())
    // The quantile of 0.5 / 240, from tables.
    #expect(abs(sorted[0] + 2.8653) < 1e-4)
    #expect(abs(sorted[0] + sorted[239]) < 1e-9)
    let sizes = runs.standardized.map(abs).sorted()
    #expect(abs((sizes[119] + sizes[120]) / 2 - 1 / 1.4826) < 1e-9)
  }

  @Test func profilesCrossTheLimitAtTheirEnds() async throws {
    let (fit, table) = try await Self.fit { $0.interval = .profile }
    let profiles = try ParameterProfile.profiles(of: fit, on: table)
    #expect(profiles.map(\.name) == ["E", "A", "B", "alpha", "beta"])
    for (profile, parameter) in zip(profiles, fit.parameters) {
      #expect(abs(profile.estimate - parameter.estimate) <= 1e-6 * abs(parameter.estimate))
      let ends = [
        (profile.interval.lower, parameter.lower), (profile.interval.upper, parameter.upper),
      ]
      for (found, saved) in ends {
        let (found, saved) = (try #require(found), try #require(saved))
        #expect(abs(found - saved) <= 1e-4 * abs(saved), "\(profile.name)")
        // The curve is drawn with 41 points; between two of them it is nearly straight.
        let above = try #require(profile.points.firstIndex { $0.value >= found })
        let (left, right) = (profile.points[above - 1], profile.points[above])
        let share = (found - left.value) / (right.value - left.value)
        let objective = left.objective + share * (right.objective - left.objective)
        #expect(abs((objective - profile.minimum) / profile.rise - 1) < 0.02, "\(profile.name)")
      }
      #expect(profile.points.allSatisfy { $0.objective >= profile.minimum * (1 - 1e-9) })
    }
  }

  @Test func anotherTableIsRefused() async throws {
    let (fit, table) = try await Self.fit()
    let half = table.selecting(rows: Array(0..<120))
    #expect(throws: AnalysisError.self) { try ParameterProfile.profiles(of: fit, on: half) }
  }

  @Test func drawnCurvesGoThroughTheirOptimum() async throws {
    for curve in [IsoFLOPCurve.parabola, .akima] {
      var options = IsoFLOPOptions()
      options.curve = curve
      let analysis = try await IsoFLOPAnalysis(
        Checkout.table("llama3_isoflop/isoflops.csv"), options)
      for budget in analysis.budgets {
        guard let optimum = budget.optimum else { continue }
        let lowest = try #require(budget.curve.map(\.loss).min())
        // Sixty-one points miss the lowest by little.
        #expect(lowest >= optimum.loss * (1 - 1e-9) && lowest <= optimum.loss * 1.001)
        #expect(budget.points.count == budget.runs)
        guard let interval = analysis.optimumInterval(of: budget) else { continue }
        #expect(interval.lower < optimum.params && optimum.params < interval.upper)
        // Formed for the logarithm, it is symmetric there.
        let middle = (interval.lower * interval.upper).squareRoot()
        #expect(abs(middle / optimum.params - 1) < 1e-9)
      }
    }
  }
}
