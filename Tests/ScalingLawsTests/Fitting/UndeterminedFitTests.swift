import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// Fits of which only words can be true.
@Suite struct UndeterminedFitTests {
  @Test(arguments: [FitSpec.Interval.covariance, .bootstrap(replicates: 20), .profile])
  func constantResponse(_ interval: FitSpec.Interval) async throws {
    let table = Table(columns: [
      ("samples", .numbers([1e3, 1e3, 1e4, 1e4, 1e5, 1e5])),
      ("count", .numbers(Array(repeating: 660, count: 6))),
    ])
    let fit = try await LawFit(
      table, IdentificationTests.spec("count ~ a + b / samples^c", interval))
    #expect(
      !fit.warnings(about: "count is 660 in every row", "constant", "a, b, c are not determined")
        .isEmpty, "\(fit.quality.warnings)")
    #expect(fit.undetermined?.parameters == ["a", "b", "c"])
    #expect(fit.quality.r2.isNaN && fit.covariance == nil && fit.draws == nil)
    for part in fit.parameters {
      #expect(part.standardError == nil && part.lower == nil && part.upper == nil)
    }
    let prediction = try #require(
      EstimatedLaw(fit).predict(["samples": [2e4]], rowCount: 1).first)
    #expect(digits(prediction.value, 660) > 9 && prediction.interval == nil)
  }

  /// A law linear in its parameters is constant in one way only: there the value is determined.
  @Test func constantResponseOfALine() async throws {
    let table = Table(columns: [
      ("x", .numbers([1, 2, 3, 4])), ("y", .numbers([5, 5, 5, 5])),
    ])
    let fit = try await LawFit(table, IdentificationTests.spec("y ~ m + k * x"))
    #expect(fit.undetermined == nil && !fit.warnings(about: "y is 5 in every row").isEmpty)
    #expect(fit.parameters.allSatisfy { $0.standardError == nil && $0.lower == nil })
  }

  /// Loss linear in ln tokens: E + A / tokens^a ends near a = 0 with huge amplitudes of which only
  /// the difference is known.
  @Test(arguments: [Loss.squares, .huber(delta: 1e-3)])
  func amplitudesNearALogarithm(_ loss: Loss) async throws {
    let losses = [8.2759, 7.9105, 7.5699, 7.2492, 6.8940, 6.5318, 6.1807, 5.8114, 5.5039, 5.1497]
    let table = Table(columns: [
      ("tokens", .numbers((0..<10).map { 1024 * Double(1 << (2 * $0)) })),
      ("y", .numbers(losses)),
    ])
    var spec = IdentificationTests.spec("y ~ E + A / tokens^a")
    spec.loss = loss
    let fit = try await LawFit(table, spec)
    let open = try #require(fit.undetermined, "\(fit.parameters)")
    #expect(open.parameters == ["E", "A"])
    for name in ["E", "A"] {
      let part = try fit.parameter(name)
      #expect(part.standardError == nil && part.lower == nil && part.upper == nil)
    }
    #expect(
      !fit.warnings(about: "E, A are not determined", "a is near 0, where they are one term")
        .isEmpty,
      "\(fit.quality.warnings)")
    // The same law in numbers that are well known: p = E + A / 1e5^a, q = a A / 1e5^a.
    var plain = IdentificationTests.spec("y ~ p + q * expm1(-a * log(tokens / 1e5)) / a")
    plain.loss = loss
    (plain.isLocal, plain.start) = (true, ["p": 7.12, "q": 0.25, "a": 0.002])
    let same = try await LawFit(table, plain)
    #expect(digits(fit.objective.value, same.objective.value) > 6)
    #expect(same.undetermined == nil && same.quality.conditionNumber < 100)
    let points = ["tokens": [1e3, 1e5, 1e8]]
    let saved = try LawFit.read(Array(JSONText.encode(fit).utf8))[0]
    let found = try EstimatedLaw(saved).predict(points, rowCount: 3)
    let known = try EstimatedLaw(same).predict(points, rowCount: 3)
    for (one, other) in zip(found, known) {
      let (a, b) = (try #require(one.interval), try #require(other.interval))
      #expect(abs((a.upper - a.lower) / (b.upper - b.lower) - 1) < 1e-4, "\(one) \(other)")
      #expect(abs(one.value - other.value) < 1e-3 * (b.upper - b.lower))
    }
    #expect(try #require(EstimatedLaw(saved).uncertainty).samples() == [])
  }

  /// A term that vanished leaves its exponent without effect, whether or not the search left it at a
  /// bound of its own, and nothing else.
  @Test(arguments: ["0.5 < beta < 2", "beta > 0", "beta > 0.1"])
  func exponentOfAVanishedTerm(_ bound: String) async throws {
    var generator = SeededGenerator(seed: 2)
    let x = (1...16).map { Double($0) }
    let table = Table(columns: [
      ("x", .numbers(x)), ("y", .numbers(x.map { 3 + 0.2 * $0 + 0.05 * generator.normal() })),
    ])
    let fit = try await LawFit(
      table, IdentificationTests.spec("y ~ m + g * x - B / x^beta; B >= 0; \(bound)"))
    // The noise of this seed bends the other way.
    try #require(fit.parameter("B").atBound)
    #expect(fit.undetermined?.parameters == ["beta"])
    #expect(!fit.warnings(about: "beta is not determined: no row depends on it").isEmpty)
    #expect(fit.warnings(about: "beta is at its bound").isEmpty)
    #expect(fit.interval.degreesOfFreedom == 14)
    #expect(try fit.parameter("m").standardError != nil && fit.parameter("g").standardError != nil)
    let law = try EstimatedLaw(fit)
    let prediction = try #require(law.predict(["x": [5]], rowCount: 1).first)
    #expect(prediction.interval != nil)
    // Draws, too, have nothing to miss.
    #expect(try #require(law.uncertainty).samples(10).count == 10)
  }

  /// A law with as many parameters as rows that cannot reach them ends where it turns back: a
  /// direction without first-order effect that is no freedom.
  @Test func turningBackIsNoFreedom() async throws {
    let table = Table(columns: [
      ("x", .numbers([1, 2])), ("y", .numbers([1, 0.4])),
    ])
    // The value at 2 is the square of that at 1 times k: k p^2, p.
    let fit = try await LawFit(
      table, IdentificationTests.spec("y ~ p^x * (1.5 - q^2 * (x - 1)); p > 0; q > -1; q < 1"))
    #expect(fit.interval.degreesOfFreedom == 0)
  }
}
