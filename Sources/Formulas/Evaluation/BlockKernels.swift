internal import CVectorMath

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An operand of a row instruction, resolved for the block at hand.
@unsafe enum BlockOperand {
  case rows(UnsafePointer<Double>)
  case scalar(Double)
}

/// The row instructions over one block: each op once, for every shape of its operands.
enum BlockKernels {
  typealias Target = UnsafeMutablePointer<Double>

  static func run(
    _ op: Graph.Op, _ a: BlockOperand, _ b: BlockOperand, _ out: Target, _ n: Int
  ) {
    switch (unsafe a, unsafe b) {
    case (.rows(let x), _) where !op.isBinary: unsafe unary(op, x, out, n)
    case (.rows(let x), .rows(let y)): unsafe binary(op, x, y, out, n)
    case (.rows(let x), .scalar(let y)): unsafe binary(op, x, y, out, n)
    case (.scalar(let x), .rows(let y)): unsafe binary(op, x, y, out, n)
    case (.scalar(let x), .scalar(let y)):
      // Never compiled so; kept total for the sake of the switch.
      unsafe UnsafeMutableBufferPointer(start: out, count: n).update(
        repeating: Scalar.apply(op, x, y))
    }
  }

  private static func unary(
    _ op: Graph.Op, _ x: UnsafePointer<Double>, _ out: Target, _ n: Int
  ) {
    switch op {
    case .negate: unsafe Elementwise.neg(x, out, n)
    case .exp: unsafe vm_exp_array(x, out, n)
    case .log: unsafe vm_log_array(x, out, n)
    case .log1p: unsafe vm_log1p_array(x, out, n)
    case .expm1: unsafe vm_expm1_array(x, out, n)
    case .sqrt: unsafe Elementwise.sqrt(x, out, n)
    case .abs: unsafe Elementwise.abs(x, out, n)
    case .sign: unsafe PointerLoop.map(x, out, n) { Scalar.sign($0) }
    case .nonzero: unsafe PointerLoop.map(x, out, n) { Scalar.nonzero($0) }
    case .tanh: unsafe vm_tanh_array(x, out, n)
    case .sigmoid: unsafe vm_sigmoid_array(x, out, n)
    case .softplus: unsafe vm_softplus_array(x, out, n)
    case .log2: unsafe vm_log2_array(x, out, n)
    case .log10: unsafe vm_log10_array(x, out, n)
    case .sin: unsafe PointerLoop.map(x, out, n) { sin($0) }
    case .cos: unsafe PointerLoop.map(x, out, n) { cos($0) }
    case .atan: unsafe PointerLoop.map(x, out, n) { atan($0) }
    case .constant, .column, .parameter, .add, .subtract, .multiply, .divide, .power, .min, .max,
      .lessOrEqual:
      preconditionFailure("not an operation on one operand")
    }
  }

  private static func binary(
    _ op: Graph.Op, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ out: Target, _ n: Int
  ) {
    switch op {
    case .add: unsafe Elementwise.add(x, y, out, n)
    case .subtract: unsafe Elementwise.sub(x, y, out, n)
    case .multiply: unsafe vm_multiply(x, y, out, n)
    case .divide: unsafe Elementwise.div(x, y, out, n)
    case .power: unsafe vm_pow_array(x, y, out, n)
    case .min: unsafe Elementwise.min(x, y, out, n)
    case .max: unsafe Elementwise.max(x, y, out, n)
    case .lessOrEqual: unsafe PointerLoop.zip(x, y, out, n) { Scalar.lessOrEqual($0, $1) }
    default: preconditionFailure("not an operation on two operands")
    }
  }

  private static func binary(
    _ op: Graph.Op, _ x: UnsafePointer<Double>, _ y: Double, _ out: Target, _ n: Int
  ) {
    switch op {
    case .add: unsafe Elementwise.add(x, y, out, n)
    case .subtract: unsafe Elementwise.sub(x, y, out, n)
    case .multiply: unsafe vm_scale(x, y, out, n)
    case .divide: unsafe Elementwise.div(x, y, out, n)
    case .power: unsafe vm_pow_to(x, y, out, n)
    case .min: unsafe Elementwise.min(x, y, out, n)
    case .max: unsafe Elementwise.max(x, y, out, n)
    case .lessOrEqual: unsafe PointerLoop.map(x, out, n) { Scalar.lessOrEqual($0, y) }
    default: preconditionFailure("not an operation on two operands")
    }
  }

  private static func binary(
    _ op: Graph.Op, _ x: Double, _ y: UnsafePointer<Double>, _ out: Target, _ n: Int
  ) {
    switch op {
    case .add: unsafe Elementwise.add(x, y, out, n)
    case .subtract: unsafe Elementwise.sub(x, y, out, n)
    case .multiply: unsafe vm_scale(y, x, out, n)
    case .divide: unsafe Elementwise.div(x, y, out, n)
    case .power: unsafe vm_pow_of(x, y, out, n)
    case .min: unsafe Elementwise.min(x, y, out, n)
    case .max: unsafe Elementwise.max(x, y, out, n)
    case .lessOrEqual: unsafe PointerLoop.map(y, out, n) { Scalar.lessOrEqual(x, $0) }
    default: preconditionFailure("not an operation on two operands")
    }
  }
}
