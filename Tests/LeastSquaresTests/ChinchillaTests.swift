import Foundation
import LeastSquares
import Testing

@Suite struct ChinchillaTests {
  static func problem(
    all: Bool = false, residuals: ResidualKind = .log, loss: Loss = .huber(delta: 1e-3)
  ) throws -> Problem<ChinchillaModel> {
    let data = try PublishedRuns.chinchilla(all: all)
    return Problem(
      model: data.model, response: data.loss, residuals: residuals, loss: loss,
      bounds: ChinchillaModel.bounds, searchRanges: ChinchillaModel.searchRanges)
  }

  /// The optimum known from 4,500 starts of an independent program.
  @Test func robustFitReachesTheKnownOptimum() throws {
    let problem = try Self.problem()
    #expect(problem.response.count == 240)
    let fit = try GlobalFitter(problem).fit()
    #expect(fit.termination == .converged)
    #expect(abs(fit.objective / 1.0182740178006e-3 - 1) < 1e-12)
    // The known values have ten digits; the flat direction costs A and B three of them.
    for (value, known, tolerance) in zip3(
      fit.parameters, [1.8172181, 477.8259, 2143.4174, 0.3473104989, 0.3671724326],
      [1e-7, 1e-6, 1e-6, 1e-9, 1e-9])
    {
      #expect(abs(value / known - 1) < tolerance)
    }
    #expect(fit.gradientNorm < 1e-9)
    #expect(fit.reached >= 1)
    #expect(fit.atBound == [false, false, false, false, false])
  }

  @Test func allRowsAndLeastSquares() throws {
    let all = try GlobalFitter(Self.problem(all: true)).fit()
    #expect(abs(all.objective - 0.00182601) < 5e-9)
    let squares = try GlobalFitter(Self.problem(residuals: .raw, loss: .squares)).fit()
    #expect(abs(squares.objective - 0.0832038) < 5e-8)
    #expect(squares.objective == squares.rss)
    for (value, known) in zip(squares.parameters, [1.88281, 567.8, 7581.9, 0.35762, 0.42762]) {
      #expect(abs(value / known - 1) < 1e-4)
    }
  }

  /// The Newton path and GSL's QR path share only the row terms.
  @Test(arguments: [Loss.squares, .softL1(delta: 1e-2)], ResidualKind.allCases)
  func enginesAgree(loss: Loss, residuals: ResidualKind) throws {
    let problem = try Self.problem(residuals: residuals, loss: loss)
    var options = FitOptions()
    options.starts = [[1.8, 500, 2000, 0.35, 0.37]]
    options.search = .local
    options.maximumIterations = 5000
    options.method = .newton
    let newton = try GlobalFitter(problem, options: options).fit()
    options.method = .gaussNewtonQR
    let reference = try GlobalFitter(problem, options: options).fit()
    #expect(newton.termination == .converged)
    #expect(abs(newton.objective / reference.objective - 1) < 1e-12)
    // The reference ends when the objective stands still, at half its digits along the flat
    // direction; Newton steps go on to the rounding of the gradient.
    for (a, b) in zip(newton.parameters, reference.parameters) { #expect(abs(a / b - 1) < 1e-5) }
    #expect(newton.gradientNorm <= max(reference.gradientNorm, 1e-9))
  }

  @Test func standardErrorsAreNearTheBootstrap() throws {
    let fitter = try GlobalFitter(Self.problem())
    let fit = try fitter.fit()
    let covariance = try fitter.covariance(of: fit)
    #expect(covariance.kind == .sandwich)
    #expect(covariance.degreesOfFreedom == 235)
    // Bootstrap of the re-analysis: .0257, .0154, .0206. An asymptotic error under a loss that
    // keeps a tenth of the rows inside delta is good to a fifth.
    for (j, known) in [(0, 0.0257), (3, 0.0154), (4, 0.0206)] {
      #expect(abs(covariance.standardErrors[j] / known - 1) < 0.2)
      // A positive parameter is fitted as its logarithm.
    }
    let logError = covariance.standardErrors[1] / fit.parameters[1]
    #expect(abs(covariance.internalStandardErrors[1] / logError - 1) < 1e-12)
    #expect(covariance.unidentified == [])
    #expect(covariance.conditionNumber > 10 && covariance.conditionNumber < 1e4)
    // A and alpha move together.
    #expect(covariance.correlation[1 * 5 + 3] > 0.9)
    #expect(covariance[1, 3] == covariance[3, 1])
  }

  /// With tokens proportional to parameters one exponent cannot be told from the other.
  @Test func collinearDesignIsReported() throws {
    var data = try PublishedRuns.chinchilla()
    data.model.logTokens = data.model.logParams.map { $0 + log(20.0) }
    let u = data.model.logParams
    let loss = u.map { 1.7 + 400 * exp(-0.34 * $0) * 2 }
    var problem = Problem(
      model: data.model, response: loss, residuals: .log, loss: .squares,
      bounds: ChinchillaModel.bounds, searchRanges: ChinchillaModel.searchRanges)
    problem.fixed = [nil, nil, nil, 0.34, 0.34]
    let fitter = try GlobalFitter(problem)
    let fit = try fitter.fit()
    #expect(fit.rss < 1e-20)
    let covariance = try fitter.covariance(of: fit)
    if fit.atBound == [false, false, false, false, false] {
      #expect(covariance.unidentified == [1, 2])
      #expect(covariance.conditionNumber > 1e9)
    } else {
      // One of the two terms may be put at zero instead: the other carries both.
      #expect(fit.atBound[1] != fit.atBound[2])
      #expect(covariance.unidentified == [])
    }
  }

  @Test func replicatesAreDeterministicAndGlobal() throws {
    let fitter = try GlobalFitter(Self.problem())
    let scratch = FitScratch()
    var global: [Fit] = []
    for replicate in 0..<20 {
      var random = Philox(seed: 7, stream: UInt64(replicate))
      let counts = random.nextResample(of: 240)
      global.append(try fitter.fit(rowWeights: counts, scratch: scratch))
    }
    // Another order and other scratch: the same bits.
    for replicate in (0..<20).reversed() {
      var random = Philox(seed: 7, stream: UInt64(replicate))
      let fit = try fitter.fit(rowWeights: random.nextResample(of: 240))
      #expect(fit == global[replicate])
      #expect(fit.termination == .converged)
    }
    // A replicate is the fit of the rows repeated.
    var random = Philox(seed: 7, stream: 3)
    let counts = random.nextResample(of: 240)
    let rows = counts.indices.flatMap { Array(repeating: $0, count: Int(counts[$0])) }
    var problem = fitter.problem
    problem.response = rows.map { fitter.problem.response[$0] }
    problem.model = fitter.problem.model.selecting(rows: rows)
    let repeated = try GlobalFitter(problem).fit()
    #expect(abs(repeated.objective / global[3].objective - 1) < 1e-12)
    // Over a grid a warm start changes nothing: the replicate's own seeds find the optimum.
    let warm = try fitter.fit(rowWeights: counts, near: WarmStart(repeated))
    #expect(abs(warm.objective / global[3].objective - 1) < 1e-12)
    #expect(warm.polished == warm.reached)
  }

  /// From this start SciPy's L-BFGS-B stops 48 % above the optimum and reports success.
  @Test func badStartIsOvercome() throws {
    var options = FitOptions()
    options.starts = [[exp(0.5), exp(5.0), exp(5.0), 0.5, 0.5]]
    let fit = try GlobalFitter(Self.problem(), options: options).fit()
    #expect(abs(fit.objective / 1.0182740178006e-3 - 1) < 1e-12)
    #expect(fit.startObjectives.count == 1)
  }

  @Test func absoluteLossIsTheLimitOfHuber() throws {
    let fit = try GlobalFitter(Self.problem(loss: .absolute)).fit()
    let residuals = try #require(fit.residuals)
    #expect(abs(residuals.reduce(0) { $0 + abs($1) } / fit.objective - 1) < 1e-12)
    // At an optimum of the absolute loss as many residuals vanish as there are parameters.
    let small = residuals.filter { abs($0) < 1e-8 }
    #expect(small.count == 5)
    // No neighbour is better.
    let fitter = try GlobalFitter(Self.problem(loss: .absolute))
    for j in 0..<5 {
      for step in [-1e-5, 1e-5] {
        var near = fit.parameters
        near[j] *= 1 + step
        #expect(fitter.objective(at: near) > fit.objective)
      }
    }
  }

  @Test func llamaLeastSquares() throws {
    let data = try PublishedRuns.llama3()
    let fit = try GlobalFitter(
      Problem(
        model: data.model, response: data.loss, residuals: .raw, loss: .squares,
        bounds: ChinchillaModel.bounds, searchRanges: ChinchillaModel.searchRanges)
    ).fit()
    // The published values have four digits.
    #expect(abs(fit.parameters[0] - 0.6047) < 1e-4)
    #expect(abs(fit.parameters[3] - 0.3100) < 1e-4)
    #expect(abs(fit.parameters[4] - 0.3136) < 1e-4)
    #expect(abs(fit.objective - 0.0020197) < 1e-7)
  }
}

func zip3(_ a: [Double], _ b: [Double], _ c: [Double]) -> [(Double, Double, Double)] {
  a.indices.map { (a[$0], b[$0], c[$0]) }
}
