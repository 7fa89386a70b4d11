public import ScalingLaws
internal import Tables

/// A way to come by training data: a pool, or what a filter keeps of one.
public struct DataRecipe: Sendable {
  /// How good the data are.
  public enum Quality: Sendable {
    /// As a law says that was fitted to runs on such data.
    case law(EstimatedLaw)
    /// As utilities and half-lives of pools say, in tokens, in place of the data term of a law.
    case utility(UtilityMixture, in: EstimatedLaw)
  }

  /// What it is called.
  public var name: String
  /// How good the data are.
  public var quality: Quality
  /// Unique tokens there are; nil where they are no limit.
  public var uniqueTokens: Double?
  /// What repeats are worth, where the law does not say.
  public var repetition: Repetition
  /// What choosing them costs.
  public var selection: Selection?

  /// Data as good as a law says.
  ///
  /// - Parameters:
  ///   - name: what to call them.
  ///   - law: a law of N and D, or N, D and U.
  ///   - uniqueTokens: unique tokens there are; nil where they are no limit.
  ///   - repetition: what repeats are worth, for a law that does not read U.
  ///   - selection: what choosing them costs.
  public init(
    _ name: String, law: EstimatedLaw, uniqueTokens: Double? = nil,
    repetition: Repetition = .published, selection: Selection? = nil
  ) {
    (self.name, quality, self.uniqueTokens) = (name, .law(law), uniqueTokens)
    (self.repetition, self.selection) = (repetition, selection)
  }

  /// Data as good as the utilities of their pools say.
  ///
  /// - Parameters:
  ///   - mixture: the pools, their sizes in tokens.
  ///   - law: a law of the Chinchilla form, of which E, A, alpha and B are used.
  ///   - selection: what choosing them costs.
  public init(_ mixture: UtilityMixture, in law: EstimatedLaw, selection: Selection? = nil) {
    (name, quality) = (mixture.name, .utility(mixture, in: law))
    (uniqueTokens, repetition, self.selection) = (mixture.size, .published, selection)
  }

  /// The law whose parameters vary from draw to draw.
  public var law: EstimatedLaw {
    switch quality {
    case .law(let law), .utility(_, let law): law
    }
  }

  /// The published numbers it uses, each with its source.
  public var sources: [String] {
    var sources = selection.map { [$0.method.source] } ?? []
    switch quality {
    case .law(let law):
      if uniqueTokens != nil, !law.inputs.contains("U") { sources.append(repetition.source) }
    case .utility:
      sources.append("utility and half-life: Goyal et al. 2024, arXiv:2404.07177")
    }
    return sources
  }
}

extension DataRecipe {
  /// The loss on these data.
  ///
  /// - Parameters:
  ///   - inputs: values of further inputs of the law.
  ///   - isRepeated: whether the tokens may be passed over more than once. The default is true.
  /// - Returns: the loss over N and D.
  /// - Throws: `AnalysisError` for unique tokens that are not positive, or a law that does not go
  ///   with them.
  func surface(
    _ inputs: [String: Double] = [:], isRepeated: Bool = true
  ) throws -> any LossSurface {
    if case .utility(let mixture, let law) = quality { return try UtilityCurve(law, mixture) }
    let (law, inputs) = try lawAndInputs(inputs, isRepeated: isRepeated)
    return try LossCurve(law, inputs: inputs)
  }

  fileprivate func optimum() throws -> ComputeOptimum {
    if case .utility = quality { return ComputeOptimum(surface: try surface()) }
    let (law, inputs) = try lawAndInputs([:], isRepeated: true)
    return try ComputeOptimum(law, inputs: inputs)
  }

  private func lawAndInputs(
    _ inputs: [String: Double], isRepeated: Bool
  ) throws -> (law: EstimatedLaw, inputs: [String: Double]) {
    guard let unique = uniqueTokens else {
      guard !law.inputs.contains("U") || inputs["U"] != nil else {
        throw AnalysisError(
          .badSetting, "\(name): \(law.name) reads U; give the unique tokens of this data")
      }
      return (law, inputs)
    }
    guard unique > 0, unique.isFinite else {
      throw AnalysisError(
        .badSetting,
        "\(name): \(NumberText.shortest(unique)) unique tokens; give a positive number, such as 25B"
      )
    }
    guard isRepeated || law.inputs.contains("U") else { return (law, inputs) }
    return (try law.repeating(repetition), inputs.merging(["U": unique]) { $1 })
  }
}

/// The least loss of a recipe at a budget that also pays for the selection.
struct RecipeOptimum {
  let optimum: ComputeOptimum
  let selectionFlops: Double
  let uniqueTokens: Double?

  init(_ recipe: DataRecipe) throws {
    selectionFlops = recipe.selection?.flops ?? 0
    uniqueTokens = recipe.uniqueTokens
    optimum = try recipe.optimum()
  }

  /// The optimum of what the selection leaves of a budget; nil where it leaves nothing.
  func find(
    _ flops: Double, _ values: [Double], near guess: Double? = nil
  ) -> ComputeOptimum.Point? {
    flops > selectionFlops ? optimum.find(flops - selectionFlops, values, near: guess) : nil
  }

  /// The same for many budgets and draws in turn: each search begins where the last one ended.
  func follower() -> (_ flops: Double, _ values: [Double]) -> ComputeOptimum.Point? {
    var last: (flops: Double, params: Double)?
    return { flops, values in
      // The optimum grows about as the root of the budget.
      let point = find(
        flops, values, near: last.map { $0.params * (flops / $0.flops).squareRoot() })
      if let point { last = (flops, point.params) }
      return point
    }
  }
}

extension [DataRecipe] {
  /// One list of draws per recipe; one law, one list.
  func samples(_ count: Int) -> [[[Double]]] {
    var made: [(uncertainty: Uncertainty, samples: [[Double]])] = []
    return map { recipe in
      guard let uncertainty = recipe.law.uncertainty else { return [] }
      if let known = made.first(where: { $0.uncertainty == uncertainty }) { return known.samples }
      let samples = uncertainty.samples(count, seed: UInt64(made.count))
      made.append((uncertainty, samples))
      return samples
    }
  }
}
