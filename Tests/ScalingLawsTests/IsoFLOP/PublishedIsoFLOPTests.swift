import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// Published isoFLOP studies.
@Suite struct PublishedIsoFLOPTests {
  private func analyse(where filter: String? = nil) async throws -> IsoFLOPAnalysis {
    var options = IsoFLOPGrid.published(at: 3.8e25)
    options.filter = filter
    // The joint law as those who digitised the figure fitted it.
    options.loss = .squares
    options.residuals = .raw
    return try await IsoFLOPAnalysis(Checkout.table("llama3_isoflop/isoflops.csv"), options)
  }

  /// D* = .2994 C^.5368, 1.610e13 tokens and 3.933e11 parameters at 3.8e25 FLOP; deadweight 6.25 %.
  @Test func llama3() async throws {
    let analysis = try await analyse()
    #expect(analysis.budgets.count == 10)
    #expect(analysis.budgets.allSatisfy { $0.optimum != nil })
    let laws = try #require(analysis[.isoFLOP])
    #expect(abs(laws.tokensExponent.value - 0.5368) < 5e-5)
    #expect(abs(laws.tokensCoefficient.value - 0.2994) < 5e-5)
    #expect(abs(laws.optima[0].tokens.value / 1.610e13 - 1) < 5e-4)
    #expect(abs(laws.optima[0].params.value / 3.933e11 - 1) < 5e-4)
    let joint = try #require(analysis[.jointLaw])
    #expect(abs(joint.optima[0].params.value / 6.216e11 - 1) < 5e-4)
    #expect(abs(joint.optima[0].tokens.value / 1.019e13 - 1) < 5e-4)
    #expect(abs(100 * analysis.deadweight[0] - 6.25) < 0.1)
    // Parabola and grid are a part of the difference, by the surface itself.
    let bias = try #require(analysis.bias)
    #expect(bias.budgets.count == 10)
  }

  /// Without the points flagged as outliers: C^.500.
  @Test func llama3WithoutFlaggedRows() async throws {
    let analysis = try await analyse(where: "outlier == 0")
    let laws = try #require(analysis[.isoFLOP])
    #expect(abs(laws.tokensExponent.value - 0.500) < 5e-4)
    #expect(abs(laws.optima[0].tokens.value / 9.8e12 - 1) < 0.01)
  }

  /// Akima's spline without noise: within .004 of the authors' basic exponents, which rest on a
  /// thousand noisy replicates.
  @Test func porianByAkima() async throws {
    let table = try Checkout.table("porian/isoflop.csv")
    let published = try Checkout.table("porian/published_fits.csv")
    let exponents = try published.numbers("exponent")
    let kinds = try published.texts("kind")
    var options = IsoFLOPOptions()
    options.curve = .akima
    options.isWeighted = false
    var count = 0
    for (row, config) in try published.texts("config").enumerated() where kinds[row] == "basic" {
      options.filter = "config == \"\(config)\""
      let analysis = try await IsoFLOPAnalysis(table, options)
      let laws = try #require(analysis[.isoFLOP], "\(config)")
      #expect(abs(laws.paramsExponent.value - exponents[row]) < 0.004, "\(config)")
      count += 1
    }
    #expect(count == 15)
  }
}
