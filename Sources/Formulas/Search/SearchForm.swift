internal import CVectorMath

/// A compiled law rewritten for a global search.
///
/// ```
/// f = offset(alpha) + sum over k of c_k basis_k(alpha)
/// ```
/// with as many of the parameters linear (the c) as a rewriting can make so, and for each of the
/// others (the alpha) a range found by dimensional analysis, in whatever units the table has. Indices
/// of parameters are those of the compiled formula; the values are those of the rewritten one.
public struct SearchForm: Sendable {
  /// The parameters that are solved for, given the others.
  public let linear: [Int]
  /// The parameters that a search moves.
  public let nonlinear: [Int]
  /// The bounds of all parameters, in rewritten values.
  public let bounds: [(lower: Double, upper: Double)]
  /// For each nonlinear parameter, whether steps are better taken in its logarithm.
  public let isLogarithmic: [Bool]
  /// The most different values of data inside a sine or cosine; 0 where there is none.
  public let periodicPoints: Int

  /// For each nonlinear parameter, values in the gaps between the data that it is compared with;
  /// empty for the others.
  public var breaks: [[Double]] { axes.map(\.breaks) }

  /// Whether a function with a kink is applied to parameters: abs, min or max.
  public let hasKinks: Bool

  let axes: [SearchAxis]
  private let coupled: [CoupledScale]
  private let tradeOffs: [TradeOff]
  private let changes: [[ParameterChange]]
  private let fixed: [Double?]
  private let programs: [Program]
  private let couplings: [Program]
  private let columns: DataColumns
  private let thinned: DataColumns

  /// Rows on which the ranges of coupled parameters are looked at.
  private static let thinnedRows = 128

  /// Rewrites a formula.
  ///
  /// - Parameters:
  ///   - formula: the compiled law.
  ///   - bounds: the bounds of its parameters, one each.
  ///   - fixed: values of parameters that do not move.
  /// - Complexity: linear in the rows; cubic in the operations of the law (its analysis of scales).
  public init(
    _ formula: CompiledFormula, bounds: [(lower: Double, upper: Double)], fixed: [Double?]
  ) {
    let count = formula.parameters.count
    let rowCount = formula.rowCount
    let rows = (0..<min(rowCount, 2048)).map { $0 * rowCount / min(rowCount, 2048) }
    let table = formula.source.selectedColumns
    let sample = table.map { column in rows.map { column[$0] } }
    let law = SearchRewriting(plain: formula, bounds: bounds, fixed: fixed)
    var graph = Graph()
    let parameters = law.bounds.indices.map { index in
      graph.parameter(
        index,
        sign: CompiledFormula.sign(
          lower: law.bounds[index].lower, upper: law.bounds[index].upper))
    }
    let inputs = table.indices.map { index in
      graph.column(index, sign: CompiledFormula.sign(of: table[index]))
    }
    let image = graph.importing(law.root, of: law.graph, parameters: parameters, columns: inputs)
    let value = image[law.root]
    let gradient = graph.gradient(of: value, parameterCount: count)
    let structure = LinearPart(of: value, gradient: gradient, in: &graph)
    let linear = structure.parameters
    let used = Set(graph.parameters(of: value))
    nonlinear = (0..<count).filter { used.contains($0) && !linear.contains($0) }
    self.linear = linear
    let offset = graph.substituting(
      Dictionary(uniqueKeysWithValues: linear.map { ($0, 0.0) }), in: value)
    let data = SearchData(law.graph, root: law.root, columns: sample, rowCount: rows.count)
    let analysis = ScaleAnalysis(law, data)
    axes = SearchAxis.find(nonlinear, law, analysis, data)
    coupled = CoupledScale.find(axes, linear: linear, law, analysis)
    tradeOffs = TradeOff.find(law, axes, linear: linear, data)
    let basis = [offset] + linear.map { gradient[$0] }
    let slopes = nonlinear.map { gradient[$0] }
    let companions = coupled.map { image[$0.node] }
    let hoisted = graph.hoisted(for: basis + slopes + companions)
    let index = Dictionary(uniqueKeysWithValues: zip(hoisted, hoisted.indices))
    var columns = DataColumns(rowCount: rowCount)
    for column in graph.evaluateData(
      hoisted, columns: table, rowCount: rowCount)
    {
      columns.append(column)
    }
    programs = [basis, slopes].map {
      Program(graph, roots: $0, parameterCount: count, columns: index)
    }
    couplings = companions.map {
      Program(graph, roots: [$0], parameterCount: count, columns: index)
    }
    self.columns = columns
    let few = min(rowCount, Self.thinnedRows)
    thinned = columns.selecting(rows: (0..<few).map { $0 * rowCount / few })
    self.bounds = law.bounds
    self.fixed = fixed
    changes = law.changes
    isLogarithmic = axes.map(\.isLogarithmic)
    hasKinks = law.graph.needed(for: [law.root]).contains { index in
      law.graph.dependsOnParameters(index) && law.graph.nodes[index].op.hasKink
    }
    periodicPoints = axes.reduce(0) { most, axis in
      switch axis.kind {
      case .frequency(_, let distinct), .period(_, let distinct): max(most, distinct)
      default: most
      }
    }
  }

  private init(_ other: SearchForm, rows: [Int]) {
    linear = other.linear
    nonlinear = other.nonlinear
    bounds = other.bounds
    isLogarithmic = other.isLogarithmic
    hasKinks = other.hasKinks
    periodicPoints = other.periodicPoints
    axes = other.axes
    coupled = other.coupled
    tradeOffs = other.tradeOffs
    changes = other.changes
    fixed = other.fixed
    programs = other.programs
    couplings = other.couplings
    columns = other.columns.selecting(rows: rows)
    thinned = other.thinned
  }

  /// The same form on some of the rows, with the ranges found on all.
  public func selecting(rows: [Int]) -> SearchForm { SearchForm(self, rows: rows) }

  /// The number of rows.
  public var rowCount: Int { columns.rowCount }

  /// Typed parameters from searched ones, all of them.
  public func typed(_ searched: [Double]) -> [Double] {
    searched.indices.map { index in
      fixed[index] ?? changes[index].reversed().reduce(searched[index]) { $1.inverse($0) }
    }
  }

  /// Searched parameters from typed ones.
  public func searched(_ typed: [Double]) -> [Double] {
    typed.indices.map { index in
      fixed[index] ?? changes[index].reduce(typed[index]) { $1.apply($0) }
    }
  }

  /// How many turns a sine or cosine makes over its data; nil for parameters that are neither a
  /// frequency nor a period.
  public func turns(_ axis: Int, _ value: Double) -> Double? {
    switch axes[axis].kind {
    case .frequency(let span, _): abs(value) * vm_exp(span) / (2 * .pi)
    case .period(let span, _): vm_exp(span) / (2 * .pi * max(abs(value), 1e-300))
    default: nil
    }
  }

  /// Takes factors and levels, which were moved by a step, along with the exponents that they can be
  /// exchanged for: `w + u x^v` keeps the height and the span that the linear model of the step says.
  ///
  /// - Parameters:
  ///   - moved: the parameters after the step, all of them.
  ///   - theta: those before it.
  ///   - change: their changes to first order.
  public func straighten(_ moved: inout [Double], from theta: [Double], by change: [Double]) {
    for tradeOff in tradeOffs { tradeOff.straighten(&moved, from: theta, by: change, bounds) }
  }

  /// An evaluator for one task: order 0 gives offset and basis, order 1 the slopes df/dalpha.
  public func makeEvaluator() -> FormulaEvaluator {
    FormulaEvaluator(programs: programs, columns: columns, parameterCount: bounds.count)
  }

  /// What draws seeds, for one task.
  public func makeSampler() -> SearchSampler {
    SearchSampler(
      axes: axes, coupled: coupled, parameterCount: bounds.count,
      evaluator: FormulaEvaluator(
        programs: couplings, columns: thinned, parameterCount: bounds.count),
      rowCount: thinned.rowCount)
  }
}

/// Draws starting points of a search from points of the unit cube.
public final class SearchSampler {
  private let axes: [SearchAxis]
  private let coupled: [CoupledScale]
  private let parameterCount: Int
  private let evaluator: FormulaEvaluator
  private let rowCount: Int

  init(
    axes: [SearchAxis], coupled: [CoupledScale], parameterCount: Int, evaluator: FormulaEvaluator,
    rowCount: Int
  ) {
    self.axes = axes
    self.coupled = coupled
    self.parameterCount = parameterCount
    self.evaluator = evaluator
    self.rowCount = rowCount
  }

  /// Searched parameters, the linear ones 0.
  ///
  /// - Parameters:
  ///   - fractions: one from 0 to 1 for each nonlinear parameter.
  ///   - wide: what the ranges are widened by, 1 for none.
  ///   - layer: the number of the draw.
  /// - Returns: one value for each parameter.
  public func draw(_ fractions: [Double], wide: Double, layer: Int) -> [Double] {
    var result = Array(repeating: 0.0, count: parameterCount)
    for (axis, v) in zip(axes, fractions) {
      result[axis.parameter] = axis.draw(v, wide: wide, layer: layer, isMany: axes.count > 6)
    }
    var values = Array(repeating: 0.0, count: coupled.isEmpty ? 0 : rowCount)
    for (order, scale) in coupled.enumerated() {
      evaluator.setParameters(result)
      var span = values.mutableSpan
      evaluator.evaluate(rows: 0..<span.count, order: order, into: &span, stride: span.count)
      let axis = axes[scale.axis]
      if let value = scale.draw(fractions[scale.axis], values.span, wide: wide, axis) {
        result[axis.parameter] = value
      }
    }
    return result
  }
}

extension SearchRewriting {
  /// The rewriting of a formula as it was typed, with fixed parameters put in.
  init(plain formula: CompiledFormula, bounds: [(lower: Double, upper: Double)], fixed: [Double?]) {
    let source = formula.source
    var graph = Graph()
    var names: [String: Int] = [:]
    for (index, name) in source.columnNames.enumerated() {
      names[name] = graph.column(index, sign: .unknown)
    }
    for (index, name) in formula.parameters.enumerated() {
      names[name] =
        fixed[index].map { graph.constant($0) } ?? graph.parameter(index, sign: .unknown)
    }
    for definition in source.formula.definitions {
      names[definition.name] = graph.lowerPlainly(definition.expression, names: names)
    }
    let root = graph.lowerPlainly(source.formula.prediction, names: names)
    self.init(graph, root: root, bounds: bounds)
  }
}
