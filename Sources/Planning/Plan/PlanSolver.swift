internal import LeastSquares

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The least loss under a ceiling of tokens.
///
/// Along the ceiling the loss is a function of ln N alone, smooth on every segment, with an exact
/// slope. Its optimum is a root of that slope inside a segment, a vertex at which the slope changes
/// its sign from one segment to the next, or the end of the range where memory holds N back.
struct PlanSolver {
  let surface: any LossSurface
  let ceiling: TokenCeiling

  /// The optimum for parameters of the law; nil where the loss falls all the way to an end of the
  /// range that no limit makes.
  ///
  /// A guess spares the scan if the slope changes its sign within an e-fold of it.
  func solve(_ values: [Double], near guess: PlanPoint? = nil) -> PlanPoint? {
    let (lower, upper) = (ceiling.lower, ceiling.upper)
    let last = ceiling.segments.count - 1
    guard lower < upper else { return finite(point(lower, 0, values)) }
    if let guess {
      let x = min(log(guess.params), upper)
      let (low, high) = (max(x - 1, lower), min(x + 1, upper))
      let (from, to) = (
        ceiling.index(of: low), high == upper ? last : ceiling.index(of: high)
      )
      if low > lower, slope(low, from, values) < 0 {
        let end = slope(high, to, values)
        if end > 0 { return between((low, from), (high, to), values) }
        if high == upper, ceiling.endsAtMemory, end <= 0 { return corner(values) }
      }
    }
    return scan(values)
  }

  /// The lowest of a scan in ln N, then the optimum around it.
  private func scan(_ values: [Double]) -> PlanPoint? {
    let upper = ceiling.upper
    var nodes: [Double] = []
    var losses: [Double] = []
    for x in stride(from: ceiling.lower, to: upper, by: 0.5) where isSensible(x) {
      nodes.append(x)
      losses.append(point(x, ceiling.index(of: x), values).loss)
    }
    if ceiling.isEnded || isSensible(upper) {
      nodes.append(upper)
      losses.append(point(upper, ceiling.segments.count - 1, values).loss)
    }
    guard
      let best = losses.indices.filter({ losses[$0].isFinite })
        .min(by: { losses[$0] < losses[$1] })
    else { return nil }
    let isLast = best == nodes.count - 1
    if isLast, ceiling.endsAtMemory, nodes[best] == upper,
      slope(upper, ceiling.segments.count - 1, values) <= 0
    {
      return corner(values)
    }
    guard best > 0, !isLast || nodes[best] == upper else { return nil }
    let (low, high) = (nodes[best - 1], isLast ? upper : nodes[best + 1])
    let (from, to) = (
      ceiling.index(of: low), high == upper ? ceiling.segments.count - 1 : ceiling.index(of: high)
    )
    guard slope(low, from, values) <= 0, slope(high, to, values) >= 0 else { return nil }
    return between((low, from), (high, to), values)
  }

  /// Whether tokens per parameter are within what laws were made for: 1e-4 to 1e8, as in
  /// `LossSurface.optimalParams`.
  private func isSensible(_ logParams: Double) -> Bool {
    let params = exp(logParams)
    let ratio = ceiling.segments[ceiling.index(of: logParams)].limit.tokens(params) / params
    return ratio > 1e-4 && ratio < 1e8
  }

  /// The optimum between two places at which the slope is negative and positive.
  private func between(
    _ left: (x: Double, segment: Int), _ right: (x: Double, segment: Int), _ values: [Double]
  ) -> PlanPoint? {
    var (left, right) = (left, right)
    while left.segment < right.segment {
      let middle = (left.segment + right.segment) / 2
      let x = ceiling.segments[middle].upper
      if slope(x, middle, values) > 0 {
        right = (x, middle)
      } else if slope(x, middle + 1, values) < 0 {
        left = (x, middle + 1)
      } else {
        var vertex = point(x, middle, values)
        if vertex.first != nil { vertex.second = ceiling.segments[middle + 1].limit }
        return finite(vertex)
      }
    }
    guard left.x < right.x else { return finite(point(left.x, left.segment, values)) }
    let root = BrentRoot.find(in: left.x...right.x) { slope($0, left.segment, values) }
    return root.flatMap { finite(point($0.x, left.segment, values)) }
  }

  private func corner(_ values: [Double]) -> PlanPoint? {
    var corner = point(ceiling.upper, ceiling.segments.count - 1, values)
    corner.isAtMemory = true
    return finite(corner)
  }

  private func finite(_ point: PlanPoint) -> PlanPoint? {
    point.loss.isFinite && point.tokens > 0 ? point : nil
  }

  /// The slope in ln N of the least loss along a segment.
  private func slope(_ logParams: Double, _ segment: Int, _ values: [Double]) -> Double {
    let point = point(logParams, segment, values)
    guard let limit = point.first else { return point.gradient.params }
    return point.gradient.params + point.gradient.tokens * limit.slope(point.params)
  }

  /// The least loss of N parameters: that of all tokens a limit allows, or of fewer where the loss
  /// rises in tokens before.
  private func point(_ logParams: Double, _ segment: Int, _ values: [Double]) -> PlanPoint {
    let params = exp(logParams)
    let limit = ceiling.segments[segment].limit
    let tokens = limit.tokens(params)
    let gradient = surface.gradient(params, tokens, values)
    guard gradient.tokens >= 0 else {
      return PlanPoint(params: params, tokens: tokens, gradient: gradient, first: limit)
    }
    var low = log(tokens)
    let high = low
    func rise(_ logTokens: Double) -> Double {
      surface.gradient(params, exp(logTokens), values).tokens
    }
    while low > high - 50, rise(low) >= 0 { low -= 1 }
    guard low > high - 50, let root = BrentRoot.find(in: low...(low + 1), rise) else {
      return PlanPoint(params: params, tokens: tokens, gradient: gradient)
    }
    var turn = surface.gradient(params, exp(root.x), values)
    turn.tokens = 0
    return PlanPoint(params: params, tokens: exp(root.x), gradient: turn)
  }
}
