/// Loops over contiguous doubles, in the one shape the optimiser turns into packed instructions.
///
/// Every kernel in this folder goes through these functions. The body is inlined into the loop, so
/// it must be branch-free arithmetic: a call or a trap in it keeps the loop scalar.
///
/// `out` may be the same pointer as an input, or must not overlap it at all. Equal pointers get a
/// loop of their own: the optimiser guards a two-pointer loop with an overlap test, and equal
/// pointers would fail that test and run scalar.
enum PointerLoop {
  /// `y[i] = body(x[i])` for `i` in `0..<n`.
  @inline(__always)
  static func map(
    _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int,
    _ body: (Double) -> Double
  ) {
    var i = 0
    if unsafe x == UnsafePointer(y) {
      while i < n {
        unsafe y[i] = unsafe body(y[i])
        i &+= 1
      }
    } else {
      while i < n {
        unsafe y[i] = unsafe body(x[i])
        i &+= 1
      }
    }
  }

  /// `out[i] = body(a[i], b[i])` for `i` in `0..<n`.
  @inline(__always)
  static func zip(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>,
    _ n: Int, _ body: (Double, Double) -> Double
  ) {
    if unsafe a == b {
      unsafe map(a, out, n) { body($0, $0) }
      return
    }
    var i = 0
    if unsafe a == UnsafePointer(out) {
      while i < n {
        unsafe out[i] = unsafe body(out[i], b[i])
        i &+= 1
      }
    } else if unsafe b == UnsafePointer(out) {
      while i < n {
        unsafe out[i] = unsafe body(a[i], out[i])
        i &+= 1
      }
    } else {
      while i < n {
        unsafe out[i] = unsafe body(a[i], b[i])
        i &+= 1
      }
    }
  }
}
