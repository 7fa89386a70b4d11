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

/// What the rows do not determine has no error and no interval by any method; what they do keeps its
/// own.
@Suite struct IdentificationTests {
  static let methods: [FitSpec.Interval] = [
    .covariance, .bootstrap(replicates: 200), .bca(replicates: 200), .profile,
    .all(replicates: 200),
  ]

  /// Shares of two sources: first + second = 1, and the constant is their sum.
  private static func shares(_ scale: Double = 1) -> Table {
    let first = [0.002, 0.004, 0.008, 0.01, 0.014, 0.018]
    return Table(columns: [
      ("first", .numbers(first.map { $0 * scale })), ("second", .numbers(first.map { 1 - $0 })),
      ("score", .numbers([3.05, 2.94, 2.70, 2.61, 2.38, 2.24])),
    ])
  }

  static func spec(_ formula: String, _ interval: FitSpec.Interval = .covariance)
    -> FitSpec
  {
    var spec = FitSpec(.formula(formula))
    (spec.residuals, spec.loss, spec.interval) = (.raw, .squares, interval)
    return spec
  }

  private static let mixture = "score ~ a + b * first + c * second"

  private static func combinations(_: EstimatedLaw) -> [DerivedQuantity] {
    [
      DerivedQuantity("b - c", isPositive: false) { $0[1] - $0[2] },
      DerivedQuantity("a + c", isPositive: false) { $0[0] + $0[2] },
      DerivedQuantity("a + 2 b", isPositive: false) { $0[0] + 2 * $0[1] },
    ]
  }

  // MARK: - By every method

  /// Numbers of the line score ~ (a + c) + (b - c) first, by NumPy's least squares.
  @Test(arguments: methods)
  func noneOfTheThreeHasAnInterval(_ interval: FitSpec.Interval) async throws {
    let fit = try await LawFit(
      Self.shares(), Self.spec(Self.mixture, interval), quantities: Self.combinations)
    #expect(digits(fit.objective.value, 0.00323529412) > 8)
    #expect(fit.interval.degreesOfFreedom == 4)
    for part in fit.parameters {
      #expect(part.standardError == nil && part.lower == nil && part.upper == nil)
      #expect(part.intervals?.isEmpty != false)
      #expect(!fit.isDetermined(part.name))
    }
    let open = try #require(fit.undetermined)
    #expect(open.parameters == ["a", "b", "c"] && open.directions.count == 1)
    #expect(zip(open.directions[0], [1, -1, -1]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(open.quantities == ["a + 2 b"])
    #expect(!fit.warnings(about: "a, b, c are not determined", "a +1, b -1, c -1").isEmpty)
    #expect(!fit.warnings(about: "a + 2 b: not determined").isEmpty)
    for (name, value, error) in [
      ("b - c", -51.76470588, 2.11197156), ("a + c", 3.13647059, 0.02287698),
    ] {
      let part = try #require(fit.quantities?.first { $0.name == name })
      #expect(digits(part.estimate, value) > 7)
      let (low, high) = (try #require(part.lower), try #require(part.upper))
      #expect(low < value && value < high)
      guard fit.interval.replicates == nil else { continue }
      // Student's t with 4 degrees of freedom.
      #expect(digits((high - low) / 2, 2.7764451052 * error) > 6)
      #expect(digits(try #require(part.standardError), error) > 6)
    }
    let last = try #require(fit.quantities?.last)
    #expect(last.standardError == nil && last.lower == nil && last.upper == nil)
    #expect(last.intervals?.isEmpty != false)
  }

  /// A saved fit knows what it cannot predict; what it can, it predicts as a fit with one parameter
  /// held anywhere does.
  @Test(arguments: [0.0, 50, -100])
  func holdingOneGivesTheSame(_ value: Double) async throws {
    let fit = try await LawFit(Self.shares(), Self.spec(Self.mixture))
    let saved = try LawFit.read(Array(JSONText.encode(fit).utf8))
    #expect(saved == [fit])
    var spec = Self.spec(Self.mixture)
    spec.fixed = ["b": value]
    let held = try await LawFit(Self.shares(), spec)
    #expect(digits(held.objective.value, fit.objective.value) > 9)
    #expect(held.undetermined == nil)
    #expect(held.interval.degreesOfFreedom == fit.interval.degreesOfFreedom)
    let points = ["first": [0.01, 0.5, 0.5], "second": [0.99, 0.5, 0.6]]
    let free = try EstimatedLaw(saved[0]).predict(points, rowCount: 3)
    let known = try EstimatedLaw(held).predict(points, rowCount: 3)
    for (row, error) in [(0, 0.011695568912), (1, 1.03633908660)] {
      let (one, other) = (try #require(free[row].interval), try #require(known[row].interval))
      #expect(digits(free[row].value, known[row].value) > 9)
      #expect(digits(one.lower, other.lower) > 8 && digits(one.upper, other.upper) > 8)
      // The error by NumPy, Student's t with 4 degrees of freedom.
      #expect(digits((one.upper - one.lower) / 2, 2.7764451052 * error) > 7)
      #expect(free[row].undetermined == nil)
    }
    // Off the line on which the runs lie, the value is anybody's.
    #expect(free[2].interval == nil && known[2].interval != nil)
    #expect(free[2].undetermined == "only combinations of a, b, c are determined")
    let runs = try EstimatedLaw(saved[0]).predict(points, rowCount: 3, ofNewRun: true)
    #expect(runs[0].interval != nil && runs[2].interval == nil)
    // Decisions by whole draws have none to go by.
    #expect(try #require(EstimatedLaw(fit).uncertainty).samples() == [])
  }

  @Test func unitsDoNotDecide() async throws {
    for scale in [1e-9, 1e-6, 1, 1e9] {
      let fit = try await LawFit(Self.shares(scale), Self.spec(Self.mixture))
      #expect(fit.undetermined?.parameters == ["a", "b", "c"], "\(scale)")
      let direction = try #require(fit.undetermined?.directions.first)
      #expect(digits(direction[1], -1 / scale) > 9 && digits(direction[2], -1) > 9)
    }
  }

  // MARK: - Degrees of freedom

  /// A quadratic over rows with v^2 = 4 u^2.
  ///
  /// R's lm drops one of six columns: 4 degrees of freedom; numbers by NumPy over the other five.
  @Test(arguments: [FitSpec.Interval.covariance, .profile])
  func rankIsWhatCounts(_ interval: FitSpec.Interval) async throws {
    let u = [0, 1, -1, 1, -1, 0.5, -0.5, 0.5, -0.5]
    let v = [0.0, 2, 2, -2, -2, 1, 1, -1, -1]
    let y = [2.9411, 4.2426, 2.3335, 3.7853, 4.2928, 3.2122, 2.6800, 3.4351, 3.3928]
    let table = Table(columns: [("u", .numbers(u)), ("v", .numbers(v)), ("y", .numbers(y))])
    let fit = try await LawFit(
      table, Self.spec("y ~ k + p * u + q * v + r * u^2 + s * v^2 + t * u * v", interval))
    #expect(fit.interval.degreesOfFreedom == 4)
    #expect(fit.undetermined?.parameters == ["r", "s"])
    for (name, value, error) in [
      ("k", 2.99391132, 0.03712798), ("p", 0.33777, 0.0293177), ("q", -0.196985, 0.01465885),
      ("t", 0.29871471, 0.01589975),
    ] {
      let part = try fit.parameter(name)
      #expect(digits(part.estimate, value) > 7)
      #expect(digits(try #require(part.standardError), error) > 6)
      let half = (try #require(part.upper) - (try #require(part.lower))) / 2
      #expect(digits(half, 2.7764451052 * error) > 6)
    }
    for name in ["r", "s"] {
      let part = try fit.parameter(name)
      #expect(part.standardError == nil && part.lower == nil && part.upper == nil)
    }
  }

  /// Robust losses and clusters: the covariance of what is determined is that of the fit with one
  /// of a pair of equal columns held, whatever its value.
  @Test(
    arguments: [Loss.squares, .huber(delta: 0.05), .cauchy(delta: 0.1), .absolute], [false, true])
  func equalColumns(_ loss: Loss, _ isClustered: Bool) async throws {
    var generator = SeededGenerator(seed: 8)
    let x = (0..<24).map { Double($0) / 4 }
    let y = x.map { 2 + 0.7 * $0 + 0.1 * generator.normal() }
    let table = Table(columns: [
      ("x", .numbers(x)), ("again", .numbers(x.map { 1e6 * $0 })), ("y", .numbers(y)),
      ("lot", .numbers(x.indices.map { Double($0 / 2) })),
    ])
    var spec = Self.spec("y ~ m + a * x + b * again")
    spec.loss = loss
    if isClustered { spec.cluster = "lot" }
    let fit = try await LawFit(table, spec)
    spec.fixed = ["b": 0]
    let held = try await LawFit(table, spec)
    #expect(fit.undetermined?.parameters == ["a", "b"])
    #expect(fit.interval.degreesOfFreedom == (isClustered ? 10 : 22))
    #expect(held.interval.degreesOfFreedom == fit.interval.degreesOfFreedom)
    #expect(try fit.parameter("a").standardError == nil && fit.parameter("b").standardError == nil)
    let (one, other) = (try fit.parameter("m"), try held.parameter("m"))
    // Both ended at a minimum to about eight digits of the parameters.
    let error = try #require(other.standardError)
    #expect(abs(one.estimate - other.estimate) < 1e-5 * error)
    #expect(digits(try #require(one.standardError), error) > 5)
    let points = ["x": [1.3, 9], "again": [1.3e6, 9e6]]
    let (free, known) = (
      try EstimatedLaw(fit).predict(points, rowCount: 2),
      try EstimatedLaw(held).predict(points, rowCount: 2)
    )
    for (one, other) in zip(free, known) {
      let (a, b) = (try #require(one.interval), try #require(other.interval))
      #expect(digits(a.upper - a.lower, b.upper - b.lower) > 5)
    }
  }

  /// A nonlinear combination: only the product is determined, along a curve.
  @Test func productOfTwo() async throws {
    var generator = SeededGenerator(seed: 4)
    let x = (1...20).map { Double($0) }
    let y = x.map { 5 + 6 * exp(-0.2 * $0) + 0.02 * generator.normal() }
    let table = Table(columns: [("x", .numbers(x)), ("y", .numbers(y))])
    var spec = Self.spec("y ~ m + p * q * exp(-k * x); p > 0; q > 0; k > 0")
    spec.start = ["m": 4, "p": 2, "q": 2, "k": 0.3]
    let quantities: (EstimatedLaw) throws -> [DerivedQuantity] = { law in
      let (p, q) = (law.parameters.firstIndex(of: "p")!, law.parameters.firstIndex(of: "q")!)
      return [
        DerivedQuantity("p q") { $0[p] * $0[q] }, DerivedQuantity("p / q") { $0[p] / $0[q] },
      ]
    }
    let fit = try await LawFit(table, spec, quantities: quantities)
    spec.fixed = ["q": 3]
    let held = try await LawFit(table, spec, quantities: quantities)
    #expect(Set(fit.undetermined?.parameters ?? []) == ["p", "q"])
    #expect(fit.undetermined?.quantities == ["p / q"])
    #expect(fit.interval.degreesOfFreedom == 17 && held.interval.degreesOfFreedom == 17)
    let (one, other) = (try fit.quantity("p q"), try held.quantity("p q"))
    #expect(digits(one.estimate, other.estimate) > 6)
    #expect(digits(try #require(one.standardError), try #require(other.standardError)) > 4)
    for name in ["m", "k"] {
      let (one, other) = (try fit.parameter(name), try held.parameter(name))
      #expect(digits(try #require(one.standardError), try #require(other.standardError)) > 4)
    }
  }
}
