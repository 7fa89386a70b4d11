#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The closed interval a parameter may lie in.
public struct Bounds: Sendable, Hashable {
  /// The lower end; minus infinity for none.
  public var lower = -Double.infinity
  /// The upper end; infinity for none.
  public var upper = Double.infinity

  /// Makes an interval; without arguments it is unbounded.
  public init(lower: Double = -.infinity, upper: Double = .infinity) {
    self.lower = lower
    self.upper = upper
  }

  /// Whether a value lies strictly inside.
  func contains(_ value: Double) -> Bool { value > lower && value < upper }

  /// No bounds.
  public static let unbounded = Bounds()
  /// [0, infinity).
  public static let positive = Bounds(lower: 0)
}

/// How seeds are spread over a range.
public enum SearchScale: String, Sendable, Hashable, Codable {
  /// Evenly.
  case linear
  /// Evenly in the logarithm; the range must be positive.
  case logarithmic
  /// Evenly in the logarithm on both sides of the middle, over six decades: where neither sign nor
  /// size is known.
  case symmetric
}

/// Where seeds of a nonlinear parameter are looked for.
///
/// It limits the seeds only; the fit may leave the range, and is held only by ``Bounds``.
public struct SearchRange: Sendable, Hashable {
  /// The smallest seed.
  public var lower: Double
  /// The largest seed.
  public var upper: Double
  /// How seeds are spread.
  public var scale: SearchScale

  /// Makes a range.
  public init(lower: Double, upper: Double, scale: SearchScale = .linear) {
    self.lower = lower
    self.upper = upper
    self.scale = scale
  }

  /// The point at a fraction of the range, 0 at its lower and 1 at its upper end.
  func point(at fraction: Double) -> Double {
    switch scale {
    case .linear: lower + (upper - lower) * fraction
    case .logarithmic: lower * pow(upper / lower, fraction)
    case .symmetric:
      lower + (upper - lower) / 2 * (1 + sinh((2 * fraction - 1) * symmetry) / sinh(symmetry))
    }
  }

  /// The fraction of the range at which a point lies; outside 0...1 beyond its ends.
  func fraction(of point: Double) -> Double {
    switch scale {
    case .linear: (point - lower) / (upper - lower)
    case .logarithmic: point > 0 ? log(point / lower) / log(upper / lower) : -.infinity
    case .symmetric:
      0.5 + 0.5 * asinh(((point - lower) / (upper - lower) * 2 - 1) * sinh(symmetry)) / symmetry
    }
  }

  /// Decades of a symmetric range on either side, as a natural logarithm: 1e6, and the 2 of the
  /// hyperbolic sine.
  private var symmetry: Double { log(2e6) }

  /// The range used when the caller names none.
  ///
  /// Finite bounds give their interior; one bound gives three decades either side of one unit
  /// away from it; none gives ±1e-2 to ±1e4. A law should name its ranges.
  static func standard(for bounds: Bounds) -> SearchRange {
    switch (bounds.lower.isFinite, bounds.upper.isFinite) {
    case (true, true): SearchRange(lower: bounds.lower, upper: bounds.upper)
    case (true, false) where bounds.lower == 0:
      SearchRange(lower: 1e-3, upper: 1e3, scale: .logarithmic)
    case (true, false): SearchRange(lower: bounds.lower, upper: bounds.lower + 10)
    case (false, true): SearchRange(lower: bounds.upper - 10, upper: bounds.upper)
    case (false, false): SearchRange(lower: -1e4, upper: 1e4, scale: .symmetric)
    }
  }
}
