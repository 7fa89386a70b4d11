/// The leading 128 bits of the powers of five that decimal-to-binary conversion needs.
///
/// The table is built once, in about 0.3 ms, from integer arithmetic alone: a listing of
/// 1302 constants could not be reviewed, the three rules below can.
///
/// - `q >= 0`: 5^q, normalised so that the top bit is set, truncated;
/// - `-27 <= q < 0`: the reciprocal 1 / 5^-q, normalised and rounded up;
/// - `q < -27`: the same reciprocal, truncated.
///
/// Source: D. Lemire, "Number parsing at a gigabyte per second", Software: Practice and
/// Experience 51 (2021), doi:10.1002/spe.2984, section 5.
enum PowersOfFive {
  /// The smallest exponent of ten in the table: anything below rounds to zero.
  static let smallest = -342

  /// The largest exponent of ten in the table: anything above overflows.
  static let largest = 308

  /// High and low word of each power, from `smallest` to `largest`.
  static let table: [UInt64] = makeTable()

  private static func makeTable() -> [UInt64] {
    var table = [UInt64](repeating: 0, count: 2 * (largest - smallest + 1))

    var power = BigNatural(bit: 0)
    for q in 0...largest {
      let (high, low) = power.leading128()
      table[2 * (q - smallest)] = high
      table[2 * (q - smallest) + 1] = low
      power.multiplyByFive()
    }

    // floor(floor(2^k / 5) / 5) = floor(2^k / 25), so repeated short division stays exact.
    // k = 1024 leaves 229 bits of the last quotient, more than the 128 kept.
    var reciprocal = BigNatural(bit: 1024)
    for q in stride(from: -1, through: smallest, by: -1) {
      reciprocal.divideByFive()
      var (high, low) = reciprocal.leading128()
      if q >= -27 {
        let (sum, overflow) = low.addingReportingOverflow(1)
        low = sum
        high += overflow ? 1 : 0
      }
      table[2 * (q - smallest)] = high
      table[2 * (q - smallest) + 1] = low
    }
    return table
  }
}

/// A natural number of fixed width, least significant word first: just what the table needs.
private struct BigNatural {
  private var words: [UInt64]

  init(bit: Int) {
    words = [UInt64](repeating: 0, count: 18)
    words[bit / 64] = 1 << UInt64(bit % 64)
  }

  mutating func multiplyByFive() {
    var carry: UInt64 = 0
    for index in words.indices {
      let (high, low) = words[index].multipliedFullWidth(by: 5)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      words[index] = sum
      carry = high + (overflow ? 1 : 0)
    }
  }

  mutating func divideByFive() {
    var remainder: UInt64 = 0
    for index in words.indices.reversed() {
      let (quotient, rest) = UInt64(5).dividingFullWidth((remainder, words[index]))
      words[index] = quotient
      remainder = rest
    }
  }

  func leading128() -> (high: UInt64, low: UInt64) {
    let top = words.lastIndex { $0 != 0 } ?? 0
    func word(_ index: Int) -> UInt64 { index < 0 ? 0 : words[index] }
    let shift = UInt64(word(top).leadingZeroBitCount)
    guard shift > 0 else { return (word(top), word(top - 1)) }
    return (
      word(top) << shift | word(top - 1) >> (64 - shift),
      word(top - 1) << shift | word(top - 2) >> (64 - shift)
    )
  }
}
