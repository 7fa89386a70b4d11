internal import CVectorMath

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Operations on single numbers, with the bits that the vector kernels give.
enum Scalar {
  static func apply(_ op: Graph.Op, _ a: Double, _ b: Double) -> Double {
    switch op {
    case .constant, .column, .parameter: preconditionFailure("a leaf is no operation")
    case .negate: -a
    case .exp: vm_exp(a)
    case .log: vm_log(a)
    case .log2: vm_log2(a)
    case .log10: vm_log10(a)
    case .log1p: vm_log1p(a)
    case .expm1: vm_expm1(a)
    case .sqrt: a.squareRoot()
    case .abs: Swift.abs(a)
    case .sign: sign(a)
    case .nonzero: nonzero(a)
    case .tanh: vm_tanh(a)
    case .sigmoid: vm_sigmoid(a)
    case .softplus: vm_softplus(a)
    case .sin: sin(a)
    case .cos: cos(a)
    case .atan: atan(a)
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: vm_pow(a, b)
    case .min: Elementwise.min(a, b)
    case .max: Elementwise.max(a, b)
    case .lessOrEqual: lessOrEqual(a, b)
    }
  }

  @inline(__always)
  static func sign(_ a: Double) -> Double { a > 0 ? 1 : a < 0 ? -1 : a }

  @inline(__always)
  static func nonzero(_ a: Double) -> Double { a == 0 ? 0x1p-256 : a }

  @inline(__always)
  static func lessOrEqual(_ a: Double, _ b: Double) -> Double { a <= b ? 1 : 0 }
}
