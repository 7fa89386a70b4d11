import Testing

@testable import Tables

@Suite struct RoundingTests {
  /// The first three are the examples of the Review of Particle Physics.
  @Test(arguments: [
    (0.827, 0.119, "0.83", "0.12"), (0.827, 0.367, "0.8", "0.4"), (0.827, 0.967, "0.8", "1.0"),
    (0.3473, 0.0154, "0.347", "0.015"), (0.3473, 0.0354, "0.347", "0.035"),
    (0.3473, 0.0355, "0.35", "0.04"), (0.3473, 0.03546, "0.35", "0.04"),
    (406.4, 95.4, "410", "100"), (123_456, 2_345, "123500", "2300"),
    (5.7634e23, 1.2e22, "5.76e23", "0.12e23"), (1e-6, 2e-5, "0.1e-5", "2.0e-5"),
    (0, 0.0123, "0.000", "0.012"), (-0.04, 0.9, "0.0", "0.9"), (1, 123_456, "0", "120000"),
    (9.996, 0.012, "9.996", "0.012"), (9_999_999, 4000, "1.0000e7", "0.0004e7"),
    (-12.5, 3.5, "-12.5", "3.5"),
  ])
  func byUncertainty(_ value: Double, _ error: Double, _ valueText: String, _ errorText: String) {
    let rounded = Rounding.byUncertainty(value, error: error)
    #expect(rounded == (valueText, errorText))
  }

  @Test(arguments: [0, .nan, .infinity, -1])
  func anErrorThatSaysNothing(_ error: Double) {
    #expect(Rounding.byUncertainty(0.123456789, error: error).value == "0.123457")
    #expect(Rounding.byUncertainty(1.5, error: error).value == "1.5")
  }

  @Test func extremes() {
    #expect(Rounding.byUncertainty(.nan, error: 1) == ("NaN", "1"))
    #expect(Rounding.byUncertainty(1, error: 1e-30) == ("1.0000000000000000", "1.0e-30"))
    #expect(Rounding.byUncertainty(1, error: .nan) == ("1", "NaN"))
  }

  /// The error keeps one or two digits and the value ends at the same place: checked as numbers.
  @Test func roundedPairsStayNear() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<5000 {
      let value = Double.random(in: -1...1, using: &generator)
      let error = Double.random(in: 0.0001...2, using: &generator)
      let rounded = Rounding.byUncertainty(value, error: error)
      let valueBack = try #require(Double(rounded.value))
      let errorBack = try #require(Double(rounded.error))
      // One digit from 3.55 upwards: at most 0.5 / 3.55 of the error is lost.
      #expect(abs(errorBack - error) <= 0.1409 * error)
      #expect(abs(valueBack - value) <= 0.1409 * error)
    }
  }

  @Test(arguments: [
    (0.34729, 3, "0.347"), (0.5, 3, "0.5"), (0.15, 1, "0.2"), (12345678, 3, "1.23e7"),
    (1234567, 3, "1230000"), (0.00009999, 2, "0.0001"), (0.000012345, 2, "1.2e-5"), (0, 4, "0"),
    (-2.675, 3, "-2.68"), (9.99, 2, "10"), (.infinity, 2, "Infinity"),
  ])
  func significant(_ value: Double, _ digits: Int, _ text: String) {
    #expect(Rounding.significant(value, digits) == text)
  }

  @Test func significantCanKeepZeros() {
    #expect(Rounding.significant(0.5, 3, keepingZeros: true) == "0.500")
    #expect(Rounding.significant(9.996, 3, keepingZeros: true) == "10.0")
    #expect(Rounding.significant(1e9, 3, keepingZeros: true) == "1.00e9")
    #expect(Rounding.significant(1234, 2, keepingZeros: true) == "1200")
  }

  @Test(arguments: [
    (70e9, "70000000000"), (0.1, "0.1"), (5.76e23, "5.76e23"), (-0.0, "-0"), (1e-5, "1e-5"),
    (.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"), (1e15, "1000000000000000"),
    (1e22, "1e22"), (.leastNonzeroMagnitude, "5e-324"), (-3, "-3"),
    (999_999_999_999_999, "999999999999999"),
  ])
  func shortest(_ value: Double, _ text: String) {
    #expect(NumberText.shortest(value) == text)
  }
}
