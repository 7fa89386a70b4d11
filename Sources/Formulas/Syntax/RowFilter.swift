public import Tables

/// A condition on rows, in the formula language with comparisons, logic and text.
///
///     params > 1e8 && variant == "hot"
///
/// Comparisons chain (`1e8 < params < 1e10`). Text is compared with `==`, `!=` and, by its order in Unicode,
/// with the inequalities. A comparison with NaN is false, except `!=`.
public struct RowFilter: Sendable, Hashable {
  /// The text as given.
  public let text: String
  private let expression: Expression

  /// Parses a filter.
  ///
  /// - Throws: `FormulaError` with the place of the first fault; its source is `filter`.
  public init(_ text: String) throws(FormulaError) {
    self.text = text
    do throws(FormulaError) {
      var parser = try Parser(text, logical: true)
      while parser.token.kind == .endOfStatement { parser.advance() }
      expression = try parser.expression()
      while parser.token.kind == .endOfStatement { parser.advance() }
      guard parser.token.kind == .endOfText else {
        throw FormulaError(
          .syntax, at: parser.token.place,
          "expected an operator or the end of the filter, found \(parser.token.shown)")
      }
    } catch {
      throw Self.inFilter(error)
    }
  }

  /// The names in it, in order of their first appearance; `pi` is one unless a column is called so.
  public var names: [String] {
    var names: [String] = []
    for case .name(let name) in expression.nodes.map(\.kind) where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  /// The rows of a table for which the condition holds, in order.
  ///
  /// - Throws: `FormulaError` for a column that the table lacks, for a comparison of text with numbers, and
  ///   where the text is no condition.
  /// - Complexity: the rows times the operations of the filter.
  public func rows(of table: Table) throws(FormulaError) -> [Int] {
    do throws(FormulaError) {
      var evaluation = FilterEvaluation(table: table)
      let test = try evaluation.run(expression)
      return test.indices.filter { test[$0] }
    } catch {
      throw Self.inFilter(error)
    }
  }

  private static func inFilter(_ error: FormulaError) -> FormulaError {
    var error = error
    error.source = "filter"
    return error
  }
}

/// One run of a filter over a table: arithmetic goes to a graph, tests are formed row by row.
private struct FilterEvaluation {
  enum Value {
    case number(Int)  // a node of the graph
    case text(String)
    case texts([String])
    case test([Bool])
  }

  let table: Table
  var graph = Graph()
  var columns: [[Double]] = []
  var values: [Value] = []
  var known: [String: Value] = [:]

  init(table: Table) { self.table = table }

  mutating func run(_ expression: Expression) throws(FormulaError) -> [Bool] {
    for node in expression.nodes { values.append(try value(of: node)) }
    guard case .test(let test) = values[expression.root] else {
      throw FormulaError(
        .syntax, at: expression.start, "a filter is a condition, such as 'params > 1e8'")
    }
    return test
  }

  private mutating func value(of node: Expression.Node) throws(FormulaError) -> Value {
    switch node.kind {
    case .number(let number): return .number(graph.constant(number))
    case .text(let text): return .text(text)
    case .name(let name): return try column(name, at: node.place)
    case .negate(let a): return .number(graph.negate(try number(a, node.place)))
    case .not(let a): return .test(try test(a, node.place).map { !$0 })
    case .call(let function, let arguments):
      var operands: [Int] = []
      for argument in arguments { operands.append(try number(argument, node.place)) }
      return .number(graph.call(function, operands))
    case .binary(let op, let a, let b):
      return try binary(op, a, b, at: node.place)
    }
  }

  private mutating func column(_ name: String, at place: Place) throws(FormulaError) -> Value {
    if let value = known[name] { return value }
    let value = try firstUse(of: name, at: place)
    known[name] = value
    return value
  }

  private mutating func firstUse(
    of name: String, at place: Place
  ) throws(FormulaError) -> Value {
    guard table.hasColumn(name) else {
      if name == "pi" { return .number(graph.constant(.pi)) }
      let hint = nearest(name, among: table.columnNames).map { "did you mean '\($0)'?" }
      throw FormulaError(
        .missingColumn, at: place,
        "no column '\(name)'; \(hint ?? "the table has \(table.columnNames.joined(separator: ", "))")"
      )
    }
    // A column without rows has no type; it is read as numbers, and comparisons allow for that.
    if table.rowCount == 0 || table.isNumeric(name),
      let numbers = try? table.numbers(name, allowingNonFinite: true)
    {
      columns.append(numbers)
      return .number(graph.column(columns.count - 1, sign: .unknown))
    }
    return .texts((try? table.texts(name)) ?? [])
  }

  private mutating func binary(
    _ op: Operator, _ a: Int, _ b: Int, at place: Place
  ) throws(FormulaError) -> Value {
    switch op {
    case .add: return .number(graph.add(try number(a, place), try number(b, place)))
    case .subtract: return .number(graph.subtract(try number(a, place), try number(b, place)))
    case .multiply: return .number(graph.multiply(try number(a, place), try number(b, place)))
    case .divide: return .number(graph.divide(try number(a, place), try number(b, place)))
    case .power: return .number(graph.power(try number(a, place), try number(b, place)))
    case .and:
      return .test(zip(try test(a, place), try test(b, place)).map { $0 && $1 })
    case .or:
      return .test(zip(try test(a, place), try test(b, place)).map { $0 || $1 })
    default:
      if let first = texts(a), let second = texts(b) {
        return .test(zip(first, second).map { Self.compare(op, $0, $1) })
      }
      if table.rowCount == 0, !isTest(a), !isTest(b) { return .test([]) }
      let first = try number(a, place)
      let second = try number(b, place)
      let sides = graph.evaluateData([first, second], columns: columns, rowCount: table.rowCount)
      return .test(zip(sides[0], sides[1]).map { Self.compare(op, $0, $1) })
    }
  }

  private func number(_ index: Int, _ place: Place) throws(FormulaError) -> Int {
    switch values[index] {
    case .number(let node): return node
    case .text, .texts:
      throw FormulaError(
        .badName, at: place,
        "text stands where a number is needed; a text column is compared with text in double quotes"
      )
    case .test:
      throw FormulaError(
        .badName, at: place,
        "a condition stands where a number is needed; join conditions with && or ||")
    }
  }

  private func test(_ index: Int, _ place: Place) throws(FormulaError) -> [Bool] {
    guard case .test(let test) = values[index] else {
      throw FormulaError(
        .badName, at: place, "'&&', '||' and '!' join conditions, such as 'params > 1e8'")
    }
    return test
  }

  private func isTest(_ index: Int) -> Bool {
    if case .test = values[index] { true } else { false }
  }

  private func texts(_ index: Int) -> [String]? {
    switch values[index] {
    case .text(let text): Array(repeating: text, count: table.rowCount)
    case .texts(let texts): texts
    case .number, .test: nil
    }
  }

  private static func compare<T: Comparable>(_ op: Operator, _ a: T, _ b: T) -> Bool {
    switch op {
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    case .equal: a == b
    case .notEqual: a != b
    default: false
    }
  }
}
