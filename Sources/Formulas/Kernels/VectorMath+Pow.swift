#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The library's power function, named apart from `VectorMath.pow`.
private func libraryPow(_ x: Double, _ y: Double) -> Double { pow(x, y) }

extension VectorMath {
  /// xʸ by the platform's library: a wide-ranged power needs a logarithm in double-double.
  static func pow(_ x: Double, _ y: Double) -> Double { libraryPow(x, y) }

  /// `out = xʸ`.
  @inline(never)
  static func pow(
    _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>,
    _ n: Int
  ) {
    unsafe PointerLoop.zip(x, y, out, n) { libraryPow($0, $1) }
  }

  /// `out = xʸ` for a scalar exponent.
  @inline(never)
  static func pow(
    _ x: UnsafePointer<Double>, _ y: Double, _ out: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    unsafe PointerLoop.map(x, out, n) { libraryPow($0, y) }
  }

  /// `out = xʸ` for a scalar base.
  @inline(never)
  static func pow(
    _ x: Double, _ y: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    unsafe PointerLoop.map(y, out, n) { libraryPow(x, $0) }
  }
}
