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

/// Allocation from fits, and two independent ways to each number.
struct FittedAllocationTests {
  private static func chinchilla(_ change: (inout FitSpec) -> Void = { _ in }) async throws
    -> LawFit
  {
    var spec = FitSpec(law: .chinchilla)
    spec.filter = "excluded_in_fit == 0"
    change(&spec)
    return try await LawFit(Checkout.table("chinchilla/fig4.csv"), spec)
  }

  /// The known values have four digits; 0.2 % is asked.
  @Test func llama3AtItsBudget() async throws {
    var spec = FitSpec(law: .chinchilla)
    (spec.residuals, spec.loss) = (.raw, .squares)
    let fit = try await LawFit(Checkout.table("llama3_isoflop/isoflops.csv"), spec)
    let plan = try AllocationPlan(EstimatedLaw(fit), budgets: [3.8e25])
    let allocation = try #require(plan.allocations.first)
    #expect(abs(allocation.params.value / 6.216e11 - 1) <= 0.002)
    #expect(abs(allocation.tokens.value / 1.019e13 - 1) <= 0.002)
    // 3800 times the largest budget of the figure.
    #expect(plan.warnings.contains { $0.contains("times the largest budget") }, "\(plan.warnings)")
  }

  @Test func budgetsNearTheDataCarryNoWarningOfExtrapolation() async throws {
    let law = try EstimatedLaw(await Self.chinchilla())
    func warns(_ budget: Double) throws -> Bool {
      try AllocationPlan(law, budgets: [1e20, budget]).warnings
        .contains { $0.contains("times the largest budget") }
    }
    let largest = try #require(law.ranges["C"]).upper
    #expect(try !warns(99 * largest))
    #expect(try warns(101 * largest))
  }

  /// The same law as a formula has no closed optimum, so that it is searched for.
  @Test(arguments: Law.chinchilla.constants)
  func numericOptimumEqualsTheClosedOne(_ constants: Law.PublishedConstants) async throws {
    let closed = try EstimatedLaw(.chinchilla, constants)
    let fit = try await Self.chinchilla { $0.source = .formula(Law.chinchilla.formula) }
    var numeric = try EstimatedLaw(fit)
    #expect(numeric.closedForm == nil)
    numeric.values = try numeric.parameters.map { try #require(constants.values[$0]) }
    numeric.uncertainty = nil
    let budgets = [1e19, 5.76e23, 1e27]
    let one = try AllocationPlan(closed, budgets: budgets).allocations
    let other = try AllocationPlan(numeric, budgets: budgets).allocations
    for (a, b) in zip(one, other) {
      #expect(abs(a.params.value / b.params.value - 1) <= 1e-9)
      #expect(abs(a.tokens.value / b.tokens.value - 1) <= 1e-9)
      #expect(abs(a.loss.value / b.loss.value - 1) <= 1e-12)
    }
  }

  /// ln N* = ln G + beta/(alpha+beta) ln(C/6): its gradient by hand, against the intervals of the
  /// plan.
  @Test func deltaMethodByHand() async throws {
    let fit = try await Self.chinchilla()
    let part = try #require(fit.covariance)
    let (A, B) = (try #require(fit["A"]), try #require(fit["B"]))
    let (alpha, beta) = (try #require(fit["alpha"]), try #require(fit["beta"]))
    let s = alpha + beta
    let logG = log(alpha * A / (beta * B)) / s
    let logC = log(5.76e23 / 6)
    let slopes: [String: Double] = [
      "A": 1 / s, "B": -1 / s, "E": 0,
      "alpha": 1 / (alpha * s) - logG / s - beta / (s * s) * logC,
      "beta": -1 / (beta * s) - logG / s + alpha / (s * s) * logC,
    ]
    let gradient = try zip(part.parameters, part.scales).map { name, scale in
      // A and B are positive by nature: their covariance is that of their logarithms.
      #expect(scale == (name == "A" || name == "B" ? "log" : "linear"))
      return try #require(slopes[name])
    }
    var variance = 0.0
    for row in gradient.indices {
      for column in gradient.indices {
        variance += gradient[row] * part.matrix[row][column] * gradient[column]
      }
    }
    // The 97.5 % quantile of Student's t with 240 - 5 degrees of freedom.
    let half = 1.9701100622681034 * variance.squareRoot()
    let plan = try AllocationPlan(EstimatedLaw(fit), budgets: [5.76e23])
    let params = try #require(plan.allocations.first).params
    let interval = try #require(params.interval)
    #expect(abs(log(params.value) - logG - beta / s * logC) <= 1e-12)
    // Central differences of a thousandth of a standard error: six digits of the width.
    #expect(abs(log(interval.upper / params.value) / half - 1) <= 1e-5)
    #expect(abs(log(params.value / interval.lower) / half - 1) <= 1e-5)
  }

  /// Percentiles over 4000 resamples, as recomputed for arXiv:2404.10102.
  ///
  /// 80 % of D/N at 1e21 FLOP is 16.9 to 26.3, at 1e26 6.4 to 31.5. Another sample of resamples
  /// moves the ends by a few per cent.
  @Test(arguments: [(1e21, 16.9, 26.3), (1e26, 6.4, 31.5)])
  func bootstrapIntervalsOfTheRatio(_ flops: Double, _ lower: Double, _ upper: Double) async throws
  {
    let fit = try await Self.chinchilla {
      $0.interval = .bootstrap(replicates: 4000)
      $0.level = 0.8
    }
    let plan = try AllocationPlan(EstimatedLaw(fit), budgets: [flops])
    #expect(plan.level == 0.8)
    let interval = try #require(plan.allocations.first?.tokensPerParam.interval)
    #expect(abs(interval.lower / lower - 1) <= 0.05, "\(interval)")
    #expect(abs(interval.upper / upper - 1) <= 0.05, "\(interval)")
  }

  @Test(arguments: [0, -1e24, .nan, .infinity])
  func budgetsThatAreNotPositiveAreRefused(_ budget: Double) throws {
    let law = try EstimatedLaw(.chinchilla, #require(Law.chinchilla.constants.first))
    let error = try #require(throws: AnalysisError.self) {
      try AllocationPlan(law, budgets: [1e22, budget])
    }
    #expect(error.code == .badSetting)
    #expect(error.message.contains("budget"))
  }

  @Test func lawsWithoutNAndDAreRefused() throws {
    let law = try EstimatedLaw(.powerCompute, #require(Law.powerCompute.constants.first))
    let error = try #require(throws: AnalysisError.self) {
      try AllocationPlan(law, budgets: [1e22])
    }
    #expect(error.code == .unsuitableLaw)
  }

  @Test func missingInputsAreNamed() throws {
    let law = try EstimatedLaw(.dataConstrained, #require(Law.dataConstrained.constants.first))
    let error = try #require(throws: AnalysisError.self) {
      try AllocationPlan(law, budgets: [1e22])
    }
    #expect(error.message.contains("U"))
  }
}
