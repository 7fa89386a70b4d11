/// Builders: each returns the simplest node that has the value asked for.
extension Graph {
  mutating func negate(_ a: Int) -> Int {
    let node = nodes[a]
    switch node.op {
    case .negate: return node.a
    case .subtract: return subtract(node.b, node.a)
    case .multiply where isCheap(node.a): return multiply(self.node(.negate, node.a), node.b)
    case .multiply where isCheap(node.b): return multiply(node.a, self.node(.negate, node.b))
    default: return self.node(.negate, a)
    }
  }

  /// A factor that costs nothing per row, so that a sign is better carried there.
  private func isCheap(_ node: Int) -> Bool { isFree(node) && nodes[node].op != .negate }

  private func isFree(_ node: Int) -> Bool { !dependsOnData[node] || !dependsOnParameters(node) }

  /// A sign that costs an operation per row: it is carried outwards, where a sum may take it up.
  private func hasLooseSign(_ node: Int) -> Bool { nodes[node].op == .negate && !isFree(node) }

  mutating func add(_ a: Int, _ b: Int) -> Int {
    if isConstant(a, 0) { return b }
    if isConstant(b, 0) { return a }
    if nodes[b].op == .negate { return subtract(a, nodes[b].a) }
    if nodes[a].op == .negate { return subtract(b, nodes[a].a) }
    if isConstant(b, -1), nodes[a].op == .exp { return expm1(nodes[a].a) }
    if isConstant(a, -1), nodes[b].op == .exp { return expm1(nodes[b].a) }
    return node(.add, min(a, b), max(a, b))
  }

  mutating func subtract(_ a: Int, _ b: Int) -> Int {
    if isConstant(b, 0) { return a }
    if a == b, constantValue(a) == nil { return constant(0) }
    if isConstant(a, 0) { return negate(b) }
    if nodes[b].op == .negate { return add(a, nodes[b].a) }
    if isConstant(b, 1), nodes[a].op == .exp { return expm1(nodes[a].a) }
    if isConstant(a, 1), nodes[b].op == .exp { return negate(expm1(nodes[b].a)) }
    return node(.subtract, a, b)
  }

  mutating func multiply(_ a: Int, _ b: Int) -> Int {
    if isConstant(a, 1) { return b }
    if isConstant(b, 1) { return a }
    if isConstant(a, 0) || isConstant(b, 0) { return vanishing(.multiply, a, b) }
    if isConstant(a, -1) { return negate(b) }
    if isConstant(b, -1) { return negate(a) }
    if nodes[a].op == .negate, nodes[b].op == .negate {
      return multiply(nodes[a].a, nodes[b].a)
    }
    if hasLooseSign(a) { return negate(multiply(nodes[a].a, b)) }
    if hasLooseSign(b) { return negate(multiply(a, nodes[b].a)) }
    return gatheredProduct(a, b) ?? gatheredProduct(b, a) ?? node(.multiply, min(a, b), max(a, b))
  }

  /// A product regrouped, so that fewer operations per row are left; nil where it stays as it is.
  private mutating func gatheredProduct(_ product: Int, _ other: Int) -> Int? {
    if isDifferentiating, !dependsOnData[other], let (factor, rest) = scaled(product) {
      return multiply(multiply(factor, other), rest)
    }
    if let (factor, data) = gathered(product, other) {
      return multiply(factor, multiply(data, other))
    }
    guard let (factor, exponent) = exponential(product), let more = exponential(other),
      more.factor == nil
    else { return nil }
    let both = exp(add(exponent, more.exponent))
    return factor.map { multiply($0, both) } ?? both
  }

  /// The parts of a product per row with a factor that is the same on all rows: of two such factors
  /// derivatives make one.
  private func scaled(_ product: Int) -> (factor: Int, rest: Int)? {
    let node = nodes[product]
    guard node.op == .multiply, !isFree(product) else { return nil }
    if !dependsOnData[node.a] { return (node.a, node.b) }
    return dependsOnData[node.b] ? nil : (node.b, node.a)
  }

  /// The parts of `exp(u)` or `A exp(u)`, `u` of rows and parameters: `A N^a D^b` is one exponential.
  ///
  /// Derivatives keep to the exponentials that the value has.
  private func exponential(_ a: Int) -> (factor: Int?, exponent: Int)? {
    guard !isDifferentiating, !isFree(a) else { return nil }
    let node = nodes[a]
    if node.op == .exp { return (nil, node.a) }
    guard node.op == .multiply else { return nil }
    for (factor, other) in [(node.a, node.b), (node.b, node.a)]
    where isUniform(factor) && nodes[other].op == .exp && !isFree(other) {
      return (factor, nodes[other].a)
    }
    return nil
  }

  /// Zero times anything is zero, except for a constant that is known to be infinite or NaN.
  private mutating func vanishing(_ op: Op, _ a: Int, _ b: Int) -> Int {
    constantValue(a) != nil && constantValue(b) != nil ? node(op, a, b) : constant(0)
  }

  /// `b x` and a further factor without parameters: `b (x / 12)` leaves one product per row.
  private func gathered(_ product: Int, _ other: Int) -> (factor: Int, data: Int)? {
    guard nodes[product].op == .multiply, !dependsOnParameters(other) else { return nil }
    let (x, y) = (nodes[product].a, nodes[product].b)
    if isUniform(x), isData(y) { return (x, y) }
    if isUniform(y), isData(x) { return (y, x) }
    return nil
  }

  private func isUniform(_ node: Int) -> Bool { dependsOnParameters(node) && !dependsOnData[node] }

  private func isData(_ node: Int) -> Bool { dependsOnData[node] && !dependsOnParameters(node) }

  mutating func divide(_ a: Int, _ b: Int) -> Int {
    if isConstant(b, 1) { return a }
    if isConstant(a, 0) { return vanishing(.divide, a, b) }
    if isConstant(b, -1) { return negate(a) }
    let divisor = nodes[b]
    // A / N^alpha: a product with exp(-alpha log N), one operation less and no division.
    if divisor.op == .exp { return multiply(a, exp(negate(divisor.a))) }
    if divisor.op == .power, !isFree(b) { return multiply(a, power(divisor.a, negate(divisor.b))) }
    if divisor.op == .negate { return negate(divide(a, divisor.a)) }
    if hasLooseSign(a) { return negate(divide(nodes[a].a, b)) }
    if let (factor, data) = gathered(a, b) { return multiply(factor, divide(data, b)) }
    if isConstant(a, 1), divisor.op == .add {
      for (one, other) in [(divisor.a, divisor.b), (divisor.b, divisor.a)]
      where isConstant(one, 1) && nodes[other].op == .exp {
        return sigmoid(negate(nodes[other].a))
      }
    }
    return node(.divide, a, b)
  }

  mutating func power(_ a: Int, _ b: Int) -> Int {
    if let exponent = constantValue(b), constantValue(a) == nil {
      switch exponent {
      case 0: return constant(1)
      case 1: return a
      case 2: return multiply(a, a)
      case 3: return multiply(multiply(a, a), a)
      case 4:
        let square = multiply(a, a)
        return multiply(square, square)
      case -1: return divide(constant(1), a)
      case -2: return divide(constant(1), multiply(a, a))
      case 0.5: return sqrt(a)
      case -0.5: return divide(constant(1), sqrt(a))
      default: break
      }
    }
    if isConstant(a, 1) { return a }
    // Data to a constant power is computed once per table: vm_pow is the more exact one there.
    guard isPositive(a), dependsOnParameters(a) || dependsOnParameters(b) else {
      return node(.power, a, b)
    }
    return exp(multiply(b, log(a)))
  }

  mutating func minimum(_ a: Int, _ b: Int) -> Int { a == b ? a : node(.min, a, b) }

  mutating func maximum(_ a: Int, _ b: Int) -> Int { a == b ? a : node(.max, a, b) }
}
