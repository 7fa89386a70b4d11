#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The most tokens that each number of parameters can be trained on: the lower envelope of some
/// limits, piece by piece, and where the range of parameters ends.
struct TokenCeiling {
  /// A stretch of ln N over which one limit is the tightest.
  struct Segment {
    var lower: Double
    var upper: Double
    var limit: TokenLimit
  }

  /// In ascending order, touching each other.
  let segments: [Segment]
  /// Whether the range ends where memory does.
  let endsAtMemory: Bool
  /// Whether it ends before 1e18 parameters, at memory or where serving takes all.
  var isEnded: Bool { upper < Self.logRange.upperBound }

  private static let logRange = log(1e3)...log(1e18)

  var lower: Double { segments[0].lower }
  var upper: Double { segments[segments.count - 1].upper }

  /// The ceiling over a thousand to 1e18 parameters; nil where the limits leave no tokens to any.
  ///
  /// - Parameters:
  ///   - limits: at least one.
  ///   - largest: the most parameters that memory holds.
  ///   - fixed: parameters, where they are not to be chosen.
  init?(_ limits: [TokenLimit], largest: Double?, fixed: Double? = nil) {
    guard limits.allSatisfy({ $0.amount > $0.fixed }) else { return nil }
    var (low, high) = (Self.logRange.lowerBound, Self.logRange.upperBound)
    endsAtMemory = largest.map { log($0) <= high } ?? false
    if let largest { high = min(high, log(largest)) }
    for limit in limits where limit.perParam > 0 {
      // At the very end there are no tokens left, and no loss.
      high = min(high, log((limit.amount - limit.fixed) / limit.perParam) - 1e-9)
    }
    if let fixed {
      guard log(fixed) <= high else { return nil }
      (low, high) = (log(fixed), log(fixed))
    }
    guard low <= high else { return nil }
    var ends = [low, high]
    for (index, limit) in limits.enumerated() {
      for other in limits[(index + 1)...] {
        if let place = limit.crossing(other).map({ log($0) }), place > low, place < high {
          ends.append(place)
        }
      }
    }
    ends.sort()
    var segments: [Segment] = []
    for (left, right) in zip(ends, ends.dropFirst()) where right > left || low == high {
      let middle = exp((left + right) / 2)
      guard let tightest = limits.min(by: { $0.tokens(middle) < $1.tokens(middle) }) else {
        return nil
      }
      if let last = segments.last, last.limit.resource == tightest.resource {
        segments[segments.count - 1].upper = right
      } else {
        segments.append(Segment(lower: left, upper: right, limit: tightest))
      }
    }
    guard !segments.isEmpty else { return nil }
    self.segments = segments
  }

  /// The segment of a place, the left one where two meet.
  func index(of logParams: Double) -> Int {
    segments.firstIndex { logParams <= $0.upper } ?? segments.count - 1
  }
}
