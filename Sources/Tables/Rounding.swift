/// Numbers rounded for people, by what is known about them.
///
/// Plain decimals for magnitudes from 1e-4 to below 1e7, scientific otherwise.
public enum Rounding {
  /// Value and error rounded by the rule of the Particle Data Group.
  ///
  /// Let *n* be the three leading digits of the error, rounded.
  ///
  ///     100 <= n <= 354: the error keeps two digits    0.827 ± 0.119 -> 0.83 ± 0.12
  ///     355 <= n <= 949: the error keeps one digit     0.827 ± 0.367 -> 0.8  ± 0.4
  ///     950 <= n <= 999: the error becomes 1000, and   0.827 ± 0.967 -> 0.8  ± 1.0
  ///                      keeps two digits
  ///
  /// The value is rounded to the same decimal place. If either needs it, both are written with
  /// the exponent of the larger: `5.76e23`, `0.12e23`. An error that is zero, negative or not
  /// finite says nothing: the value then has six significant digits. An error below the
  /// seventeenth digit of the value is written by itself, and the value with seventeen digits.
  ///
  /// Source: Particle Data Group, Review of Particle Physics, Introduction, section 5.3.
  ///
  /// - Parameters:
  ///   - value: the estimate; NaN and infinities are written as they are.
  ///   - error: its standard error, in the unit of the value.
  /// - Returns: both as text.
  public static func byUncertainty(
    _ value: Double, error: Double
  ) -> (value: String, error: String) {
    guard value.isFinite, error.isFinite, error > 0 else {
      return (significant(value, 6), significant(error, 6))
    }
    let exact = DecimalDigits(error)
    let leading = exact.rounded(toDigits: 3)
    let digits = (leading.digits + [0, 0]).prefix(3).reduce(0) { 10 * $0 + Int($1) }
    let place = digits <= 354 ? leading.exponent - 1 : leading.exponent
    // From 950 the rounded three digits decide, else 0.9496 would become 0.9.
    let roundedError = (digits >= 950 ? leading : exact).rounded(toPlace: place)

    let written = DecimalDigits(value)
    let lowest = written.exponent - 16
    guard written.isZero || place >= lowest else {
      return (
        text(written, place: lowest, exponent: written.exponent),
        text(roundedError, place: place, exponent: roundedError.exponent)
      )
    }
    let roundedValue = written.rounded(toPlace: place)
    let exponent =
      roundedValue.isZero
      ? roundedError.exponent : max(roundedValue.exponent, roundedError.exponent)
    return (
      text(roundedValue, place: place, exponent: exponent),
      text(roundedError, place: place, exponent: exponent)
    )
  }

  /// A number with `digits` significant digits.
  ///
  ///     Rounding.significant(0.34729, 3)                     // 0.347
  ///     Rounding.significant(0.5, 3)                         // 0.5
  ///     Rounding.significant(0.5, 3, keepingZeros: true)     // 0.500
  ///
  /// - Parameters:
  ///   - x: the number; NaN and infinities are written as ``NumberText/shortest(_:)``.
  ///   - digits: how many digits to keep, at least 1.
  ///   - keepingZeros: whether trailing zeros after the point stay. The default is false.
  /// - Returns: the rounded number as text.
  public static func significant(
    _ x: Double, _ digits: Int, keepingZeros: Bool = false
  ) -> String {
    precondition(digits >= 1, "at least one digit")
    guard x.isFinite else { return NumberText.shortest(x) }
    let rounded = DecimalDigits(x).rounded(toDigits: digits)
    if rounded.isZero { return "0" }
    let place = keepingZeros ? rounded.exponent - digits + 1 : rounded.place
    return text(rounded, place: place, exponent: rounded.exponent)
  }

  /// The magnitudes written without an exponent, as powers of ten of the first digit.
  private static let plainExponents = -4..<7

  private static func text(_ number: DecimalDigits, place: Int, exponent: Int) -> String {
    if plainExponents.contains(exponent) { return number.plain(downTo: place) }
    return number.scaled(byPowerOfTen: -exponent).plain(downTo: place - exponent) + "e\(exponent)"
  }
}
