internal import Tables

/// Parses expressions by precedence climbing.
///
/// From loosest to tightest: `||`, `&&`, comparisons (which chain: `0 < x < 2`), `+ -`, `* /`, unary `-` and
/// `!`, `^` (to the right; its right operand may carry a sign: `x^-a`).
struct Parser {
  /// Nesting of parentheses, signs and powers beyond this is refused: recursion must stay within the stack.
  static let maximumDepth = 200

  private let tokens: [Token]
  private var index = 0
  private var depth = 0
  /// Whether comparisons, logic and text belong to the language read: they do in row filters only.
  private let logical: Bool

  init(_ text: String, logical: Bool) throws(FormulaError) {
    tokens = try Lexer.tokens(of: text)
    self.logical = logical
  }

  var token: Token { tokens[index] }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  /// Steps over a symbol if it comes next.
  mutating func accept(_ symbol: Token.Symbol) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  /// A whole expression; in a law, comparisons are left for the caller (they make bounds).
  mutating func expression() throws(FormulaError) -> Expression {
    var expression = Expression()
    _ = try logical ? disjunction(into: &expression) : sum(into: &expression)
    return expression
  }

  // MARK: - Logic

  private mutating func disjunction(into out: inout Expression) throws(FormulaError) -> Int {
    var left = try conjunction(into: &out)
    while token.kind == .symbol(.or) {
      let place = token.place
      advance()
      let right = try conjunction(into: &out)
      left = out.append(.binary(.or, left, right), place)
    }
    return left
  }

  private mutating func conjunction(into out: inout Expression) throws(FormulaError) -> Int {
    var left = try comparison(into: &out)
    while token.kind == .symbol(.and) {
      let place = token.place
      advance()
      let right = try comparison(into: &out)
      left = out.append(.binary(.and, left, right), place)
    }
    return left
  }

  private mutating func comparison(into out: inout Expression) throws(FormulaError) -> Int {
    var left = try sum(into: &out)
    var result: Int?
    while case .symbol(let symbol) = token.kind, let op = Self.comparisons[symbol] {
      let place = token.place
      advance()
      let right = try sum(into: &out)
      let test = out.append(.binary(op, left, right), place)
      result = result.map { out.append(.binary(.and, $0, test), place) } ?? test
      left = right
    }
    if token.kind == .symbol(.equals) {
      throw FormulaError(.syntax, at: token.place, "'=' defines a name; equality is written '=='")
    }
    return result ?? left
  }

  static let comparisons: [Token.Symbol: Operator] = [
    .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater, .greaterOrEqual: .greaterOrEqual,
    .equal: .equal, .notEqual: .notEqual,
  ]

  // MARK: - Arithmetic

  private mutating func sum(into out: inout Expression) throws(FormulaError) -> Int {
    var left = try product(into: &out)
    while token.kind == .symbol(.plus) || token.kind == .symbol(.minus) {
      let op: Operator = token.kind == .symbol(.plus) ? .add : .subtract
      let place = token.place
      advance()
      let right = try product(into: &out)
      left = out.append(.binary(op, left, right), place)
    }
    return left
  }

  private mutating func product(into out: inout Expression) throws(FormulaError) -> Int {
    var left = try unary(into: &out)
    while token.kind == .symbol(.times) || token.kind == .symbol(.divide) {
      let op: Operator = token.kind == .symbol(.times) ? .multiply : .divide
      let place = token.place
      advance()
      let right = try unary(into: &out)
      left = out.append(.binary(op, left, right), place)
    }
    return left
  }

  private mutating func unary(into out: inout Expression) throws(FormulaError) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw FormulaError(
        .tooLarge, at: token.place,
        "nested deeper than \(Self.maximumDepth) levels; give parts of it a name with '='")
    }
    let place = token.place
    if accept(.minus) {
      let operand = try unary(into: &out)
      return out.append(.negate(operand), place)
    }
    if accept(.plus) { return try unary(into: &out) }
    if logical, accept(.not) {
      let operand = try unary(into: &out)
      return out.append(.not(operand), place)
    }
    return try power(into: &out)
  }

  private mutating func power(into out: inout Expression) throws(FormulaError) -> Int {
    let base = try primary(into: &out)
    let place = token.place
    guard accept(.power) else { return base }
    let exponent = try unary(into: &out)
    return out.append(.binary(.power, base, exponent), place)
  }

  private mutating func primary(into out: inout Expression) throws(FormulaError) -> Int {
    let start = token
    switch start.kind {
    case .number(let value):
      advance()
      return out.append(.number(value), start.place)
    case .text(let text) where logical:
      advance()
      return out.append(.text(text), start.place)
    case .name(let name):
      advance()
      guard token.kind == .symbol(.open) else { return out.append(.name(name), start.place) }
      return try call(name, at: start.place, into: &out)
    case .symbol(.open):
      advance()
      let inner = try logical ? disjunction(into: &out) : sum(into: &out)
      try close(openedAt: start.place)
      return inner
    default:
      throw FormulaError(
        .syntax, at: start.place, "expected a number, a name or '(', found \(start.shown)")
    }
  }

  /// What other languages write as a function.
  private static let otherwise = ["pow": "write x^y", "ln": "log is the natural logarithm"]

  private mutating func call(
    _ name: String, at place: Place, into out: inout Expression
  ) throws(FormulaError) -> Int {
    guard let function = Function(rawValue: name) else {
      let known = Function.allCases.map(\.rawValue)
      let hint =
        Self.otherwise[name]
        ?? nearest(name, among: known).map { "did you mean '\($0)'?" }
      throw FormulaError(
        .unknownFunction, at: place,
        "unknown function '\(name)'; \(hint ?? "known are \(known.joined(separator: " "))")")
    }
    let open = token.place
    advance()
    var arguments: [Int] = []
    if token.kind != .symbol(.close) {
      repeat {
        arguments.append(try logical ? disjunction(into: &out) : sum(into: &out))
      } while accept(.comma)
    }
    try close(openedAt: open)
    guard function.isVariadic ? arguments.count >= 2 : arguments.count == 1 else {
      throw FormulaError(
        .argumentCount, at: place,
        "\(name) takes \(function.isVariadic ? "two or more arguments" : "one argument"), "
          + "found \(arguments.count)")
    }
    return out.append(.call(function, arguments), place)
  }

  private mutating func close(openedAt place: Place) throws(FormulaError) {
    guard accept(.close) else {
      throw FormulaError(
        .syntax, at: token.place,
        "expected ')' for the '(' at \(place.line):\(place.column), found \(token.shown)")
    }
  }
}

extension Expression {
  fileprivate mutating func append(_ kind: Kind, _ place: Place) -> Int {
    nodes.append(Node(kind: kind, place: place))
    return nodes.count - 1
  }
}
