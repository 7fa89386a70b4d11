extension VectorMath {
  /// A positive normal number as `2^k m` with `m` in [√½, √2).
  @inline(__always)
  static func splitForLog(_ x: Double) -> (k: Double, m: Double) {
    let rootHalf: UInt64 = 0x3fe6_a09e_667f_3bcd
    let shifted = x.bitPattern &+ (0x3ff0_0000_0000_0000 &- rootHalf)
    let m = Double(bitPattern: (shifted & 0x000f_ffff_ffff_ffff) &+ rootHalf)
    // The exponent becomes the low bits of a number at 2^52: SSE2 has no other 64-bit conversion.
    let k = Double(bitPattern: (shifted &>> 52) | 0x4330_0000_0000_0000) - (0x1p52 + 1023.0)
    return (k, m)
  }

  /// `k ln 2 + log(1 + f) + c` for `f` in [√½ − 1, √2 − 1), `c` far smaller.
  @inline(__always)
  static func assembleLog(_ k: Double, _ f: Double, _ lowPart: Double) -> Double {
    // log(1 + f) = 2 atanh(s) = f - s (f - z p(z)) = f - (f²/2 - s (f²/2 + z p(z))).
    let c0 = 0x1.555555555558fp-1
    let c1 = 0x1.9999999980d5bp-2
    let c2 = 0x1.249249413771bp-2
    let c3 = 0x1.c71c528d5eda1p-3
    let c4 = 0x1.746626939d779p-3
    let c5 = 0x1.39a3f926e6272p-3
    let c6 = 0x1.2ef06ce4d2c1p-3
    let s = f / (2 + f)
    let z = s * s
    let z2 = z * z
    let low = (c0 + c1 * z) + (c2 + c3 * z) * z2
    let high = (c4 + c5 * z) + c6 * z2
    let tail = z * (low + high * (z2 * z2))
    let halfSquare = 0.5 * f * f
    return k * ln2High - ((halfSquare - (s * (halfSquare + tail) + lowPart)) - f)
  }

  // MARK: - log

  /// Natural logarithm; −∞ at ±0, NaN below, subnormal operands treated exactly.
  @inline(__always)
  static func log(_ x: Double) -> Double {
    let isSubnormal = x < Double.leastNormalMagnitude
    let (exponent, m) = splitForLog(x * (isSubnormal ? 0x1p54 : 1))
    let k = exponent - (isSubnormal ? 54 : 0)
    let value = assembleLog(k, m - 1, k * ln2Low)
    // NaN and +infinity are their own logarithms.
    let upper = x < Double.infinity ? value : x
    let lower = x < 0 ? Double.nan : upper
    return x == 0 ? -Double.infinity : lower
  }

  /// The logarithm of a positive normal number, with the same bits as `log`.
  @inline(__always)
  static func logOfNormal(_ x: Double) -> Double {
    let (k, m) = splitForLog(x)
    return assembleLog(k, m - 1, k * ln2Low)
  }

  /// Natural logarithm; −∞ at ±0, NaN below, subnormal operands treated exactly.
  @inline(never)
  static func log(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    // A quarter of `log` deals with operands that hardly ever occur: look for them first.
    var special: UInt64 = 0
    var i = 0
    while i < n {
      let value = unsafe x[i]
      special |= value >= Double.leastNormalMagnitude ? 0 : 1
      special |= value < Double.infinity ? 0 : 1
      i &+= 1
    }
    if special == 0 {
      unsafe PointerLoop.map(x, y, n) { logOfNormal($0) }
    } else {
      unsafe PointerLoop.map(x, y, n) { log($0) }
    }
  }

  // MARK: - log1p

  /// log(1 + x) for −1 < x < ∞, where `u` is the rounded 1 + x and `lost` what that rounded off.
  @inline(__always)
  static func log1p(_ x: Double, rounded u: Double, lost: Double) -> Double {
    let (k, m) = splitForLog(u)
    let isNearZero = k == 0
    let f = isNearZero ? x : m - 1
    let correction = isNearZero ? 0 : lost / u
    return assembleLog(k, f, k * ln2Low + correction)
  }

  /// log(1 + x), without cancellation near 0; −∞ at −1, NaN below.
  @inline(__always)
  static func log1p(_ x: Double) -> Double {
    let u = 1 + x
    // The larger operand is subtracted first, as in Fast2Sum.
    let lost = x < 1 ? x - (u - 1) : 1 - (u - x)
    let value = log1p(x, rounded: u, lost: lost)
    let upper = x < Double.infinity ? value : x
    let lower = x < -1 ? Double.nan : upper
    let whole = x == -1 ? -Double.infinity : lower
    // Keeps the sign of -0.
    return x == 0 ? x : whole
  }

  /// log(1 + x), without cancellation near 0; −∞ at −1, NaN below.
  @inline(never)
  static func log1p(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    unsafe PointerLoop.map(x, y, n) { log1p($0) }
  }

  // MARK: - softplus

  /// log(1 + eˣ) = max(x, 0) + log1p(e^−|x|), with full relative accuracy in both tails.
  @inline(__always)
  static func softplus(_ x: Double) -> Double {
    // In 0...1, or NaN, which `lost` carries into the sum: no operand of log1p is special.
    let e = exp(-x.magnitude)
    let u = 1 + e
    return (x > 0 ? x : 0) + log1p(e, rounded: u, lost: e - (u - 1))
  }

  /// log(1 + eˣ) = max(x, 0) + log1p(e^−|x|), with full relative accuracy in both tails.
  @inline(never)
  static func softplus(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ n: Int) {
    unsafe PointerLoop.map(x, y, n) { softplus($0) }
  }
}
