import Foundation

/// A formula as a tree of the tests' own, with its text and its value by the dual numbers.
indirect enum RandomTree: Hashable {
  case number(Double)
  case column(Int)
  case parameter(Int)
  case unary(String, RandomTree)
  case binary(RandomTree, String, RandomTree)

  static let columnNames = ["x", "z"]
  static let parameterNames = ["a", "b", "c", "d"]

  /// The value and derivatives where the columns and the parameters have the given values.
  func dual(columns: [Double], parameters: [Double]) -> SecondOrderDual {
    let count = parameters.count
    switch self {
    case .number(let value): return SecondOrderDual(constant: Real(value), count: count)
    case .column(let index): return SecondOrderDual(constant: Real(columns[index]), count: count)
    case .parameter(let index):
      return SecondOrderDual(parameter: index, value: Real(parameters[index]), count: count)
    case .unary(let function, let operand):
      return operand.dual(columns: columns, parameters: parameters).applying(function)
    case .binary(let left, let operation, let right):
      return .combining(
        left.dual(columns: columns, parameters: parameters), operation,
        right.dual(columns: columns, parameters: parameters))
    }
  }

  // MARK: - Text

  /// As few parentheses as the grammar allows, or more of them; now and then a part has a definition.
  struct Writer {
    var random: SeededRandom
    private(set) var definitions: [String] = []

    init(random: SeededRandom) { self.random = random }

    /// The text of a tree where an operator that binds as tightly as `level` surrounds it.
    ///
    /// Levels: 1 sum, 2 product, 3 sign, 4 power, 5 operand.
    mutating func text(_ tree: RandomTree, level: Int) -> String {
      let own: Int
      var text: String
      switch tree {
      case .number(let value): return "\(value)"
      case .column(let index): return RandomTree.columnNames[index]
      case .parameter(let index): return RandomTree.parameterNames[index]
      case .unary("-", let operand):
        own = 3
        text = "-" + self.text(operand, level: 3)
      case .unary(let function, let operand):
        own = 5
        text = "\(function)(\(self.text(operand, level: 1)))"
      case .binary(let left, "min", let right), .binary(let left, "max", let right):
        own = 5
        let function = if case .binary(_, let name, _) = tree { name } else { "" }
        text = "\(function)(\(self.text(left, level: 1)), \(self.text(right, level: 1)))"
      case .binary(let left, let operation, let right):
        own = ["+": 1, "-": 1, "*": 2, "/": 2][operation] ?? 4
        let leftText = self.text(left, level: own == 4 ? 5 : own)
        let rightText = self.text(right, level: own == 4 ? 3 : own + 1)
        text = leftText + (random.next() % 2 == 0 ? operation : " \(operation) ") + rightText
      }
      if random.next() % 12 == 0 {
        let name = "d\(definitions.count)"
        definitions.append("\(name) = \(text)")
        return name
      }
      return own < level || random.next() % 9 == 0 ? "(\(text))" : text
    }
  }
}

/// Grows random formulas whose parts stay in smooth and well-conditioned domains on every row.
///
/// A kink, a pole or a cancellation would be a property of the formula, not of the module's derivatives.
struct TreeGrower {
  var random: SeededRandom
  /// The values of the two columns on each row.
  let rows: [[Double]]
  let parameters: [Double]

  typealias Grown = (tree: RandomTree, values: [Real])
  private var pool: [Grown] = []

  init(random: SeededRandom, rows: [[Double]], parameters: [Double]) {
    self.random = random
    self.rows = rows
    self.parameters = parameters
  }

  static let functions = [
    "-", "exp", "log", "log2", "log10", "log1p", "expm1", "sqrt", "abs", "tanh", "sigmoid",
    "softplus", "sin", "cos", "tan", "atan",
  ]
  static let operations = [
    "+", "+", "-", "-", "*", "*", "*", "/", "/", "/", "^", "^", "^", "min", "max",
  ]

  mutating func grow(depth: Int) -> Grown {
    if depth == 0 || Int.random(in: 0..<16, using: &random) == 0 { return leaf() }
    if !pool.isEmpty, Int.random(in: 0..<10, using: &random) == 0 {
      return pool[Int.random(in: 0..<pool.count, using: &random)]
    }
    while true {
      let first = grow(depth: depth - 1)
      for _ in 0..<4 {
        let isUnary = Int.random(in: 0..<5, using: &random) < 2
        let candidate = isUnary ? unary(first) : binary(first, depth)
        if let candidate {
          pool.append(candidate)
          return candidate
        }
      }
    }
  }

  private mutating func leaf() -> Grown {
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<2:
      let index = Int.random(in: 0..<2, using: &random)
      return (.column(index), rows.map { Real($0[index]) })
    case 2:
      let choices: [Double] = [1.0, 1, 2, 0.5, 3, 0.25, 1.75, 10]
      let value = choices.randomElement(using: &random) ?? 1
      return (.number(value), rows.map { _ in Real(value) })
    default:
      let index = Int.random(in: 0..<parameters.count, using: &random)
      return (.parameter(index), rows.map { _ in Real(parameters[index]) })
    }
  }

  private mutating func unary(_ operand: Grown) -> Grown? {
    let name = Self.functions.randomElement(using: &random) ?? "-"
    for x in operand.values {
      let isSmooth =
        switch name {
        case "exp", "expm1", "tanh": abs(x) < 4
        case "log", "log2", "log10", "sqrt": x > 0.05
        case "log1p": x > -0.9
        case "abs": abs(x) > 0.05
        case "tan": abs(cos(x)) > 0.3 && abs(x) < 20
        case "sin", "cos": abs(x) < 20
        default: abs(x) < 10
        }
      if !isSmooth { return nil }
    }
    return accepted(
      .unary(name, operand.tree),
      operand.values.map { SecondOrderDual(constant: $0, count: 0).applying(name).value })
  }

  private mutating func binary(_ first: Grown, _ depth: Int) -> Grown? {
    let name = Self.operations.randomElement(using: &random) ?? "+"
    var second = grow(depth: depth - 1)
    if name == "^", first.values.contains(where: { $0 <= 0.05 }) {
      let choices: [Double] = [2.0, 3, 4, 5, -1, -2, -3]
      let exponent = choices.randomElement(using: &random) ?? 2
      second = (.number(exponent), rows.map { _ in Real(exponent) })
      // A negative number is written with the unary minus.
      if exponent < 0 { second.tree = .unary("-", .number(-exponent)) }
    }
    for (x, y) in zip(first.values, second.values) {
      let isSmooth =
        switch name {
        case "+": abs(x + y) > 0.05 * (abs(x) + abs(y))
        case "-": abs(x - y) > 0.05 * (abs(x) + abs(y))
        case "/": abs(y) > 0.05
        case "^": abs(x) > 0.05 && abs(y * log(abs(x))) < 5 && abs(y) < 6
        case "min", "max": abs(x - y) > 0.05
        default: true
        }
      if !isSmooth { return nil }
    }
    return accepted(
      .binary(first.tree, name, second.tree),
      zip(first.values, second.values).map {
        SecondOrderDual.combining(
          SecondOrderDual(constant: $0, count: 0), name, SecondOrderDual(constant: $1, count: 0)
        ).value
      })
  }

  private func accepted(_ tree: RandomTree, _ values: [Real]) -> Grown? {
    values.allSatisfy { abs($0) > 1e-3 && abs($0) < 200 } ? (tree, values) : nil
  }
}
