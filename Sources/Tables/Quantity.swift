/// Counts of parameters, tokens and FLOPs as people write them.
public enum Quantity {
  /// The number a person typed, or nil if the text is none.
  ///
  ///     Quantity.parse("70B")        // 7e10
  ///     Quantity.parse("1.4T")       // 1.4e12
  ///     Quantity.parse("1e21")       // 1e21
  ///     Quantity.parse("1_000_000")  // 1e6
  ///
  /// A decimal number, optionally with a sign, and with an exponent *or* one suffix: `k` or `K`
  /// 1e3, `M` 1e6, `B` or `G` 1e9, `T` 1e12, `P` 1e15. Lower-case m, b, g, t and p are refused:
  /// they may mean something else. An underscore may stand between two digits. Blanks, NaN,
  /// infinities, hexadecimal and numbers too large for a `Double` give nil.
  ///
  /// The result is correctly rounded: the suffix shifts the decimal exponent, it does not
  /// multiply, so that `70.3B` is exactly the `Double` written `70.3e9`.
  ///
  /// - Complexity: O(length of the text).
  public static func parse(_ text: some StringProtocol) -> Double? {
    let typed = Array(text.utf8)
    var bytes: [UInt8] = []
    for (index, byte) in typed.enumerated() {
      guard byte == UInt8(ascii: "_") else {
        bytes.append(byte)
        continue
      }
      guard index > 0, isDigit(typed[index - 1]), index + 1 < typed.count,
        isDigit(typed[index + 1])
      else { return nil }
    }
    var shift = 0
    if let last = bytes.last, let power = power(ofSuffix: last) {
      shift = power
      bytes.removeLast()
      guard let before = bytes.last, isDigit(before) || before == UInt8(ascii: "."),
        !bytes.contains(where: { $0 | 0x20 == UInt8(ascii: "e") })
      else { return nil }
    }
    let outcome = NumberDecoder().decode(bytes.span, from: 0, to: bytes.count, shift: shift)
    guard case .number(let value) = outcome else { return nil }
    return value
  }

  /// The number for people: `73.2B`, `1.31T`, `5.76e23`, `512`, `0.0123`.
  ///
  /// Rounded to `digits` significant digits, trailing zeros dropped. From 1e3 to below 1e15 with
  /// the suffix k, M, B or T; from 1e-4 to below 1e3 plain; scientific otherwise. NaN and
  /// infinities as ``NumberText/shortest(_:)``.
  ///
  /// - Parameters:
  ///   - x: the number.
  ///   - digits: how many significant digits to keep, at least 1.
  /// - Returns: text that ``parse(_:)`` reads back as the rounded number, if `x` is finite.
  public static func format(_ x: Double, digits: Int = 4) -> String {
    precondition(digits >= 1, "at least one digit")
    guard x.isFinite else { return NumberText.shortest(x) }
    let rounded = DecimalDigits(x).rounded(toDigits: digits)
    if rounded.isZero { return "0" }
    switch rounded.exponent {
    case -4..<3: return rounded.plain(downTo: rounded.place)
    case 3..<15:
      let group = rounded.exponent / 3
      let scaled = rounded.scaled(byPowerOfTen: -3 * group)
      return scaled.plain(downTo: scaled.place) + ["k", "M", "B", "T"][group - 1]
    default: return rounded.scientific(downTo: rounded.place)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  private static func power(ofSuffix byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "k"), UInt8(ascii: "K"): 3
    case UInt8(ascii: "M"): 6
    case UInt8(ascii: "B"), UInt8(ascii: "G"): 9
    case UInt8(ascii: "T"): 12
    case UInt8(ascii: "P"): 15
    default: nil
    }
  }
}
