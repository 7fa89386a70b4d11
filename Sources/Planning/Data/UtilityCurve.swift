internal import ScalingLaws

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A law of the Chinchilla form whose data term is that of a mixture of pools:
/// `E + A / N^alpha + B n_1^b_1 prod_j (n_j / n_(j-1))^b_j`, n in tokens.
struct UtilityCurve: LossSurface {
  private let E: Int
  private let A: Int
  private let alpha: Int
  private let B: Int
  private var mixture: UtilityMixture

  init(_ law: EstimatedLaw, _ mixture: UtilityMixture) throws(AnalysisError) {
    guard case .chinchilla(let E, let A, let alpha, let B, _)? = law.closedForm else {
      throw AnalysisError(
        .unsuitableLaw,
        "pools by utility and half-life take the place of the data term B / D^beta, which "
          + "\(law.name) does not have; use chinchilla")
    }
    let found = [E, A, alpha, B].compactMap { law.parameters.firstIndex(of: $0) }
    guard found.count == 4 else {
      throw AnalysisError(.badFile, "\(law.name) lacks one of \(E), \(A), \(alpha), \(B)")
    }
    (self.E, self.A, self.alpha, self.B) = (found[0], found[1], found[2], found[3])
    self.mixture = mixture
  }

  func loss(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double {
    values[E] + paramTerm(params, values) + dataTerm(tokens, values)
  }

  func elasticities(
    _ params: Double, _ tokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double) {
    let slopes = gradient(params, tokens, values)
    return (slopes.params, slopes.tokens)
  }

  func gradient(_ params: Double, _ tokens: Double, _ values: [Double]) -> LossGradient {
    let (param, data) = (paramTerm(params, values), dataTerm(tokens, values))
    return LossGradient(
      loss: values[E] + param + data, params: -values[alpha] * param,
      tokens: mixture.slope(samples: tokens) * data,
      unique: mixture.sizeSlope(samples: tokens) * data)
  }

  func scalingUnique(by factor: Double) -> any LossSurface {
    var scaled = self
    scaled.mixture = mixture.scaled(by: factor)
    return scaled
  }

  private func paramTerm(_ params: Double, _ values: [Double]) -> Double {
    values[A] * exp(-values[alpha] * log(params))
  }

  private func dataTerm(_ tokens: Double, _ values: [Double]) -> Double {
    values[B] * exp(mixture.logFactor(samples: tokens))
  }
}
