#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A parameter of a law put in another's place: P = g(p), g monotone.
enum ParameterChange: Sendable, Hashable {
  /// P = g(p), g a function of one operand.
  case function(Graph.Op)
  /// P = c p.
  case times(Double)
  /// P = p^c, p >= 0.
  case power(Double)

  /// The change that an operation on one operand is; nil where it is not monotone above the bound.
  init?(_ op: Graph.Op, lower: Double) {
    switch op {
    case .exp, .softplus, .tanh, .sigmoid, .atan, .negate, .expm1: self = .function(op)
    case .log, .log2, .log10, .sqrt:
      guard lower >= 0 else { return nil }
      self = .function(op)
    case .log1p:
      guard lower >= -1 else { return nil }
      self = .function(op)
    default: return nil
    }
  }

  /// g(p), with the limits at the ends of its domain.
  func apply(_ p: Double) -> Double {
    switch self {
    case .function(let op): Scalar.apply(op, p, 0)
    case .times(let c): p * c
    case .power(let c): Self.power(p, c)
    }
  }

  /// p from P; finite where P is at the end of the values that g takes.
  func inverse(_ value: Double) -> Double {
    switch self {
    case .times(let c): return value / c
    case .power(let c): return Self.power(value, 1 / c)
    case .function(let op):
      switch op {
      case .exp: return log(max(value, least))
      case .softplus: return value > 30 ? value : value + log(-expm1(-max(value, least)))
      case .tanh: return atanh(max(-most, min(most, value)))
      case .sigmoid: return log(max(value, least)) - log1p(-min(value, most))
      case .atan: return tan(value)
      case .negate: return -value
      case .log: return exp(value)
      case .log2: return exp2(value)
      case .log10: return pow(10, value)
      case .log1p: return expm1(value)
      case .expm1: return log1p(max(value, -most))
      case .sqrt: return value * value
      default: preconditionFailure("no change is made of this operation")
      }
    }
  }

  private var least: Double { .leastNormalMagnitude }
  private var most: Double { 1 - .ulpOfOne }

  private static func power(_ x: Double, _ c: Double) -> Double {
    if x <= 0 { return c > 0 ? 0 : .infinity }
    return pow(x, c)
  }
}
