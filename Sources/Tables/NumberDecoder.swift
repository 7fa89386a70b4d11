/// Decimal text to the nearest `Double`.
///
/// Goals, in order: correctly rounded (ties to even) for every input; no allocation per number
/// except in the rare case named below; independent of the locale; only safe code.
///
/// Up to 19 digits are decoded by the Eisel–Lemire method, which needs one or two 64-bit
/// products and is exact: N. Mushtak and D. Lemire, "Fast number parsing without fallback",
/// Software: Practice and Experience 53 (2023), doi:10.1002/spe.3198. Of a longer text the first
/// 19 digits are decoded, and those digits plus one; when both give the same number that is the
/// answer, otherwise (which is rare) the standard library decides.
///
/// Grammar: `[+-] digits [. digits] [(e|E) [+-] digits]`, digits on at least one side of the
/// point. No blanks, no grouping, no hexadecimal.
package struct NumberDecoder: Sendable {
  /// What a piece of text turned out to be.
  package enum Outcome: Equatable {
    case number(Double)
    case nan
    case infinity(negative: Bool)
    /// A number, but one too large for a `Double`.
    case overflow
    case empty
    case notANumber
  }

  private let powers = PowersOfFive.table

  package init() {}

  /// Decodes `bytes[start..<end]` times ten to the power of `shift`.
  ///
  /// - Complexity: O(end - start).
  package func decode(_ bytes: Span<UInt8>, from start: Int, to end: Int, shift: Int = 0) -> Outcome
  {
    guard start < end else { return .empty }
    var index = start
    let negative = bytes[index] == Self.minus
    if negative || bytes[index] == Self.plus { index += 1 }

    let mantissaStart = index
    var mantissa: UInt64 = 0  // wraps beyond 19 digits; `leadingDigits` then reads them again
    while index < end {
      let digit = bytes[index] &- Self.zero
      guard digit < 10 else { break }
      mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
      index &+= 1
    }
    var digitCount = index - mantissaStart
    var exponent = 0
    if index < end, bytes[index] == Self.point {
      index += 1
      let fractionStart = index
      while index < end {
        let digit = bytes[index] &- Self.zero
        guard digit < 10 else { break }
        mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
        index &+= 1
      }
      digitCount += index - fractionStart
      exponent = fractionStart - index
    }
    let mantissaEnd = index
    guard digitCount > 0 else { return special(bytes, from: mantissaStart, to: end, negative) }
    if index < end, bytes[index] | 0x20 == Self.letterE {
      guard let written = writtenExponent(bytes, from: index + 1, to: end) else {
        return .notANumber
      }
      exponent += written
      index = end
    }
    guard index == end else { return .notANumber }
    exponent += shift

    var bits: UInt64
    if digitCount <= 19 {
      bits = nearest(mantissa, exponent)
    } else {
      let leading = leadingDigits(bytes, from: mantissaStart, to: mantissaEnd)
      bits = nearest(leading.value, exponent + leading.dropped)
      if leading.isInexact, bits != nearest(leading.value + 1, exponent + leading.dropped) {
        bits = fallback(bytes, from: mantissaStart, to: mantissaEnd, exponent)
      }
    }
    if bits >= Self.infinityBits { return .overflow }
    if negative { bits |= 1 << 63 }
    return .number(Double(bitPattern: bits))
  }

  // MARK: - Scanning

  private static let zero = UInt8(ascii: "0")
  private static let plus = UInt8(ascii: "+")
  private static let minus = UInt8(ascii: "-")
  private static let point = UInt8(ascii: ".")
  private static let letterE = UInt8(ascii: "e")
  private static let infinityBits = Double.infinity.bitPattern

  /// The exponent written after `e`; nil unless it is an optional sign and one or more digits.
  private func writtenExponent(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    var index = start
    var isNegative = false
    if index < end, bytes[index] == Self.minus || bytes[index] == Self.plus {
      isNegative = bytes[index] == Self.minus
      index += 1
    }
    guard index < end else { return nil }
    var value = 0
    while index < end {
      let digit = bytes[index] &- Self.zero
      guard digit < 10 else { return nil }
      // Held far above any length of file, so that it cannot overflow nor be outweighed.
      if value < 1_000_000_000_000 { value = value * 10 + Int(digit) }
      index += 1
    }
    return isNegative ? -value : value
  }

  /// The first 19 significant digits of a long mantissa and how many followed them.
  private func leadingDigits(
    _ bytes: Span<UInt8>, from start: Int, to end: Int
  ) -> (value: UInt64, dropped: Int, isInexact: Bool) {
    var value: UInt64 = 0
    var kept = 0
    var dropped = 0
    var isInexact = false
    for index in start..<end where bytes[index] != Self.point {
      let digit = bytes[index] - Self.zero
      if kept < 19 {
        value = value * 10 + UInt64(digit)
        if value != 0 { kept += 1 }
      } else {
        dropped += 1
        if digit != 0 { isInexact = true }
      }
    }
    return (value, dropped, isInexact)
  }

  private func fallback(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, _ exponent: Int
  ) -> UInt64 {
    var digits = ""
    for index in start..<end where bytes[index] != Self.point {
      digits.unicodeScalars.append(Unicode.Scalar(bytes[index]))
    }
    return (Double(digits + "e\(exponent)") ?? .infinity).bitPattern
  }

  /// Recognises the usual spellings of what is no finite number, in any case.
  private func special(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, _ negative: Bool
  ) -> Outcome {
    func matches(_ word: StaticString) -> Bool {
      let text = word.description.utf8
      guard end - start == text.count else { return false }
      return zip(start..<end, text).allSatisfy { bytes[$0] | 0x20 == $1 }
    }
    if matches("nan") { return .nan }
    if matches("inf") || matches("infinity") { return .infinity(negative: negative) }
    return .notANumber
  }

  // MARK: - Conversion

  /// The bits of the `Double` nearest to `mantissa * 10^exponent`.
  private func nearest(_ mantissa: UInt64, _ exponent: Int) -> UInt64 {
    guard mantissa != 0, exponent >= PowersOfFive.smallest else { return 0 }
    guard exponent <= PowersOfFive.largest else { return Self.infinityBits }

    let zeros = mantissa.leadingZeroBitCount
    let normalised = mantissa << UInt64(zeros)
    let entry = 2 * (exponent - PowersOfFive.smallest)
    var (high, low) = normalised.multipliedFullWidth(by: powers[entry])
    // Only when the nine bits below those that matter are all ones can the rest carry in.
    if high & 0x1FF == 0x1FF {
      let next = normalised.multipliedFullWidth(by: powers[entry + 1]).high
      let (sum, overflow) = low.addingReportingOverflow(next)
      low = sum
      if overflow { high += 1 }
    }

    let upper = Int(high >> 63)
    let shift = UInt64(upper + 9)
    var significand = high >> shift  // 54 bits: the result and one bit to round with
    // floor(log2(10) * exponent) for every exponent in the table.
    let binary = (217_706 * exponent) >> 16 + 63 + upper - zeros + 1023
    if binary <= 0 {
      guard binary > -63 else { return 0 }
      significand >>= UInt64(1 - binary)
      significand = (significand + (significand & 1)) >> 1
      return significand  // a carry into bit 52 is the smallest normal number
    }
    // Exactly between two numbers is possible only for these exponents: then to even.
    if low <= 1, (-4...23).contains(exponent), significand & 3 == 1, significand << shift == high {
      significand &= ~1
    }
    significand = (significand + (significand & 1)) >> 1
    // A carry to 2^53 moves into the exponent by itself.
    let bits = UInt64(binary - 1) << 52 + significand
    return min(bits, Self.infinityBits)
  }
}
