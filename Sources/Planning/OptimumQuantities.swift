public import ScalingLaws
internal import Tables

/// The optimum of a law as quantities that a fit can find intervals for.
public enum OptimumQuantities {
  /// The exponents a and b of N* and D* in compute, where the law has a closed form, and N*, D*,
  /// D/N and the loss at each budget.
  ///
  /// - Parameters:
  ///   - law: the fitted law.
  ///   - budgets: budgets in FLOP, each positive; with none, laws that are no function of N and D
  ///     are fine.
  ///   - inputs: values of any further inputs, such as U.
  /// - Returns: the quantities, in that order.
  /// - Throws: `AnalysisError` as `AllocationPlan` does.
  public static func quantities(
    of law: EstimatedLaw, budgets: [Double], inputs: [String: Double] = [:]
  ) throws -> [DerivedQuantity] {
    var result = exponents(law)
    guard !budgets.isEmpty else { return result }
    let optimum = try ComputeOptimum(law, inputs: inputs)
    for budget in budgets {
      guard budget > 0, budget.isFinite else {
        throw AnalysisError(
          .badSetting,
          "a budget of \(NumberText.shortest(budget)) FLOP: a budget is positive, such as 1e24")
      }
      let place = Quantity.format(budget)
      for (index, name) in ["N*", "D*", "D/N", "loss"].enumerated() {
        result.append(
          DerivedQuantity("\(name) at \(place)") { optimum.find(budget, $0)?.quantities[index] })
      }
    }
    return result
  }

  private static func exponents(_ law: EstimatedLaw) -> [DerivedQuantity] {
    guard case .chinchilla(_, _, let alpha, _, let beta)? = law.closedForm, alpha != beta,
      let first = law.parameters.firstIndex(of: alpha),
      let second = law.parameters.firstIndex(of: beta)
    else { return [] }
    return [
      DerivedQuantity("a", isPositive: false) { $0[second] / ($0[first] + $0[second]) },
      DerivedQuantity("b", isPositive: false) { $0[first] / ($0[first] + $0[second]) },
    ]
  }
}

extension OptimumQuantities {
  /// N* of a law for any budget and parameters: what a diagnosis looks at.
  ///
  /// - Parameters:
  ///   - law: the fitted law.
  ///   - inputs: values of any further inputs, such as U.
  /// - Returns: a function of a budget in FLOP and a value for every parameter; nil where there is
  ///   no optimum.
  /// - Throws: `AnalysisError` for a law that is no function of N and D, or a missing input.
  public static func params(
    of law: EstimatedLaw, inputs: [String: Double] = [:]
  ) throws -> (_ flops: Double, _ values: [Double]) -> Double? {
    let optimum = try ComputeOptimum(law, inputs: inputs)
    return { flops, values in optimum.find(flops, values)?.params }
  }
}
