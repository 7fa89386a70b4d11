/// The interpreter's arithmetic on contiguous doubles: `out[i] = a[i] op b[i]` for `i` in `0..<n`.
///
/// Each operation has a vector-vector form and forms with a scalar on either side. `out` may be the
/// same pointer as an operand, or must not overlap it. The results are those of the scalar IEEE
/// operation, bit for bit, whatever the vector width. Products, which laws consist of, and powers are
/// kernels of `CVectorMath`.
enum Elementwise {
  typealias Source = UnsafePointer<Double>
  typealias Target = UnsafeMutablePointer<Double>

  // MARK: - Scalar operations

  /// The smaller of two values; NaN if either is NaN.
  ///
  /// Of two zeros the second operand is returned, whatever their signs.
  @inline(__always)
  static func min(_ a: Double, _ b: Double) -> Double { a != a ? a : (a < b ? a : b) }

  /// The larger of two values; NaN if either is NaN.
  ///
  /// Of two zeros the second operand is returned, whatever their signs.
  @inline(__always)
  static func max(_ a: Double, _ b: Double) -> Double { a != a ? a : (a > b ? a : b) }

  // MARK: - One operand

  /// `out = -a`.
  @inline(never)
  static func neg(_ a: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { -$0 }
  }

  /// `out = |a|`.
  @inline(never)
  static func abs(_ a: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { $0.magnitude }
  }

  /// `out = √a`, correctly rounded; NaN for a negative operand.
  @inline(never)
  static func sqrt(_ a: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { $0.squareRoot() }
  }

  // MARK: - Sum

  /// `out = a + b`.
  @inline(never)
  static func add(_ a: Source, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.zip(a, b, out, n) { $0 + $1 }
  }

  /// `out = a + b` for a scalar `b`.
  @inline(never)
  static func add(_ a: Source, _ b: Double, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { $0 + b }
  }

  /// `out = a + b` for a scalar `a`.
  @inline(never)
  static func add(_ a: Double, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(b, out, n) { a + $0 }
  }

  // MARK: - Difference

  /// `out = a - b`.
  @inline(never)
  static func sub(_ a: Source, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.zip(a, b, out, n) { $0 - $1 }
  }

  /// `out = a - b` for a scalar `b`.
  @inline(never)
  static func sub(_ a: Source, _ b: Double, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { $0 - b }
  }

  /// `out = a - b` for a scalar `a`.
  @inline(never)
  static func sub(_ a: Double, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(b, out, n) { a - $0 }
  }

  // MARK: - Quotient

  /// `out = a / b`.
  @inline(never)
  static func div(_ a: Source, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.zip(a, b, out, n) { $0 / $1 }
  }

  /// `out = a / b` for a scalar `b`.
  @inline(never)
  static func div(_ a: Source, _ b: Double, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { $0 / b }
  }

  /// `out = a / b` for a scalar `a`.
  @inline(never)
  static func div(_ a: Double, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(b, out, n) { a / $0 }
  }

  // MARK: - Minimum

  /// `out = min(a, b)`.
  @inline(never)
  static func min(_ a: Source, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.zip(a, b, out, n) { min($0, $1) }
  }

  /// `out = min(a, b)` for a scalar `b`.
  @inline(never)
  static func min(_ a: Source, _ b: Double, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { min($0, b) }
  }

  /// `out = min(a, b)` for a scalar `a`.
  @inline(never)
  static func min(_ a: Double, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(b, out, n) { min(a, $0) }
  }

  // MARK: - Maximum

  /// `out = max(a, b)`.
  @inline(never)
  static func max(_ a: Source, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.zip(a, b, out, n) { max($0, $1) }
  }

  /// `out = max(a, b)` for a scalar `b`.
  @inline(never)
  static func max(_ a: Source, _ b: Double, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(a, out, n) { max($0, b) }
  }

  /// `out = max(a, b)` for a scalar `a`.
  @inline(never)
  static func max(_ a: Double, _ b: Source, _ out: Target, _ n: Int) {
    unsafe PointerLoop.map(b, out, n) { max(a, $0) }
  }
}
