/// An expression as written: nodes in post-order, so that children stand before their parents.
///
/// A flat array rather than a tree of boxes: every pass over it is a loop, and no input, however deeply
/// nested, can exhaust the stack.
struct Expression: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case number(Double)
    case name(String)
    case text(String)
    case negate(Int)
    case not(Int)
    case binary(Operator, Int, Int)
    case call(Function, [Int])
  }

  struct Node: Sendable, Hashable {
    var kind: Kind
    var place: Place
  }

  var nodes: [Node] = []

  var root: Int { nodes.count - 1 }

  /// Where the expression begins: the leftmost of its places.
  var start: Place {
    nodes.map(\.place).min { ($0.line, $0.column) < ($1.line, $1.column) } ?? Place()
  }

  /// The names it mentions, each once, in order of appearance.
  var names: [(name: String, place: Place)] {
    var seen: Set<String> = []
    var result: [(String, Place)] = []
    for node in nodes {
      if case .name(let name) = node.kind, seen.insert(name).inserted {
        result.append((name, node.place))
      }
    }
    return result
  }

  /// The name it consists of, when it is nothing but a name.
  var singleName: String? {
    if nodes.count == 1, case .name(let name) = nodes[0].kind { name } else { nil }
  }
}

/// Operators between two operands.
enum Operator: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case power = "^"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case and = "&&"
  case or = "||"

  /// Whether it is `<` or `<=`.
  var isUpward: Bool { self == .less || self == .lessOrEqual }
}

/// The functions of the language.
enum Function: String, Sendable, Hashable, CaseIterable {
  case exp, log, log2, log10, log1p, expm1, sqrt, abs, min, max, tanh, sigmoid, softplus
  case sin, cos, tan, atan

  /// Whether it takes two or more arguments; the others take one.
  var isVariadic: Bool { self == .min || self == .max }
}
