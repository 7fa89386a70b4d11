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
  private var sources: [Source]
  private let scratch: Scratch
  private let scale: Formula.ResponseScale
  private let indexOfN: Int
  private let indexOfD: Int
  private let indexOfU: Int?

  private enum Source {
    case parameter(Int)
    case params
    case tokens
    case given(Double)
  }

  /// What one evaluation works on, so that none allocates.
  private final class Scratch {
    var inputs: [Double]
    var results: [Double]

    init(inputs: Int) {
      self.inputs = Array(repeating: 0, count: inputs)
      results = Array(repeating: 0, count: 1 + inputs)
    }
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
    (indexOfN, indexOfD, indexOfU) = (n, d, compiled.parameters.firstIndex(of: "U"))
    scale = law.formula.responseScale
    scratch = Scratch(inputs: sources.count)
    evaluator = compiled.makeEvaluator()
  }

  func loss(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double {
    evaluate(params, tokens, values, order: 0)
    return scale.column(of: scratch.results[0])
  }

  /// Leaves the value and, for order 1, its derivatives in `scratch.results`.
  private func evaluate(_ params: Double, _ tokens: Double, _ values: [Double], order: Int) {
    for index in sources.indices {
      scratch.inputs[index] =
        switch sources[index] {
        case .parameter(let place): values[place]
        case .params: params
        case .tokens: tokens
        case .given(let value): value
        }
    }
    evaluator.setParameters(scratch.inputs)
    // A span of a class's array would outlive the access; an array lent out does not.
    var results: [Double] = []
    swap(&results, &scratch.results)
    var span = results.mutableSpan
    evaluator.evaluate(rows: 0..<1, order: order, into: &span, stride: 1)
    swap(&results, &scratch.results)
  }

  /// The derivatives of the loss with respect to ln N and ln D: `N L_N` and `D L_D`.
  func elasticities(
    _ params: Double, _ tokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double) {
    let slopes = gradient(params, tokens, values)
    return (slopes.params, slopes.tokens)
  }

  func gradient(_ params: Double, _ tokens: Double, _ values: [Double]) -> LossGradient {
    evaluate(params, tokens, values, order: 1)
    let results = scratch.results
    let loss = scale.column(of: results[0])
    let slope = scale.slope(atColumn: loss)
    return LossGradient(
      loss: loss, params: slope * params * results[1 + indexOfN],
      tokens: slope * tokens * results[1 + indexOfD],
      unique: indexOfU.map { slope * scratch.inputs[$0] * results[1 + $0] } ?? 0)
  }

  func scalingUnique(by factor: Double) -> any LossSurface {
    guard let indexOfU, case .given(let unique) = sources[indexOfU] else { return self }
    var scaled = self
    scaled.sources[indexOfU] = .given(unique * factor)
    return scaled
  }
}
