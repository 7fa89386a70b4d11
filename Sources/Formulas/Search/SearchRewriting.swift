/// A law rewritten so that more of it is linear, for the search alone.
///
/// - A parameter that occurs once, and only as g(p), becomes P = g(p) with the bounds of g's values.
/// - One that occurs once, in `exp(u + p)`, becomes P in `P exp(u)`.
/// - Guards against overflow, `exp(min(u, c))` and `exp(max(u, -c))` with c >= 30, are left out; what
///   the search finds is evaluated as it was typed.
struct SearchRewriting {
  private(set) var graph: Graph
  private(set) var root: Int
  private(set) var bounds: [(lower: Double, upper: Double)]
  /// What led from each typed parameter to the searched one, in order.
  private(set) var changes: [[ParameterChange]]

  init(_ graph: Graph, root: Int, bounds: [(lower: Double, upper: Double)]) {
    self.graph = graph
    self.root = root
    self.bounds = bounds
    changes = Array(repeating: [], count: bounds.count)
    dropGuards()
    // Each step removes a node from above a parameter: it ends.
    while step() {}
  }

  private mutating func dropGuards() {
    var image: [Int: Int] = [:]
    for index in graph.needed(for: [root]) where graph.nodes[index].op == .exp {
      var inner = graph.nodes[index].a
      while let next = guarded(inner) { inner = next }
      if inner != graph.nodes[index].a { image[index] = graph.plain(.exp, inner) }
    }
    if !image.isEmpty { root = graph.replacing(image, in: root) }
  }

  /// What a guard against overflow keeps within its limit.
  private func guarded(_ index: Int) -> Int? {
    let node = graph.nodes[index]
    guard node.op == .min || node.op == .max else { return nil }
    for (limit, other) in [(node.a, node.b), (node.b, node.a)] {
      guard let value = graph.constantValue(limit) else { continue }
      if node.op == .min ? value >= 30 : value <= -30 { return other }
    }
    return nil
  }

  private mutating func step() -> Bool {
    let uses = graph.uses(below: root)
    for index in graph.needed(for: [root]) {
      guard case .parameter(let parameter) = graph.nodes[index].op, uses[index].count == 1
      else { continue }
      if takeFunction(of: parameter, index, uses[index][0]) { return true }
      if takeOutOfExponential(parameter, index, uses) { return true }
    }
    return false
  }

  private mutating func takeFunction(of parameter: Int, _ index: Int, _ user: Int) -> Bool {
    guard let change = change(index, user, lower: bounds[parameter].lower) else { return false }
    root = graph.replacing([user: index], in: root)
    record(change, parameter)
    return true
  }

  private func change(_ index: Int, _ user: Int, lower: Double) -> ParameterChange? {
    let node = graph.nodes[user]
    if node.b < 0 { return ParameterChange(node.op, lower: lower) }
    guard let c = graph.constantValue(node.a == index ? node.b : node.a), c != 0, c.isFinite
    else { return nil }
    switch node.op {
    case .multiply: return .times(c)
    case .divide where node.a == index: return .times(1 / c)
    case .power where node.a == index && lower >= 0: return .power(c)
    default: return nil
    }
  }

  private mutating func takeOutOfExponential(
    _ parameter: Int, _ index: Int, _ uses: [[Int]]
  ) -> Bool {
    var top = index
    var isNegative = false
    while true {
      guard uses[top].count == 1 else { return false }
      let user = uses[top][0]
      let node = graph.nodes[user]
      switch node.op {
      case .add: break
      case .subtract: if node.b == top { isNegative.toggle() }
      case .negate: isNegative.toggle()
      case .exp:
        let zero = graph.constant(0)
        let rest = graph.replacing([index: zero], in: node.a)
        let product = graph.plain(.multiply, index, graph.plain(.exp, rest))
        root = graph.replacing([user: product], in: root)
        if isNegative { record(.function(.negate), parameter) }
        record(.function(.exp), parameter)
        return true
      default: return false
      }
      top = user
    }
  }

  private mutating func record(_ change: ParameterChange, _ parameter: Int) {
    changes[parameter].append(change)
    let ends = [bounds[parameter].lower, bounds[parameter].upper].map(change.apply)
    bounds[parameter] = (min(ends[0], ends[1]), max(ends[0], ends[1]))
  }
}
