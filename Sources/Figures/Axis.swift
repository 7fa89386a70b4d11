#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

internal import Tables

/// An axis: what it shows in which unit, from where to where, and how its numbers look.
public struct Axis: Sendable, Hashable {
  /// How numbers at ticks look.
  public enum Numbers: Sendable, Hashable {
    /// Powers of ten, for FLOP.
    case powers
    /// `10M`, `1B`: parameters and tokens.
    case quantities
    /// As they are.
    case plain
    /// Names at places of their own.
    case names([Name])
    /// No ticks.
    case none
  }

  /// A name at a place.
  public struct Name: Sendable, Hashable {
    /// Where.
    public var place: Double
    /// What.
    public var text: String

    /// Makes a name at a place.
    public init(_ place: Double, _ text: String) { (self.place, self.text) = (place, text) }
  }

  /// What it shows, with the unit.
  public var label: String
  /// Its ends.
  public var range: ClosedRange<Double>
  /// Whether equal ratios are equally long.
  public var isLogarithmic: Bool
  /// How its numbers look.
  public var numbers: Numbers

  /// Makes an axis.
  ///
  /// - Precondition: the ends are finite and differ; those of a logarithmic axis are positive.
  public init(
    _ label: String, _ range: ClosedRange<Double>, isLogarithmic: Bool = false,
    numbers: Numbers = .plain
  ) {
    precondition(range.lowerBound.isFinite && range.upperBound.isFinite, "ends are finite")
    precondition(range.lowerBound < range.upperBound, "ends differ")
    precondition(!isLogarithmic || range.lowerBound > 0, "ends of logarithms are positive")
    (self.label, self.range) = (label, range)
    (self.isLogarithmic, self.numbers) = (isLogarithmic, numbers)
  }

  /// An axis that holds some numbers with a margin about them.
  ///
  /// - Parameters:
  ///   - label: what it shows, with the unit.
  ///   - values: the numbers; those that are not finite, or without a logarithm where there must be
  ///     one, do not count.
  ///   - isLogarithmic: whether equal ratios are equally long.
  ///   - numbers: how its numbers look.
  ///   - margin: the share of the length that is added on either side. The default is 0.04.
  public init(
    _ label: String, covering values: some Sequence<Double>, isLogarithmic: Bool = false,
    numbers: Numbers = .plain, margin: Double = 0.04
  ) {
    let used = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    var (low, high) = (used.min() ?? 1, used.max() ?? 1)
    if isLogarithmic {
      if low == high { (low, high) = (low / 2, high * 2) }
      let factor = pow(high / low, margin)
      (low, high) = (low / factor, high * factor)
    } else {
      if low == high { (low, high) = (low - max(abs(low), 1) / 2, high + max(abs(high), 1) / 2) }
      let part = (high - low) * margin
      (low, high) = (low - part, high + part)
    }
    // Four digits: the ends of an axis need not be exact, and a script is easier to read.
    self.init(
      label, Self.rounded(low)...Self.rounded(high), isLogarithmic: isLogarithmic, numbers: numbers)
  }

  private static func rounded(_ x: Double) -> Double {
    Double(Rounding.significant(x, 5)) ?? x
  }

  /// How far along the axis a value lies: 0 at one end, 1 at the other.
  func share(of value: Double) -> Double {
    isLogarithmic
      ? log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
      : (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// So many places on the axis from end to end, at equal distances on its scale.
  public func places(_ count: Int) -> [Double] {
    Self.places(from: range.lowerBound, to: range.upperBound, count, isLogarithmic: isLogarithmic)
  }

  /// Places from one number to another at equal distances, or equal ratios.
  public static func places(
    from low: Double, to high: Double, _ count: Int, isLogarithmic: Bool
  ) -> [Double] {
    precondition(count > 1, "two ends at least")
    return (0..<count).map { index in
      if index == 0 { return low }
      if index == count - 1 { return high }
      let share = Double(index) / Double(count - 1)
      return isLogarithmic ? low * pow(high / low, share) : low + (high - low) * share
    }
  }
}

extension Axis {
  /// The most letters of a name at it; 0 for numbers.
  var nameLength: Int {
    guard case .names(let names) = numbers else { return 0 }
    return names.map(\.text.count).max() ?? 0
  }
}

/// A mark on an axis.
struct Tick: Hashable {
  var place: Double
  /// The number beside it; nil for a small mark between numbers.
  var text: Text?

  enum Text: Hashable {
    case plain(String)
    /// A digit times ten to a power.
    case power(Int, digit: Int)
  }
}

extension Axis {
  /// The ticks.
  ///
  /// - Parameter most: How many numbers there may be.
  /// - Returns: the ticks, ascending.
  func ticks(most: Int) -> [Tick] {
    switch numbers {
    case .none: return []
    case .names(let names):
      return names.filter { range.contains($0.place) }
        .map { Tick(place: $0.place, text: .plain($0.text)) }
    case .powers, .quantities, .plain: break
    }
    guard isLogarithmic else { return linearTicks(most: most) }
    if let ticks = decadeTicks(most: most) { return ticks }
    // Less than a decade is nearly linear.
    return (most < 3 ? nil : divisionTicks(3...most))
      ?? (decades < 1 ? nil : divisionTicks(2...most))
      ?? linearTicks(most: most)
  }

  /// How many powers of ten it spans.
  var decades: Double { log10(range.upperBound / range.lowerBound) }

  /// Powers of ten; nil where there are fewer than three.
  private func decadeTicks(most: Int) -> [Tick]? {
    let (low, high) = exponents
    let whole = (low...high).filter { range.contains(Self.power($0)) }
    guard whole.count >= 3, let first = whole.first, let last = whole.last else { return nil }
    let step = [1, 2, 3, 5, 10, 20, 50].first { (last - first) / $0 + 1 <= most } ?? 100
    var ticks: [Tick] = []
    for exponent in low...high {
      let isNumbered = (exponent - first) % step == 0
      let place = Self.power(exponent)
      if range.contains(place) {
        ticks.append(Tick(place: place, text: isNumbered ? text(place, 1, exponent) : nil))
      }
      guard step == 1, decades < 7 else { continue }
      for digit in 2...9 where range.contains(Self.power(exponent, digit)) {
        ticks.append(Tick(place: Self.power(exponent, digit), text: nil))
      }
    }
    return ticks
  }

  /// 1, 2 and 5 of every decade, or 1 and 3, or 1; nil where none of them is so many.
  private func divisionTicks(_ wanted: ClosedRange<Int>) -> [Tick]? {
    let (low, high) = exponents
    for digits in [[1, 2, 5], [1, 3], [1]] {
      var ticks: [Tick] = []
      for exponent in low...high {
        for digit in 1...9 where range.contains(Self.power(exponent, digit)) {
          let place = Self.power(exponent, digit)
          ticks.append(
            Tick(
              place: place,
              text: digits.contains(digit) ? text(place, digit, exponent) : nil))
        }
      }
      if wanted.contains(ticks.count { $0.text != nil }) { return ticks }
    }
    return nil
  }

  private func linearTicks(most: Int) -> [Tick] {
    let length = range.upperBound - range.lowerBound
    let rough = length / Double(most)
    let exponent = Int(floor(log10(rough)))
    let steps = [1, 2, 5, 10].map { (digit: $0, size: Self.power(exponent, $0)) }
    guard let step = steps.first(where: { $0.size >= rough * 0.999 }) else { return [] }
    // 0.7 / 0.1 is less than 7.
    let first = Int((range.lowerBound / step.size - 1e-9).rounded(.up))
    let last = Int((range.upperBound / step.size + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { index in
      // Through decimal text: 3 * 0.1 is not 0.3.
      let place = Self.power(exponent, index * step.digit)
      return Tick(place: place, text: text(place))
    }
  }

  private var exponents: (Int, Int) {
    (Int(floor(log10(range.lowerBound))), Int(floor(log10(range.upperBound))))
  }

  /// A digit times a power of ten, exactly as it is written.
  private static func power(_ exponent: Int, _ digit: Int = 1) -> Double {
    Double("\(digit)e\(exponent)") ?? .nan
  }

  private func text(_ place: Double, _ digit: Int = 0, _ exponent: Int = 0) -> Tick.Text {
    switch numbers {
    case .powers where digit > 0 && abs(exponent) >= 4: .power(exponent, digit: digit)
    case .powers, .quantities: .plain(Quantity.format(place, digits: 3))
    default: .plain(Rounding.significant(place, 6))
    }
  }
}
