import ScalingLaws
import Tables
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is refused, budget by budget and as a whole, and what is said of it.
@Suite struct IsoFLOPRefusalTests {
  private struct Runs {
    var params: [Double] = []
    var flops: [Double] = []
    var loss: [Double] = []

    mutating func append(_ budget: Double, _ params: [Double], _ loss: (Double) -> Double) {
      for n in params {
        self.params.append(n)
        flops.append(budget)
        self.loss.append(loss(n))
      }
    }

    var table: Table {
      Table(
        columns: [
          ("params", .numbers(params)), ("flops", .numbers(flops)), ("loss", .numbers(loss)),
        ], source: "runs.csv")
    }
  }

  private static let surface = try? IsoFLOPGrid.surface(1)

  /// Three good budgets, and `extra`.
  private func runs(_ extra: (inout Runs) -> Void) throws -> Runs {
    let surface = try #require(Self.surface)
    var runs = Runs()
    for flops in [1e18, 1e19, 1e20] {
      let best = surface.optimalParams(flops: flops)
      runs.append(flops, (-3...3).map { best * exp(0.4 * Double($0)) }) {
        surface.loss(params: $0, tokens: flops / 6 / $0)
      }
    }
    extra(&runs)
    return runs
  }

  private func refusal(
    of flops: Double, _ options: IsoFLOPOptions = IsoFLOPOptions(), _ extra: (inout Runs) -> Void
  ) async throws -> IsoFLOPBudget.Refusal? {
    let analysis = try await IsoFLOPAnalysis(runs(extra).table, options)
    #expect(analysis[.isoFLOP] != nil)
    return try #require(
      analysis.budgets.first { abs($0.flops / flops - 1) < 1e-9 }, "\(analysis.budgets)"
    ).refusal
  }

  @Test func twoRuns() async throws {
    let refusal = try await refusal(of: 1e21) { $0.append(1e21, [1e9, 2e9]) { _ in 2.5 } }
    #expect(refusal?.code == .tooFewRuns)
    #expect(refusal?.message == "2 runs; a budget needs three")
  }

  @Test func fewerSizesThanTheCurveNeeds() async throws {
    var options = IsoFLOPOptions()
    options.curve = .cubic
    let extra: (inout Runs) -> Void = { $0.append(1e21, [1e9, 2e9, 2e9, 4e9]) { _ in 2.5 } }
    #expect(
      try await refusal(of: 1e21, options, extra)?.message
        == "3 different params; the cubic needs 4")
    options.curve = .akima
    #expect(try await refusal(of: 1e21, options, extra)?.code == .tooFewRuns)
  }

  @Test func opensDownwards() async throws {
    let refusal = try await refusal(of: 1e21) {
      $0.append(1e21, [1e9, 2e9, 4e9, 8e9]) { 3 - 0.1 * pow(log($0 / 3e9), 2) }
    }
    #expect(refusal?.code == .opensDownwards)
  }

  /// A curve that falls to its largest size, by every kind of curve and over both axes.
  @Test(arguments: IsoFLOPCurve.allCases, IsoFLOPAxis.allCases)
  func optimumAtTheEdge(_ curve: IsoFLOPCurve, _ axis: IsoFLOPAxis) async throws {
    var options = IsoFLOPOptions()
    options.curve = curve
    options.axis = axis
    let refusal = try await refusal(of: 1e21, options) {
      $0.append(1e21, (0..<7).map { 1e9 * exp(0.3 * Double($0)) }) {
        2 + 0.02 * pow(log($0 / 8e9), 2)
      }
    }
    #expect(refusal?.code == .atEdge)
    #expect(
      refusal?.message.hasSuffix(
        "add runs with \(axis == .params ? "more params" : "fewer tokens")")
        == true)
  }

  @Test func monotoneCubic() async throws {
    var options = IsoFLOPOptions()
    options.curve = .cubic
    let refusal = try await refusal(of: 1e21, options) {
      $0.append(1e21, (-3...3).map { 1e9 * exp(0.3 * Double($0)) }) {
        let z = log($0 / 1e9)
        return 3 + z + z * z * z
      }
    }
    #expect(refusal?.code == .noMinimum)
  }

  /// A spline with one dip inside that hardly differs from its ends: noise of 1 % makes one of the
  /// ends lowest in two of three replicates.
  @Test func lostInNoise() async throws {
    var options = IsoFLOPOptions()
    options.curve = .akima
    let losses = [2.791, 2.9, 2.9, 2.79, 2.9, 2.9, 2.792]
    let sizes = losses.indices.map { 1e9 * exp(0.3 * Double($0)) }
    let extra: (inout Runs) -> Void = { runs in
      for (size, loss) in zip(sizes, losses) { runs.append(1e21, [size]) { _ in loss } }
    }
    options.noise = 0.01
    let refusal = try await refusal(of: 1e21, options, extra)
    #expect(refusal?.code == .lostInNoise)
    #expect(refusal?.message.hasPrefix("noise of 1 % moves the optimum to the edge") == true)
    options.noise = 1e-5
    #expect(try await self.refusal(of: 1e21, options, extra) == nil)
  }

  /// Digitised budgets differ by some per cent and belong together; a scattered table chains into
  /// one heap that is no budget.
  @Test func budgetsGatherWithinTheTolerance() async throws {
    var runs = try runs { _ in }
    for row in runs.flops.indices { runs.flops[row] *= 1 + 0.025 * sin(Double(row)) }
    let analysis = try await IsoFLOPAnalysis(runs.table)
    #expect(analysis.budgets.map(\.runs) == [7, 7, 7])
    #expect(analysis.budgets.allSatisfy { $0.spread > 1.02 && $0.spread < 1.06 })
    var options = IsoFLOPOptions()
    options.tolerance = 1e-4
    await #expect(throws: AnalysisError.self) { try await IsoFLOPAnalysis(runs.table, options) }
    let refusal = try await refusal(of: exp(log(1e22) + 0.09 * 4.5)) { runs in
      for step in 0..<10 {
        runs.append(1e22 * exp(0.09 * Double(step)), [1e9 * exp(0.2 * Double(step))]) { _ in 2.1 }
      }
    }
    #expect(refusal?.code == .mixedCompute)
    #expect(refusal?.message.contains("a factor of 2.25") == true)
  }

  @Test func fewerThanThreeBudgets() async throws {
    let table = try runs { runs in
      for row in runs.flops.indices where runs.flops[row] == 1e20 { runs.loss[row] = 9 }
    }.table
    var options = IsoFLOPOptions()
    options.filter = "flops < 5e19"
    do {
      _ = try await IsoFLOPAnalysis(table, options)
      Issue.record("two budgets make no power law")
    } catch let error as AnalysisError {
      #expect(error.message.hasPrefix("runs.csv: no isoFLOP analysis: 2 of 2 budgets can be used"))
      #expect(error.message.contains("0 sizes have three runs or more"))
    }
  }

  @Test func columnsAreFoundOrDerived() async throws {
    let grid = IsoFLOPGrid(surface: try #require(Self.surface), reach: 4)
    let full = try await IsoFLOPAnalysis(grid.table)
    #expect(full.columns == ["N": "params", "D": "tokens", "C": "flops", "loss": "loss"])
    for dropped in ["params", "tokens", "flops"] {
      let names = grid.table.columnNames.filter { $0 != dropped }
      let table = Table(
        columns: try names.map { ($0, .numbers(try grid.table.numbers($0))) }, source: "grid")
      let analysis = try await IsoFLOPAnalysis(table)
      let (found, whole) = (
        try #require(analysis[.isoFLOP]), try #require(full[.isoFLOP])
      )
      #expect(abs(found.paramsExponent.value - whole.paramsExponent.value) < 1e-9, "\(dropped)")
      #expect(analysis.budgets.count == 5)
    }
    let table = Table(
      columns: [("flops", .numbers([1])), ("loss", .numbers([1]))], source: "t.csv")
    await #expect(throws: AnalysisError.self) { try await IsoFLOPAnalysis(table) }
  }

  @Test func badValuesNameTheirPlace() async throws {
    let runs = try runs { $0.append(1e21, [1e9, -2e9, 4e9]) { _ in 2.5 } }
    do {
      _ = try await IsoFLOPAnalysis(runs.table)
      Issue.record("params of -2e9 are no size")
    } catch let error as AnalysisError {
      #expect(error.code == .badValue)
      #expect(error.message.hasPrefix("runs.csv:24: column \"params\": -2"))
    }
  }

  private static let badSettings: [@Sendable (inout IsoFLOPOptions) -> Void] = [
    { $0.level = 1 }, { $0.tolerance = 0 }, { $0.bins = 1 }, { $0.noise = -0.1 },
    { $0.replicates = 1 }, { $0.budgets = [1e21, 0] },
  ]

  @Test(arguments: badSettings.indices)
  func settingsOutsideTheirRange(_ index: Int) async throws {
    var options = IsoFLOPOptions()
    Self.badSettings[index](&options)
    let table = try runs { _ in }.table
    do {
      _ = try await IsoFLOPAnalysis(table, options)
      Issue.record("the setting was taken")
    } catch let error as AnalysisError {
      #expect(error.code == .badSetting)
    }
  }

  /// Three runs and three coefficients leave no scatter: all budgets count alike, and a warning
  /// says so.
  @Test func withoutErrorsAllBudgetsCountAlike() async throws {
    let grid = IsoFLOPGrid(surface: try #require(Self.surface), reach: 2, points: 3)
    let analysis = try await IsoFLOPAnalysis(grid.table)
    #expect(!analysis.isWeighted)
    #expect(analysis.budgets.allSatisfy { $0.optimum?.logError == nil })
    #expect(analysis.warnings.contains { $0.contains("all budgets count alike") })
  }
}
