/// From an expression as written to nodes of the graph.
extension Graph {
  /// The node of an expression's value; `names` has the node of every name that occurs but `pi`.
  mutating func lower(
    _ expression: Expression, names: [String: Int]
  ) throws(FormulaError) -> Int {
    var values: [Int] = []
    values.reserveCapacity(expression.nodes.count)
    for node in expression.nodes {
      switch node.kind {
      case .number(let value): values.append(constant(value))
      case .name(let name):
        if let known = names[name] {
          values.append(known)
        } else if name == "pi" {
          values.append(constant(.pi))
        } else {
          throw FormulaError(.badName, at: node.place, "'\(name)' is no column here")
        }
      case .negate(let a): values.append(negate(values[a]))
      case .binary(let op, let a, let b):
        values.append(try binary(op, values[a], values[b], at: node.place))
      case .call(let function, let arguments):
        values.append(call(function, arguments.map { values[$0] }))
      case .text, .not:
        throw FormulaError(.syntax, at: node.place, "text and logic belong in row filters only")
      }
    }
    return values[expression.root]
  }

  private mutating func binary(
    _ op: Operator, _ a: Int, _ b: Int, at place: Place
  ) throws(FormulaError) -> Int {
    switch op {
    case .add: return add(a, b)
    case .subtract: return subtract(a, b)
    case .multiply: return multiply(a, b)
    case .divide: return divide(a, b)
    case .power: return power(a, b)
    default:
      throw FormulaError(
        .syntax, at: place, "'\(op.rawValue)' compares; comparisons belong in row filters only")
    }
  }

  /// The same expressions with some parameters replaced by constants.
  mutating func substituting(_ values: [Int: Double], in root: Int) -> Int {
    var image = Array(0...root)
    let affected = values.keys.reduce(ParameterSet(0)) { $0 | (1 << ParameterSet($1)) }
    for index in 0...root where parameterSets[index] & affected != 0 {
      let node = nodes[index]
      switch node.op {
      case .parameter(let parameter):
        if let value = values[parameter] { image[index] = constant(value) }
      case let op where op.isBinary: image[index] = rebuild(op, image[node.a], image[node.b])
      case let op: image[index] = rebuild(op, image[node.a])
      }
    }
    return image[root]
  }

  mutating func rebuild(_ op: Op, _ a: Int, _ b: Int = -1) -> Int {
    switch op {
    case .negate: negate(a)
    case .exp: exp(a)
    case .log: log(a)
    case .log1p: log1p(a)
    case .abs: abs(a)
    case .add: add(a, b)
    case .subtract: subtract(a, b)
    case .multiply: multiply(a, b)
    case .divide: divide(a, b)
    case .power: power(a, b)
    case .min: minimum(a, b)
    case .max: maximum(a, b)
    default: node(op, a, b)
    }
  }
}
