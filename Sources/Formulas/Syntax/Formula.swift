internal import CVectorMath
internal import Tables

/// A law as text: definitions, bounds of parameters, and one statement `response ~ prediction`.
///
///     R = tokens / unique                          # a definition
///     Deff = unique * (1 + Rstar * (1 - exp(-(R - 1) / Rstar)))
///     0 < alpha < 2; A > 0                         # bounds of parameters
///     loss ~ E + A / params^alpha + B / Deff^beta
///
/// Statements end at a newline or `;`; `#` starts a comment. `^` binds tightest and to the right,
/// unary minus below it. Which names are data is decided by the table a formula is compiled
/// against: a name that is a column is data, one that was defined above is that definition, `pi` is
/// the constant, and every other name is a parameter.
///
/// Parsing takes time linear in the length of the text, which may be at most 20,000 characters with
/// parentheses nested at most 200 deep.
public struct Formula: Sendable, Hashable {
  /// The text as given.
  public let text: String
  let definitions: [Definition]
  let response: Expression
  let prediction: Expression
  let statedBounds: [StatedBound]

  struct Definition: Sendable, Hashable {
    var name: String
    var place: Place
    var expression: Expression
  }

  struct StatedBound: Sendable, Hashable {
    var name: String
    var place: Place
    var lower = -Double.infinity
    var upper = Double.infinity
    /// Whether the lower bound is itself excluded.
    var isStrict = false
  }

  /// Parses a formula.
  ///
  /// - Throws: `FormulaError` with the place of the first fault.
  public init(_ text: String) throws(FormulaError) {
    var parser = try Parser(text, logical: false)
    var definitions: [Definition] = []
    var lines: [String: Int] = [:]
    var bounds: [StatedBound] = []
    var law: (response: Expression, prediction: Expression)?
    while true {
      while parser.token.kind == .endOfStatement { parser.advance() }
      if parser.token.kind == .endOfText { break }
      let start = parser.token.place
      let left = try parser.expression()
      switch parser.token.kind {
      case .symbol(.equals):
        let definition = try Self.definition(of: left, at: start, &parser)
        if let line = lines[definition.name] {
          throw FormulaError(
            .badName, at: start, "'\(definition.name)' is already defined on line \(line)")
        }
        lines[definition.name] = start.line
        definitions.append(definition)
      case .symbol(.tilde):
        parser.advance()
        guard law == nil else {
          throw FormulaError(
            .response, at: start, "a second '~'; a law has one 'response ~ prediction'")
        }
        law = (left, try parser.expression())
      case .symbol(let symbol) where Parser.comparisons[symbol] != nil:
        bounds.append(try Self.bound(startingWith: left, at: start, &parser))
      default:
        throw FormulaError(
          .syntax, at: parser.token.place,
          "expected an operator, '=', '~' or a bound, found \(parser.token.shown)")
      }
      guard parser.token.kind == .endOfStatement || parser.token.kind == .endOfText else {
        throw FormulaError(
          .syntax, at: parser.token.place,
          "expected an operator or the end of the statement, found \(parser.token.shown)")
      }
    }
    guard let law else {
      throw FormulaError(
        .response, at: parser.token.place,
        "no response; one statement must read 'response ~ prediction', such as 'loss ~ E + A / N^alpha'"
      )
    }
    self.text = text
    self.definitions = definitions
    response = law.response
    prediction = law.prediction
    statedBounds = bounds
    try checkDefinitions()
  }

  /// The bounds stated for a parameter, intersected; the whole line where none was.
  ///
  /// Strict and weak inequalities are the same to a fit: one that ends at either is reported as at
  /// its bound.
  public func bounds(of parameter: String) -> (lower: Double, upper: Double) {
    statedBounds.reduce((-Double.infinity, Double.infinity)) { range, bound in
      bound.name == parameter
        ? (max(range.0, bound.lower), min(range.1, bound.upper)) : range
    }
  }

  /// Whether a parameter is positive by nature.
  ///
  /// Its lower bound is then stated as `A > 0`, not `A >= 0`, and nothing bounds it above.
  /// Intervals of such a parameter are formed for its logarithm.
  public func isPositive(_ parameter: String) -> Bool {
    let range = bounds(of: parameter)
    return range.lower == 0 && range.upper == .infinity
      && statedBounds.contains { $0.name == parameter && $0.isStrict && $0.lower == 0 }
  }

  /// Every name that is not defined in the formula, in order of appearance: columns and parameters.
  ///
  /// The names of the response come first. `pi` is left out.
  public var freeNames: [String] {
    let defined = Set(definitions.map(\.name))
    var seen: Set<String> = ["pi"]
    return ([response] + definitions.map(\.expression) + [prediction]).flatMap(\.names)
      .map(\.name).filter { !defined.contains($0) && seen.insert($0).inserted }
  }

  /// The name of the response, when it is nothing but a column: `loss`.
  public var responseName: String? { response.singleName }

  /// The response as a heading names it: its column, also where the formula has the column's
  /// logarithm, or `response` for any other expression.
  public var responseText: String {
    if let name = responseName { return name }
    if responseScale != .identity, case .name(let name) = response.nodes[0].kind { return name }
    return "response"
  }

  /// How the response stands to the column that `responseText` names.
  public var responseScale: ResponseScale {
    guard response.nodes.count == 2, case .name = response.nodes[0].kind,
      case .call(let function, _) = response.nodes[1].kind
    else { return .identity }
    return ResponseScale(rawValue: function.rawValue) ?? .identity
  }

  /// A scale on which a formula speaks of a column.
  public enum ResponseScale: String, Sendable, Hashable {
    /// The column itself.
    case identity
    /// Its natural logarithm.
    case log
    /// Its logarithm to base 2.
    case log2
    /// Its logarithm to base 10.
    case log10

    /// The value of the column from that of the response.
    public func column(of response: Double) -> Double {
      switch self {
      case .identity: response
      case .log: vm_exp(response)
      case .log2: vm_pow(2, response)
      case .log10: vm_pow(10, response)
      }
    }

    /// The derivative of the column in the response, from the value of the column.
    public func slope(atColumn column: Double) -> Double {
      switch self {
      case .identity: 1
      case .log: column
      case .log2: column * vm_log(2)
      case .log10: column * vm_log(10)
      }
    }
  }

  /// The names that the response mentions: these must be columns.
  public var responseNames: [String] { response.names.map(\.name) }

  // MARK: - Statements

  private static func definition(
    of left: Expression, at place: Place, _ parser: inout Parser
  ) throws(FormulaError) -> Definition {
    guard let name = left.singleName else {
      throw FormulaError(
        .syntax, at: parser.token.place,
        "only a name can be defined with '='; the prediction is written 'response ~ prediction'")
    }
    parser.advance()
    return Definition(name: name, place: place, expression: try parser.expression())
  }

  /// `low < name < high`, `name > low`, `low < name`, with any of the four inequalities.
  static func bound(
    startingWith left: Expression, at place: Place, _ parser: inout Parser
  ) throws(FormulaError) -> StatedBound {
    var terms = [left]
    var operators: [Operator] = []
    while case .symbol(let symbol) = parser.token.kind, let op = Parser.comparisons[symbol] {
      guard op != .equal, op != .notEqual, operators.count < 2,
        operators.allSatisfy({ $0.isUpward == op.isUpward })
      else {
        throw FormulaError(
          .badBound, at: parser.token.place, "a bound reads '0 < alpha < 2' or 'A > 0'")
      }
      operators.append(op)
      parser.advance()
      terms.append(try parser.expression())
    }
    guard !operators.isEmpty,
      let middle = terms.firstIndex(where: { $0.singleName != nil && $0.singleName != "pi" }),
      let name = terms[middle].singleName, terms.count == 2 || middle == 1
    else {
      throw FormulaError(
        .badBound, at: place, "a bound is set for one parameter: '0 < alpha < 2' or 'A > 0'")
    }
    var bound = StatedBound(name: name, place: terms[middle].start)
    for (index, term) in terms.enumerated() where index != middle {
      guard let value = term.constantValue, !value.isNaN else {
        throw FormulaError(.badBound, at: term.start, "a bound must be a number")
      }
      let op = operators[min(index, middle)]
      if (index < middle) == op.isUpward {
        bound.lower = value
        bound.isStrict = op == .less || op == .greater
      } else {
        bound.upper = value
      }
    }
    guard bound.lower < bound.upper else {
      throw FormulaError(
        .badBound, at: place, "no value of '\(name)' lies between \(bound.lower) and \(bound.upper)"
      )
    }
    return bound
  }

  private func checkDefinitions() throws(FormulaError) {
    let all = Set(definitions.map(\.name))
    var known: Set<String> = []
    for definition in definitions {
      for (name, place) in definition.expression.names where all.contains(name) {
        guard known.contains(name) else {
          throw FormulaError(
            .badName, at: place, "'\(name)' is used before it is defined; move its definition up")
        }
      }
      known.insert(definition.name)
    }
    for bound in statedBounds where all.contains(bound.name) {
      throw FormulaError(
        .badBound, at: bound.place,
        "'\(bound.name)' is a definition; bounds are for parameters")
    }
    for (name, place) in response.names where all.contains(name) {
      throw FormulaError(
        .badName, at: place, "'\(name)' is a definition; the response is made of columns")
    }
    let freeNames = freeNames
    let free = Set(freeNames)
    for bound in statedBounds where !free.contains(bound.name) {
      let hint = nearest(bound.name, among: freeNames).map { "; did you mean '\($0)'?" } ?? ""
      throw FormulaError(
        .badBound, at: bound.place, "'\(bound.name)' does not occur in the formula\(hint)")
    }
    var ranges: [String: (lower: Double, upper: Double)] = [:]
    for bound in statedBounds {
      let range = ranges[bound.name, default: (-.infinity, .infinity)]
      let both = (lower: max(range.lower, bound.lower), upper: min(range.upper, bound.upper))
      ranges[bound.name] = both
      guard both.lower < both.upper else {
        throw FormulaError(
          .badBound, at: bound.place, "the bounds of '\(bound.name)' leave no value for it")
      }
    }
  }
}

extension Expression {
  /// Its value if it is arithmetic on numbers and `pi`.
  var constantValue: Double? {
    var graph = Graph()
    for node in nodes {
      if case .name(let name) = node.kind, name != "pi" { return nil }
    }
    guard let root = try? graph.lower(self, names: [:]) else { return nil }
    return graph.constantValue(root)
  }
}
