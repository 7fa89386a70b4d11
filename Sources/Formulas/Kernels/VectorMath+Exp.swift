extension VectorMath {
  /// `x = k ln 2 + (r + c)` with `|r| <= ln2 / 2`, and `2^k` as a product of two normal numbers.
  struct ExpReduction {
    /// The remainder, and the part of it that `r` rounds off.
    var r: Double
    var c: Double
    /// Powers of two whose product is `2^k`.
    var scale1: Double
    var scale2: Double
    /// `1 / scale2`.
    var inverse2: Double
  }

  /// Splits `x` for `exp` and `expm1`; a NaN stays NaN in `r`.
  @inline(__always)
  static func reduceForExp(_ x: Double) -> ExpReduction {
    // Both bounds are past the points where exp becomes 0 and infinity. NaN passes both tests.
    let below = x > 710 ? 710 : x
    let clamped = below < -746 ? -746 : below
    // Adding 1.5·2^52 rounds to an integer and leaves it in the low bits. The further 2046 makes
    // that integer positive and biased for two exponent fields.
    let shift = 0x1.8p52 + 2046.0
    let shifted = clamped * 0x1.71547652b82fep0 + shift
    let k = shifted - shift
    let bits = shifted.bitPattern & 0xfff
    // Two half-sized powers of two: 2^k itself may be subnormal or too large.
    let half1 = bits &>> 1
    let half2 = bits &- half1
    let high = clamped - k * ln2High
    let low = k * ln2Low
    let r = high - low
    return ExpReduction(
      r: r, c: (high - r) - low,
      scale1: Double(bitPattern: half1 &<< 52), scale2: Double(bitPattern: half2 &<< 52),
      inverse2: Double(bitPattern: (2046 &- half2) &<< 52))
  }

  /// `(e^r - 1 - r) / r²` for `|r| <= ln2 / 2`.
  @inline(__always)
  static func expTail(_ r: Double, _ r2: Double) -> Double {
    let c0 = 0x1.0000000000009p-1
    let c1 = 0x1.55555555554fap-3
    let c2 = 0x1.55555555508dap-5
    let c3 = 0x1.1111111127b4cp-7
    let c4 = 0x1.6c16c184186d3p-10
    let c5 = 0x1.a01a012a6aae9p-13
    let c6 = 0x1.a0199a37625edp-16
    let c7 = 0x1.71df25617bc25p-19
    let c8 = 0x1.28ad4e2fa4e58p-22
    let c9 = 0x1.ad7f0b6ad37bbp-26
    let r4 = r2 * r2
    let p01 = c0 + c1 * r
    let p23 = c2 + c3 * r
    let p45 = c4 + c5 * r
    let p67 = c6 + c7 * r
    let p89 = c8 + c9 * r
    let low = p01 + p23 * r2
    let high = (p45 + p67 * r2) + p89 * r4
    return low + high * r4
  }

  // MARK: - exp

  /// eˣ; 0 below −745.13, +∞ above 709.78, rounded once more where the result is subnormal.
  @inline(__always)
  static func exp(_ x: Double) -> Double {
    let part = reduceForExp(x)
    let r2 = part.r * part.r
    let mantissa = 1 + (part.r + r2 * expTail(part.r, r2))
    return mantissa * part.scale1 * part.scale2
  }

  /// eˣ; 0 below −745.13, +∞ above 709.78, rounded once more where the result is subnormal.
  @inline(never)
  static func exp(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    unsafe PointerLoop.map(x, y, n) { exp($0) }
  }

  // MARK: - expm1

  /// eˣ − 1, without cancellation near 0.
  @inline(__always)
  static func expm1(_ x: Double) -> Double {
    let part = reduceForExp(x)
    let r2 = part.r * part.r
    let tail = r2 * expTail(part.r, r2) + part.c
    // 2^k (1 + r + tail) - 1 in units of scale2, so that neither end of the range overflows. The
    // sum with r comes first: it is exact for k = 1, where the result is smaller than its parts.
    let large = (part.scale1 - part.inverse2) + part.scale1 * part.r
    let scaled = (large + part.scale1 * tail) * part.scale2
    // Keeps the sign of -0.
    return x == 0 ? x : scaled
  }

  /// eˣ − 1, without cancellation near 0.
  @inline(never)
  static func expm1(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    unsafe PointerLoop.map(x, y, n) { expm1($0) }
  }

  // MARK: - Functions of exp

  /// tanh x.
  @inline(__always)
  static func tanh(_ x: Double) -> Double {
    // tanh is 1 to the last bit from 19.1 on; e^2x must not overflow. NaN passes the test.
    let size = x.magnitude > 20 ? 20 : x.magnitude
    // The growing exponential, because t/(2 + t) damps the relative error of a large t.
    let t = expm1(2 * size)
    let value = t / (2 + t)
    return Double(bitPattern: value.bitPattern | (x.bitPattern & 0x8000_0000_0000_0000))
  }

  /// tanh x.
  @inline(never)
  static func tanh(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    unsafe PointerLoop.map(x, y, n) { tanh($0) }
  }

  /// 1 / (1 + e⁻ˣ), with full relative accuracy in both tails.
  @inline(__always)
  static func sigmoid(_ x: Double) -> Double {
    let e = exp(-x.magnitude)
    return (x < 0 ? e : 1) / (1 + e)
  }

  /// 1 / (1 + e⁻ˣ), with full relative accuracy in both tails.
  @inline(never)
  static func sigmoid(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    unsafe PointerLoop.map(x, y, n) { sigmoid($0) }
  }
}
