import CVectorMath
import Testing

@testable import Formulas

@Suite struct ElementwiseTests {
  /// A two-operand operation with its scalar definition and its three forms.
  enum Operation: String, CaseIterable, Sendable {
    case add, sub, mul, div, min, max

    func scalar(_ a: Double, _ b: Double) -> Double {
      switch self {
      case .add: a + b
      case .sub: a - b
      case .mul: a * b
      case .div: a / b
      case .min: a.isNaN || b.isNaN ? .nan : (a < b ? a : b)
      case .max: a.isNaN || b.isNaN ? .nan : (a > b ? a : b)
      }
    }

    func vectors(
      _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>,
      _ n: Int
    ) {
      switch self {
      case .add: unsafe Elementwise.add(a, b, out, n)
      case .sub: unsafe Elementwise.sub(a, b, out, n)
      case .mul: unsafe vm_multiply(a, b, out, n)
      case .div: unsafe Elementwise.div(a, b, out, n)
      case .min: unsafe Elementwise.min(a, b, out, n)
      case .max: unsafe Elementwise.max(a, b, out, n)
      }
    }

    func scalarRight(
      _ a: UnsafePointer<Double>, _ b: Double, _ out: UnsafeMutablePointer<Double>, _ n: Int
    ) {
      switch self {
      case .add: unsafe Elementwise.add(a, b, out, n)
      case .sub: unsafe Elementwise.sub(a, b, out, n)
      case .mul: unsafe vm_scale(a, b, out, n)
      case .div: unsafe Elementwise.div(a, b, out, n)
      case .min: unsafe Elementwise.min(a, b, out, n)
      case .max: unsafe Elementwise.max(a, b, out, n)
      }
    }

    func scalarLeft(
      _ a: Double, _ b: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ n: Int
    ) {
      switch self {
      case .add: unsafe Elementwise.add(a, b, out, n)
      case .sub: unsafe Elementwise.sub(a, b, out, n)
      case .mul: unsafe vm_scale(b, a, out, n)
      case .div: unsafe Elementwise.div(a, b, out, n)
      case .min: unsafe Elementwise.min(a, b, out, n)
      case .max: unsafe Elementwise.max(a, b, out, n)
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

  @Test(arguments: Operation.allCases)
  func everyFormIsTheScalarOperation(_ operation: Operation) {
    let all = Self.operands
    for rotation in all.indices {
      // Lengths 0 to 8 cover every remainder of the packed loops.
      let n = rotation < 9 ? rotation : all.count
      let a = Array(all.prefix(n))
      let b = Array((all[rotation...] + all[..<rotation]).prefix(n))
      let expected = zip(a, b).map { operation.scalar($0, $1) }
      let apart = unsafe run(a, b) { unsafe operation.vectors($0, $1, $2, n) }
      #expect(same(apart.out, expected), "rotation \(rotation)")
      #expect(same(apart.a, a) && same(apart.b, b), "an operand was changed")
      let left = unsafe run(a, b) { a, b, _ in unsafe operation.vectors(a, b, a, n) }
      #expect(same(left.a, expected), "out == a, rotation \(rotation)")
      let right = unsafe run(a, b) { a, b, _ in unsafe operation.vectors(a, b, b, n) }
      #expect(same(right.b, expected), "out == b, rotation \(rotation)")
      let square = a.map { operation.scalar($0, $0) }
      let twice = unsafe run(a, b) { a, _, out in unsafe operation.vectors(a, a, out, n) }
      #expect(same(twice.out, square), "a == b, rotation \(rotation)")
      let allThree = unsafe run(a, b) { a, _, _ in unsafe operation.vectors(a, a, a, n) }
      #expect(same(allThree.a, square), "a == b == out, rotation \(rotation)")
      let c = all[rotation]
      let byRight = unsafe run(a, b) { a, _, out in unsafe operation.scalarRight(a, c, out, n) }
      #expect(same(byRight.out, a.map { operation.scalar($0, c) }), "scalar \(c) on the right")
      let byLeft = unsafe run(a, b) { a, _, _ in unsafe operation.scalarLeft(c, a, a, n) }
      #expect(same(byLeft.a, a.map { operation.scalar(c, $0) }), "scalar \(c) on the left")
    }
  }

  @Test func oneOperandForms() {
    let x = Self.operands
    let n = x.count
    let neg = unsafe run(x, x) { a, _, out in unsafe Elementwise.neg(a, out, n) }
    #expect(same(neg.out, x.map { -$0 }))
    let abs = unsafe run(x, x) { a, _, _ in unsafe Elementwise.abs(a, a, n) }
    #expect(same(abs.a, x.map { $0.magnitude }))
    let sqrt = unsafe run(x, x) { a, _, out in unsafe Elementwise.sqrt(a, out, n) }
    #expect(same(sqrt.out, x.map { $0.squareRoot() }))
  }
}
