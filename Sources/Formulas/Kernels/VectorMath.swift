/// Elementary functions on contiguous doubles, with the same bits at every vector width.
///
/// Checked on x86-64 with SSE2 and AVX2, debug and release; arm64 should agree, as all is IEEE.
///
/// Goals, in order: the same result at every optimisation level, vector width and place in the
/// array; a small error, stated in ulp and held by a test; speed. Each function has a vector form
/// `(x, y, n)`, which sets `y[i] = f(x[i])` for `i` in `0..<n`, and a scalar form with the same
/// bits. `y` may be the same pointer as `x`, or must not overlap it.
///
/// The functions are plain arithmetic without branches, so that the optimiser packs the loops, and
/// without fused multiply-add, which baseline x86-64 lacks and which would change the last bit.
/// Only `pow` calls the platform's library, and so may differ between platforms in its last bit.
///
/// | Function   | Largest error seen, ulp | Operands tested                   |
/// | ---------- | ----------------------: | --------------------------------- |
/// | `exp`      |                    0.98 | [−745, 709.78]                    |
/// | `log`      |                    0.78 | all positive numbers              |
/// | `expm1`    |                    1.27 | [−50, 709.78], ±1e−300 … ±1       |
/// | `log1p`    |                    0.76 | −1 + 1e−16 … 1e308, ±1e−300 … ±1  |
/// | `tanh`     |                    2.14 | [−25, 25], ±1e−300 … ±1           |
/// | `sigmoid`  |                    2.11 | [−745, 50]                        |
/// | `softplus` |                    1.40 | [−745, 700]                       |
///
/// Subnormal results are exact to the same bounds, in ulp of the smallest subnormal, but cost the
/// processor more. `VectorMathAccuracyTests` holds the errors.
///
/// Method:
/// - `exp`: x = k ln 2 + r, and 1 + (r + r² q(r)) with a minimax polynomial q; 2^k is applied as two
///   powers of two, so overflow and gradual underflow round as they should.
/// - `expm1`: the same parts, summed as ((2^k − 1) + 2^k r) + 2^k (r² q + c), c being what r lost.
/// - `log`: x = 2^k m with m in [√½, √2), and a minimax polynomial in s², s = (m − 1) / (m + 1).
/// - `log1p`: `log` of the rounded 1 + x, plus what the rounding lost over 1 + x.
///
/// Rules for whoever changes this: no branches, calls, trapping integer operators or fused
/// operations in a loop body. The hashes in `VectorMathTests` change only with an algorithm or a
/// coefficient, and such a change alters published numbers. The polynomials come from
/// `Scripts/fit-kernel-coefficients.py`.
enum VectorMath {
  /// The upper 32 bits of ln 2: its product with an exponent is exact.
  @inline(__always)
  static var ln2High: Double { 0x1.62e42feep-1 }

  /// The rest of ln 2.
  @inline(__always)
  static var ln2Low: Double { 0x1.a39ef35793c76p-33 }

  // MARK: - Square root

  /// √x, correctly rounded.
  @inline(__always)
  static func sqrt(_ x: Double) -> Double { x.squareRoot() }

  /// √x, correctly rounded.
  static func sqrt(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    unsafe Elementwise.sqrt(x, y, n)
  }
}
