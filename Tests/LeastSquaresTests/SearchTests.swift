import Foundation
import LeastSquares
import Testing

@Suite struct SearchTests {
  /// E + A x^-a + B x^-b + C x^-c hidden in one column: three nonlinear parameters, four linear.
  static func threePowers(_ x: [Double]) -> HandModel {
    HandModel(
      x: x, parameterCount: 7,
      hessianPairs: (1...3).flatMap { [ParameterPair($0, $0 + 3), ParameterPair($0 + 3, $0 + 3)] },
      linearStructure: LinearStructure(
        parameters: [0, 1, 2, 3], dependencies: [[], [4], [5], [6]])
    ) { x, p in
      // Three regressors from one number, so that the exponents differ in what they act on.
      let l = [log(x), log(1 + abs(sin(x)) * 50), log(1 + abs(cos(3 * x)) * 90)]
      var terms = HandTerms(
        value: p[0], gradient: Array(repeating: 0, count: 7), hessian: Array(repeating: 0, count: 6)
      )
      terms.gradient[0] = 1
      for k in 0..<3 {
        let u = exp(-p[4 + k] * l[k])
        terms.value += p[1 + k] * u
        terms.gradient[1 + k] = u
        terms.gradient[4 + k] = -p[1 + k] * u * l[k]
        terms.hessian[2 * k] = -u * l[k]
        terms.hessian[2 * k + 1] = p[1 + k] * u * l[k] * l[k]
      }
      return terms
    }
  }

  static let x = (1...60).map { 1 + 0.9 * Double($0) }

  static func response(_ model: HandModel, _ theta: [Double], noise: Double) -> [Double] {
    var random = Philox(seed: 11, stream: 0)
    return model.x.map { model.terms($0, theta).value * exp(noise * random.nextNormal()) }
  }

  /// Without noise the truth is the optimum: every residual is rounding.
  @Test(arguments: [true, false])
  func scatteredSeedsFindTheTruth(isLinear: Bool) throws {
    var model = Self.threePowers(Self.x)
    if !isLinear { model.linearStructure = nil }
    let truth = [1.5, 2.0, 1.0, 0.7, 0.4, 0.8, 0.3]
    let powers = SearchRange(lower: 0.05, upper: 1.2)
    let amounts = SearchRange(lower: 0.1, upper: 10, scale: .logarithmic)
    let problem = Problem(
      model: model, response: Self.response(model, truth, noise: 0), residuals: .log,
      loss: .squares, bounds: Array(repeating: .positive, count: 7),
      searchRanges: [amounts, amounts, amounts, amounts, powers, powers, powers])
    let fit = try GlobalFitter(problem).fit()
    #expect(fit.termination == .exactFit)
    #expect(fit.certificate.kind == .certified && fit.certificate.rank == 7)
    for (value, known) in zip(fit.parameters, truth) { #expect(abs(value / known - 1) < 1e-9) }
  }

  /// A noiseless law is recovered, its gradient and residuals at rounding.
  @Test(arguments: ResidualKind.allCases, [Loss.squares, .huber(delta: 1e-3), .cauchy(delta: 0.1)])
  func noiselessLawIsRecovered(residuals: ResidualKind, loss: Loss) throws {
    let data = try PublishedRuns.chinchilla()
    let truth = [1.7, 400, 2000, 0.34, 0.37]
    let response = data.model.logParams.indices.map {
      truth[0] + truth[1] * exp(-truth[3] * data.model.logParams[$0])
        + truth[2] * exp(-truth[4] * data.model.logTokens[$0])
    }
    let fit = try GlobalFitter(
      Problem(
        model: data.model, response: response, residuals: residuals, loss: loss,
        bounds: ChinchillaModel.bounds, searchRanges: ChinchillaModel.searchRanges)
    ).fit()
    #expect(fit.termination.isMinimum)
    for (value, known) in zip(fit.parameters, truth) { #expect(abs(value / known - 1) < 1e-9) }
  }

  /// Weights are repetitions, across the edge of a block of rows too.
  @Test func weightsAreRepetitions() throws {
    let data = try PublishedRuns.chinchilla()
    let rows = data.loss.indices.flatMap { [$0, $0, $0] }
    let repeated = try GlobalFitter(
      Problem(
        model: data.model.selecting(rows: rows), response: rows.map { data.loss[$0] },
        bounds: ChinchillaModel.bounds, searchRanges: ChinchillaModel.searchRanges)
    ).fit()
    var problem = Problem(
      model: data.model, response: data.loss, bounds: ChinchillaModel.bounds,
      searchRanges: ChinchillaModel.searchRanges)
    problem.weights = Array(repeating: 3, count: data.loss.count)
    let weighted = try GlobalFitter(problem).fit()
    #expect(repeated.termination == .converged && weighted.termination == .converged)
    #expect(abs(repeated.objective / weighted.objective - 1) < 1e-12)
    #expect(abs(weighted.objective / 3 / 1.0182740178006e-3 - 1) < 1e-12)
    // A row of weight 0 may hold anything.
    problem.response[7] = .nan
    problem.weights?[7] = 0
    let without = try GlobalFitter(problem).fit()
    #expect(without.termination == .converged)
    #expect(without.residuals?[7] == 0)
  }

  /// Tasks in parallel give the bits of one after the other.
  @Test func parallelTasksGiveTheSameBits() async throws {
    let data = try PublishedRuns.chinchilla()
    let fitter = try GlobalFitter(
      Problem(
        model: data.model, response: data.loss, bounds: ChinchillaModel.bounds,
        searchRanges: ChinchillaModel.searchRanges))
    @Sendable func replicate(_ stream: UInt64, _ scratch: FitScratch) throws -> Fit {
      var random = Philox(seed: 3, stream: stream)
      return try fitter.fit(
        rowWeights: random.nextResample(of: fitter.problem.response.count), scratch: scratch)
    }
    let scratch = FitScratch()
    let serial = try (0..<24).map { try replicate(UInt64($0), scratch) }
    let parallel = try await withThrowingTaskGroup(of: (Int, [Fit]).self) { group in
      for chunk in 0..<6 {
        group.addTask {
          let scratch = FitScratch()
          return (chunk, try (0..<4).map { try replicate(UInt64(4 * chunk + $0), scratch) })
        }
      }
      var parts: [Int: [Fit]] = [:]
      for try await (chunk, fits) in group { parts[chunk] = fits }
      return (0..<6).flatMap { parts[$0] ?? [] }
    }
    #expect(parallel == serial)
  }

  /// One scratch may serve two fitters in turn.
  @Test func scratchIsNotTiedToAFitter() throws {
    let data = try PublishedRuns.chinchilla()
    let scratch = FitScratch()
    let ones = Array(repeating: 1.0, count: data.loss.count)
    func fit(_ loss: Loss) throws -> (Fit, Fit) {
      let fitter = try GlobalFitter(
        Problem(
          model: data.model, response: data.loss, loss: loss, bounds: ChinchillaModel.bounds,
          searchRanges: ChinchillaModel.searchRanges))
      return (
        try fitter.fit(rowWeights: ones, scratch: scratch), try fitter.fit(rowWeights: ones)
      )
    }
    for loss in [Loss.squares, .huber(delta: 1e-3), .squares] {
      let (shared, fresh) = try fit(loss)
      #expect(shared == fresh)
    }
  }
}
