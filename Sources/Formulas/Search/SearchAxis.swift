#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where a nonlinear parameter of a rewritten law is looked for: how it meets the data, and the
/// scale that dimensional analysis gives it.
struct SearchAxis: Sendable {
  enum Kind: Sendable, Hashable {
    /// Added to or compared with data between two values.
    case location(lower: Double, upper: Double)
    /// Added to positive data below a power or a logarithm: `(x + b)^n`.
    case shift(lower: Double, upper: Double)
    /// A power of something whose logarithm spans so much.
    case exponent(span: Double)
    /// A factor.
    case scale
    /// Added to something with parameters of its own.
    case added
    /// Added inside a sine or cosine.
    case angle
    /// Times data (a frequency) or under data (a period) inside a sine or cosine; ln of the span of
    /// the data, and how many different values they have.
    case frequency(logarithmicSpan: Double, distinct: Int)
    case period(logarithmicSpan: Double, distinct: Int)
  }

  let parameter: Int
  var kind: Kind
  let lower: Double
  let upper: Double
  /// ln of the least and the largest scale.
  let scale: (low: Double, high: Double)
  /// Values in the gaps between the data that it is compared with: a sharp break has a valley of its
  /// own in each.
  var breaks: [Double] = []

  var hasFixedSign: Bool { lower >= 0 || upper <= 0 }

  /// Whether steps are better taken in ln of the parameter: a scale of known sign.
  var isLogarithmic: Bool {
    switch kind {
    case .scale, .shift: hasFixedSign
    default: false
    }
  }

  /// A value for a fraction of the range.
  ///
  /// - Parameters:
  ///   - v: from 0 to 1.
  ///   - wide: what the ranges are widened by.
  ///   - layer: the number of the draw; with many axes those of unknown sign shrink in turn.
  ///   - isMany: whether there are many axes.
  /// - Returns: a value strictly inside the bounds.
  func draw(_ v: Double, wide: Double, layer: Int, isMany: Bool) -> Double {
    inside(raw(v, wide, layer, isMany), v)
  }

  private func raw(_ v: Double, _ wide: Double, _ layer: Int, _ isMany: Bool) -> Double {
    let sign = v < 0.5 ? -1.0 : 1.0
    let fold = abs(2 * v - 1)
    switch kind {
    case .angle: return .pi * (2 * v - 1)
    case .frequency(let span, let distinct): return frequency(v, span, distinct)
    case .period(let span, let distinct): return 1 / frequency(v, span, distinct)
    case .location(let low, let high): return location(v, low, high, wide)
    case .shift(let low, let high):
      let (a, b) = (min(abs(low), abs(high)), max(abs(low), abs(high)))
      let least = max(a, b * 1e-4)
      if v < 0.1, lower < 0 { return -least * 0.98 * (v / 0.1) }
      return between(log(least / 30), log(b * 3), v)
    case .exponent(let span):
      var most = max(6 * wide / span, span > 1 ? 2 * wide : 6 / span)
      if span > 12 { most = min(most, 60 / span) }
      let ends = (log(0.1 / span), log(most))
      if hasFixedSign { return (lower >= 0 ? 1 : -1) * between(ends.0, ends.1, v) }
      return sign * between(ends.0, ends.1, fold)
    case .added:
      let margin = log(10) * wide
      let size = exp(min(max(scale.high, -600), 600))
      if lower >= 0 { return size * between(-margin, margin, v) }
      return size * sinh(5 * (2 * v - 1)) / sinh(5) * exp(margin)
    case .scale:
      let margin = log(30) * wide
      let ends = (max(scale.low - margin, -640), min(scale.high + margin, 640))
      if hasFixedSign { return (lower >= 0 ? 1 : -1) * between(ends.0, ends.1, v) }
      if isMany {
        let middle = exp(0.5 * (ends.0 + ends.1))
        return middle * 10 * sinh(4 * (2 * v - 1)) / sinh(4) * [1, 0.03, 0.3, 0.1][layer % 4]
      }
      return sign * between(ends.0, ends.1, fold)
    }
  }

  /// e to a point between two logarithms.
  private func between(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
    exp(low + (high - low) * fraction)
  }

  /// A third of a radian over the span, up to half a turn from one value to the next.
  private func frequency(_ v: Double, _ span: Double, _ distinct: Int) -> Double {
    let most = Double.pi * Double(distinct - 1) * 1.05
    return exp(-span) * (0.3 + (max(most, 0.6) - 0.3) * v)
  }

  private func location(_ v: Double, _ low: Double, _ high: Double, _ wide: Double) -> Double {
    if low > 0, high > 30 * low {
      return v < 0.5
        ? between(log(low / 2), log(2 * high), 2 * v) : low + (high - low) * (2 * v - 1)
    }
    let span = high > low ? high - low : max(abs(high), 1)
    return low - 0.15 * wide * span + (1 + 0.3 * wide) * span * v
  }

  /// The value, moved strictly inside the bounds.
  func inside(_ value: Double, _ v: Double) -> Double {
    var value = value
    let width = upper - lower
    if width.isFinite, value < lower || value > upper {
      value = lower + width * (v * 7).truncatingRemainder(dividingBy: 1)
    }
    let step = { (end: Double) in
      width.isFinite ? 1e-3 * width : max(abs(end), 1e-300) * 1e-3
    }
    if value <= lower { value = lower + step(lower) }
    if value >= upper { value = upper - step(upper) }
    return value
  }
}
