import LeastSquares
import ScalingLaws
import Tables
import TestSupport
import Testing

/// The two-step prediction of arXiv:2403.08540: loss from five small runs, task error from loss.
struct OvertrainingTests {
  private struct Published {
    var params: Double
    var multiplier: Double
    var lossError: Double
    var taskError: Double
  }

  /// The published percentages have four decimals; a thousandth of a point is asked.
  @Test func publishedErrorsOfExtrapolation() async throws {
    let runs = try Checkout.table("gadre_overtraining/runs.csv")
    let lossLaw = try await Self.law(
      .overtraining, runs, #"corpus == "rpj" && in_loss_fit == 1"#, rows: 5)
    let errorLaw = try await Self.law(
      .downstreamError, runs, #"corpus == "rpj" && in_error_fit == 1"#, rows: 6)
    let published = [
      Published(params: 1_439_795_200, multiplier: 640, lossError: 0.7103, taskError: 3.6365),
      Published(params: 6_889_410_560, multiplier: 20, lossError: 0.7320, taskError: 0.0464),
    ]
    for target in published {
      let filter =
        #"corpus == "rpj" && params == \#(NumberText.shortest(target.params)) "#
        + "&& token_multiplier == \(NumberText.shortest(target.multiplier))"
      let rows = try RowSelection.rows(of: runs, filter)
      #expect(rows.rowCount == 1)
      let tokens = target.params * target.multiplier
      let loss = try #require(
        lossLaw.predict(["N": [target.params], "D": [tokens]], rowCount: 1).first
      ).value
      let error = try #require(errorLaw.predict(["loss": [loss]], rowCount: 1).first).value
      let observed = (loss: try rows.numbers("loss")[0], error: try rows.numbers("error")[0])
      #expect(abs(100 * abs(loss / observed.loss - 1) - target.lossError) <= 0.001)
      #expect(abs(100 * abs(error / observed.error - 1) - target.taskError) <= 0.001)
    }
  }

  private static func law(_ law: Law, _ runs: Table, _ filter: String, rows: Int) async throws
    -> EstimatedLaw
  {
    var spec = FitSpec(law: law)
    spec.filter = filter
    (spec.residuals, spec.loss) = (.raw, .squares)
    let fit = try await LawFit(runs, spec)
    #expect(fit.data.rows == rows)
    return try EstimatedLaw(fit)
  }

  /// Four parameters on five runs leave one degree of freedom: the interval of a prediction ten
  /// times beyond the data is honest only if it is wide, and it covers what was observed.
  @Test func intervalsAreWideWithOneDegreeOfFreedom() async throws {
    let runs = try Checkout.table("gadre_overtraining/runs.csv")
    let law = try await Self.law(
      .overtraining, runs, #"corpus == "rpj" && in_loss_fit == 1"#, rows: 5)
    let prediction = try #require(
      law.predict(["N": [6_889_410_560], "D": [6_889_410_560 * 20]], rowCount: 1).first)
    let interval = try #require(prediction.interval)
    #expect(interval.lower < 2.4249931 && 2.4249931 < interval.upper)
    #expect(interval.upper / interval.lower > 1.05)
  }
}
