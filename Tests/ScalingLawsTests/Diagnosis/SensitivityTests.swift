import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// A fit beside the same law fitted otherwise.
@Suite struct SensitivityTests {
  private static func published() throws -> Table {
    try RowSelection.rows(
      of: Checkout.table("chinchilla/fig4.csv"), "excluded_in_fit == 0")
  }

  private func fit(_ diagnosis: Diagnosis, tasks: Int? = nil) async throws -> LawFit {
    var spec = FitSpec(law: .chinchilla)
    spec.tasks = tasks
    return try await LawFit(Self.published(), spec, diagnosis: diagnosis)
  }

  private func row(
    _ fit: LawFit, _ loss: String, _ residuals: String, delta: Double? = nil,
    omitted: String? = nil
  ) throws -> LawFit.SensitivityRow {
    try #require(
      fit.sensitivity?.first {
        $0.loss == loss && $0.residuals == residuals && $0.delta == delta && $0.omitted == omitted
      })
  }

  /// Exponents and ratios known from other programs; they are given to five digits and to a tenth.
  @Test func publishedFiguresUnderSeveralLosses() async throws {
    let fit = try await fit(.chinchilla(budgets: [1e24], variants: SensitivityVariant.standard))
    let robust = try row(fit, "huber", "log", delta: 1e-3)
    #expect(abs((robust.parameters?["alpha"] ?? 0) - 0.34731) < 1e-5)
    #expect(abs((robust.parameters?["beta"] ?? 0) - 0.36717) < 1e-5)
    #expect(abs((robust.optima?.first?.tokensPerParam ?? 0) - 17.6) < 0.1)
    let raw = try row(fit, "squares", "raw")
    #expect(abs((raw.parameters?["alpha"] ?? 0) - 0.35762) < 1e-5)
    #expect(abs((raw.parameters?["beta"] ?? 0) - 0.42762) < 1e-5)
    #expect(abs((raw.optima?.first?.tokensPerParam ?? 0) - 9.9) < 0.1)
  }

  @Test func standardVariantsComeInOrderTheFitFirst() async throws {
    let fit = try await fit(.chinchilla(variants: SensitivityVariant.standard))
    let rows = try #require(fit.sensitivity)
    // The fit is one of the standard objectives: it is not made twice.
    #expect(
      rows.map { $0.name(in: fit) } == [
        "huber 0.001 on log residuals", "huber 0.01 on log residuals", "squares on log residuals",
        "squares on raw residuals", "absolute on log residuals", "softL1 0.001 on log residuals",
        "without the 5 largest residuals", "without the 48 smallest runs",
        "without the 24 largest runs",
      ])
    #expect(rows.map(\.rows) == [240, 240, 240, 240, 240, 240, 235, 192, 216])
    let own = Dictionary(uniqueKeysWithValues: fit.parameters.map { ($0.name, $0.estimate) })
    #expect(rows[0].parameters == own)
    #expect(rows.allSatisfy { $0.fault == nil && $0.parameters?.count == 5 })
    // The largest budget of these runs is 1.33e22.
    #expect(rows.allSatisfy { $0.optima?.map(\.flops) == [1e23] })
  }

  /// Rows left out are the ones meant: a fit of the others by filter is the same.
  @Test func omittedRunsAreTheSmallest() async throws {
    let table = try Self.published()
    let fit = try await fit(.chinchilla(variants: [SensitivityVariant(omitted: .smallestRuns)]))
    let compute = zip(try table.numbers("params"), try table.numbers("tokens")).map { $0 * $1 }
    let order = compute.indices.sorted { compute[$0] < compute[$1] }
    let direct = try await LawFit(
      table.selecting(rows: order.dropFirst(48).sorted()), FitSpec(law: .chinchilla))
    let row = try row(fit, "huber", "log", delta: 1e-3, omitted: "smallest-runs")
    for part in direct.parameters {
      // Two ways to one minimum: the objective to rounding, parameters to its square root.
      #expect(digits(row.parameters?[part.name] ?? 0, part.estimate) > 5, "\(part.name)")
    }
  }

  @Test func runsOfOneBudgetStayTogether() async throws {
    // Eight runs of each of five budgets: a fifth is one budget, a tenth would divide another.
    var params: [Double] = []
    var tokens: [Double] = []
    var loss: [Double] = []
    for budget in [1e18, 1e19, 1e20, 1e21, 1e22] {
      for place in 0..<8 {
        let n = (budget / 120).squareRoot() * (1 + 0.4 * Double(place))
        params.append(n)
        tokens.append(budget / 6 / n)
        loss.append(1.8 + 400 / n.squareRoot() + 1500 / (budget / 6 / n).squareRoot())
      }
    }
    let table = Table(columns: [
      ("params", .numbers(params)), ("tokens", .numbers(tokens)), ("loss", .numbers(loss)),
    ])
    let fit = try await LawFit(
      table, FitSpec(law: .chinchilla),
      diagnosis: .chinchilla(variants: SensitivityVariant.standard))
    let rows = try #require(fit.sensitivity)
    #expect(rows.first { $0.omitted == "smallest-runs" }?.rows == 32)
    #expect(rows.first { $0.omitted == "largest-runs" }?.rows == 32)
    #expect(rows.first { $0.omitted == "largest-residuals" }?.rows == 39)
  }

  @Test func verdictComparesWithTheInterval() async throws {
    let fit = try await fit(.chinchilla(budgets: [1e24], variants: SensitivityVariant.standard))
    let verdict = try #require(fit.sensitivityVerdict)
    let start = "'without the 48 smallest runs' moves D/N at 1e24 FLOP most, from 17.6 to"
    #expect(verdict.hasPrefix(start))
    #expect(verdict.contains("of the losses 'squares on raw residuals' moves it most, to 9.87"))
    let ends = try #require(fit.sensitivity?.first?.optima?.first?.interval)
    let (lower, upper) = (try #require(ends.lower), try #require(ends.upper))
    #expect(lower < 17.6 && upper > 17.6)
    #expect(verdict.contains("95 % interval of 7.43 to 41.9"))
    #expect(!verdict.contains("\n"))
  }

  @Test func lawsWithoutAnOptimumCompareParameters() async throws {
    var spec = FitSpec(.formula("loss ~ E + A / params^a; A > 0; a > 0"))
    spec.loss = .squares
    let fit = try await LawFit(
      Self.published(), spec, diagnosis: .chinchilla(variants: SensitivityVariant.standard))
    #expect(fit.sensitivity?.allSatisfy { $0.optima == nil } == true)
    let verdict = try #require(fit.sensitivityVerdict)
    #expect(verdict.contains("of its width"))
    #expect(!verdict.contains("D/N"))
  }

  @Test func responsesThatAreNotPositiveHaveNoLogarithm() async throws {
    let x = (0..<12).map { Double($0) }
    let y = x.map { 2 * $0 - 5 + 0.1 * ($0 * 7).remainder(dividingBy: 3) }
    let table = Table(columns: [("x", .numbers(x)), ("y", .numbers(y))])
    var spec = FitSpec(.formula("y ~ c + m * x"))
    spec.loss = .squares
    var diagnosis = Diagnosis()
    diagnosis.variants = SensitivityVariant.standard
    let fit = try await LawFit(table, spec, diagnosis: diagnosis)
    let rows = try #require(fit.sensitivity)
    for row in rows {
      #expect((row.fault == "the response is not positive everywhere") == (row.residuals == "log"))
      #expect((row.parameters == nil) == (row.residuals == "log"))
    }
    #expect(rows.contains { $0.residuals == "raw" && $0.omitted == "largest-runs" })
  }

  @Test func sameOnAnyNumberOfTasks() async throws {
    let diagnosis = Diagnosis.chinchilla(variants: SensitivityVariant.standard)
    let one = try await fit(diagnosis, tasks: 1)
    let three = try await fit(diagnosis, tasks: 3)
    #expect(one == three)
  }

  @Test func absentWhenNotAskedForAndReadBack() async throws {
    let plain = try await fit(Diagnosis())
    #expect(plain.sensitivity == nil)
    #expect(plain.sensitivityVerdict == nil)
    #expect(try !JSONText.encode(plain).contains("\"sensitivity\""))
    let full = try await fit(.chinchilla(variants: SensitivityVariant.standard))
    let text = try JSONText.encode(full)
    #expect(try LawFit.read(Array(text.utf8)) == [full])
  }
}
