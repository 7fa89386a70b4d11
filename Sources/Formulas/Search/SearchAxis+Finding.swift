extension SearchAxis {
  /// The axes of a rewritten law, one for each of its nonlinear parameters.
  static func find(
    _ nonlinear: [Int], _ law: SearchRewriting, _ analysis: ScaleAnalysis, _ data: SearchData
  ) -> [SearchAxis] {
    let finder = AxisFinder(
      graph: law.graph, uses: law.graph.uses(below: law.root), contexts: analysis.contexts,
      data: data, bounds: law.bounds)
    let nodes = Dictionary(
      uniqueKeysWithValues: law.graph.needed(for: [law.root]).compactMap { index in
        if case .parameter(let parameter) = law.graph.nodes[index].op {
          (parameter, index)
        } else {
          nil
        }
      })
    return nonlinear.map { parameter in
      let node = nodes[parameter] ?? 0
      let scale = analysis.scales[node] ?? (0, 0)
      return SearchAxis(
        parameter: parameter, kind: finder.kind(of: parameter, at: node),
        lower: law.bounds[parameter].lower, upper: law.bounds[parameter].upper,
        scale: (min(scale.largest, scale.smallest), max(scale.largest, scale.smallest)),
        breaks: finder.breaks(at: node))
    }
  }
}

/// How a parameter meets the data.
private struct AxisFinder {
  let graph: Graph
  let uses: [[Int]]
  let contexts: [Int: ScaleContext]
  let data: SearchData
  let bounds: [(lower: Double, upper: Double)]

  func kind(of parameter: Int, at index: Int) -> SearchAxis.Kind {
    var kind = SearchAxis.Kind.scale
    var span = 0.0
    for user in uses[index] {
      let node = graph.nodes[user]
      if node.op == .power, node.b == index { span = max(span, logarithmicSpan(below: node.a)) }
      if node.op == .negate {
        for next in uses[user] where graph.nodes[next].op == .power && graph.nodes[next].b == user {
          span = max(span, logarithmicSpan(below: graph.nodes[next].a))
        }
      }
      guard span == 0 else {
        kind = .exponent(span: span)
        continue
      }
      if let other = meeting(kind, user, index) { kind = other }
    }
    if let periodic = periodic(index) { return periodic }
    if kind == .added, isInsideSine(index) { return .angle }
    return kind
  }

  /// What a sum or comparison says of a parameter in it.
  private func meeting(_ kind: SearchAxis.Kind, _ user: Int, _ index: Int) -> SearchAxis.Kind? {
    let node = graph.nodes[user]
    switch node.op {
    case .add, .subtract, .min, .max: break
    default: return nil
    }
    let other = node.a == index ? node.b : node.a
    if let values = data.values[other] {
      let sign = node.op == .add ? -1.0 : 1.0
      let finite = values.filter(\.isFinite).map { sign * $0 }
      guard let low = finite.min(), let high = finite.max() else { return nil }
      return contexts[user] == .ratio && node.op == .add
        ? .shift(lower: low, upper: high) : .location(lower: low, upper: high)
    }
    return graph.dependsOnParameters(other) && kind == .scale ? .added : nil
  }

  /// The most gaps that are looked at.
  private static let mostBreaks = 48

  /// The middles of the gaps between data that the parameter is subtracted from, compared with or
  /// divides.
  func breaks(at index: Int) -> [Double] {
    for user in uses[index] {
      let node = graph.nodes[user]
      let other = node.a == index ? node.b : node.a
      guard let values = data.values[other] else { continue }
      switch node.op {
      case .add, .subtract, .min, .max:
        let sign = node.op == .add ? -1.0 : 1.0
        return Self.middles(values.map { sign * $0 }) { 0.5 * ($0 + $1) }
      case .divide where node.b == index && values.allSatisfy { $0 > 0 }:
        return Self.middles(values) { ($0 * $1).squareRoot() }
      default: continue
      }
    }
    return []
  }

  private static func middles(
    _ values: [Double], _ middle: (Double, Double) -> Double
  ) -> [Double] {
    let sorted = Set(values.filter(\.isFinite)).sorted()
    guard sorted.count > 1 else { return [] }
    let all = zip(sorted, sorted.dropFirst()).map { middle($0, $1) }
    let count = min(all.count, mostBreaks)
    return (0..<count).map { all[$0 * all.count / count] }
  }

  /// The widest logarithmic span of the positive data below a base; 5 where there are none.
  private func logarithmicSpan(below base: Int) -> Double {
    let widest = graph.needed(for: [base]).reduce(0.0) { widest, inner in
      guard let values = data.values[inner], values.allSatisfy({ $0 > 0 }) else { return widest }
      return max(widest, SearchData.logarithmicSpan(values))
    }
    return widest > 0 ? widest : 5
  }

  /// A factor or divisor of data that leads through sums to a sine or cosine.
  private func periodic(_ index: Int) -> SearchAxis.Kind? {
    for user in uses[index] {
      let node = graph.nodes[user]
      let other = node.a == index ? node.b : node.a
      guard node.op == .multiply || (node.op == .divide && node.b == index),
        let values = data.values[other], leadsToSine(user)
      else { continue }
      let span = SearchData.spread(values, true)
      let distinct = Set(values).count
      return node.op == .multiply
        ? .frequency(logarithmicSpan: span, distinct: distinct)
        : .period(logarithmicSpan: span, distinct: distinct)
    }
    return nil
  }

  private func leadsToSine(_ start: Int) -> Bool {
    var node = start
    while let user = uses[node].first {
      if uses[node].contains(where: isSine) { return true }
      switch graph.nodes[user].op {
      case .add, .subtract, .negate: break
      case .multiply where graph.parameterSets[user].nonzeroBitCount == 1: break
      default: return false
      }
      node = user
    }
    return false
  }

  private func isInsideSine(_ index: Int) -> Bool {
    uses[index].contains { uses[$0].contains(where: isSine) }
  }

  private func isSine(_ node: Int) -> Bool {
    graph.nodes[node].op == .sin || graph.nodes[node].op == .cos
  }
}
