/// The graph of an expression exactly as it was written: what a search reads the structure of a law
/// from. Evaluation runs on another graph, in which powers have become exponentials.
extension Graph {
  /// An operation as it stands; only constants, products with 1 and sums with 0 are simplified.
  mutating func plain(_ op: Op, _ a: Int, _ b: Int = -1) -> Int {
    switch op {
    case .multiply where isConstant(a, 1): return b
    case .multiply where isConstant(b, 1): return a
    case .add where isConstant(a, 0): return b
    case .add where isConstant(b, 0), .subtract where isConstant(b, 0): return a
    default: return node(op, a, b)
    }
  }

  /// The node of an expression, by `plain` alone.
  mutating func lowerPlainly(_ expression: Expression, names: [String: Int]) -> Int {
    var values: [Int] = []
    values.reserveCapacity(expression.nodes.count)
    for node in expression.nodes {
      switch node.kind {
      case .number(let value): values.append(constant(value))
      case .name(let name): values.append(names[name] ?? constant(.pi))
      case .negate(let a): values.append(plain(.negate, values[a]))
      case .binary(let op, let a, let b):
        values.append(plain(Self.arithmetic[op] ?? .add, values[a], values[b]))
      case .call(let function, let arguments):
        values.append(callPlainly(function, arguments.map { values[$0] }))
      case .text, .not: preconditionFailure("a law has been checked before")
      }
    }
    return values[expression.root]
  }

  private static let arithmetic: [Operator: Op] = [
    .add: .add, .subtract: .subtract, .multiply: .multiply, .divide: .divide, .power: .power,
  ]

  private mutating func callPlainly(_ function: Function, _ arguments: [Int]) -> Int {
    let a = arguments[0]
    switch function {
    case .exp: return plain(.exp, a)
    case .log: return plain(.log, a)
    case .log2: return plain(.log2, a)
    case .log10: return plain(.log10, a)
    case .log1p: return plain(.log1p, a)
    case .expm1: return plain(.expm1, a)
    case .sqrt: return plain(.sqrt, a)
    case .abs: return plain(.abs, a)
    case .tanh: return plain(.tanh, a)
    case .sigmoid: return plain(.sigmoid, a)
    case .softplus: return plain(.softplus, a)
    case .sin: return plain(.sin, a)
    case .cos: return plain(.cos, a)
    case .tan: return plain(.divide, plain(.sin, a), plain(.cos, a))
    case .atan: return plain(.atan, a)
    case .min: return arguments.dropFirst().reduce(a) { plain(.min, $0, $1) }
    case .max: return arguments.dropFirst().reduce(a) { plain(.max, $0, $1) }
    }
  }

  /// The nodes that use each node below a root, one entry a use.
  func uses(below root: Int) -> [[Int]] {
    var result: [[Int]] = Array(repeating: [], count: root + 1)
    for index in needed(for: [root]) {
      let node = nodes[index]
      if node.a >= 0 { result[node.a].append(index) }
      if node.b >= 0 { result[node.b].append(index) }
    }
    return result
  }

  /// The same root with some nodes replaced, by `plain` alone.
  mutating func replacing(_ image: [Int: Int], in root: Int) -> Int {
    var new = Array(0...root)
    for index in needed(for: [root]) {
      let node = nodes[index]
      if let known = image[index] {
        new[index] = known
      } else if node.a >= 0 {
        let (a, b) = (new[node.a], node.b >= 0 ? new[node.b] : -1)
        if a != node.a || b != node.b { new[index] = plain(node.op, a, b) }
      }
    }
    return new[root]
  }

  /// A root of another graph, rebuilt by the builders that make evaluation exact and quick.
  mutating func importing(_ root: Int, of other: Graph, parameters: [Int], columns: [Int]) -> [Int]
  {
    var image = Array(repeating: -1, count: root + 1)
    for index in other.needed(for: [root]) {
      let node = other.nodes[index]
      switch node.op {
      case .constant(let bits): image[index] = constant(Double(bitPattern: bits))
      case .column(let column): image[index] = columns[column]
      case .parameter(let parameter): image[index] = parameters[parameter]
      default: image[index] = rebuild(node.op, image[node.a], node.b >= 0 ? image[node.b] : -1)
      }
    }
    return image
  }
}
