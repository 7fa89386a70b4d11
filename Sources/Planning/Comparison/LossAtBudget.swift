internal import Formulas
internal import ScalingLaws

/// The least loss of a law at a budget: at its compute-optimal split of C = 6ND, or, for a law of one
/// variable, at a value of that variable.
struct LossAtBudget {
  private enum Form {
    case optimum(ComputeOptimum)
    case curve(FormulaEvaluator, sources: [Int?])
  }

  private let form: Form
  private let scale: Formula.ResponseScale
  /// What the budget is: `C`, or the one variable.
  let variable: String

  init(_ law: EstimatedLaw, inputs: [String: Double]) throws {
    scale = law.formula.responseScale
    if law.inputs.contains("N"), law.inputs.contains("D") {
      form = .optimum(try ComputeOptimum(law, inputs: inputs))
      variable = "C"
      return
    }
    guard law.inputs.count == 1, inputs.isEmpty else {
      throw AnalysisError(
        .unsuitableLaw,
        "\(law.name) reads \(law.inputs.joined(separator: ", ")): curves over a budget need a law of "
          + "N and D, or of one variable")
    }
    variable = law.inputs[0]
    var bounds = law.bounds.mapValues { ($0.lower, $0.upper) }
    bounds[variable] = (0, .infinity)
    let compiled = try CompiledFormula(
      law.formula, data: [:], rowCount: 1, needsResponse: false, bounds: bounds)
    form = .curve(
      compiled.makeEvaluator(),
      sources: compiled.parameters.map { law.parameters.firstIndex(of: $0) })
  }

  /// The loss; nil where there is no optimum or no finite value.
  func loss(_ budget: Double, _ values: [Double]) -> Double? {
    let loss: Double
    switch form {
    case .optimum(let optimum):
      guard let point = optimum.find(budget, values) else { return nil }
      loss = point.loss
    case .curve(let evaluator, let sources):
      evaluator.setParameters(sources.map { $0.map { values[$0] } ?? budget })
      var result = [0.0]
      var span = result.mutableSpan
      evaluator.evaluate(rows: 0..<1, order: 0, into: &span, stride: 1)
      loss = scale.column(of: result[0])
    }
    return loss.isFinite ? loss : nil
  }
}
