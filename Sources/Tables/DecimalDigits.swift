/// The shortest decimal digits of a finite number, for rounding as people do it.
///
/// Rounding works on the shortest text that round-trips, half away from zero: 0.15 to one place
/// is 0.2, though the binary number lies a little below 0.15.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// Digits 0...9 without leading or trailing zeros; none for zero.
  private(set) var digits: [UInt8]
  /// The power of ten of the first digit; 0 for zero.
  private(set) var exponent: Int

  /// - Precondition: `x` is finite.
  init(_ x: Double) {
    precondition(x.isFinite, "digits of a number that is not finite")
    isNegative = x.sign == .minus
    digits = []
    exponent = 0
    var pointAfter: Int?
    var written = 0
    let text = x.magnitude.description
    let mantissaEnd = text.firstIndex(of: "e") ?? text.endIndex
    for byte in text[..<mantissaEnd].utf8 {
      if byte == UInt8(ascii: ".") { pointAfter = digits.count } else { digits.append(byte - 48) }
    }
    if mantissaEnd < text.endIndex {
      written = Int(text[text.index(after: mantissaEnd)...]) ?? 0
    }
    exponent = (pointAfter ?? digits.count) - 1 + written
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    trim()
  }

  var isZero: Bool { digits.isEmpty }

  /// The power of ten of the last digit; 0 for zero.
  var place: Int { isZero ? 0 : exponent - digits.count + 1 }

  /// The number rounded to a multiple of ten to the power of `place`.
  func rounded(toPlace place: Int) -> DecimalDigits {
    let kept = exponent - place + 1
    guard !isZero, kept < digits.count else { return self }
    var result = self
    guard kept >= 0 else {
      result.digits = []
      result.exponent = 0
      return result
    }
    result.digits.removeLast(digits.count - kept)
    if digits[kept] >= 5 { result.increment(place: place) }
    result.trim()
    return result
  }

  /// The number rounded to `count` significant digits.
  func rounded(toDigits count: Int) -> DecimalDigits {
    rounded(toPlace: exponent - count + 1)
  }

  /// The number times ten to the power of `power`.
  func scaled(byPowerOfTen power: Int) -> DecimalDigits {
    var result = self
    if !isZero { result.exponent += power }
    return result
  }

  /// Plain decimal text, with zeros down to `place` if that is below the point.
  func plain(downTo place: Int) -> String {
    func digit(_ power: Int) -> Character {
      let index = exponent - power
      let value = digits.indices.contains(index) ? digits[index] : 0
      return Character(Unicode.Scalar(48 + value))
    }
    let last = min(place, self.place)
    var text = isNegative && !isZero ? "-" : ""
    for power in stride(from: max(exponent, 0), through: 0, by: -1) { text.append(digit(power)) }
    if last < 0 {
      text.append(".")
      for power in stride(from: -1, through: last, by: -1) { text.append(digit(power)) }
    }
    return text
  }

  /// Text with one digit before the point and the exponent after `e`.
  func scientific(downTo place: Int) -> String {
    scaled(byPowerOfTen: -exponent).plain(downTo: place - exponent) + "e\(exponent)"
  }

  private mutating func increment(place: Int) {
    var index = digits.count - 1
    while index >= 0 {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
      index -= 1
    }
    // Every kept digit was a nine, or none was kept: a new leading one.
    exponent = digits.isEmpty ? place : exponent + 1
    digits.insert(1, at: 0)
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }
}
