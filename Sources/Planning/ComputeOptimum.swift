internal import Formulas
internal import LeastSquares
internal import ScalingLaws

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The minimum of a law's loss on C = 6ND, for any values of its parameters.
struct ComputeOptimum {
  struct Point {
    var params: Double
    var tokens: Double
    var loss: Double

    var quantities: [Double] { [params, tokens, tokens / params, loss] }
  }

  private let curve: LossCurve
  private let closedForm: ClosedFormOptimum?

  init(_ law: EstimatedLaw, inputs: [String: Double]) throws {
    guard law.inputs.contains("N"), law.inputs.contains("D") else {
      throw AnalysisError(
        .unsuitableLaw,
        "allocation splits compute between N and D; \(law.name) is a function of "
          + "\(law.inputs.joined(separator: ", ")). Take a law of N and D (fitlaws laws)")
    }
    curve = try LossCurve(law, inputs: inputs)
    closedForm = law.closedForm.flatMap { ClosedFormOptimum($0, law.parameters) }
  }

  /// The optimum at a budget; nil where there is none inside the range searched.
  func find(_ flops: Double, _ values: [Double]) -> Point? {
    guard let params = closedForm?.params(flops, values) ?? curve.optimalParams(flops, values),
      params.isFinite, params > 0
    else { return nil }
    let tokens = flops / 6 / params
    return Point(params: params, tokens: tokens, loss: curve.loss(params, tokens, values))
  }
}

/// The closed optimum of `E + A / N^alpha + B / D^beta` on C = 6ND.
///
///     N* = G (C/6)^(beta/(alpha+beta)),   G = (alpha A / (beta B))^(1/(alpha+beta)),   D* = C / (6 N*)
///
/// Source: Hoffmann et al. 2022, arXiv:2203.15556, equation 4.
private struct ClosedFormOptimum {
  private let A: Int
  private let alpha: Int
  private let B: Int
  private let beta: Int

  init?(_ form: Law.ClosedForm, _ parameters: [String]) {
    switch form {
    case .chinchilla(_, let A, let alpha, let B, let beta):
      let found = [A, alpha, B, beta].compactMap { parameters.firstIndex(of: $0) }
      guard found.count == 4 else { return nil }
      (self.A, self.alpha, self.B, self.beta) = (found[0], found[1], found[2], found[3])
    }
  }

  func params(_ flops: Double, _ values: [Double]) -> Double? {
    let (a, b) = (values[alpha], values[beta])
    guard a > 0, b > 0, values[A] > 0, values[B] > 0 else { return nil }
    let logG = log(a * values[A] / (b * values[B])) / (a + b)
    return exp(logG + b / (a + b) * log(flops / 6))
  }
}

/// A law's loss along D = C / (6N), with its exact derivative.
private struct LossCurve {
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

  /// Compiled without columns: N, D and the other inputs are parameters like all others, so that one evaluation is
  /// a handful of scalar operations and the derivatives with respect to N and D come with it.
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
    for name in inputs.keys.sorted() where !compiled.parameters.contains(name) || ["N", "D"].contains(name) {
      throw AnalysisError(
        .badSetting, "\(name) cannot be given: allocation chooses N and D, and \(law.name) reads "
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

  /// dL / d ln N at fixed C: `N L_N - D L_D`.
  private func slope(_ logParams: Double, _ flops: Double, _ values: [Double]) -> Double {
    let params = exp(logParams)
    let tokens = flops / 6 / params
    let result = evaluate(params, tokens, values, order: 1)
    return params * result[1 + indexOfN] - tokens * result[1 + indexOfD]
  }

  /// The best N: the lowest of a scan in log N, then the root of the slope around it.
  ///
  /// The scan runs from one parameter to one token, two points per e-fold; a minimum at either end is none.
  func optimalParams(_ flops: Double, _ values: [Double]) -> Double? {
    let top = log(flops / 6)
    guard top > 1 else { return nil }
    let count = max(16, Int(2 * top))
    let nodes = (0...count).map { top * Double($0) / Double(count) }
    let losses = nodes.map { loss(exp($0), flops / 6 / exp($0), values) }
    guard let best = losses.indices.filter({ losses[$0].isFinite }).min(by: { losses[$0] < losses[$1] }),
      best > 0, best < count
    else { return nil }
    let root = BrentRoot.find(in: nodes[best - 1]...nodes[best + 1]) { slope($0, flops, values) }
    return root.map { exp($0.x) }
  }
}
