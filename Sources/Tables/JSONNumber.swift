/// A number of JSON, as it is written.
public struct JSONNumber: Sendable, Hashable {
  /// The number in the grammar of JSON.
  public let text: String

  /// A finite number, as the shortest text that reads back as the same bits.
  ///
  /// - Precondition: `value` is finite.
  public init(_ value: Double) {
    precondition(value.isFinite, "JSON has no number for NaN and infinities")
    text = NumberText.shortest(value)
  }

  /// A whole number.
  public init(_ value: Int) { text = String(value) }

  /// A number from text that is known to be one.
  init(verified text: String) { self.text = text }

  /// The nearest `Double`; nil if the number is too large for one.
  public var double: Double? {
    let bytes = Array(text.utf8)
    guard case .number(let value) = NumberDecoder().decode(bytes.span, from: 0, to: bytes.count)
    else { return nil }
    return value
  }

  /// The whole number; nil if it is written with a point or an exponent, or does not fit.
  public var int: Int? { Int(text) }

  /// Where a number in the grammar of JSON ends; nil if none begins here.
  package static func end(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    var index = start
    if index < end, bytes[index] == UInt8(ascii: "-") { index &+= 1 }
    let whole = index
    skipDigits(bytes, &index, end)
    guard index > whole, index == whole + 1 || bytes[whole] != UInt8(ascii: "0") else { return nil }
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index &+= 1
      let fraction = index
      skipDigits(bytes, &index, end)
      if index == fraction { return nil }
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index &+= 1
      if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
        index &+= 1
      }
      let exponent = index
      skipDigits(bytes, &index, end)
      if index == exponent { return nil }
    }
    return index
  }

  @inline(__always)
  private static func skipDigits(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) {
    while index < end, bytes[index] &- 48 < 10 { index &+= 1 }
  }
}
