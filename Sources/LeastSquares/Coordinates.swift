#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The coordinate a bounded parameter is fitted in, so that the solver itself knows no bounds.
///
/// ```
/// none        p = t
/// lower l     p = l + exp(t)
/// upper u     p = u - exp(t)
/// both l, u   p = l + (u - l) / (1 + exp(-t))
/// ```
enum Coordinate: Sendable, Hashable {
  case identity
  case lower(Double)
  case upper(Double)
  case both(Double, Double)

  init(_ bounds: Bounds) {
    switch (bounds.lower.isFinite, bounds.upper.isFinite) {
    case (false, false): self = .identity
    case (true, false): self = .lower(bounds.lower)
    case (false, true): self = .upper(bounds.upper)
    case (true, true): self = .both(bounds.lower, bounds.upper)
    }
  }

  /// p(t).
  func natural(_ t: Double) -> Double { place(t).natural }

  /// p(t) with dp/dt and d2p/dt2.
  func place(_ t: Double) -> (natural: Double, first: Double, second: Double) {
    switch self {
    case .identity: return (t, 1, 0)
    case .lower(let l):
      let e = exp(t)
      return (l + e, e, e)
    case .upper(let u):
      let e = exp(t)
      return (u - e, -e, -e)
    case .both(let l, let u):
      let e = exp(-abs(t))
      // From the nearer end, so that a small distance keeps its digits.
      let distance = (u - l) * (e / (1 + e))
      let first = (u - l) * e / ((1 + e) * (1 + e))
      return t < 0
        ? (l + distance, first, first * (1 - e) / (1 + e))
        : (u - distance, first, first * (e - 1) / (1 + e))
    }
  }

  /// t(p) for p strictly inside the bounds.
  func `internal`(_ p: Double) -> Double {
    switch self {
    case .identity: p
    case .lower(let l): log(p - l)
    case .upper(let u): log(u - p)
    case .both(let l, let u): log((p - l) / (u - p))
    }
  }

  /// A value strictly inside: p itself, or p moved off the bound it is at or beyond.
  ///
  /// `distance` is how far inside, in units of p; it is limited to 1/100 of a finite interval.
  func inside(_ p: Double, distance: Double) -> Double {
    switch self {
    case .identity: return p
    case .lower(let l): return p > l ? p : l + max(distance, abs(l) * 1e-9)
    case .upper(let u): return p < u ? p : u - max(distance, abs(u) * 1e-9)
    case .both(let l, let u):
      let step = min(distance, (u - l) * 0.01)
      return p <= l ? l + step : p >= u ? u - step : p
    }
  }
}
