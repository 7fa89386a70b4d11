internal import CVectorMath

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
    case .sign: vm_sign(a)
    case .nonzero: vm_nonzero(a)
    case .tanh: vm_tanh(a)
    case .sigmoid: vm_sigmoid(a)
    case .softplus: vm_softplus(a)
    case .sin: vm_sin(a)
    case .cos: vm_cos(a)
    case .atan: vm_atan(a)
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: vm_pow(a, b)
    case .min: vm_min(a, b)
    case .max: vm_max(a, b)
    case .lessOrEqual: vm_less_or_equal(a, b)
    }
  }
}
