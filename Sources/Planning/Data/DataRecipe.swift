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

/// The least loss of a recipe at a budget that also pays for the selection.
struct RecipeOptimum {
  let optimum: ComputeOptimum
  let selectionFlops: Double
  let uniqueTokens: Double?

  init(_ recipe: DataRecipe) throws {
    if let unique = recipe.uniqueTokens {
      guard unique > 0, unique.isFinite else {
        throw AnalysisError(
          .badSetting,
          "\(recipe.name): \(NumberText.shortest(unique)) unique tokens; give a positive number, such as 25B"
        )
      }
    }
    selectionFlops = recipe.selection?.flops ?? 0
    uniqueTokens = recipe.uniqueTokens
    switch recipe.quality {
    case .utility(let mixture, let law):
      optimum = ComputeOptimum(surface: try UtilityCurve(law, mixture))
    case .law(let law):
      guard let unique = recipe.uniqueTokens else {
        guard !law.inputs.contains("U") else {
          throw AnalysisError(
            .badSetting, "\(recipe.name): \(law.name) reads U; give the unique tokens of this data")
        }
        optimum = try ComputeOptimum(law, inputs: [:])
        return
      }
      optimum = try ComputeOptimum(law.repeating(recipe.repetition), inputs: ["U": unique])
    }
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
