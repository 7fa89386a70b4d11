import LeastSquares
import Planning
import ScalingLaws
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bootstrap of the Chinchilla figures against the recomputation of arXiv:2404.10102.
struct BootstrapDistributionTests {
  private static func draws() async throws -> [String: [Double]] {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    spec.interval = .bootstrap(replicates: 4000)
    let fit = try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
    let rows = try #require(fit.draws).values
    return Dictionary(
      uniqueKeysWithValues: fit.parameters.enumerated().map { index, part in
        (part.name, rows.map { $0[index] })
      })
  }

  private static func deviation(_ x: [Double]) -> Double {
    let mean = x.reduce(0, +) / Double(x.count)
    return (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count - 1)).squareRoot()
  }

  private static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (mx, my) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    let xy = zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    return xy / Double(x.count - 1) / deviation(x) / deviation(y)
  }

  /// 4000 draws know a standard deviation to about 1 %; the issue allows 10 % for another stream of
  /// draws and the refits that the reference left short of their minimum.
  @Test func errorsAndCorrelations() async throws {
    let draws = try await Self.draws()
    let logs = ["A", "B", "E"].map { name in (draws[name] ?? []).map { log($0) } }
    let known = [0.258, 0.421, 0.0141]
    for (values, known) in zip(logs, known) {
      #expect(abs(Self.deviation(values) / known - 1) <= 0.1)
    }
    let (alpha, beta) = (draws["alpha"] ?? [], draws["beta"] ?? [])
    #expect(abs(Self.deviation(alpha) / 0.0154 - 1) <= 0.1)
    #expect(abs(Self.deviation(beta) / 0.0206 - 1) <= 0.1)
    #expect(Self.correlation(logs[0], alpha) > 0.999)
    let a = zip(alpha, beta).map { $1 / ($0 + $1) }
    #expect(abs(a.reduce(0, +) / Double(a.count) - 0.5165) <= 0.002)
    #expect(abs(Self.deviation(a) / 0.02 - 1) <= 0.1)
  }

  /// 80 % of tokens per parameter within 8 %, 95 % of the loss at 1e26 FLOP within .004, as the
  /// issue states.
  @Test func decisions() async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    spec.interval = .bootstrap(replicates: 4000)
    spec.level = 0.8
    let table = try Checkout.table("chinchilla/fig4.csv")
    let fit = try await LawFit(
      table, spec,
      quantities: { try OptimumQuantities.quantities(of: $0, budgets: [1e21, 5.76e23, 1e26]) })
    func ends(_ fit: LawFit, _ name: String) throws -> (Double, Double) {
      let part = try #require(fit.quantities?.first { $0.name == name })
      return (try #require(part.lower), try #require(part.upper))
    }
    for (place, low, high) in [("1e21", 16.9, 26.3), ("5.76e23", 9.9, 29.0), ("1e26", 6.4, 31.5)] {
      let (lower, upper) = try ends(fit, "D/N at \(place)")
      #expect(abs(lower / low - 1) <= 0.08, "\(place): \(lower)")
      #expect(abs(upper / high - 1) <= 0.08, "\(place): \(upper)")
    }
    var wide = try Uncertainty(fit)
    wide?.level = 0.95
    let law = try EstimatedLaw(fit)
    let loss = try #require(
      OptimumQuantities.quantities(of: law, budgets: [1e26]).first { $0.name == "loss at 1e26" })
    let interval = try #require(wide?.interval(isPositive: true, of: loss.value))
    #expect(abs(interval.lower - 1.846) <= 0.004)
    #expect(abs(interval.upper - 1.920) <= 0.004)
  }
}
