import LeastSquares
import ScalingLaws
import TestSupport
import Testing

/// Tables of a dozen rows, which predict better than they identify.
struct SmallTableTests {
  /// The published prediction (arXiv:2304.03208) has four digits; seven runs on one line allow
  /// .005.
  @Test func cerebrasPredictsButDoesNotIdentify() async throws {
    var spec = FitSpec(law: .powerCompute)
    spec.filter = #"family == "cerebras_sp""#
    (spec.residuals, spec.loss) = (.raw, .squares)
    let fit = try await LawFit(Checkout.table("cerebras_gpt/pile_test_loss.csv"), spec)
    #expect(fit.data.rows == 7)
    let prediction = try #require(
      EstimatedLaw(fit).predict(["C": [2.3e22]], rowCount: 1).first)
    #expect(abs(prediction.value - 1.580) <= 0.005, "\(prediction.value)")
    #expect(!fit.warnings(about: "weakly identified").isEmpty, "\(fit.quality.warnings)")
  }

  /// The law of arXiv:2210.14891 with one break; the root mean square of log residuals is .00060.
  @Test func brokenPowerLawOfAddition() async throws {
    var spec = FitSpec(law: .brokenPower)
    spec.columns = ["x": "examples"]
    spec.filter = #"split == "train""#
    let fit = try await LawFit(Checkout.table("bnsl_addition/four_digit_addition.csv"), spec)
    #expect(fit.data.rows == 14)
    #expect(fit.objective.residuals == "log" && fit.objective.loss == "squares")
    #expect(fit.quality.rmse <= 0.00061, "\(fit.quality.rmse)")
  }
}
