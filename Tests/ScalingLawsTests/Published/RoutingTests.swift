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

  /// The cut-off 10^(-b/c), 1e12 parameters for S-BASE as printed: there experts change nothing,
  /// below they help, above they harm.
  @Test func cutOffOfSBase() throws {
    let law = try EstimatedLaw(.clark, #require(Law.clark.constants(named: "s-base")))
    let (b, c) = (try #require(law["b"]), try #require(law["c"]))
    #expect(abs(b / c + 12) <= 1e-12)
    func losses(_ params: Double) throws -> [Double] {
      let experts = [1.0, 8, 64, 512]
      return try law.predict(
        ["N": experts.map { _ in params }, "experts": experts], rowCount: 4
      ).map(\.value)
    }
    let there = try losses(1e12)
    // Twelve digits of c log N + b cancel to nothing.
    #expect(there.allSatisfy { abs($0 / there[0] - 1) <= 1e-12 })
    let below = try losses(1e11)
    #expect(below == below.sorted(by: >) && below[3] < below[0])
    let above = try losses(1e13)
    #expect(above == above.sorted() && above[3] > above[0])
  }
}
