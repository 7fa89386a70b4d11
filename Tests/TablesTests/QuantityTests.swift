import Testing

@testable import Tables

@Suite struct QuantityTests {
  @Test(arguments: [
    ("1e21", 1e21), ("70B", 70e9), ("70.3B", 70.3e9), ("1.4T", 1.4e12), ("25e9", 25e9),
    ("6.5M", 6.5e6), ("10k", 1e4), ("10K", 1e4), ("2G", 2e9), ("3P", 3e15), ("-5M", -5e6),
    ("1_000_000", 1e6), ("1_000.5", 1000.5), (".5B", 5e8), ("0", 0), ("7.3e-5", 7.3e-5),
  ])
  func parses(_ text: String, _ value: Double) {
    #expect(Quantity.parse(text) == value)
  }

  /// Multiplying by the suffix would round twice.
  @Test func suffixesAreCorrectlyRounded() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      let number =
        "\(Int.random(in: 0...999, using: &generator))"
        + ".\(Int.random(in: 1...99_999, using: &generator))"
      for (suffix, exponent) in [("k", 3), ("M", 6), ("B", 9), ("T", 12), ("P", 15)] {
        #expect(Quantity.parse(number + suffix) == Double(number + "e\(exponent)"))
      }
    }
  }

  @Test(arguments: [
    "", "70 B", " 70B", "70B ", "B", "1e", "0x10", "nan", "inf", "-inf", "70b", "70m", "70BB",
    "1e3B", "_1", "1_", "1__0", "1_.5", "1_B", "1e400", "+", ".B", "7,5", "70B5",
  ])
  func refuses(_ text: String) {
    #expect(Quantity.parse(text) == nil)
  }

  @Test func acceptsSubstrings() {
    #expect(Quantity.parse("N=70B".dropFirst(2)) == 70e9)
  }

  @Test(arguments: [
    (73.2e9, "73.2B"), (1.31e12, "1.31T"), (5.76e23, "5.76e23"), (512, "512"), (0, "0"),
    (999.96, "1k"), (999_960, "1M"), (999_949, "999.9k"), (1e15, "1e15"), (9.9999e14, "1e15"),
    (0.0123456, "0.01235"), (1.234567e-5, "1.235e-5"), (-70e9, "-70B"), (12345, "12.35k"),
    (.nan, "NaN"), (-.infinity, "-Infinity"), (1e-4, "0.0001"), (100, "100"),
  ])
  func formats(_ value: Double, _ text: String) {
    #expect(Quantity.format(value) == text)
  }

  @Test func formatKeepsTheDigitsAskedFor() {
    #expect(Quantity.format(1.23456789e9, digits: 7) == "1.234568B")
    #expect(Quantity.format(1.96e9, digits: 1) == "2B")
  }

  @Test func formattedTextReadsBackWithinItsRounding() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<5000 {
      let x = generator.finiteDouble()
      let back = try #require(Quantity.parse(Quantity.format(x)))
      // Four digits: half a unit of the fourth is at most 5e-4 of the number. Subnormals have
      // fewer bits than that.
      if x.isNormal { #expect(abs(back - x) <= 5.0001e-4 * abs(x)) }
    }
  }
}
