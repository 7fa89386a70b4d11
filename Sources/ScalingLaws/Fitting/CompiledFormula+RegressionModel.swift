public import Formulas
public import LeastSquares

/// A compiled formula as the fitting engine sees it, for those who drive `GlobalFitter` themselves.
public struct FormulaModel: RegressionModel {
  /// The formula.
  public let formula: CompiledFormula

  /// Makes a model of a formula.
  public init(_ formula: CompiledFormula) { self.formula = formula }

  /// The number of rows of its table.
  public var rowCount: Int { formula.rowCount }
  /// The number of its parameters.
  public var parameterCount: Int { formula.parameters.count }
  /// Parameter pairs whose second derivative is not identically zero.
  public var hessianPairs: [ParameterPair] {
    formula.hessianPairs.map { ParameterPair($0.first, $0.second) }
  }

  /// Its conditionally linear parameters; nil when there are none.
  public var linearStructure: LinearStructure? {
    guard !formula.linearParameters.isEmpty else { return nil }
    return LinearStructure(
      parameters: formula.linearParameters, dependencies: formula.linearDependencies,
      offsetDependencies: formula.offsetDependencies)
  }

  /// An evaluator for one task.
  public func makeEvaluator() -> any RegressionEvaluator { formula.makeEvaluator() }

  /// The same formula on some of the rows.
  public func selecting(rows: [Int]) -> FormulaModel {
    FormulaModel(formula.selecting(rows: rows))
  }

  /// The formula rewritten for a search.
  public func searchModel(bounds: [Bounds], fixed: [Double?]) -> (any SearchModel)? {
    SearchForm(formula, bounds: bounds.map { ($0.lower, $0.upper) }, fixed: fixed)
  }
}

extension SearchForm: SearchModel {
  /// The bounds of all parameters, in searched values.
  public var searchBounds: [Bounds] { bounds.map { Bounds(lower: $0.lower, upper: $0.upper) } }

  /// An evaluator of offset, basis and slopes.
  public func makeSearchEvaluator() -> any SearchEvaluator { makeEvaluator() }

  /// What draws seeds.
  public func makeSeedSampler() -> any SeedSampler { makeSampler() }
}

extension SearchSampler: SeedSampler {}

extension FormulaEvaluator: SearchEvaluator {
  /// Writes the columns of a projection.
  public func evaluate(
    _ columns: SearchColumns, rows: Range<Int>, into output: inout MutableSpan<Double>, stride: Int
  ) {
    evaluate(rows: rows, order: columns.rawValue, into: &output, stride: stride)
  }
}

extension FormulaEvaluator: RegressionEvaluator {
  /// Writes prediction and derivatives for some rows, see `evaluate(rows:order:into:stride:)` with
  /// an order by number.
  public func evaluate(
    rows: Range<Int>, order: DerivativeOrder, into output: inout MutableSpan<Double>, stride: Int
  ) {
    evaluate(rows: rows, order: order.rawValue, into: &output, stride: stride)
  }
}
