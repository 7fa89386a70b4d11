import LeastSquares
import ScalingLaws
import TestSupport
import Testing

/// Checkpoints of arXiv:2502.06857; at delta 1e-4 the published fits are not minima.
struct GemstonesTests {
  @Test(arguments: [
    ("hot", 1e-3, 220, 0.0019816129), ("cool_end", 1e-3, 199, 0.0019640865),
    ("hot", 1e-4, 220, 0.0002075053), ("cool_end", 1e-4, 199, 0.0002047792),
  ])
  func reachesTheBestKnownObjective(
    _ variant: String, _ delta: Double, _ rows: Int, _ objective: Double
  ) async throws {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = #"variant == "\#(variant)""#
    spec.loss = .huber(delta: delta)
    let fit = try await LawFit(Checkout.table("gemstones/runs.csv"), spec)
    #expect(fit.data.rows == rows)
    #expect(fit.objective.value <= objective, "\(fit.objective.value)")
  }
}
