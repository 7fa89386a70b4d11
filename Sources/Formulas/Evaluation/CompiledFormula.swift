internal import Tables

/// A formula compiled against the columns of a table: values, gradients and second derivatives by row.
///
/// Compilation happens once per table. Whatever has no parameter in it is computed then; evaluation runs the
/// rest over blocks of rows. Derivatives are exact: the formula is differentiated in reverse mode at
/// compilation, and the derivatives are compiled with it.
public struct CompiledFormula: Sendable {
  /// The names that are no columns and no definitions, in the order asked for, then of appearance.
  public let parameters: [String]
  /// Number of rows.
  public var rowCount: Int { columns.rowCount }
  /// The response on every row.
  public let response: [Double]
  /// Parameter pairs `(i, j)`, `i <= j`, whose second derivative is not identically zero.
  public let hessianPairs: [(first: Int, second: Int)]
  /// The conditionally linear parameters: given all others, the prediction is linear in these together.
  public let linearParameters: [Int]
  /// For each linear parameter, the parameters on which its coefficient depends.
  public let linearDependencies: [[Int]]
  /// The parameters on which the part without linear parameters depends; nil where there is no such part.
  public let offsetDependencies: [Int]?

  /// What the formula was compiled from, for a search to rewrite.
  let source: Source
  let programs: [Program]
  private let columns: DataColumns

  /// A formula with the columns of the table that it names.
  struct Source: Sendable {
    let formula: Formula
    let columnNames: [String]
    let columns: [[Double]]
    /// The rows in use; nil for all.
    var rows: [Int]?

    /// The columns on the rows in use.
    var selectedColumns: [[Double]] {
      guard let rows else { return columns }
      return columns.map { column in rows.map { column[$0] } }
    }
  }

  /// Compiles a formula.
  ///
  /// - Parameters:
  ///   - formula: the law.
  ///   - data: the columns by the names the formula uses; all must have the same length. Names that the
  ///     formula does not mention are ignored.
  ///   - rowCount: the number of rows, needed where `data` is empty.
  ///   - needsResponse: whether the columns of the response must be there. Prediction does without.
  ///   - order: names of parameters that come first, in this order; the others follow as they appear.
  ///   - bounds: bounds that replace those stated in the formula. What is bounded by 0 is taken to be
  ///     positive, which makes powers cheaper.
  /// - Throws: `FormulaError` when a column of the response is missing, or with more than 64 parameters.
  /// - Complexity: linear in the rows; in the formula, one reverse sweep per parameter.
  public init(
    _ formula: Formula, data: [String: [Double]], rowCount: Int, needsResponse: Bool = true,
    order: [String] = [], bounds: [String: (lower: Double, upper: Double)] = [:]
  ) throws(FormulaError) {
    var graph = Graph()
    var names: [String: Int] = [:]
    var tableColumns: [[Double]] = []
    var columnNames: [String] = []
    var parameters: [String] = []
    let defined = Set(formula.definitions.map(\.name))
    let predictionNames =
      (formula.definitions.map(\.expression) + [formula.prediction]).flatMap(\.names)
    let inOrder = order.flatMap { name in predictionNames.filter { $0.name == name }.prefix(1) }
    for (name, place) in inOrder + formula.response.names + predictionNames
    where names[name] == nil && !defined.contains(name) {
      if let column = data[name] {
        precondition(column.count == rowCount, "columns of one length")
        names[name] = graph.column(
          tableColumns.count, sign: Self.sign(of: column), range: Graph.Range(of: column))
        tableColumns.append(column)
        columnNames.append(name)
      } else if name != "pi", predictionNames.contains(where: { $0.name == name }) {
        guard parameters.count < Graph.maximumParameters else {
          throw FormulaError(
            .tooLarge, at: place, "more than \(Graph.maximumParameters) parameters")
        }
        let range = bounds[name] ?? formula.bounds(of: name)
        names[name] = graph.parameter(
          parameters.count, sign: Self.sign(lower: range.lower, upper: range.upper),
          range: Graph.Range(range.lower, range.upper))
        parameters.append(name)
      }
    }
    for definition in formula.definitions {
      names[definition.name] = try graph.lower(definition.expression, names: names)
    }
    if needsResponse {
      for (name, place) in formula.response.names where data[name] == nil && name != "pi" {
        let hint = nearest(name, among: data.keys.sorted()).map { "; did you mean '\($0)'?" } ?? ""
        throw FormulaError(
          .missingColumn, at: place, "the response '\(name)' is no column of the table\(hint)")
      }
      let node = try graph.lower(formula.response, names: names)
      response = graph.evaluateData([node], columns: tableColumns, rowCount: rowCount)[0]
    } else {
      response = []
    }
    let value = try graph.lower(formula.prediction, names: names)
    let derivatives = Derivatives(of: value, parameterCount: parameters.count, in: &graph)
    hessianPairs = derivatives.pairs
    let linear = LinearPart(of: value, gradient: derivatives.gradient, in: &graph)
    linearParameters = linear.parameters
    linearDependencies = linear.dependencies
    offsetDependencies = linear.offsetDependencies
    let roots = [value] + derivatives.gradient + derivatives.second
    let hoisted = graph.hoisted(for: roots)
    var columns = DataColumns(rowCount: rowCount)
    for column in graph.evaluateData(hoisted, columns: tableColumns, rowCount: rowCount) {
      columns.append(column)
    }
    let index = Dictionary(uniqueKeysWithValues: zip(hoisted, hoisted.indices))
    programs = [1, 1 + parameters.count, roots.count].map { count in
      Program(
        graph, roots: Array(roots[..<count]), parameterCount: parameters.count, columns: index)
    }
    self.columns = columns
    self.parameters = parameters
    source = Source(formula: formula, columnNames: columnNames, columns: tableColumns)
  }

  private init(_ other: CompiledFormula, rows: [Int]) {
    parameters = other.parameters
    response = other.response.isEmpty ? [] : rows.map { other.response[$0] }
    hessianPairs = other.hessianPairs
    linearParameters = other.linearParameters
    linearDependencies = other.linearDependencies
    offsetDependencies = other.offsetDependencies
    programs = other.programs
    columns = other.columns.selecting(rows: rows)
    var source = other.source
    source.rows = source.rows.map { own in rows.map { own[$0] } } ?? rows
    self.source = source
  }

  /// The same formula on some of the rows, which may repeat.
  ///
  /// - Complexity: the number of rows times the columns it reads; nothing is compiled again.
  public func selecting(rows: [Int]) -> CompiledFormula { CompiledFormula(self, rows: rows) }

  /// An evaluator of its own for one task.
  public func makeEvaluator() -> FormulaEvaluator {
    FormulaEvaluator(programs: programs, columns: columns, parameterCount: parameters.count)
  }

  /// The prediction on every row.
  public func values(at parameters: [Double]) -> [Double] {
    let evaluator = makeEvaluator()
    evaluator.setParameters(parameters)
    var result = Array(repeating: 0.0, count: rowCount)
    var span = result.mutableSpan
    evaluator.evaluate(rows: 0..<rowCount, order: 0, into: &span, stride: rowCount)
    return result
  }

  static func sign(of column: [Double]) -> Graph.Sign {
    guard let low = column.min(), let high = column.max() else { return .unknown }
    return low > 0 ? .positive : high < 0 ? .negative : low == 0 ? .nonNegative : .unknown
  }

  /// A parameter bounded by 0 counts as positive: its fit runs over the open interval, and at 0 itself the
  /// limits that `exp(-infinity)` gives are the right ones.
  static func sign(lower: Double, upper: Double) -> Graph.Sign {
    lower >= 0 ? .positive : upper <= 0 ? .negative : .unknown
  }
}

/// The derivatives of a node: the gradient, and the second derivatives that are not identically zero.
struct Derivatives {
  var gradient: [Int]
  var pairs: [(first: Int, second: Int)] = []
  var second: [Int] = []

  init(of value: Int, parameterCount: Int, in graph: inout Graph) {
    gradient = graph.gradient(of: value, parameterCount: parameterCount)
    for first in 0..<parameterCount {
      let row = graph.gradient(
        of: gradient[first], parameterCount: parameterCount, first: first)
      for other in first..<parameterCount where !graph.isConstant(row[other], 0) {
        pairs.append((first, other))
        second.append(row[other])
      }
    }
  }
}

/// The largest set found of parameters in which a node is linear together, given all others.
struct LinearPart {
  var parameters: [Int] = []
  var dependencies: [[Int]] = []
  var offsetDependencies: [Int]?

  init(of value: Int, gradient: [Int], in graph: inout Graph) {
    let count = gradient.count
    // By what a gradient depends on, not by second derivatives: those of abs, min and max vanish too.
    var coupled: Set<Int> = []
    for first in 0..<count {
      for second in graph.parameters(of: gradient[first]) {
        coupled.formUnion([first * count + second, second * count + first])
      }
    }
    let candidates = (0..<count).filter {
      !coupled.contains($0 * count + $0) && !graph.isConstant(gradient[$0], 0)
    }
    func conflicts(_ parameter: Int) -> Int {
      candidates.count { coupled.contains(parameter * count + $0) }
    }
    // Fewest conflicts first: in a * (b + c x) that takes b and c rather than a.
    for parameter in candidates.sorted(by: { (conflicts($0), $0) < (conflicts($1), $1) })
    where !parameters.contains(where: { coupled.contains(parameter * count + $0) }) {
      parameters.append(parameter)
    }
    parameters.sort()
    dependencies = parameters.map { graph.parameters(of: gradient[$0]) }
    let zeros = Dictionary(uniqueKeysWithValues: parameters.map { ($0, 0.0) })
    let offset = graph.substituting(zeros, in: value)
    offsetDependencies = graph.isConstant(offset, 0) ? nil : graph.parameters(of: offset)
  }
}

extension Graph {
  /// The indices of the parameters a node depends on.
  func parameters(of node: Int) -> [Int] {
    (0..<Self.maximumParameters).filter { parameterSets[node] & (1 << UInt64($0)) != 0 }
  }
}
