/// Numbers as text for machines.
public enum NumberText {
  /// Appends a byte as two hexadecimal digits, in lower case.
  package static func appendHexadecimal(_ byte: UInt8, to text: inout [UInt8]) {
    text.append(hexadecimalDigit(byte >> 4))
    text.append(hexadecimalDigit(byte & 15))
  }

  /// The digit of a value from 0 to 15, in lower case.
  package static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }

  /// The shortest text that reads back as the same bits.
  ///
  /// Integral values below 1e15 have no point and no exponent; NaN is `NaN`, the infinities are
  /// `Infinity` and `-Infinity`, negative zero is `-0`.
  ///
  ///     NumberText.shortest(70e9)    // 70000000000
  ///     NumberText.shortest(0.1)     // 0.1
  ///     NumberText.shortest(5.76e23) // 5.76e23
  public static func shortest(_ x: Double) -> String {
    if x.isNaN { return "NaN" }
    if x.isInfinite { return x < 0 ? "-Infinity" : "Infinity" }
    if x.magnitude < 1e15, x == x.rounded(.towardZero) {
      return x == 0 && x.sign == .minus ? "-0" : String(Int64(x))
    }
    // The standard library writes 1e+21 and 1e-05: shorten the exponent, drop an empty fraction.
    let text = x.description
    guard let letter = text.utf8.firstIndex(of: UInt8(ascii: "e")) else {
      return text.utf8.suffix(2).elementsEqual(".0".utf8) ? String(text.dropLast(2)) : text
    }
    let exponent = Int(text[text.index(after: letter)...]) ?? 0
    let mantissa = text[..<letter]
    return (mantissa.hasSuffix(".0") ? mantissa.dropLast(2) : mantissa) + "e\(exponent)"
  }

  /// Appends the text of ``shortest(_:)``.
  package static func append(_ x: Double, to bytes: inout [UInt8]) {
    if x.magnitude < 1e15, x == x.rounded(.towardZero), x != 0 || x.sign == .plus {
      append(Int(x), to: &bytes)
    } else if 1e-4 <= x.magnitude, x.magnitude < 1e15 {
      // In this range the standard library writes no exponent.
      bytes.append(contentsOf: x.description.utf8)
    } else {
      bytes.append(contentsOf: shortest(x).utf8)
    }
  }

  /// Appends a whole number.
  package static func append(_ x: Int, to bytes: inout [UInt8]) {
    if x < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = x.magnitude
    repeat {
      bytes.append(48 &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
