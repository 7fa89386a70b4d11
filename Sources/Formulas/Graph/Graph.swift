/// A formula as a graph of operations in which equal subexpressions exist once.
///
/// Goals, in order: exactness (a rewriting never costs digits, and several save them: `1 - exp(x)` becomes
/// `-expm1(x)`, `log(1 + x)` becomes `log1p(x)`, `log(1 + exp(x))` becomes `softplus(x)`), then speed (powers
/// of positive data become `exp(exponent * log(data))`, whose logarithm is computed once per table), then size.
/// Sums keep their order; a product is regrouped only to gather what has no parameter in it.
///
/// Nodes are appended only, so operands always stand before the nodes that use them.
struct Graph {
  struct Node: Hashable {
    var op: Op
    var a = -1
    var b = -1
  }

  /// What is known about the value of a node on every row.
  enum Sign { case positive, nonNegative, negative, nonPositive, unknown }

  /// Parameters, as a set of indices.
  typealias ParameterSet = UInt64
  static let maximumParameters = 64

  private(set) var nodes: [Node] = []
  private(set) var signs: [Sign] = []
  private(set) var ranges: [Range] = []
  /// The parameters a node depends on.
  private(set) var parameterSets: [ParameterSet] = []
  /// Whether a node depends on data.
  private(set) var dependsOnData: [Bool] = []
  private var known = NodeTable()
  /// Whether the nodes being made are those of derivatives.
  var isDifferentiating = false

  enum Op: Hashable {
    case constant(UInt64)  // the bits: NaN and -0 must compare as themselves
    case column(Int)
    case parameter(Int)
    case negate, exp, log, log2, log10, log1p, expm1, sqrt, abs, sign, tanh, sigmoid, softplus
    case sin, cos, atan
    case nonzero  // the operand, or 2^-256 where it is 0: what derivatives divide by
    case add, subtract, multiply, divide, power, min, max
    case lessOrEqual  // 1 where a <= b, else 0: the derivative of min and max

    var isBinary: Bool {
      switch self {
      case .add, .subtract, .multiply, .divide, .power, .min, .max, .lessOrEqual: true
      default: false
      }
    }
  }

  // MARK: - Leaves

  mutating func constant(_ value: Double) -> Int {
    insert(
      Node(op: .constant(value.bitPattern)), data: false, parameters: 0,
      sign: value > 0 ? .positive : value < 0 ? .negative : value == 0 ? .nonNegative : .unknown,
      range: value.isNaN ? .all : Range(value, value))
  }

  mutating func column(_ index: Int, sign: Sign, range: Range = .all) -> Int {
    insert(Node(op: .column(index)), data: true, parameters: 0, sign: sign, range: range)
  }

  mutating func parameter(_ index: Int, sign: Sign, range: Range = .all) -> Int {
    precondition(index < Self.maximumParameters)
    return insert(
      Node(op: .parameter(index)), data: false, parameters: 1 << UInt64(index), sign: sign,
      range: range)
  }

  func constantValue(_ node: Int) -> Double? {
    if case .constant(let bits) = nodes[node].op { Double(bitPattern: bits) } else { nil }
  }

  func isConstant(_ node: Int, _ value: Double) -> Bool { constantValue(node) == value }

  func isPositive(_ node: Int) -> Bool { signs[node] == .positive }

  func dependsOnParameters(_ node: Int) -> Bool { parameterSets[node] != 0 }

  // MARK: - Insertion

  /// The node for an operation, made if it is new; a constant where all operands are.
  mutating func node(_ op: Op, _ a: Int, _ b: Int = -1) -> Int {
    let x = constantValue(a)
    let y = b >= 0 ? constantValue(b) : nil
    if let x, b < 0 || y != nil { return constant(Scalar.apply(op, x, y ?? 0)) }
    let new = Node(op: op, a: a, b: b)
    if let index = known.find(new, in: nodes) { return index }
    let range = range(of: op, a, b)
    return insert(
      new, data: dependsOnData[a] || (b >= 0 && dependsOnData[b]),
      parameters: parameterSets[a] | (b >= 0 ? parameterSets[b] : 0),
      sign: sign(of: op, signs[a], b >= 0 ? signs[b] : .unknown).refined(by: range.sign),
      range: range)
  }

  private mutating func insert(
    _ node: Node, data: Bool, parameters: ParameterSet, sign: Sign, range: Range
  ) -> Int {
    if let index = known.find(node, in: nodes) { return index }
    nodes.append(node)
    signs.append(sign)
    ranges.append(range)
    parameterSets.append(parameters)
    dependsOnData.append(data)
    known.insertLast(of: nodes)
    return nodes.count - 1
  }

  private func sign(of op: Op, _ a: Sign, _ b: Sign) -> Sign {
    switch op {
    case .constant, .column, .parameter, .log, .log2, .log10, .log1p, .sin, .cos: .unknown
    case .exp, .sigmoid, .softplus: .positive
    case .expm1, .tanh, .atan, .sign: a
    case .nonzero: a == .nonNegative ? .positive : a == .nonPositive ? .unknown : a
    case .sqrt: a == .positive ? .positive : .nonNegative
    case .abs: a == .positive || a == .negative ? .positive : .nonNegative
    case .negate: a.negated
    case .add: a.plus(b)
    case .subtract: a.plus(b.negated)
    case .multiply: a.times(b)
    case .divide: b == .positive || b == .negative ? a.times(b) : .unknown
    case .power: a == .positive ? .positive : .unknown
    case .min: a.minimum(b)
    case .max: a.negated.minimum(b.negated).negated
    case .lessOrEqual: .nonNegative
    }
  }
}

extension Graph.Sign {
  /// Of two things known about one value, the one that says more.
  func refined(by other: Self) -> Self {
    switch (self, other) {
    case (.unknown, _), (_, .positive), (_, .negative): other
    default: self
    }
  }

  var negated: Self {
    switch self {
    case .positive: .negative
    case .nonNegative: .nonPositive
    case .negative: .positive
    case .nonPositive: .nonNegative
    case .unknown: .unknown
    }
  }

  /// The sign of a sum.
  ///
  /// A positive number plus one that is not negative is positive.
  func plus(_ other: Self) -> Self {
    switch (self, other) {
    case (.positive, .positive), (.positive, .nonNegative), (.nonNegative, .positive): .positive
    case (.nonNegative, .nonNegative): .nonNegative
    case (.negative, .negative), (.negative, .nonPositive), (.nonPositive, .negative): .negative
    case (.nonPositive, .nonPositive): .nonPositive
    default: .unknown
    }
  }

  /// The sign of the smaller one.
  func minimum(_ other: Self) -> Self {
    switch (self, other) {
    case (.negative, _), (_, .negative): .negative
    case (.nonPositive, _), (_, .nonPositive): .nonPositive
    case (.unknown, _), (_, .unknown): .unknown
    case (.positive, .positive): .positive
    default: .nonNegative
    }
  }

  func times(_ other: Self) -> Self {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.positive, let x): x
    case (let x, .positive): x
    case (.negative, let x): x.negated
    case (let x, .negative): x.negated
    case (.nonNegative, .nonNegative), (.nonPositive, .nonPositive): .nonNegative
    default: .nonPositive
    }
  }
}
