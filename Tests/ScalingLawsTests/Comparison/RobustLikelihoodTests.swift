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

/// The likelihood that a loss stands for, against densities integrated here.
struct RobustLikelihoodTests {
  static let losses: [Loss] = [
    .squares, .absolute, .huber(delta: 1e-3), .huber(delta: 1), .softL1(delta: 1e-3),
    .softL1(delta: 0.05), .cauchy(delta: 1e-2), .cauchy(delta: 0.2),
  ]

  /// ln of the integral of exp(-rho(r) / s), by the trapezoidal rule in t with r = sinh(t^3) times
  /// a width: dense at the corner of the loss, and far out where the tails are heavy.
  private static func logNormalizer(_ loss: Loss, _ s: Double) -> Double {
    let width = s.squareRoot()
    let steps = 400_000
    let end = 4.0
    var sum = 0.0
    for index in 1...steps {
      let t = end * (Double(index) - 0.5) / Double(steps)
      let r = width * sinh(t * t * t)
      sum += exp(-loss.value(r) / s) * width * cosh(t * t * t) * 3 * t * t
    }
    return log(2 * sum * end / Double(steps))
  }

  /// Fits, takes the residuals from the saved fit, and maximises the likelihood on a fine grid.
  @Test(arguments: losses)
  func equalsTheDensityIntegratedNumerically(_ loss: Loss) async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    (spec.residuals, spec.loss) = (.log, loss)
    var tied = spec
    tied.source = .law(.chinchillaTied)
    let table = try Checkout.table("chinchilla/fig4.csv")
    let comparison = try await LawComparison(table, [spec, tied])
    let entry = try #require(comparison.entries.first)
    let likelihood = try #require(entry.likelihood)
    let residuals = try #require(entry.fit.residuals).split(separator: " ").compactMap {
      Double($0)
    }
    #expect(residuals.count == 240)
    let objective = residuals.reduce(0) { $0 + loss.value($1) }
    func logLikelihood(_ s: Double) -> Double {
      -objective / s - 240 * Self.logNormalizer(loss, s)
    }
    // The rule above is good to about 1e-9 per row.
    #expect(abs(likelihood.logLikelihood - logLikelihood(likelihood.scale)) <= 1e-5)
    // A maximum: 1 % to either side it is lower, by more than the rule's error.
    #expect(logLikelihood(likelihood.scale * 1.01) < likelihood.logLikelihood - 1e-4)
    #expect(logLikelihood(likelihood.scale / 1.01) < likelihood.logLikelihood - 1e-4)
    // k = 5 parameters and the scale.
    let aicc = -2 * likelihood.logLikelihood + 12 + 2.0 * 6 * 7 / (240 - 7)
    #expect(abs(try #require(likelihood.aicc) - aicc) <= 1e-9)
  }

  /// The normal density has a closed maximum: -n/2 (ln(2 pi RSS / n) + 1), also with row weights,
  /// which narrow the density of their row.
  @Test func squaresAreTheNormalDensity() async throws {
    let runs = SimulatedLaws.grid(noise: 0.01, seed: 3)
    var columns = runs.columns
    columns.append(("w", .numbers(runs.rows.indices.map { Double($0 % 4) })))
    var spec = FitSpec(law: .chinchilla)
    (spec.residuals, spec.loss, spec.weights) = (.log, .squares, "w")
    var tied = spec
    tied.source = .law(.chinchillaTied)
    let comparison = try await LawComparison(Table(columns: columns), [spec, tied])
    for entry in comparison.entries {
      let likelihood = try #require(entry.likelihood)
      let used = runs.rows.indices.filter { $0 % 4 != 0 }
      let n = Double(used.count)
      let logWeights = used.reduce(0) { $0 + log(Double($1 % 4)) }
      let expected = -n / 2 * (log(2 * .pi * entry.fit.objective.value / n) + 1) + logWeights / 2
      #expect(likelihood.rows == used.count)
      #expect(abs(likelihood.logLikelihood - expected) <= 1e-9 * abs(expected))
    }
  }

  @Test func weightsSumToOneAndFollowTheCriterion() async throws {
    let comparison = try await LawComparison(
      SimulatedLaws.grid(noise: 0.01, seed: 4).table,
      [.chinchilla, .chinchillaTied, .kaplan].map { FitSpec(law: $0) })
    let weights = try comparison.entries.map { try #require($0.akaikeWeight) }
    let deltas = try comparison.entries.map { try #require($0.deltaAICc) }
    #expect(abs(weights.reduce(0, +) - 1) <= 1e-12)
    #expect(deltas.min() == 0)
    for (weight, delta) in zip(weights, deltas) {
      #expect(abs(weight / (weights.max() ?? 0) - exp(-delta / 2)) <= 1e-12)
    }
  }
}
