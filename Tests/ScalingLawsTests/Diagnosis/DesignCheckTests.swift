import Formulas
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

/// What the choice of runs lets a fit find out.
@Suite struct DesignCheckTests {
  private func check(
    _ table: Table, _ spec: FitSpec = FitSpec(law: .chinchilla), budget: Double = 1e24
  ) async throws -> DesignCheck {
    let fit = try await LawFit(table, spec, diagnosis: .chinchilla(budgets: [budget]))
    return try #require(fit.design)
  }

  // MARK: - Leverage

  /// Least squares of a curve on a few rows, weighted.
  private func curve() throws -> (GlobalFitter<FormulaModel>, [Double], [Double]) {
    let x = [0.5, 1, 1.5, 2.5, 4, 6, 9, 30]
    let y = x.map { 1.7 + 2.1 * exp(-0.3 * $0) + 0.01 * sin(9 * $0) }
    let weights = [1, 2, 1, 0, 1, 0.5, 1, 3.0]
    let formula = try CompiledFormula(
      Formula("y ~ c + a * exp(-b * x); b > 0"), data: ["x": x, "y": y], rowCount: x.count)
    let problem = Problem(
      model: FormulaModel(formula), response: y, weights: weights, residuals: .raw, loss: .squares)
    return (try GlobalFitter(problem), x, weights)
  }

  @Test func leverageIsThatOfAnOrthogonalBasis() throws {
    let (fitter, x, weights) = try curve()
    let fit = try fitter.fit()
    let design = try #require(fitter.design(of: fit))
    #expect(design.rows == [0, 1, 2, 4, 5, 6, 7])
    let names = fitter.problem.model.formula.parameters
    let values = Dictionary(uniqueKeysWithValues: zip(names, fit.parameters))
    let (a, b) = (try #require(values["a"]), try #require(values["b"]))
    var columns = [
      design.rows.map { weights[$0].squareRoot() },
      design.rows.map { weights[$0].squareRoot() * exp(-b * x[$0]) },
      design.rows.map { weights[$0].squareRoot() * -a * x[$0] * exp(-b * x[$0]) },
    ]
    // Gram and Schmidt, twice: the orthogonal factor of the QR decomposition.
    for place in columns.indices {
      for _ in 0..<2 {
        for other in columns[..<place] {
          let dot = zip(columns[place], other).reduce(0) { $0 + $1.0 * $1.1 }
          columns[place] = zip(columns[place], other).map { $0 - dot * $1 }
        }
      }
      let length = columns[place].reduce(0) { $0 + $1 * $1 }.squareRoot()
      columns[place] = columns[place].map { $0 / length }
    }
    for row in design.rows.indices {
      let direct = columns.reduce(0) { $0 + $1[row] * $1[row] }
      // The condition number is about ten; each way rounds a few dozen times.
      #expect(abs(design.leverage[row] - direct) < 1e-12)
    }
  }

  @Test func leverageSumsToTheParameters() async throws {
    let (fitter, _, _) = try curve()
    let design = try #require(fitter.design(of: fitter.fit()))
    #expect(design.rank == 3)
    #expect(abs(design.leverage.reduce(0, +) - 3) < 1e-12)
    #expect(design.leverage.allSatisfy { $0 > 0 && $0 < 1 })
  }

  /// The covariance of least squares is its noise times the inverse of the information.
  @Test func noiseIsTheResidualVarianceOfLeastSquares() throws {
    let (fitter, _, _) = try curve()
    let fit = try fitter.fit()
    let design = try #require(fitter.design(of: fit))
    let covariance = try fitter.covariance(of: fit)
    let noise = design.noiseVariance(of: covariance)
    #expect(digits(noise, covariance.residualScale * covariance.residualScale) > 10)
    for place in design.free.indices {
      var gradient = [0.0, 0, 0]
      gradient[place] = 1
      let error = (noise * design.variance(ofGradient: gradient)).squareRoot()
      #expect(digits(error, covariance.standardErrors[design.free[place]]) > 10)
    }
  }

  /// The rank-one update is what adding the row to the rows gives.
  @Test func oneMoreRowReducesTheVarianceAsTold() throws {
    let x = [1.0, 2, 3, 4, 7]
    func design(_ x: [Double]) throws -> DesignMatrix {
      let formula = try CompiledFormula(
        Formula("y ~ c + m * x"), data: ["x": x, "y": x], rowCount: x.count, order: ["c", "m"])
      let problem = Problem(
        model: FormulaModel(formula), response: x.map { 2 * $0 + 1 + 0.1 * sin($0) },
        residuals: .raw, loss: .squares)
      let fitter = try GlobalFitter(problem)
      return try #require(fitter.design(of: fitter.fit()))
    }
    let before = try design(x)
    let after = try design(x + [11])
    for gradient in [[1.0, 0], [0, 1], [1, -5]] {
      let told = before.varianceReduction(ofGradient: gradient, byRow: [1, 11])
      let ratio = after.variance(ofGradient: gradient) / before.variance(ofGradient: gradient)
      #expect(abs(1 - told - ratio) < 1e-12)
    }
  }

  @Test func singleRunThatCarriesTheFitIsNamed() async throws {
    var csv = "x,y\n"
    for place in 0..<20 { csv += "\(1 + 0.01 * Double(place)),\(3 + 0.01 * sin(Double(place)))\n" }
    csv += "50,99\n"
    let table = try Table.read(csv: Array(csv.utf8), source: "runs.csv")
    var spec = FitSpec(.formula("y ~ c + m * x"))
    spec.loss = .squares
    let design = try await check(table, spec)
    #expect(design.highLeverage.map(\.line) == [22])
    #expect((design.highLeverage.first?.leverage ?? 0) > 0.99)
    // Three times two parameters over 21 rows.
    #expect(abs(design.leverageLimit - 6.0 / 21) < 1e-12)
    #expect(design.largestLeverage == design.highLeverage.first?.leverage)
    #expect(design.correlation == nil)
  }

  // MARK: - Spans and identification

  @Test func publishedRunsAreIdentified() async throws {
    let table = try RowSelection.rows(
      of: Checkout.table("chinchilla/fig4.csv"), "excluded_in_fit == 0")
    let fit = try await LawFit(
      table, FitSpec(law: .chinchilla), diagnosis: .chinchilla(budgets: [1e24]))
    let design = try #require(fit.design)
    #expect(design.isIdentified)
    #expect(design.undetermined.isEmpty)
    #expect(design.constants == nil)
    #expect(design.spans.map(\.name) == ["N", "D", "D/N"])
    #expect(design.spans.first?.lower == fit.data.ranges["N"]?.lower)
    #expect(design.spans.first?.upper == fit.data.ranges["N"]?.upper)
    #expect(digits(design.conditionNumber, fit.quality.conditionNumber) > 10)
    #expect(design.highLeverage.count <= 3)
    let advice = try #require(design.advice)
    #expect(advice.target == "ln N* at 1e24 FLOP")
    // A run of a budget that was never spent is no help to anyone.
    #expect((advice.flops ?? .infinity) <= (fit.data.ranges["C"]?.upper ?? 0))
    #expect(advice.varianceReduction > 0 && advice.varianceReduction < 1)
    let (before, after) = (
      try #require(advice.standardError), try #require(advice.standardErrorAfter)
    )
    #expect(digits(after * after, before * before * (1 - advice.varianceReduction)) > 10)
  }

  @Test func standardErrorOfTheTargetIsThatOfTheFit() async throws {
    let runs = SimulatedRuns(noise: 0.005)
    let optimum = try #require(Diagnosis.chinchilla().optimum)
    let fit = try await LawFit(
      runs.table, FitSpec(law: .chinchilla),
      quantities: { law in
        let params = try optimum(law)
        return [DerivedQuantity("N*") { params(1e24, $0) }]
      }, diagnosis: .chinchilla(budgets: [1e24]))
    let part = try #require(fit.quantities?.first)
    let error = try #require(part.standardError) / part.estimate
    // Two central differences with different steps.
    #expect(digits(fit.design?.advice?.standardError ?? 0, error) > 4)
  }

  @Test func fixedRatioIsNotIdentifiedAndAnotherRatioIsAdvised() async throws {
    for seed in 1...3 {
      let runs = SimulatedRuns(noise: 0.005, ratio: 20, seed: UInt64(seed))
      let design = try await check(runs.table)
      #expect(!design.isIdentified)
      #expect(Set(design.undetermined).isSuperset(of: ["alpha", "beta"]))
      #expect((design.correlation ?? 0) > 0.999999)
      #expect(design.spans.last?.decades == 0)
      #expect(design.verdict.hasPrefix("not identified: only a combination of"))
      let advice = try #require(design.advice)
      let (params, tokens) = (try #require(advice.inputs["N"]), try #require(advice.inputs["D"]))
      let ratio = tokens / params
      #expect(ratio > 40 || ratio < 10, "\(ratio)")
      #expect(advice.novelties.contains { $0.hasSuffix("tokens per parameter") })
      #expect(advice.standardError == nil)
      #expect(advice.varianceReduction > 0.9)
    }
  }

  @Test func parametersWithoutEffectAreNamed() async throws {
    let x = (1...12).map { Double($0) }
    let table = Table(columns: [
      ("x", .numbers(x)), ("y", .numbers(x.map { 3 * $0 + 0.1 * sin(5 * $0) })),
    ])
    var spec = FitSpec(.formula("y ~ k * m * x; k > 0; m > 0"))
    spec.loss = .squares
    let design = try await check(table, spec)
    #expect(!design.isIdentified)
    #expect(design.undetermined == ["k", "m"])
    #expect(design.advice?.standardError == nil)
  }

  // MARK: - Advice

  /// Made and added, the run lowers the standard error of ln N* as told, on average over the noise.
  @Test func advisedRunLowersTheStandardError() async throws {
    var (before, after, told) = (0.0, 0.0, 0.0)
    let seeds = 12
    var spec = FitSpec(law: .chinchilla)
    // The error of squares has less scatter of its own than that of Huber's loss.
    spec.loss = .squares
    for seed in 1...seeds {
      // Few sizes and few lengths, so that one run counts.
      let all = SimulatedRuns(noise: 0.005, seed: UInt64(seed))
      let rows = all.params.indices.filter { ($0 / 8) < 5 && $0 % 8 < 3 }
      let table = all.table.selecting(rows: rows)
      let first = try await check(table, spec, budget: 1e22)
      let advice = try #require(first.advice)
      let (params, tokens) = (try #require(advice.inputs["N"]), try #require(advice.inputs["D"]))
      var generator = SeededGenerator(seed: UInt64(1000 + seed))
      let loss =
        (1.8 + 400 / pow(params, 0.34) + 1500 / pow(tokens, 0.36)) * exp(0.005 * generator.normal())
      let more = Table(columns: [
        ("params", .numbers(rows.map { all.params[$0] } + [params])),
        ("tokens", .numbers(rows.map { all.tokens[$0] } + [tokens])),
        ("loss", .numbers(rows.map { all.loss[$0] } + [loss])),
      ])
      let second = try await check(more, spec, budget: 1e22)
      before += log(try #require(advice.standardError))
      told += log(try #require(advice.standardErrorAfter))
      after += log(try #require(second.advice?.standardError))
    }
    // Of geometric means: the gain is real, and within a fifth of what was told.
    #expect(after < before)
    #expect(abs(after - told) / Double(seeds) < 0.2)
    #expect((before - told) / Double(seeds) > 0.1)
  }

  @Test func candidatesStayNearTheDataAndWithinTheBudget() async throws {
    let runs = SimulatedRuns(noise: 0.005)
    let design = try await check(runs.table)
    let advice = try #require(design.advice)
    for span in design.spans where span.name != "D/N" {
      let value = try #require(advice.inputs[span.name])
      #expect(value >= span.lower / 10.000001 && value <= span.upper * 10.000001)
    }
    let largest = zip(runs.params, runs.tokens).map { 6 * $0 * $1 }.max() ?? 0
    #expect((advice.flops ?? .infinity) <= largest)
  }

  @Test func sameEachTimeAndReadBack() async throws {
    let table = SimulatedRuns(noise: 0.005).table
    let spec = FitSpec(law: .chinchilla)
    let one = try await LawFit(table, spec, diagnosis: .chinchilla())
    let two = try await LawFit(table, spec, diagnosis: .chinchilla())
    #expect(one.design == two.design)
    #expect(try LawFit.read(Array(JSONText.encode(one).utf8)).first?.design == one.design)
    var old = one
    old.design = nil
    let text = try JSONText.encode(old)
    #expect(!text.contains("\"design\""))
    #expect(try LawFit.read(Array(text.utf8)) == [old])
  }
}
