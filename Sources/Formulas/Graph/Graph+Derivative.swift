/// Exact derivatives by reverse accumulation, as new nodes of the same graph.
///
/// One sweep from a root to the leaves gives the derivative with respect to every parameter. Because the
/// adjoints are nodes, they share all they can with the value and with each other, and second derivatives
/// are the derivatives of those nodes. At a kink (`abs`, `min`, `max` at equality) the derivative is the one
/// from the side of the first argument.
///
/// Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed. 2008, chapter 3.
extension Graph {
  /// The derivatives of `root` with respect to each parameter from `first` on; the constant 0 where there is
  /// none.
  mutating func gradient(of root: Int, parameterCount: Int, first: Int = 0) -> [Int] {
    isDifferentiating = true
    defer { isDifferentiating = false }
    let zero = constant(0)
    let wanted = ParameterSet.max << ParameterSet(first)
    var result = Array(repeating: zero, count: parameterCount)
    var adjoint: [Int?] = Array(repeating: nil, count: root + 1)
    adjoint[root] = constant(1)
    for index in stride(from: root, through: 0, by: -1) {
      guard let bar = adjoint[index], parameterSets[index] & wanted != 0 else { continue }
      let node = nodes[index]
      if case .parameter(let parameter) = node.op {
        result[parameter] = bar
        continue
      }
      let partials = partials(of: index)
      for (operand, derivative) in [(node.a, partials.byA), (node.b, partials.byB)] {
        guard let derivative, parameterSets[operand] & wanted != 0 else { continue }
        let term = multiply(bar, derivative)
        adjoint[operand] = adjoint[operand].map { add($0, term) } ?? term
      }
    }
    return result
  }

  /// The partial derivatives of a node with respect to its operands, nil where none is wanted.
  private mutating func partials(of index: Int) -> (byA: Int?, byB: Int?) {
    let node = nodes[index]
    let a = node.a
    let b = node.b
    let one = constant(1)
    switch node.op {
    case .constant, .column, .parameter, .sign, .lessOrEqual: return (nil, nil)
    case .nonzero: return (one, nil)
    case .negate: return (constant(-1), nil)
    case .exp: return (index, nil)
    case .expm1: return (exp(a), nil)
    case .log: return (divide(one, a), nil)
    case .log2: return (divide(constant(1 / 0.693147180559945309417), a), nil)
    case .log10: return (divide(constant(1 / 2.30258509299404568402), a), nil)
    case .log1p: return (divide(one, add(one, a)), nil)
    case .sqrt:
      let base = awayFromZero(a)
      return (divide(constant(0.5), base == a ? index : sqrt(base)), nil)
    case .abs: return (self.node(.sign, a), nil)
    case .tanh:
      // 1 - tanh^2 = 4 sigmoid(2a) sigmoid(-2a): no cancellation where tanh saturates.
      let twice = multiply(constant(2), a)
      return (multiply(constant(4), multiply(sigmoid(twice), sigmoid(negate(twice)))), nil)
    case .sigmoid: return (multiply(index, sigmoid(negate(a))), nil)
    case .softplus: return (sigmoid(a), nil)
    case .sin: return (self.node(.cos, a), nil)
    case .cos: return (negate(self.node(.sin, a)), nil)
    case .atan: return (divide(one, add(one, multiply(a, a))), nil)
    case .add: return (one, one)
    case .subtract: return (one, constant(-1))
    case .multiply: return (b, a)
    case .divide:
      guard dependsOnParameters(a) else { return (nil, negate(divide(index, b))) }
      // One division for both; of parameters it is none per row.
      let inverse = divide(one, b)
      return (inverse, negate(multiply(index, inverse)))
    case .power:
      guard dependsOnParameters(b) else {
        return (multiply(b, power(awayFromZero(a), subtract(b, one))), nil)
      }
      let slope = multiply(index, log(awayFromZero(a)))
      guard dependsOnParameters(a) else { return (nil, slope) }
      return (multiply(b, divide(index, nonzero(a))), slope)
    case .min:
      let first = self.node(.lessOrEqual, a, b)
      return (first, subtract(one, first))
    case .max:
      let first = self.node(.lessOrEqual, b, a)
      return (first, subtract(one, first))
    }
  }

  /// A base that may be 0, kept from 0 so far that its derivatives stay finite.
  ///
  /// `max(x - t, 0)^b` is flat below `t`, and `(x / d)^b` is 0 at `x = 0` for every `d`: the slope of the
  /// power is infinite there or its logarithm is, and times the 0 of what is inside it would be NaN.
  private mutating func awayFromZero(_ a: Int) -> Int {
    signs[a] == .nonNegative ? maximum(a, constant(0x1p-256)) : a
  }

  /// What `a^b / a` divides by: at `a = 0` the quotient is then the 0 that it tends to from `b > 1`.
  private mutating func nonzero(_ a: Int) -> Int {
    switch signs[a] {
    case .positive, .negative: a
    case .nonNegative: awayFromZero(a)
    case .nonPositive, .unknown: node(.nonzero, a)
    }
  }
}
