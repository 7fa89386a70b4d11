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

  private let curve: any LossSurface
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

  init(surface: any LossSurface) { (curve, closedForm) = (surface, nil) }

  /// The optimum at a budget; nil where there is none inside the range searched.
  ///
  /// A guess of its parameters spares most of a numeric search.
  func find(_ flops: Double, _ values: [Double], near guess: Double? = nil) -> Point? {
    guard
      let params = closedForm?.params(flops, values)
        ?? curve.optimalParams(flops, values, near: guess),
      params.isFinite, params > 0
    else { return nil }
    let tokens = flops / 6 / params
    return Point(params: params, tokens: tokens, loss: curve.loss(params, tokens, values))
  }

  /// The loss of a model of N parameters trained on D tokens.
  func loss(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double {
    curve.loss(params, tokens, values)
  }

  /// Its derivatives with respect to ln N and ln D.
  func elasticities(
    _ params: Double, _ tokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double) {
    curve.elasticities(params, tokens, values)
  }
}

/// The closed optimum of `E + A / N^alpha + B / D^beta` on C = 6ND.
///
///     N* = G (C/6)^(beta/(alpha+beta)),   G = (alpha A / (beta B))^(1/(alpha+beta)),   D* = C / (6
///     N*)
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
