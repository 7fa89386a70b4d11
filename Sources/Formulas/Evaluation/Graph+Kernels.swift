internal import CVectorMath

extension Graph.Op {
  /// The operation of the interpreter; of leaves there is none.
  var kernel: vm_op {
    switch self {
    case .constant, .column, .parameter: preconditionFailure("a leaf is no operation")
    case .negate: vm_op_negate
    case .exp: vm_op_exp
    case .log: vm_op_log
    case .log2: vm_op_log2
    case .log10: vm_op_log10
    case .log1p: vm_op_log1p
    case .expm1: vm_op_expm1
    case .sqrt: vm_op_sqrt
    case .abs: vm_op_abs
    case .sign: vm_op_sign
    case .nonzero: vm_op_nonzero
    case .tanh: vm_op_tanh
    case .sigmoid: vm_op_sigmoid
    case .softplus: vm_op_softplus
    case .sin: vm_op_sin
    case .cos: vm_op_cos
    case .atan: vm_op_atan
    case .add: vm_op_add
    case .subtract: vm_op_subtract
    case .multiply: vm_op_multiply
    case .divide: vm_op_divide
    case .power: vm_op_power
    case .min: vm_op_min
    case .max: vm_op_max
    case .lessOrEqual: vm_op_less_or_equal
    }
  }
}
