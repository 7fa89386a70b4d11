import Foundation
import Testing

@testable import Tables

@Suite struct NumberDecoderTests {
  private func decode(_ text: String, shift: Int = 0) -> NumberDecoder.Outcome {
    let bytes = Array(text.utf8)
    return NumberDecoder().decode(bytes.span, from: 0, to: bytes.count, shift: shift)
  }

  private func bits(_ text: String) -> UInt64? {
    guard case .number(let value) = decode(text) else { return nil }
    return value.bitPattern
  }

  @Test func randomDoublesDecodeToTheirBits() throws {
    var generator = SeededGenerator(seed: 1)
    var wrong: [String] = []
    for index in 0..<200_000 {
      let x =
        index % 2 == 0
        ? generator.finiteDouble() : Double.random(in: -1e15...1e15, using: &generator)
      for text in [x.description, NumberText.shortest(x), String(format: "%.16e", x)]
      where bits(text) != x.bitPattern || bits(text) != Double(text)?.bitPattern {
        wrong.append(text)
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  /// Midpoints between neighbours, written in full, are where rounding is decided; more digits
  /// than 19 take the other path.
  @Test func randomTextsDecodeAsTheStandardLibraryDoes() {
    var generator = SeededGenerator(seed: 2)
    var wrong: [String] = []
    for index in 0..<50_000 {
      var text = ""
      if index % 3 == 0 {
        let odd = UInt64.random(in: (1 << 52)..<(1 << 53), using: &generator) * 2 + 1
        text = "\(odd)"
        if index % 2 == 0 { text += ["0", ".0", ".00000000001", ".5"].randomElement() ?? "" }
      } else {
        let count = Int.random(in: 1...40, using: &generator)
        for _ in 0..<count { text += String(Int.random(in: 0...9, using: &generator)) }
        let point = Int.random(in: 0...text.count, using: &generator)
        text.insert(".", at: text.index(text.startIndex, offsetBy: point))
        text += "e\(Int.random(in: -345...310, using: &generator))"
      }
      let expected = Double(text).map { $0.isFinite ? $0.bitPattern : nil } ?? nil
      if bits(text) != expected { wrong.append(text) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test(arguments: [
    "0", "-0", "+0", "0e999", "5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "2.2250738585072011e-308", "2.2250738585072014e-308", "1.7976931348623157e308",
    "9007199254740993", "9007199254740993.0000000000000000001", "1e22", "1e23", "8.5e23",
    "4.4501477170144023e-308", "9223372036854775807", "9999999999999999999",
    "99999999999999999999", "123456789012345678901234567890", "0.00000000000000000000000000001",
    ".5", "5.", "1e-400", "7.2057594037927933e16", "1e0000000000000000000000000000001",
  ])
  func edges(_ text: String) throws {
    #expect(bits(text) == (try #require(Double(text == "5." ? "5" : text))).bitPattern)
  }

  @Test func veryLongTexts() {
    let tiny = "0." + String(repeating: "0", count: 5000) + "1e5001"
    #expect(decode(tiny) == .number(1))
    let huge = "1" + String(repeating: "0", count: 5000) + "e-5000"
    #expect(decode(huge) == .number(1))
    let third = "0." + String(repeating: "3", count: 5000)
    #expect(decode(third) == .number(1.0 / 3))
  }

  @Test(arguments: [
    "+", "-", ".", "e", "1e", "1e+", "e5", ".e5", "1.2.3", "--1", "+-1", "0x10", "1 ", " 1", "1,5",
    "1e5.0", "70B", "1_000", "NA", "null", "nano", "in", "infinit", "1\u{0}", "١",
  ])
  func whatIsNoNumber(_ text: String) {
    #expect(decode(text) == .notANumber)
  }

  @Test func whatIsNotFinite() {
    #expect(decode("") == .empty)
    for text in ["nan", "NaN", "-NAN", "+nan"] { #expect(decode(text) == .nan) }
    for text in ["inf", "Infinity", "+INF"] { #expect(decode(text) == .infinity(negative: false)) }
    #expect(decode("-inf") == .infinity(negative: true))
    for text in ["1e309", "-1.7976931348623159e308", "1e99999999999999999999"] {
      #expect(decode(text) == .overflow)
    }
  }
}
