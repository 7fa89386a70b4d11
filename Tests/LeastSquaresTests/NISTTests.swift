import Foundation
import LeastSquares
import Testing

/// Certified problems of the NIST Statistical Reference Datasets, with models written by hand.
@Suite struct NISTTests {
  struct Certified {
    var starts: [[Double]]
    var values: [Double]
    var deviations: [Double]
    var x: [Double]
    var y: [Double]
  }

  static func certified(_ name: String) throws -> Certified {
    let table = try PublishedRuns.columns(
      "nist_strd/certified.csv", ["dataset", "start1", "start2", "certified", "certified_sd"])
    let rows = table[0].indices.filter { table[0][$0] == name }
    func numbers(_ column: Int) -> [Double] { rows.map { Double(table[column][$0]) ?? .nan } }
    let data = try PublishedRuns.columns("nist_strd/data.csv", ["dataset", "y", "x"])
    let own = data[0].indices.filter { data[0][$0] == name }
    return Certified(
      starts: [numbers(1), numbers(2)], values: numbers(3), deviations: numbers(4),
      x: own.map { Double(data[2][$0]) ?? .nan }, y: own.map { Double(data[1][$0]) ?? .nan })
  }

  static func model(_ name: String, _ x: [Double]) -> HandModel {
    switch name {
    case "MGH09": .kowalik(x)
    case "Bennett5": .bennett(x)
    case "Eckerle4": .peak(x)
    default: .saturation(x)
    }
  }

  /// Matching digits: -log10 of the relative error.
  static func digits(_ value: Double, _ certified: Double) -> Double {
    -log10(max(abs(value / certified - 1), 1e-16))
  }

  /// Where seeds are looked for, for the problem whose first start misleads a local method.
  static let searchRanges: [String: [SearchRange?]] = [
    "BoxBOD": [nil, SearchRange(lower: 0.01, upper: 2)]
  ]

  /// The certified values have eleven digits; eight must match, of standard errors six.
  ///
  /// Starts as published, without a search but for the first starts of `searchRanges`.
  @Test(
    arguments: ["Misra1a", "BoxBOD", "MGH09", "Bennett5", "Eckerle4"], [0, 1])
  func matchesTheCertifiedValues(name: String, start: Int) throws {
    let certified = try Self.certified(name)
    #expect(certified.x.count > certified.values.count)
    let problem = Problem(
      model: Self.model(name, certified.x), response: certified.y, residuals: .raw, loss: .squares)
    var options = FitOptions()
    options.starts = [certified.starts[start]]
    options.search = .local
    options.maximumIterations = 5000
    var ranged = problem
    if start == 0, let ranges = Self.searchRanges[name] {
      options.search = .global
      ranged.searchRanges = ranges
    }
    let fitter = try GlobalFitter(ranged, options: options)
    let fit = try fitter.fit()
    #expect(fit.termination == .converged, "\(name) \(start): \(fit.gradientNorm)")
    // From these starts a local fit ends elsewhere; the result says that a seed was needed.
    #expect(fit.usedOwnSeeds == (options.search == .global))
    for (value, known) in zip(fit.parameters, certified.values) {
      #expect(Self.digits(value, known) >= 8, "\(name) \(start) \(value) \(known)")
    }
    let covariance = try fitter.covariance(of: fit)
    for (value, known) in zip(covariance.standardErrors, certified.deviations) {
      #expect(Self.digits(value, known) >= 6, "\(name) \(start) sd \(value) \(known)")
    }
    #expect(covariance.unidentified == [])
  }

  /// The two engines share only the row terms; they must meet.
  @Test(arguments: ["Misra1a", "BoxBOD", "MGH09", "Eckerle4"])
  func enginesAgree(name: String) throws {
    let certified = try Self.certified(name)
    let problem = Problem(
      model: Self.model(name, certified.x), response: certified.y, residuals: .raw, loss: .squares)
    var options = FitOptions()
    options.starts = [certified.starts[1]]
    options.search = .local
    options.maximumIterations = 5000
    options.method = .newton
    let newton = try GlobalFitter(problem, options: options).fit()
    options.method = .gaussNewtonQR
    let reference = try GlobalFitter(problem, options: options).fit()
    #expect(abs(newton.objective / reference.objective - 1) < 1e-10)
    // The reference stops when the objective no longer changes: half the digits of it.
    for (a, b) in zip(newton.parameters, reference.parameters) { #expect(abs(a / b - 1) < 1e-6) }
  }

  /// In the bent valley of Bennett5 every step that Newton's method may take gains less than the
  /// rounding of the sum of squares: it may end early there, but then says so.
  ///
  /// The default takes the QR route first, and ends at the certified values.
  @Test func anEndBeforeTheMinimumIsSaid() throws {
    let certified = try Self.certified("Bennett5")
    let problem = Problem(
      model: Self.model("Bennett5", certified.x), response: certified.y, residuals: .raw,
      loss: .squares)
    var options = FitOptions()
    options.starts = [certified.starts[1]]
    options.search = .local
    options.maximumIterations = 5000
    let best = try GlobalFitter(problem, options: options).fit()
    #expect(best.termination == .converged)
    options.method = .newton
    let newton = try GlobalFitter(problem, options: options).fit()
    let excess = newton.objective / best.objective - 1
    #expect(excess > -1e-12 && excess < 1e-6)
    #expect(newton.termination.isMinimum == (excess < 1e-10), "\(newton.termination) \(excess)")
  }
}
