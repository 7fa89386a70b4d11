import ScalingLaws
import Tables
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Power laws through given optima.
@Suite struct PowerLawFitTests {
  private static func budgets(_ count: Int) -> [Double] {
    (0..<count).map { 1.25e16 * exp2(Double($0)) }
  }

  /// The pairs of Porian and others 2024 with tuned hyperparameters: weighted .49690 and .11893,
  /// unweighted .49703.
  @Test func tunedPairs() throws {
    let params = [
      12.5356, 16.1486, 26.0506, 31.2644, 43.6592, 66.6211, 92.5284, 128.023, 171.278, 291.948,
      373.543, 534.704,
    ].map { $0 * 1e6 }
    let errors = [
      0.1141, 0.1159, 0.1121, 0.1132, 0.1151, 0.1119, 0.1111, 0.1176, 0.1142, 0.1121, 0.1173,
      0.1198,
    ]
    let law = try PowerLawFit(
      x: Self.budgets(12), y: params, weights: errors.map { 1 / ($0 * $0) })
    #expect(abs(law.exponent - 0.49690) < 1e-5)
    // The coefficient moves by 40 times the rounding of the exponent.
    #expect(abs(law.coefficient - 0.11893) < 5e-5)
    let plain = try PowerLawFit(x: Self.budgets(12), y: params)
    #expect(abs(plain.exponent - 0.49703) < 1e-5)
  }

  /// The same authors' reproduction of Kaplan: weighted .8353 and 4.232e-8, unweighted .83377.
  @Test func kaplanPairs() throws {
    let params = [
      1.22979, 2.16102, 3.55227, 6.51569, 11.7563, 20.7596, 43.1824, 64.3395, 132.724, 208.693,
      371.048,
    ].map { $0 * 1e6 }
    let errors = [
      0.2350, 0.2210, 0.1731, 0.1558, 0.1398, 0.1388, 0.1415, 0.1333, 0.1278, 0.1320, 0.1320,
    ]
    let law = try PowerLawFit(
      x: Self.budgets(11), y: params, weights: errors.map { 1 / ($0 * $0) })
    #expect(abs(law.exponent - 0.8353) < 1e-4)
    #expect(abs(law.coefficient / 4.232e-8 - 1) < 2e-3)
    let plain = try PowerLawFit(x: Self.budgets(11), y: params)
    #expect(abs(plain.exponent - 0.83377) < 1e-5)
  }

  /// All fifteen configurations, weighted and not: equal to the authors' own files.
  @Test func allPublishedConfigurations() throws {
    let pairs = try Checkout.table("porian/optimal_pairs.csv")
    let names = try pairs.texts("config")
    let flops = try pairs.numbers("flops")
    let params = try pairs.numbers("params")
    let errors = try pairs.numbers("log_params_sd")
    let published = try Checkout.table("porian/published_fits.csv")
    let exponents = try published.numbers("exponent")
    let coefficients = try published.numbers("coefficient")
    let kinds = try published.texts("kind")
    let configs = try published.texts("config")
    #expect(configs.count == 30)
    for (row, config) in configs.enumerated() {
      let rows = names.indices.filter { names[$0] == config }
      try #require(rows.count >= 10)
      let law = try PowerLawFit(
        x: rows.map { flops[$0] }, y: rows.map { params[$0] },
        weights: kinds[row] == "weighted" ? rows.map { 1 / (errors[$0] * errors[$0]) } : nil)
      #expect(abs(law.exponent - exponents[row]) < 1e-7, "\(config) \(kinds[row])")
      #expect(abs(law.coefficient / coefficients[row] - 1) < 1e-5, "\(config) \(kinds[row])")
    }
  }

  /// Against the textbook formulas of a straight line, written out.
  @Test func intervalsAreThoseOfALine() throws {
    let x = [1.0, 2, 3, 4, 5].map { exp($0) }
    let y = [1.1, 1.9, 3.2, 3.9, 5.1].map { exp($0) }
    let law = try PowerLawFit(x: x, y: y)
    // Sxx = 10, Sxy = 10, means 3 and 3.04.
    #expect(abs(law.exponent - 1.0) < 1e-12)
    let sum = [1.1, 1.9, 3.2, 3.9, 5.1].enumerated()
      .map { $1 - (3.04 + Double($0) + 1 - 3) }.reduce(0) { $0 + $1 * $1 }
    let exact = (sum / 3 / 10).squareRoot()
    #expect(abs(try #require(law.exponentError) - exact) < 1e-12)
    // The 97.5 % quantile of Student's t with 3 degrees of freedom.
    let t = 3.182446305284263
    let interval = try #require(law.exponentInterval(level: 0.95))
    #expect(abs(interval.upper - (1 + t * exact)) < 1e-9)
    #expect(abs(interval.lower - (1 - t * exact)) < 1e-9)
    let at = try #require(law.interval(at: exp(5), level: 0.95))
    let half = t * (sum / 3 * (1.0 / 5 + 4.0 / 10)).squareRoot()
    #expect(abs(log(at.upper) - (5.04 + half)) < 1e-9)
    #expect(abs(log(at.lower) - (5.04 - half)) < 1e-9)
    let coefficient = try #require(law.coefficientInterval(level: 0.95))
    #expect(coefficient.lower < law.coefficient && law.coefficient < coefficient.upper)
    // Only ratios of weights matter.
    let scaled = try PowerLawFit(x: x, y: y, weights: [7, 7, 7, 7, 7])
    #expect(abs(try #require(scaled.exponentError) - exact) < 1e-12)
  }

  @Test func twoPointsHaveNoInterval() throws {
    let law = try PowerLawFit(x: [10, 1000], y: [3, 300])
    #expect(abs(law.exponent - 1) < 1e-14)
    #expect(abs(law.value(at: 100) - 30) < 1e-12)
    #expect(law.exponentError == nil && law.interval(at: 1, level: 0.9) == nil)
  }

  @Test func faultsNameThePair() {
    func message(_ x: [Double], _ y: [Double], _ weights: [Double]? = nil) -> String {
      do {
        _ = try PowerLawFit(x: x, y: y, weights: weights)
        return ""
      } catch { return error.message }
    }
    #expect(message([1, 2, -3], [1, 2, 3]).hasPrefix("pair 3 of a power law: -3"))
    #expect(message([1, 2, 3], [1, 0, 3]).hasPrefix("pair 2"))
    #expect(message([1, 2], [1, 2], [1, .infinity]).contains("the weight Infinity"))
    #expect(message([2, 2], [1, 3]).contains("two different x"))
    #expect(message([1, 2], [1, 3], [1, 0]).contains("two different x"))
  }
}
