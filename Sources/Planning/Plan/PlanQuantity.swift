/// What a plan says, one number each.
public enum PlanQuantity: String, Sendable, Hashable, CaseIterable {
  /// Parameters, N.
  case params
  /// Training tokens, repeats included, D.
  case tokens
  /// D / U, where unique tokens are given.
  case epochs
  /// D / N.
  case tokensPerParam
  /// Predicted loss.
  case loss
  /// FLOP of training.
  case trainingFlops
  /// FLOP of selecting the data, where there is a selection.
  case selectionFlops
  /// FLOP of serving, where there is a demand.
  case servingFlops
  /// GPU-hours of selection and training, where there is a cluster.
  case gpuHours
  /// Days of selection and training.
  case days
  /// Kilowatt-hours of selection and training, where the power is known.
  case kilowattHours
  /// US dollars of selection and training, where there is a demand and the price is known.
  case trainingDollars
  /// US dollars of serving, likewise.
  case servingDollars
  /// US dollars in all.
  case dollars
}

extension PlanProblem {
  /// A quantity of a way to train; NaN where it does not apply.
  func value(_ quantity: PlanQuantity, _ candidate: PlanCandidate, _ point: PlanPoint) -> Double {
    let recipe = data[candidate.recipe]
    let (n, d) = (point.params, point.tokens)
    let share = (candidate.bits ?? PrecisionPlan.referenceBits) / PrecisionPlan.referenceBits
    let training = 6 * n * d * share
    let selection = recipe.selection?.flops ?? 0
    // What the hardware computes for them.
    let work = training * (candidate.group?.work ?? 1) + selection
    let served = serving.map { $0.tokens > 0 ? $0.dollarsPerParam(cluster) : nil } ?? nil
    return switch quantity {
    case .params: n
    case .tokens: d
    case .epochs: recipe.uniqueTokens.map { d / $0 } ?? .nan
    case .tokensPerParam: d / n
    case .loss: point.loss
    case .trainingFlops: training
    case .selectionFlops: recipe.selection == nil ? .nan : selection
    case .servingFlops: serving.map { 2 * n * $0.tokens } ?? .nan
    case .gpuHours: cluster?.gpuHours(work) ?? .nan
    case .days: cluster.map { $0.seconds(work) / 86_400 } ?? .nan
    case .kilowattHours: cluster?.kilowattHours(work) ?? .nan
    case .trainingDollars: served == nil ? .nan : cluster?.dollars(work) ?? .nan
    case .servingDollars: served.map { $0 * n } ?? .nan
    case .dollars: (cluster?.dollars(work)).map { $0 + (served ?? 0) * n } ?? .nan
    }
  }
}
