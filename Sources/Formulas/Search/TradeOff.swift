#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A factor u and a level w that an exponent v can be exchanged for: `w + u x^v`, `w + u exp(v x)`, or the
/// same in an exponential whose factor is w.
///
/// With little curvature in the data only the height of `w + u g` in their middle and its span,
/// `u v` times g there, are known, so that valleys are long and curved in u, v and w, yet nearly
/// straight in height, span and v (those of a Box-Cox transform). Steps are taken along them.
struct TradeOff: Sendable {
  enum Level: Sendable, Hashable {
    /// Solved for, given the others.
    case solved
    /// Beside the power: `sign w + u g`.
    case added(parameter: Int, sign: Double)
    /// Around the exponential of it: `sign ln w + u g`.
    case multiplied(parameter: Int, sign: Double)
  }

  let factor: Int
  let exponent: Int
  /// The mean of d ln g / dv over the rows.
  let rate: Double
  /// Whether the factor keeps its sign.
  let isLogarithmic: Bool
  let level: Level

  /// Takes factor and level of `moved`, which was moved by a step, to the height and span that the
  /// linear model of the step says.
  ///
  /// - Parameters:
  ///   - moved: the parameters after the step.
  ///   - theta: the parameters before the step.
  ///   - change: their changes to first order.
  ///   - bounds: of all parameters.
  func straighten(
    _ moved: inout [Double], from theta: [Double], by change: [Double],
    _ bounds: [(lower: Double, upper: Double)]
  ) {
    let (u, v, end) = (theta[factor], theta[exponent], moved[exponent])
    let (du, dv) = (change[factor], end - v)
    guard v != 0, end != 0, u != 0, (end < 0) == (v < 0) else { return }
    let g = exp(v * rate)
    let atEnd = exp(end * rate)
    let share = du / u + dv / v + dv * rate
    let spanned = u * v * g * (isLogarithmic ? exp(min(max(share, -3), 3)) : 1 + share)
    let newFactor = spanned / (end * atEnd)
    guard newFactor.isFinite else { return }
    let rise = g * (du + u * rate * dv) + u * g - newFactor * atEnd
    switch level {
    case .solved: break
    case .added(let w, let sign):
      let value = theta[w] + change[w] + sign * rise
      guard value.isFinite else { return }
      moved[w] = Self.inside(value, bounds[w])
    case .multiplied(let w, let sign):
      guard theta[w] != 0 else { return }
      let value = theta[w] * exp(min(max(change[w] / theta[w] + sign * rise, -60), 60))
      guard value.isFinite else { return }
      moved[w] = Self.inside(value, bounds[w])
    }
    moved[factor] = Self.inside(newFactor, bounds[factor])
  }

  private static func inside(_ value: Double, _ bounds: (lower: Double, upper: Double)) -> Double {
    min(max(value, bounds.lower), bounds.upper)
  }
}

extension TradeOff {
  /// Those of a rewritten law.
  static func find(
    _ law: SearchRewriting, _ axes: [SearchAxis], linear: [Int], _ data: SearchData
  ) -> [TradeOff] {
    let finder = TradeOffFinder(
      graph: law.graph, uses: law.graph.uses(below: law.root), nonlinear: axes.map(\.parameter),
      linear: linear, logarithmic: axes.filter(\.isLogarithmic).map(\.parameter), data: data)
    return law.graph.needed(for: [law.root]).compactMap(finder.tradeOff)
  }
}

private struct TradeOffFinder {
  let graph: Graph
  let uses: [[Int]]
  let nonlinear: [Int]
  let linear: [Int]
  let logarithmic: [Int]
  let data: SearchData

  /// The trade-off of a product or quotient.
  func tradeOff(_ index: Int) -> TradeOff? {
    let node = graph.nodes[index]
    let pairs: [(own: Int, other: Int, sign: Double)]
    switch node.op {
    case .multiply: pairs = [(node.a, node.b, 1), (node.b, node.a, 1)]
    case .divide: pairs = [(node.a, node.b, -1)]
    default: return nil
    }
    for (own, other, sign) in pairs {
      guard let factor = parameter(own), nonlinear.contains(factor), uses[own].count == 1,
        let (exponent, rate) = rate(of: other), exponent != factor,
        let level = level(above: index)
      else { continue }
      return TradeOff(
        factor: factor, exponent: exponent, rate: sign * rate,
        isLogarithmic: logarithmic.contains(factor), level: level)
    }
    return nil
  }

  private func parameter(_ index: Int) -> Int? {
    if case .parameter(let parameter) = graph.nodes[index].op { parameter } else { nil }
  }

  /// The parameter v of `x^v` or `exp(v x)`, and the mean of ln x or x.
  private func rate(of index: Int) -> (exponent: Int, rate: Double)? {
    let node = graph.nodes[index]
    switch node.op {
    case .power:
      guard let values = data.values[node.a], values.allSatisfy({ $0 > 0 }),
        let (exponent, share) = multiple(node.b)
      else { return nil }
      return (exponent, share * mean(values.map { log($0) }))
    case .exp: return product(node.a)
    default: return nil
    }
  }

  /// The parameter p of c p, and c.
  private func multiple(_ index: Int) -> (parameter: Int, share: Double)? {
    let node = graph.nodes[index]
    switch node.op {
    case .parameter(let parameter): return nonlinear.contains(parameter) ? (parameter, 1) : nil
    case .negate: return multiple(node.a).map { ($0.parameter, -$0.share) }
    case .multiply:
      if let c = graph.constantValue(node.a) {
        return multiple(node.b).map { ($0.parameter, c * $0.share) }
      }
      guard let c = graph.constantValue(node.b) else { return nil }
      return multiple(node.a).map { ($0.parameter, c * $0.share) }
    default: return nil
    }
  }

  /// The parameter p of p x, and the mean of x.
  private func product(_ index: Int) -> (exponent: Int, rate: Double)? {
    let node = graph.nodes[index]
    switch node.op {
    case .negate: return product(node.a).map { ($0.exponent, -$0.rate) }
    case .multiply:
      for (own, other) in [(node.a, node.b), (node.b, node.a)] {
        if let (exponent, share) = multiple(own), let values = data.values[other] {
          return (exponent, share * mean(values))
        }
      }
      return nil
    default: return nil
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }

  /// The level beside a term, through sums, or around the exponential that they end in.
  private func level(above index: Int) -> TradeOff.Level? {
    var (top, sign) = (index, 1.0)
    while uses[top].count == 1 {
      let user = uses[top][0]
      let node = graph.nodes[user]
      let other = node.a == top ? node.b : node.a
      switch node.op {
      case .add, .subtract:
        if node.op == .subtract, node.b == top { sign = -sign }
        let isSubtracted = node.op == .subtract && node.b == other
        if let w = parameter(other), uses[other].count == 1 {
          if linear.contains(w) { return .solved }
          // sign (u g) + (or -) w, over sign.
          return .added(parameter: w, sign: isSubtracted ? -sign : sign)
        }
      case .negate: sign = -sign
      case .exp: return factor(around: user, sign)
      default: return nil
      }
      top = user
    }
    return nil
  }

  private func factor(around index: Int, _ sign: Double) -> TradeOff.Level? {
    guard uses[index].count == 1 else { return nil }
    let node = graph.nodes[uses[index][0]]
    let other = node.a == index ? node.b : node.a
    guard other >= 0, let w = parameter(other), uses[other].count == 1 else { return nil }
    switch node.op {
    case .multiply: break
    case .divide where node.a == index: return .multiplied(parameter: w, sign: -sign)
    default: return nil
    }
    return linear.contains(w) ? .solved : .multiplied(parameter: w, sign: sign)
  }
}
