import ScalingLaws
import TestSupport
import Testing

/// Routed models (arXiv:2202.01169): least squares on log10 of the loss, with the dense models.
struct RoutingTests {
  struct Router: Sendable, CustomTestStringConvertible {
    var name: String
    var rows: Int
    var rmse: Double
    /// a, b, c, d.
    var values: [Double]
    var testDescription: String { name }
  }

  static let routers = [
    Router(name: "S-Base", rows: 58, rmse: 0.00324, values: [-0.0830, -0.1180, 0.0099, 1.1136]),
    Router(name: "RL-R", rows: 59, rmse: 0.00324, values: [-0.0827, -0.1234, 0.0112, 1.1070]),
    Router(name: "Hash", rows: 56, rmse: 0.00299, values: [-0.0874, -0.1384, 0.0126, 1.1595]),
  ]

  /// 1 % covers the rounding of the known values, of which c has two or three digits.
  @Test(arguments: routers)
  func clarksLaw(_ router: Router) async throws {
    var spec = FitSpec(law: .clark)
    spec.filter = #"router == "\#(router.name)" || router == "Dense""#
    let fit = try await LawFit(Checkout.table("clark_routing/fit_rows.csv"), spec)
    #expect(fit.data.rows == router.rows)
    #expect(fit.objective.residuals == "raw" && fit.objective.loss == "squares")
    #expect(fit.quality.rmse <= router.rmse, "\(fit.quality.rmse)")
    for (name, known) in zip(["a", "b", "c", "d"], router.values) {
      #expect(abs(try fit.parameter(name).estimate / known - 1) <= 0.01, "\(name)")
    }
    let weak =
      fit.warnings(about: "E_max", "identified") + fit.warnings(about: "E_start", "identified")
    #expect(!weak.isEmpty, "\(fit.quality.warnings)")
  }
}
