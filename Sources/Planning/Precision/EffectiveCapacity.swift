internal import ScalingLaws

/// The share of parameters that count at some bits, as a law counts them, for any values of its
/// parameters.
struct EffectiveCapacity {
  private let law: EstimatedLaw
  private let given: PrecisionSensitivity?
  /// Widths at which every parameter of the law counts.
  let inputs: [String: Double]

  /// The capacity of a law fitted with widths, or of one fitted at 16 bits with given
  /// sensitivities.
  ///
  /// - Throws: `AnalysisError` for a law with neither, or with both.
  init(_ law: EstimatedLaw, _ given: PrecisionSensitivity?) throws(AnalysisError) {
    (self.law, self.given) = (law, given)
    let widths = law.inputs.filter { ["P", "Pw", "Pa", "Pkv"].contains($0) }
    if widths.isEmpty {
      guard given != nil else {
        throw AnalysisError(
          .unsuitableLaw,
          "\(law.name) does not say what bits are worth, and no published constants are verified; fit "
            + "precision to runs at several widths, or give sensitivities")
      }
    } else {
      guard given == nil, PrecisionSensitivity(law, law.values) != nil else {
        throw AnalysisError(
          .unsuitableLaw,
          "\(law.name) reads \(widths.joined(separator: ", ")); its own sensitivities are used, and "
            + "they must be those of precision or precision-split")
      }
    }
    inputs = Dictionary(uniqueKeysWithValues: widths.map { ($0, 1e6) })
  }

  func sensitivity(_ values: [Double]) -> PrecisionSensitivity? {
    given ?? PrecisionSensitivity(law, values)
  }

  /// The share as the law counts parameters: all at 16 bits, or all at infinitely many.
  func share(_ bits: Double, _ sensitivity: PrecisionSensitivity) -> Double {
    sensitivity.capacity(bits: bits)
      / (given == nil ? 1 : sensitivity.capacity(bits: PrecisionPlan.referenceBits))
  }

  /// The share for some values; nil where they have no sensitivities.
  func share(_ bits: Double, _ values: [Double]) -> Double? {
    sensitivity(values).map { share(bits, $0) }
  }
}

/// The loss of a model trained at some bits: that of its effective parameters.
struct PrecisionLoss: LossSurface {
  var base: any LossSurface
  let capacity: EffectiveCapacity
  let bits: Double

  func loss(_ params: Double, _ tokens: Double, _ values: [Double]) -> Double {
    base.loss(effective(params, values), tokens, values)
  }

  func elasticities(
    _ params: Double, _ tokens: Double, _ values: [Double]
  ) -> (params: Double, tokens: Double) {
    base.elasticities(effective(params, values), tokens, values)
  }

  func gradient(_ params: Double, _ tokens: Double, _ values: [Double]) -> LossGradient {
    base.gradient(effective(params, values), tokens, values)
  }

  func scalingUnique(by factor: Double) -> any LossSurface {
    var scaled = self
    scaled.base = base.scalingUnique(by: factor)
    return scaled
  }

  private func effective(_ params: Double, _ values: [Double]) -> Double {
    params * (capacity.share(bits, values) ?? .nan)
  }
}
