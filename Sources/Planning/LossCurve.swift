internal import Formulas
internal import LeastSquares
internal import ScalingLaws

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A law's loss as a function of N and D, with exact derivatives, for any values of its parameters.
struct LossCurve: LossSurface {
  private let compiled: CompiledFormula
  private let evaluator: FormulaEvaluator
  /// For each name of the compiled formula: a parameter of the law, N, D, or a given number.
  private let sources: [Source]
  private let indexOfN: Int
  private let indexOfD: Int

  private enum Source {
    case parameter(Int)
    case params
    case tokens
    case given(Double)
  }

  /// Compiled without columns: N, D and the other inputs are parameters like all others, so that
  /// one evaluation is a handful of scalar operations and the derivatives with respect to N and D
  /// come with it.
  init(_ law: EstimatedLaw, inputs: [String: Double]) throws {
    var bounds = law.bounds.mapValues { ($0.lower, $0.upper) }
    for name in law.inputs { bounds[name] = (0, .infinity) }
    compiled = try CompiledFormula(
      law.formula, data: [:], rowCount: 1, needsResponse: false, bounds: bounds)
    sources = try compiled.parameters.map { name in
      if let index = law.parameters.firstIndex(of: name) { return .parameter(index) }
      if name == "N" { return .params }
      if name == "D" { return .tokens }
      guard let value = inputs[name] else {
        throw AnalysisError(
          .badSetting, "\(law.name) also needs \(name); give it with --at \(name)=VALUE")
      }
      return .given(value)
    }
    for name in inputs.keys.sorted()
    where !compiled.parameters.contains(name) || ["N", "D"].contains(name) {
      throw AnalysisError(
        .badSetting,
        "\(name) cannot be given: allocation chooses N and D, and \(law.name) reads "
          + law.inputs.joined(separator: ", "))
    }
    guard let n = compiled.parameters.firstIndex(of: "N"),
      let d = compiled.parameters.firstIndex(of: "D")
    else { throw AnalysisError(.unsuitableLaw, "\(law.name) is no function of N and D") }
    (indexOfN, indexOfD) = (n, d)
    evaluator = compiled.makeEvaluator()
  }

  func loss(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double {
    evaluate(params, tokens, values, order: 0)[0]
  }

  private func evaluate(
    _ params: Double, _ tokens: Double, _ values: [Double], order: Int
  ) -> [Double] {
    evaluator.setParameters(
      sources.map { source in
        switch source {
        case .parameter(let index): values[index]
        case .params: params
        case .tokens: tokens
        case .given(let value): value
        }
      })
    var result = Array(repeating: 0.0, count: order == 0 ? 1 : 1 + sources.count)
    var span = result.mutableSpan
    evaluator.evaluate(rows: 0..<1, order: order, into: &span, stride: 1)
    return result
  }

  /// The derivatives of the loss with respect to ln N and ln D: `N L_N` and `D L_D`.
  func elasticities(
    _ params: Double, _ tokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double) {
    let result = evaluate(params, tokens, values, order: 1)
    return (params * result[1 + indexOfN], tokens * result[1 + indexOfD])
  }
}
