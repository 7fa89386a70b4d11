#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What b samples of one query are worth; nothing without samples.
public enum SampleUtility: Sendable, Hashable {
  /// A chance p of success in each sample: `1 - (1 - p)^b`.
  case chance(Double)
  /// A chance of success that is itself uncertain, as Beta(alpha, beta): the mean of
  /// `1 - (1 - p)^b`.
  case beta(alpha: Double, beta: Double)
  /// Measured: the worth of 1, 2, 3 and so on samples, as of a majority vote; at most as many can
  /// be given.
  case table([Double])

  /// The worth of b samples; beyond a table, its last.
  public func value(_ samples: Int) -> Double {
    guard samples > 0 else { return 0 }
    switch self {
    case .chance(let p): return p < 1 ? -expm1(Double(samples) * log1p(-p)) : 1
    case .beta(let alpha, let beta):
      return CoverageCurve.betaBinomial(alpha: alpha, beta: beta).coverage(Double(samples))
    case .table(let values): return values[min(samples, values.count) - 1]
    }
  }
}

/// A utility as its concave envelope: the counts at which it touches it.
struct UtilityEnvelope {
  let utility: SampleUtility
  /// The most samples.
  let limit: Int
  /// Vertices of the envelope of a table, from 0; nil for utilities that are concave themselves.
  private let vertices: [Int]?

  init(_ utility: SampleUtility, limit: Int) {
    self.utility = utility
    guard case .table(let values) = utility else {
      (self.limit, vertices) = (limit, nil)
      return
    }
    self.limit = min(limit, values.count)
    var hull = [0]
    for count in 1...max(self.limit, 1) where count <= self.limit {
      // A vertex below the line from its neighbour to the newcomer is none.
      while hull.count > 1,
        Self.slope(utility, hull[hull.count - 2], hull[hull.count - 1])
          <= Self.slope(utility, hull[hull.count - 1], count)
      {
        hull.removeLast()
      }
      hull.append(count)
    }
    // What comes after the highest point is never worth it.
    while hull.count > 1,
      Self.slope(utility, hull[hull.count - 2], hull[hull.count - 1]) <= 0
    { hull.removeLast() }
    vertices = hull
  }

  private static func slope(_ utility: SampleUtility, _ from: Int, _ to: Int) -> Double {
    (utility.value(to) - utility.value(from)) / Double(to - from)
  }

  /// The samples whose marginal worth on the envelope is more than a price per sample.
  ///
  /// - Complexity: O(log limit).
  func count(above price: Double) -> Int {
    if let vertices {
      var (low, high) = (0, vertices.count - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if Self.slope(utility, vertices[middle - 1], vertices[middle]) > price {
          low = middle
        } else {
          high = middle - 1
        }
      }
      return vertices[low]
    }
    var (low, high) = (0, limit)
    while low < high {
      // Without overflow, whatever the limit.
      let middle = high - (high - low) / 2
      if marginal(middle) > price { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The worth of sample b, of a concave utility, without cancellation.
  private func marginal(_ sample: Int) -> Double {
    let before = Double(sample - 1)
    switch utility {
    case .chance(let p): return p < 1 ? p * exp(before * log1p(-p)) : sample == 1 ? 1 : 0
    case .beta(let alpha, let beta):
      return (1 - utility.value(sample - 1)) * alpha / (alpha + beta + before)
    case .table: return Self.slope(utility, sample - 1, sample)
    }
  }

  /// The best next step of at most so many samples: the one of most worth per sample; nil
  /// where none is worth anything.
  func next(from count: Int, within room: Int) -> (samples: Int, slope: Double)? {
    let most = min(room, limit - count)
    guard most > 0 else { return nil }
    guard vertices != nil else {
      let slope = marginal(count + 1)
      return slope > 0 ? (1, slope) : nil
    }
    var best = (samples: 0, slope: 0.0)
    for samples in 1...most {
      let slope = Self.slope(utility, count, count + samples)
      if slope > best.slope { best = (samples, slope) }
    }
    return best.samples > 0 ? best : nil
  }

  /// The slope of the envelope beyond a vertex; 0 at its end.
  func slope(beyond count: Int) -> Double {
    guard let vertices else { return count < limit ? marginal(count + 1) : 0 }
    guard let next = vertices.first(where: { $0 > count }) else { return 0 }
    return Self.slope(utility, count, next)
  }
}
