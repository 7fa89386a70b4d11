/// Builders of functions. What is rewritten here either keeps digits or moves work out of the rows.
extension Graph {
  mutating func exp(_ a: Int) -> Int {
    if nodes[a].op == .log, isPositive(nodes[a].a) { return nodes[a].a }
    return node(.exp, a)
  }

  mutating func expm1(_ a: Int) -> Int { node(.expm1, a) }

  /// The logarithm, split over products and quotients where that leaves one part free of the rows or of the
  /// parameters: `log(N / N0)` needs no logarithm per row once `log N` is known.
  ///
  /// It looks `levels` factors deep; bounded, so that no graph makes this slow.
  mutating func log(_ a: Int, levels: Int = 4) -> Int {
    let node = nodes[a]
    switch node.op {
    case .exp: return node.a
    case .multiply where splits(node, levels):
      return add(log(node.a, levels: levels - 1), log(node.b, levels: levels - 1))
    case .divide where splits(node, levels):
      return subtract(log(node.a, levels: levels - 1), log(node.b, levels: levels - 1))
    case .add where isConstant(node.a, 1): return log1p(node.b)
    case .add where isConstant(node.b, 1): return log1p(node.a)
    default: return self.node(.log, a)
    }
  }

  private func splits(_ node: Node, _ levels: Int) -> Bool {
    guard levels > 0, isPositive(node.a), isPositive(node.b) else { return false }
    func isPure(_ x: Int) -> Bool { !dependsOnData[x] || !dependsOnParameters(x) }
    // Both pure of the same kind: the product itself is, and its logarithm is exact as it stands.
    let mixed =
      dependsOnData[node.a] != dependsOnData[node.b] && isPure(node.a) && isPure(node.b)
      && (dependsOnParameters(node.a) || dependsOnParameters(node.b))
    return mixed || isSplittable(node.a, levels - 1) || isSplittable(node.b, levels - 1)
  }

  private func isSplittable(_ a: Int, _ levels: Int) -> Bool {
    switch nodes[a].op {
    case .exp: dependsOnParameters(a)
    case .multiply, .divide: splits(nodes[a], levels)
    default: false
    }
  }

  mutating func log1p(_ a: Int) -> Int {
    if nodes[a].op == .exp { return node(.softplus, nodes[a].a) }
    if nodes[a].op == .expm1 { return nodes[a].a }
    return node(.log1p, a)
  }

  mutating func sqrt(_ a: Int) -> Int { node(.sqrt, a) }

  mutating func sigmoid(_ a: Int) -> Int { node(.sigmoid, a) }

  mutating func abs(_ a: Int) -> Int {
    switch signs[a] {
    case .positive, .nonNegative: a
    case .negative, .nonPositive: negate(a)
    case .unknown: node(.abs, a)
    }
  }

  mutating func call(_ function: Function, _ arguments: [Int]) -> Int {
    let a = arguments[0]
    switch function {
    case .exp: return exp(a)
    case .log: return log(a)
    case .log2: return node(.log2, a)
    case .log10: return node(.log10, a)
    case .log1p: return log1p(a)
    case .expm1: return expm1(a)
    case .sqrt: return sqrt(a)
    case .abs: return abs(a)
    case .tanh: return node(.tanh, a)
    case .sigmoid: return sigmoid(a)
    case .softplus: return node(.softplus, a)
    case .sin: return node(.sin, a)
    case .cos: return node(.cos, a)
    case .tan: return divide(node(.sin, a), node(.cos, a))
    case .atan: return node(.atan, a)
    case .min: return arguments.dropFirst().reduce(a) { minimum($0, $1) }
    case .max: return arguments.dropFirst().reduce(a) { maximum($0, $1) }
    }
  }
}
