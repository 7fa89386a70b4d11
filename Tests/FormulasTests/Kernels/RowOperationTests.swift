import CVectorMath
import Testing

@testable import Formulas

/// The operations of the interpreter that are IEEE arithmetic, in every shape and place.
@Suite struct RowOperationTests {
  /// A two-operand operation with its scalar definition.
  enum Operation: String, CaseIterable, Sendable {
    case add, subtract, multiply, divide, min, max, lessOrEqual

    func scalar(_ a: Double, _ b: Double) -> Double {
      switch self {
      case .add: a + b
      case .subtract: a - b
      case .multiply: a * b
      case .divide: a / b
      case .min: a.isNaN || b.isNaN ? .nan : (a < b ? a : b)
      case .max: a.isNaN || b.isNaN ? .nan : (a > b ? a : b)
      case .lessOrEqual: a <= b ? 1 : 0
      }
    }

    var op: vm_op {
      switch self {
      case .add: vm_op_add
      case .subtract: vm_op_subtract
      case .multiply: vm_op_multiply
      case .divide: vm_op_divide
      case .min: vm_op_min
      case .max: vm_op_max
      case .lessOrEqual: vm_op_less_or_equal
      }
    }
  }

  private func same(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
  }

  /// Every operand pair of the special values meets once over the rotations.
  private static let operands = KernelInputs.special + [3, 0.1, -7.5, 1e-3]

  /// Runs `body` on storage that holds `a`, then `b`, then `n` NaNs, and returns all three parts.
  private func run(
    _ a: [Double], _ b: [Double],
    _ body: (
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Void
  ) -> (a: [Double], b: [Double], out: [Double]) {
    let n = a.count
    var storage = a + b + [Double](repeating: .nan, count: n + 1)
    unsafe storage.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { unsafe body(base, base + n, base + 2 * n) }
    }
    return (Array(storage[0..<n]), Array(storage[n..<(2 * n)]), Array(storage[(2 * n)..<(3 * n)]))
  }

  @Test(arguments: Operation.allCases, [128, 256, 512] as [Int32])
  func everyFormIsTheScalarOperation(_ operation: Operation, width: Int32) {
    let widest = vm_width()
    defer { vm_use_width(widest) }
    vm_use_width(width)
    let all = Self.operands
    let (op, rows) = (operation.op, vm_both_rows)
    for rotation in all.indices {
      // Lengths 0 to 8 cover every remainder of the packed loops.
      let n = rotation < 9 ? rotation : all.count
      let a = Array(all.prefix(n))
      let b = Array((all[rotation...] + all[..<rotation]).prefix(n))
      let expected = zip(a, b).map { operation.scalar($0, $1) }
      let apart = unsafe run(a, b) { unsafe vm_apply(op, rows, $0, $1, $2, n) }
      #expect(same(apart.out, expected), "rotation \(rotation)")
      #expect(same(apart.a, a) && same(apart.b, b), "an operand was changed")
      let left = unsafe run(a, b) { a, b, _ in unsafe vm_apply(op, rows, a, b, a, n) }
      #expect(same(left.a, expected), "out == a, rotation \(rotation)")
      let right = unsafe run(a, b) { a, b, _ in unsafe vm_apply(op, rows, a, b, b, n) }
      #expect(same(right.b, expected), "out == b, rotation \(rotation)")
      let square = a.map { operation.scalar($0, $0) }
      let allThree = unsafe run(a, b) { a, _, _ in unsafe vm_apply(op, rows, a, a, a, n) }
      #expect(same(allThree.a, square), "a == b == out, rotation \(rotation)")
      let c = [all[rotation]]
      let byRight = unsafe run(a, b) { a, _, out in
        unsafe vm_apply(op, vm_rows_scalar, a, c, out, n)
      }
      #expect(same(byRight.out, a.map { operation.scalar($0, c[0]) }), "scalar \(c) on the right")
      let byLeft = unsafe run(a, b) { a, _, _ in unsafe vm_apply(op, vm_scalar_rows, c, a, a, n) }
      #expect(same(byLeft.a, a.map { operation.scalar(c[0], $0) }), "scalar \(c) on the left")
    }
  }

  @Test func oneOperandForms() {
    let forms: [(vm_op, (Double) -> Double)] = [
      (vm_op_negate, { -$0 }), (vm_op_abs, { $0.magnitude }), (vm_op_sqrt, { $0.squareRoot() }),
      (vm_op_sign, { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }), (vm_op_nonzero, { $0 == 0 ? 0x1p-256 : $0 }),
      (vm_op_copy, { $0 }),
    ]
    let x = Self.operands
    for (op, scalar) in forms {
      let apart = unsafe run(x, x) { a, _, out in
        unsafe vm_apply(op, vm_both_rows, a, a, out, x.count)
      }
      #expect(same(apart.out, x.map(scalar)), "operation \(op)")
      let inPlace = unsafe run(x, x) { a, _, _ in
        unsafe vm_apply(op, vm_both_rows, a, a, a, x.count)
      }
      #expect(same(inPlace.a, x.map(scalar)), "operation \(op)")
    }
    let filled = unsafe run(x, x) { a, _, out in
      unsafe vm_apply(vm_op_copy, vm_scalar_rows, a + 3, a + 3, out, x.count)
    }
    #expect(same(filled.out, x.map { _ in x[3] }))
  }
}
