internal import LeastSquares
internal import ScalingLaws

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What one more FLOP is worth, and where that falls to a price.
///
/// On the frontier, by the envelope theorem, the slope of the optimal loss in ln C is the
/// elasticity of the loss in tokens at the optimum; both are exact derivatives of the law:
///
///     lambda(C) = -dL*/dC = -D L_D / C
///
/// For `E + A / N^alpha + B / D^beta` that is `gamma (L* - E) / C`. For a model of N parameters
/// that is trained on, the same expression holds at its own N and D, with C = 6ND.
extension ComputeOptimum {
  /// The marginal value of compute on the frontier, in nats per FLOP; nil where there is no
  /// optimum.
  func marginal(_ flops: Double, _ values: [Double]) -> Double? {
    find(flops, values).map { marginal($0.params, $0.tokens, values) }
  }

  /// The marginal value of compute spent on more tokens, in nats per FLOP.
  func marginal(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double {
    -elasticities(params, tokens, values).tokens / (6 * params * tokens)
  }

  /// The budget at which the marginal value of compute has fallen to a price.
  ///
  /// The root in ln C of the logarithm of their ratio, from a bracket that grows by e-folds around
  /// the start.
  ///
  /// - Returns: nil where the marginal value never crosses the price between 1 and 1e60 FLOP, or
  ///   the law has no optimum on the way.
  func stop(_ price: Double, near start: Double = 1e22, _ values: [Double]) -> Double? {
    Self.fall(to: price, from: start) { marginal($0, values) }
  }

  /// The tokens at which training a model of N parameters further is no longer worth a price; nil
  /// as for ``stop(_:near:_:)``.
  func stop(_ price: Double, params: Double, _ values: [Double]) -> Double? {
    Self.fall(to: price, from: 20 * params) { marginal(params, $0, values) }
  }

  private static func fall(
    to price: Double, from start: Double, _ marginal: (Double) -> Double?
  ) -> Double? {
    func excess(_ x: Double) -> Double {
      guard let value = marginal(exp(x)) else { return .nan }
      // A marginal value that is not positive is below every price.
      return value > 0 ? log(value / price) : -.greatestFiniteMagnitude
    }
    let range = 0...log(1e60)
    var (lower, upper) = (log(start), log(start))
    let first = excess(lower)
    guard first.isFinite else { return nil }
    if first > 0 {
      repeat {
        lower = upper
        upper += 1
        guard range.contains(upper) else { return nil }
      } while excess(upper) > 0
    } else {
      repeat {
        upper = lower
        lower -= 1
        guard range.contains(lower) else { return nil }
      } while excess(lower) < 0
    }
    return BrentRoot.find(in: lower...upper, excess).map { exp($0.x) }
  }
}
