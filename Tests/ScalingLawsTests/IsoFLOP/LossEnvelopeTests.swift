import ScalingLaws
import Tables
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Approach 1: the lower envelope of training curves.
@Suite struct LossEnvelopeTests {
  private static func curves(sizes: Int, points: Int = 24) throws -> (ChinchillaSurface, Table) {
    let surface = try ChinchillaSurface(
      E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658)
    var (params, tokens, loss): ([Double], [Double], [Double]) = ([], [], [])
    for size in 0..<sizes {
      let n = 1e8 * pow(100, Double(size) / Double(sizes - 1))
      for point in 0..<points {
        let d = 1e9 * pow(1000, Double(point) / Double(points - 1))
        params.append(n)
        tokens.append(d)
        loss.append(surface.loss(params: n, tokens: d))
      }
    }
    return (
      surface,
      Table(
        columns: [
          ("params", .numbers(params)), ("tokens", .numbers(tokens)), ("loss", .numbers(loss)),
        ], source: "curves")
    )
  }

  /// A staircase of ten sizes finds the exponents of the surface to .01, of forty to .003.
  @Test(arguments: zip([10, 40], [0.01, 0.003]))
  func exponents(_ sizes: Int, _ tolerance: Double) async throws {
    let (surface, table) = try Self.curves(sizes: sizes)
    var options = IsoFLOPOptions()
    options.budgets = [1e22]
    let analysis = try await IsoFLOPAnalysis(table, options)
    let laws = try #require(analysis[.envelope])
    #expect(abs(laws.paramsExponent.value - surface.paramsExponent) < tolerance)
    #expect(abs(laws.tokensExponent.value - surface.tokensExponent) < tolerance)
    #expect(abs(laws.paramsExponent.value + laws.tokensExponent.value - 1) < 1e-3)
    let interval = try #require(laws.paramsExponent.interval)
    #expect(interval.lower < surface.paramsExponent && surface.paramsExponent < interval.upper)
    let params = try #require(laws.optima[0].params.interval)
    #expect(params.lower < laws.optima[0].params.value)
    #expect(laws.optima[0].params.value < params.upper)
    #expect(params.upper / params.lower < 3)
  }

  /// The refusal of one approach leaves the others.
  @Test func tooFewSizes() async throws {
    let grid = IsoFLOPGrid(surface: try IsoFLOPGrid.surface(1), reach: 4)
    let analysis = try await IsoFLOPAnalysis(grid.table)
    #expect(analysis[.envelope] == nil)
    let refusal = try #require(analysis.approaches.first { $0.kind == .envelope }?.refusal)
    #expect(refusal.contains("three such sizes are needed"))
    #expect(analysis[.isoFLOP] != nil && analysis[.jointLaw] != nil)
  }

  /// The outer of four sizes can never be best with a smaller and a larger one beside them, and two
  /// make no power law.
  @Test func fourSizes() async throws {
    let (_, table) = try Self.curves(sizes: 4)
    let analysis = try await IsoFLOPAnalysis(table)
    let refusal = try #require(analysis.approaches.first { $0.kind == .envelope }?.refusal)
    #expect(refusal.contains("with a smaller and a larger one beside them"))
  }

  /// Figure 4 of the Chinchilla paper, sizes with several runs; published by approach 1: a .50
  /// (.488, .502).
  @Test func chinchilla() async throws {
    var options = IsoFLOPOptions()
    options.filter = "excluded_in_fit == 0"
    let analysis = try await IsoFLOPAnalysis(Checkout.table("chinchilla/fig4.csv"), options)
    let laws = try #require(analysis[.envelope])
    // Endpoints of runs instead of training curves, one point in six of theirs: the interval must
    // hold the published one.
    let interval = try #require(laws.paramsExponent.interval)
    #expect(interval.lower < 0.488 && 0.502 < interval.upper)
    #expect(abs(laws.paramsExponent.value - 0.50) < 0.05)
    let joint = try #require(analysis[.jointLaw])
    #expect(abs(joint.paramsExponent.value - 0.5139) < 1e-4)
  }
}
