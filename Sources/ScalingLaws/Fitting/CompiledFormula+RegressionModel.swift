internal import Formulas
internal import LeastSquares

/// A compiled formula as the fitting engine sees it.
struct FormulaModel: RegressionModel {
  let formula: CompiledFormula

  var rowCount: Int { formula.rowCount }
  var parameterCount: Int { formula.parameters.count }
  var hessianPairs: [ParameterPair] {
    formula.hessianPairs.map { ParameterPair($0.first, $0.second) }
  }

  var linearStructure: LinearStructure? {
    guard !formula.linearParameters.isEmpty else { return nil }
    return LinearStructure(
      parameters: formula.linearParameters, dependencies: formula.linearDependencies,
      offsetDependencies: formula.offsetDependencies)
  }

  func makeEvaluator() -> any RegressionEvaluator { Evaluator(formula.makeEvaluator()) }

  func selecting(rows: [Int]) -> FormulaModel {
    FormulaModel(formula: formula.selecting(rows: rows))
  }

  private final class Evaluator: RegressionEvaluator {
    private let inner: FormulaEvaluator

    init(_ inner: FormulaEvaluator) { self.inner = inner }

    func setParameters(_ theta: [Double]) { inner.setParameters(theta) }

    func evaluate(
      rows: Range<Int>, order: DerivativeOrder, into output: inout MutableSpan<Double>, stride: Int
    ) {
      inner.evaluate(rows: rows, order: order.rawValue, into: &output, stride: stride)
    }
  }
}
