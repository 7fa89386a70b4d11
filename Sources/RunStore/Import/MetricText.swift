internal import Tables

/// Numbers as Python programs write them: `0.5`, `1e-05`, `nan`, `inf`, `-inf`.
enum MetricText {
  private static let decoder = NumberDecoder()

  /// The number, or nil if the text is none.
  ///
  /// Decimal digits with an optional sign, point and exponent; `nan`, `inf`, `infinity` in any
  /// case. No blanks, no underscores, no hexadecimal, and nothing too large for a `Double`.
  static func number(_ text: some StringProtocol) -> Double? {
    let bytes = Array(text.utf8)
    return number(bytes, 0..<bytes.count)
  }

  /// The number in some of the bytes.
  static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    switch decoder.decode(bytes.span, from: range.lowerBound, to: range.upperBound) {
    case .number(let value): value
    case .nan: .nan
    case .infinity(let isNegative): isNegative ? -.infinity : .infinity
    case .overflow, .empty, .notANumber: nil
    }
  }

  /// The whole number, or nil if the text is none; `12.0` is 12, as spreadsheets write it.
  static func whole(_ text: some StringProtocol) -> Int? {
    if let value = Int(text) { return text.utf8.first == UInt8(ascii: "+") ? nil : value }
    guard let value = number(text), value.isFinite else { return nil }
    return whole(value)
  }

  /// The number as an integer, or nil if it is none, or too large to be known exactly.
  static func whole(_ value: Double) -> Int? {
    value.magnitude <= 0x1p53 ? Int(exactly: value) : nil
  }
}
