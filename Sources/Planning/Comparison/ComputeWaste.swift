internal import LeastSquares
public import ScalingLaws

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension EstimatedLaw {
  /// The least compute C = 6ND at which this law reaches a loss, in FLOP.
  ///
  /// The compute at which the loss of the law's own optimum is the loss asked for: the root in ln C
  /// between 1e-12 of the given budget and the budget itself.
  ///
  /// - Parameters:
  ///   - loss: the loss to reach.
  ///   - flops: a budget at whose optimum the law's loss is at most that.
  ///   - inputs: values of any further inputs, such as U.
  /// - Returns: nil where the law has no optimum there, or reaches the loss with less than 1e-12 of
  ///   the budget.
  /// - Throws: `AnalysisError` for a law that is no function of N and D, or a missing input.
  public func leastCompute(
    reaching loss: Double, below flops: Double, inputs: [String: Double] = [:]
  ) throws -> Double? {
    try ComputeOptimum(self, inputs: inputs).leastCompute(reaching: loss, below: flops, values)
  }

  /// The compute wasted by training N parameters on D tokens if this law is true, in FLOP.
  ///
  ///     6 N D - Ceq,   Ceq the compute at which the law's own optimum has the loss L(N, D)
  ///
  /// - Parameters:
  ///   - params: N.
  ///   - tokens: D.
  ///   - inputs: values of any further inputs, such as U.
  /// - Returns: nil where the law has no optimum at 6ND.
  /// - Throws: `AnalysisError` for a law that is no function of N and D, or a missing input.
  ///
  /// Source: "deadweight compute loss", Czech 2026, arXiv:2603.22339; for the Chinchilla form it has
  /// the closed form of `ChinchillaSurface.deadweightCompute`.
  public func deadweightCompute(
    params: Double, tokens: Double, inputs: [String: Double] = [:]
  ) throws -> Double? {
    try ComputeOptimum(self, inputs: inputs).deadweightCompute(params, tokens, values)
  }
}

extension ComputeOptimum {
  func leastCompute(reaching loss: Double, below flops: Double, _ values: [Double]) -> Double? {
    func excess(_ logFlops: Double) -> Double {
      find(exp(logFlops), values).map { $0.loss - loss } ?? .nan
    }
    let end = log(flops)
    guard let best = find(flops, values), loss.isFinite else { return nil }
    // At the optimum itself, and where rounding puts a decision below it, nothing less will do.
    guard best.loss < loss else { return flops }
    // The bracket grows downwards, so that a law is not asked far below where it has an optimum.
    var (lower, upper) = (end, end)
    while excess(lower) < 0 {
      upper = lower
      lower -= 0.5
      guard end - lower < log(1e12) else { return nil }
    }
    guard excess(lower).isFinite else { return nil }
    return BrentRoot.find(in: lower...upper, excess).map { exp($0.x) }
  }

  func deadweightCompute(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double? {
    let flops = 6 * params * tokens
    return leastCompute(reaching: loss(params, tokens, values), below: flops, values)
      .map { flops - $0 }
  }
}
