import LeastSquares
import ScalingLaws
import TestSupport
import Testing

/// The Chinchilla law on the points of Llama 3's figure 2 (arXiv:2407.21783).
struct IsoflopSurfaceTests {
  /// Half a unit of the last digit known.
  @Test func leastSquaresSurface() async throws {
    var spec = FitSpec(law: .chinchilla)
    (spec.residuals, spec.loss) = (.raw, .squares)
    let fit = try await LawFit(Checkout.table("llama3_isoflop/isoflops.csv"), spec)
    #expect(fit.data.rows == 133)
    #expect(abs(fit.objective.value - 0.0020197) <= 5e-8)
    for (name, value) in [("E", 0.6047), ("alpha", 0.3100), ("beta", 0.3136)] {
      #expect(abs(try fit.parameter(name).estimate - value) <= 5e-5, "\(name)")
    }
  }
}
