// Philox4x32-10, a counter-based generator: draw number d of stream s under a seed is a pure
// function of (seed, s, d), so replicates may be computed in any order, on any thread.
//
// Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011,
// doi:10.1145/2063384.2063405. Written with scalars: vector lanes are slower here.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A seekable stream of random numbers.
///
/// Key = seed; counter = (draw, stream), 64 bits each, low word first. Every block of four 32-bit
/// words serves two 64-bit draws.
public struct Philox: Sendable, Hashable {
  /// The key.
  public let seed: UInt64
  /// The stream: usually the number of the replicate.
  public let stream: UInt64
  private var block: UInt64 = 0
  private var spare: UInt64?

  /// Starts a stream at its first draw.
  public init(seed: UInt64, stream: UInt64) {
    self.seed = seed
    self.stream = stream
  }

  /// The block function: four words from a counter of four words and a key of two.
  public static func block(
    counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
  ) -> (UInt32, UInt32, UInt32, UInt32) {
    var (c0, c1, c2, c3) = counter
    var (k0, k1) = key
    for round in 0..<10 {
      if round > 0 {
        k0 &+= 0x9E37_79B9
        k1 &+= 0xBB67_AE85
      }
      let p0 = UInt64(0xD251_1F53) &* UInt64(c0)
      let p1 = UInt64(0xCD9E_8D57) &* UInt64(c2)
      c0 = UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: p1)
      c2 = UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: p0)
    }
    return (c0, c1, c2, c3)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if let value = spare {
      spare = nil
      return value
    }
    let words = Philox.block(
      counter: (
        UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
      ),
      key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
    block &+= 1
    spare = UInt64(words.3) << 32 | UInt64(words.2)
    return UInt64(words.1) << 32 | UInt64(words.0)
  }

  /// An integer in 0..<bound, every one equally likely.
  ///
  /// Lemire's method: the high half of the product with 64 random bits, rejecting the few low
  /// halves that would favour some values. doi:10.1145/3230636
  ///
  /// - Precondition: bound > 0.
  public mutating func next(below bound: Int) -> Int {
    precondition(bound > 0, "a bound must be positive")
    let range = UInt64(bound)
    let threshold = (0 &- range) % range
    while true {
      let product = range.multipliedFullWidth(by: next())
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// A number in [0, 1): the upper 53 bits of a draw, divided by 2^53.
  public mutating func nextUniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A standard normal number by the Box-Muller transform.
  ///
  /// ```
  /// sqrt(-2 ln(1 - u)) cos(2 pi v),   u, v the next two uniform numbers
  /// ```
  /// The sine is not used: two draws give one number, so that draws can be counted.
  public mutating func nextNormal() -> Double {
    let u = nextUniform()
    let v = nextUniform()
    return (-2 * log1p(-u)).squareRoot() * cos(2 * Double.pi * v)
  }

  /// Counts of a resample with replacement: how often each of `count` rows was drawn.
  ///
  /// - Parameter count: Rows, and draws; above 0.
  /// - Returns: Whole numbers that sum to `count`.
  /// - Complexity: O(count).
  public mutating func nextResample(of count: Int) -> [Double] {
    var counts = Array(repeating: 0.0, count: count)
    for _ in 0..<count { counts[next(below: count)] += 1 }
    return counts
  }
}
