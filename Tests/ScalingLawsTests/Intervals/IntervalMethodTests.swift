import LeastSquares
import Tables
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@testable import ScalingLaws

/// The methods against closed forms and against each other.
struct IntervalMethodTests {
  private static func line(_ seed: UInt64, rows: Int = 30) -> Table {
    var generator = SeededGenerator(seed: seed)
    let x = (0..<rows).map { Double($0) / 3 }
    return Table(columns: [
      ("x", .numbers(x)), ("y", .numbers(x.map { 2 + 0.5 * $0 + 0.3 * generator.normal() })),
      ("half", .numbers(x.indices.map { Double($0 / 2) })),
    ])
  }

  private static func spec(_ interval: FitSpec.Interval) -> FitSpec {
    var spec = FitSpec(.formula("y ~ a + b * x"))
    spec.residuals = .raw
    spec.loss = .squares
    spec.interval = interval
    return spec
  }

  /// For a line under least squares the profile is Student's interval itself, of parameters and of
  /// predictions.
  ///
  /// Brent's tolerance of 1e-7 on the ends, in units of their distance, is the limit.
  @Test func profileOfALineIsStudentsInterval() async throws {
    let table = Self.line(3)
    let quantities: (EstimatedLaw) throws -> [DerivedQuantity] = { _ in
      [DerivedQuantity("at 20", isPositive: false) { $0[0] + 20 * $0[1] }]
    }
    let exact = try await LawFit(table, Self.spec(.covariance), quantities: quantities)
    let profile = try await LawFit(table, Self.spec(.profile), quantities: quantities)
    for (a, b) in zip(exact.parameters, profile.parameters) {
      let width = try #require(a.upper) - (try #require(a.lower))
      #expect(abs(try #require(a.lower) - (try #require(b.lower))) <= 1e-6 * width)
      #expect(abs(try #require(a.upper) - (try #require(b.upper))) <= 1e-6 * width)
    }
    let (a, b) = (try #require(exact.quantities?.first), try #require(profile.quantities?.first))
    let width = try #require(a.upper) - (try #require(a.lower))
    #expect(abs(try #require(a.lower) - (try #require(b.lower))) <= 1e-5 * width)
    #expect(abs(try #require(a.upper) - (try #require(b.upper))) <= 1e-5 * width)
  }

  /// Figures from an independent computation of the formulas of Efron 1987 with SciPy's normal
  /// distribution.
  @Test func biasCorrectionOfKnownDraws() throws {
    let draws = [
      0.1, 0.4, 0.35, 0.8, 1.2, 0.9, 0.3, 0.55, 0.6, 0.75, 1.5, 0.2, 0.45, 0.65, 0.5, 0.7, 0.85,
      0.95, 1.1, 0.05,
    ]
    let ends = try #require(
      BiasCorrection.interval(
        estimate: 0.6, draws: draws, jackknife: [0.5, 0.62, 0.55, 0.7, 0.58, 0.61], tail: 0.1))
    #expect(abs(ends.lower - 0.14324912) <= 1e-8)
    #expect(abs(ends.upper - 1.03325584) <= 1e-8)
    #expect(
      BiasCorrection.interval(estimate: 9, draws: draws, jackknife: [1, 2, 3], tail: 0.1) == nil)
  }

  /// The sandwich of a line under least squares, by hand: the residuals of each pair of rows times
  /// the inverse square root of its block of I - H, H the hat matrix; then scores are summed.
  @Test func clusteredCovarianceOfALine() async throws {
    let table = Self.line(5)
    var spec = Self.spec(.covariance)
    spec.cluster = "half"
    let fit = try await LawFit(table, spec)
    let (x, y) = (try table.numbers("x"), try table.numbers("y"))
    let n = Double(x.count)
    let (sx, sxx) = (x.reduce(0, +), x.reduce(0) { $0 + $1 * $1 })
    let determinant = n * sxx - sx * sx
    let (a, b) = (try #require(fit["a"]), try #require(fit["b"]))
    func hat(_ i: Int, _ j: Int) -> Double {
      (sxx - sx * (x[i] + x[j]) + n * x[i] * x[j]) / determinant
    }
    var meat = (0.0, 0.0, 0.0)
    for pair in 0..<(x.count / 2) {
      let (i, j) = (2 * pair, 2 * pair + 1)
      let (m11, m12, m22) = (1 - hat(i, i), -hat(i, j), 1 - hat(j, j))
      // The square root of a 2 by 2 matrix M is (M + s I) / t; its determinant is s.
      let s = (m11 * m22 - m12 * m12).squareRoot()
      let t = (m11 + m22 + 2 * s).squareRoot()
      let (r11, r12, r22) = ((m11 + s) / t, m12 / t, (m22 + s) / t)
      let (e, f) = (y[i] - a - b * x[i], y[j] - a - b * x[j])
      let residuals = [(r22 * e - r12 * f) / s, (r11 * f - r12 * e) / s]
      let one = residuals[0] + residuals[1]
      let two = residuals[0] * x[i] + residuals[1] * x[j]
      meat = (meat.0 + one * one, meat.1 + one * two, meat.2 + two * two)
    }
    // (X'X)^-1 meat (X'X)^-1, the entry of the slope.
    let variance =
      (sx * sx * meat.0 - 2 * sx * n * meat.1 + n * n * meat.2) / (determinant * determinant)
    let error = try #require(fit.parameters.first { $0.name == "b" }?.standardError)
    #expect(abs(error / variance.squareRoot() - 1) <= 1e-9)
    #expect(fit.interval.degreesOfFreedom == x.count / 2 - 2)
  }

  /// The wild form keeps the rows: its errors are those of the sandwich, here to what 4000 draws
  /// know.
  @Test func wildDrawsAgreeWithTheSandwich() async throws {
    var spec = Self.spec(.bootstrap(replicates: 4000))
    spec.resampling = .wild
    let fit = try await LawFit(Self.line(7, rows: 60), spec)
    let plain = try await LawFit(Self.line(7, rows: 60), Self.spec(.covariance))
    for (wild, exact) in zip(fit.parameters, plain.parameters) {
      let ratio = try #require(wild.standardError) / (try #require(exact.standardError))
      // Student's errors suppose equal variances; sixty rows estimate them to about 9 %.
      #expect(abs(ratio - 1) <= 0.15, "\(wild.name)")
    }
  }

  /// Where the likelihood is close to quadratic the methods agree; an amplitude is skewed and they
  /// do not.
  @Test func methodsAgreeWhereTheyShould() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    spec.interval = .all(replicates: 2000)
    let fit = try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
    func width(_ name: String, _ method: IntervalMethod, log isLog: Bool) throws -> Double {
      let ends = try #require(fit.parameters.first { $0.name == name }?.intervals?[method.rawValue])
      let (lower, upper) = (try #require(ends.lower), try #require(ends.upper))
      return isLog ? log(upper / lower) : upper - lower
    }
    let reference = try width("alpha", .bootstrap, log: false)
    for method in IntervalMethod.allCases {
      #expect(abs(try width("alpha", method, log: false) / reference - 1) <= 0.2, "\(method)")
    }
    // The draws of B reach much farther up than the curvature at the estimate tells.
    #expect(
      try width("B", .bootstrap, log: true) > 1.15 * (try width("B", .covariance, log: true)))
  }

  /// The repeated-data figures say nothing about Rd above: the profile is open there, and says so.
  @Test func repeatsAreNotIdentifiedAbove() async throws {
    var spec = FitSpec(law: .dataConstrained)
    let constants = try #require(Law.dataConstrained.constants(named: "muennighoff"))
    spec.fixed = constants.values.filter { !["Rd", "Rn"].contains($0.key) }
    spec.interval = .profile
    let fit = try await LawFit(Checkout.table("data_constrained/c4_repeated.csv"), spec)
    let part = try #require(fit.parameters.first { $0.name == "Rd" })
    #expect(part.upper == nil)
    #expect(try #require(part.lower) < 15.4)
  }

  /// Two bumps, one half as high: a local search that begins at the lower one stays there, and the
  /// profile of the level, which looks for other valleys, meets the higher one.
  @Test func profileThatMeetsABetterOptimumSaysSo() async throws {
    let x = (0..<41).map { 0.25 * Double($0) - 5 }
    let y = x.enumerated().map { index, x -> Double in
      let squares = [(x - 3) * (x - 3), (x + 3) * (x + 3)]
      let noise = Double(index * 7 % 11) - 5
      return exp(-squares[0]) + 0.5 * exp(-squares[1]) + 0.002 * noise
    }
    let table = Table(columns: [("x", .numbers(x)), ("y", .numbers(y))])
    var spec = FitSpec(.formula("y ~ b + exp(-(x - c)^2)"))
    spec.residuals = .raw
    spec.loss = .squares
    spec.interval = .profile
    spec.start = ["b": 0, "c": -3]
    let said = "the objective is"
    let whole = try await LawFit(table, spec)
    #expect(abs(try #require(whole["c"]) - 3) < 0.1)
    #expect(!whole.quality.warnings.contains { $0.hasPrefix(said) })
    spec.isLocal = true
    let stuck = try await LawFit(table, spec)
    #expect(abs(try #require(stuck["c"]) + 3) < 0.1)
    #expect(stuck.quality.warnings.contains { $0.hasPrefix(said) })
  }

  /// A line that would begin below zero is held at zero there: a quantity of that parameter alone
  /// must not look sure.
  @Test func whatABoundAloneDeterminesHasNoInterval() async throws {
    let x = (1...12).map { Double($0) }
    let y = x.map { 2 * $0 - 1 + 0.1 * ($0 * 7).remainder(dividingBy: 3) }
    let table = Table(columns: [("x", .numbers(x)), ("y", .numbers(y))])
    var spec = FitSpec(.formula("y ~ k + m * x; k >= 0"))
    spec.residuals = .raw
    spec.loss = .squares
    let fit = try await LawFit(table, spec) { law in
      ["k", "m"].map { name in
        let index = law.parameters.firstIndex(of: name)
        return DerivedQuantity(name, isPositive: false) { values in index.map { values[$0] } }
      }
    }
    #expect(fit.parameters.first { $0.name == "k" }?.atBound == true)
    let parts = fit.quantities ?? []
    #expect(parts.map(\.name) == ["k", "m"])
    #expect(parts.map { $0.lower == nil } == [true, false])
    #expect(parts.map { $0.standardError == nil } == [true, false])
  }

  @Test func sameBytesOnAnyNumberOfTasks() async throws {
    var texts: Set<String> = []
    for tasks in [1, 2] {
      var spec = FitSpec(law: .chinchilla)
      spec.filter = "excluded_in_fit == 0"
      spec.interval = .all(replicates: 200)
      spec.tasks = tasks
      let fit = try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
      texts.insert(try JSONText.encode(fit))
    }
    #expect(texts.count == 1)
  }

  @Test func whatCannotBeDoneIsRefused() async throws {
    let table = Self.line(1)
    var spec = Self.spec(.profile)
    spec.cluster = "half"
    await #expect(throws: AnalysisError.self) { try await LawFit(table, spec) }
    spec = Self.spec(.bca(replicates: 1))
    await #expect(throws: AnalysisError.self) { try await LawFit(table, spec) }
  }
}
