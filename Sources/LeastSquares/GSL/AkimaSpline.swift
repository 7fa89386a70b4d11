internal import CGSL

/// Akima's interpolating spline (`gsl_interp_akima`): smooth, and undisturbed by a point further
/// off.
///
/// Source: Akima 1970, Journal of the ACM 17, 589.
@safe
public struct AkimaSpline: ~Copyable {
  /// The fewest points it can be drawn through.
  public static let minimumCount = 5

  private let x: [Double]
  private let y: [Double]
  private let spline: UnsafeMutablePointer<gsl_interp>

  /// Draws the spline; nil where x does not ascend, has too few points or a number is not finite.
  ///
  /// - Parameters:
  ///   - x: strictly ascending, at least five.
  ///   - y: a value for each.
  public init?(x: [Double], y: [Double]) {
    precondition(x.count == y.count, "a value for each point")
    GSL.prepare()
    guard x.count >= Self.minimumCount, zip(x, x.dropFirst()).allSatisfy({ $0 < $1 }),
      x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite),
      let spline = unsafe gsl_interp_alloc(cgsl_interp_akima(), x.count)
    else { return nil }
    guard unsafe gsl_interp_init(spline, x, y, x.count) == 0 else {
      unsafe gsl_interp_free(spline)
      return nil
    }
    self.x = x
    self.y = y
    unsafe self.spline = spline
  }

  deinit { unsafe gsl_interp_free(spline) }

  /// The value at a point between the first and the last; NaN outside.
  ///
  /// - Complexity: O(log points).
  public func value(at position: Double) -> Double {
    guard let first = x.first, let last = x.last, position >= first, position <= last else {
      return .nan
    }
    return unsafe gsl_interp_eval(spline, x, y, position, nil)
  }
}
