internal import CVectorMath

extension Graph {
  /// Bounds of the value of a node on every row, at every parameter vector within its bounds.
  ///
  /// They show what the signs of the operands alone do not: that `experts - 1 + q` is positive where there
  /// is one expert at least, or `1 - R * expm1(-(D / U - 1) / R)` where `D` is at least `U`. Rounding is
  /// monotone, so bounds computed as the values are hold for the values, rounding included; those of the
  /// kernels, whose last digit need not be monotone, are widened.
  struct Range: Hashable {
    var low: Double
    var high: Double

    /// Nothing is known.
    static let all = Range(-.infinity, .infinity)

    init(_ low: Double, _ high: Double) {
      (self.low, self.high) = (low, high)
    }

    /// The bounds of a column; all numbers where it has others.
    init(of values: [Double]) {
      guard let low = values.min(), let high = values.max(), (low - high).isFinite else {
        self = .all
        return
      }
      self.init(low, high)
    }

    /// Bounds of a sum; infinity minus infinity leaves nothing known.
    fileprivate init(sum low: Double, _ high: Double) {
      self.init(low.isNaN ? -.infinity : low, high.isNaN ? .infinity : high)
    }

    /// The least range with four values, of which those that are no number are passed over.
    fileprivate init(hull a: Double, _ b: Double, _ c: Double, _ d: Double) {
      // Double.minimum and maximum pass over what is no number.
      self.init(
        .minimum(.minimum(a, b), .minimum(c, d)), .maximum(.maximum(a, b), .maximum(c, d)))
      if !(low <= high) { self = .all }
    }

    /// The sign that the range proves; a limit of 0 is open.
    var sign: Sign {
      if low > 0 { return .positive }
      if high < 0 { return .negative }
      return low == 0 ? .nonNegative : high == 0 ? .nonPositive : .unknown
    }

    /// The image under an increasing kernel with an error of a few ulp.
    fileprivate func image(_ function: (Double) -> Double) -> Range {
      let (a, b) = (function(low), function(high))
      guard a <= b else { return .all }
      return Range(
        a.isFinite ? a - a.magnitude * 0x1p-50 : a, b.isFinite ? b + b.magnitude * 0x1p-50 : b)
    }

    fileprivate var magnitude: Range {
      low >= 0 ? self : high <= 0 ? Range(-high, -low) : Range(0, Swift.max(-low, high))
    }

    fileprivate static func / (a: Range, b: Range) -> Range {
      // 0 as a bound of the divisor is a limit from the inside.
      guard b.low >= 0 || b.high <= 0 else { return .all }
      let high = b.high == 0 ? -0.0 : b.high
      let low = b.low == 0 ? 0.0 : b.low
      return Range(hull: a.low / low, a.low / high, a.high / low, a.high / high)
    }

    fileprivate static func * (a: Range, b: Range) -> Range {
      // Infinity is a limit too: times 0 it is 0.
      func product(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
      return Range(
        hull: product(a.low, b.low), product(a.low, b.high), product(a.high, b.low),
        product(a.high, b.high))
    }
  }

  /// The range of an operation on nodes; `b` is negative for operations on one.
  func range(of op: Op, _ a: Int, _ b: Int) -> Range {
    let x = ranges[a]
    guard b >= 0 else { return range(of: op, x) }
    let y = ranges[b]
    switch op {
    case .add: return Range(sum: x.low + y.low, x.high + y.high)
    case .subtract: return Range(sum: x.low - y.high, x.high - y.low)
    case .multiply where a == b:
      let size = x.magnitude
      return Range(size.low * size.low, size.high * size.high)
    case .multiply: return x * y
    case .divide where signs[a] == .positive && nodes[b].op == .min && isOperand(a, of: b):
      // x / min(x, y), of which the divisor may be anything below x.
      return Range(1, .infinity)
    case .divide: return x / y
    case .min: return Range(Swift.min(x.low, y.low), Swift.min(x.high, y.high))
    case .max: return Range(Swift.max(x.low, y.low), Swift.max(x.high, y.high))
    case .lessOrEqual: return Range(0, 1)
    case .power where signs[a] == .positive: return Range(0, .infinity)
    default: return .all
    }
  }

  private func isOperand(_ a: Int, of b: Int) -> Bool { nodes[b].a == a || nodes[b].b == a }

  private func range(of op: Op, _ x: Range) -> Range {
    switch op {
    case .negate: return Range(-x.high, -x.low)
    case .exp: return x.image { vm_exp($0) }
    case .expm1: return x.image { vm_expm1($0) }
    case .log where x.low >= 0: return x.image { vm_log($0) }
    case .log2 where x.low >= 0: return x.image { vm_log2($0) }
    case .log10 where x.low >= 0: return x.image { vm_log10($0) }
    case .log1p where x.low >= -1: return x.image { vm_log1p($0) }
    case .sqrt where x.low >= 0: return Range(x.low.squareRoot(), x.high.squareRoot())
    case .abs: return x.magnitude
    case .sign, .tanh: return Range(x.low >= 0 ? 0 : -1, x.high <= 0 ? 0 : 1)
    case .sigmoid: return Range(0, 1)
    case .softplus: return Range(Swift.max(x.low, 0), .infinity)
    case .sin, .cos: return Range(-1, 1)
    case .nonzero: return Range(x.low >= 0 ? 0 : -.infinity, .infinity)
    case .atan: return Range(x.low >= 0 ? 0 : -.infinity, x.high <= 0 ? 0 : .infinity)
    default: return .all
    }
  }
}
