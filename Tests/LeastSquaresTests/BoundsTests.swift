import Foundation
import LeastSquares
import Testing

@Suite struct BoundsTests {
  /// a + b x, both linear.
  static func line(_ x: [Double]) -> HandModel {
    HandModel(
      x: x, parameterCount: 2, hessianPairs: [],
      linearStructure: LinearStructure(parameters: [0, 1], dependencies: [[], []])
    ) { x, p in HandTerms(value: p[0] + p[1] * x, gradient: [1, x], hessian: []) }
  }

  static let x = [1.0, 2, 3, 4, 5]

  /// y = -1 + 2 x held to a >= 0: the slope is then sum xy / sum xx.
  @Test(arguments: [FitOptions.Search.global, .local])
  func optimumAtALowerBoundIsExact(search: FitOptions.Search) throws {
    var options = FitOptions()
    options.search = search
    options.starts = [[0.5, 0.5]]
    let y = Self.x.map { -1 + 2 * $0 }
    let fit = try GlobalFitter(
      Problem(
        model: Self.line(Self.x), response: y, residuals: .raw, loss: .squares,
        bounds: [.positive, .unbounded]), options: options
    ).fit()
    #expect(fit.parameters[0] == 0)
    #expect(fit.atBound == [true, false])
    let slope = zip(Self.x, y).reduce(0) { $0 + $1.0 * $1.1 } / 55
    #expect(abs(fit.parameters[1] - slope) < 1e-14)
    #expect(fit.termination == .converged)
  }

  @Test func upperAndTwoSidedBounds() throws {
    let y = Self.x.map { -1 + 2 * $0 }
    func fit(_ bounds: [Bounds]) throws -> Fit {
      try GlobalFitter(
        Problem(
          model: Self.line(Self.x), response: y, residuals: .raw, loss: .squares, bounds: bounds)
      ).fit()
    }
    let upper = try fit([.unbounded, Bounds(upper: 1.5)])
    #expect(upper.parameters[1] == 1.5)
    #expect(upper.atBound == [false, true])
    #expect(abs(upper.parameters[0] - 0.5) < 1e-14)
    let both = try fit([Bounds(lower: -0.5, upper: 3), .unbounded])
    #expect(both.parameters[0] == -0.5)
    #expect(both.atBound == [true, false])
    // Bounds that do not bind change nothing: the line goes through every point.
    let inside = try fit([Bounds(lower: -5, upper: 3), Bounds(lower: 0, upper: 9)])
    #expect(inside.termination == .exactFit)
    #expect(abs(inside.parameters[0] + 1) < 1e-12)
    #expect(abs(inside.parameters[1] - 2) < 1e-12)
    #expect(inside.atBound == [false, false])
  }

  /// Data without a token term: B goes to its bound, exactly.
  @Test func vanishingTermIsPutAtZero() throws {
    let data = try PublishedRuns.chinchilla()
    var random = Philox(seed: 1, stream: 0)
    let loss = data.model.logParams.map {
      (1.8 + 400 * exp(-0.34 * $0)) * exp(0.001 * random.nextNormal())
    }
    let fit = try GlobalFitter(
      Problem(
        model: data.model, response: loss, bounds: ChinchillaModel.bounds,
        searchRanges: ChinchillaModel.searchRanges)
    ).fit()
    // Either the term is gone, or noise left some of it: then it must be small everywhere.
    let largest = data.model.logTokens.map { fit.parameters[2] * exp(-fit.parameters[4] * $0) }
      .max()
    #expect((largest ?? 1) < 0.05)
    #expect(abs(fit.parameters[3] - 0.34) < 0.02)
    #expect(fit.termination.isMinimum)
  }

  @Test func fixedParametersStay() throws {
    let data = try PublishedRuns.chinchilla()
    var problem = Problem(
      model: data.model, response: data.loss, bounds: ChinchillaModel.bounds,
      searchRanges: ChinchillaModel.searchRanges)
    // A fixed linear parameter goes into the offset, a fixed exponent off the grid.
    problem.fixed = [1.8, nil, nil, 0.35, nil]
    let fitter = try GlobalFitter(problem)
    let fit = try fitter.fit()
    #expect(fit.parameters[0] == 1.8 && fit.parameters[3] == 0.35)
    #expect(fit.termination == .converged)
    #expect(fit.objective > 1.018274e-3 && fit.objective < 1.03e-3)
    let covariance = try fitter.covariance(of: fit)
    #expect(covariance.free == [1, 2, 4])
    #expect(covariance.standardErrors[0] == 0 && covariance.standardErrors[1] > 0)
  }

  @Test func problemsThatCannotBeAttempted() throws {
    func code(_ change: (inout Problem<HandModel>) -> Void) -> FitError.Code? {
      var problem = Problem(model: Self.line(Self.x), response: [1, 2, 3, 4, 5])
      change(&problem)
      do {
        _ = try GlobalFitter(problem)
        return nil
      } catch { return error.code }
    }
    #expect(code { _ in } == nil)
    #expect(code { $0.response[2] = -1 } == .nonPositiveResponse(row: 2))
    #expect(code { $0.response[3] = .nan } == .notFinite(row: 3, what: "the response"))
    #expect(code { $0.weights = [1, 0, 0, 0, 0] } == .tooFewRows(rows: 1, free: 2))
    #expect(code { $0.weights = [1, -1, 0, 0, 0] } == .badWeight(row: 1))
    #expect(code { $0.bounds[1] = Bounds(lower: 2, upper: 1) } == .badBounds(parameter: 1))
    #expect(code { $0.loss = .huber(delta: 0) } == .badDelta)
    #expect(code { $0.response = [1] } == .wrongCount(what: "response", expected: 5))
    #expect(
      code {
        $0.residuals = .relative
        $0.response[0] = 0
      } == .zeroResponse(row: 0))
    var options = FitOptions()
    options.search = .local
    #expect(throws: FitError(.noStart)) { try options.validate() }
  }

  /// A start where f has no logarithm is a bad function, not a success.
  @Test func badFunctionIsReported() throws {
    var options = FitOptions()
    options.search = .local
    options.starts = [[-10, 0]]
    let fit = try GlobalFitter(
      Problem(model: Self.line(Self.x), response: [1, 2, 3, 4, 5]), options: options
    ).fit()
    #expect(fit.termination == .badFunction)
    #expect(fit.objective == .infinity)
    #expect(fit.reached == 0)
  }
}
