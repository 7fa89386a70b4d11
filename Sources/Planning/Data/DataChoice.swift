internal import LeastSquares
internal import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Which data to train on at a budget, and at which budgets that changes.
///
/// Every recipe is charged the cost of its selection, and its loss is that of the best split of
/// what is left between parameters and tokens, repeats included.
public struct DataChoice: Sendable, Hashable {
  /// A recipe at a budget.
  public struct Option: Sendable, Hashable {
    /// Parameters.
    public var params: Allocation.Estimate
    /// Tokens trained on, repeats included.
    public var tokens: Allocation.Estimate
    /// Passes over the unique tokens; nil where they are no limit.
    public var epochs: Allocation.Estimate?
    /// Loss.
    public var loss: Allocation.Estimate
    /// The share of draws in which it is the best; nil without draws.
    public var probability: Double?
  }

  /// The recipes at one budget.
  public struct AtBudget: Sendable, Hashable {
    /// The budget, in FLOP, selection included.
    public var flops: Double
    /// One per recipe; nil where the budget does not pay for the selection.
    public var options: [Option?]
    /// The place of the best; nil where no recipe can be paid for.
    public var best: Int?
  }

  /// A budget at which the best recipe changes.
  public struct Change: Sendable, Hashable {
    /// The budget, in FLOP.
    public var budget: Double
    /// The place of the best below.
    public var from: Int
    /// The place of the best above.
    public var to: Int
    /// The lower end of the interval; nil without draws, or where it lies beyond the range.
    public var lower: Double?
    /// The upper end, likewise.
    public var upper: Double?
  }

  /// The names of the recipes.
  public var recipes: [String]
  /// What selecting costs, in FLOP, for each.
  public var selectionFlops: [Double]
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// One per budget, in the order asked for.
  public var budgets: [AtBudget]
  /// Where the best changes, in ascending order.
  public var changes: [Change]
  /// Published numbers used, each with its source.
  public var sources: [String]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Compares recipes.
  ///
  /// Recipes that share a law share its draws; the draws of different fits are independent.
  ///
  /// - Parameters:
  ///   - recipes: at least one, with names that tell them apart.
  ///   - asked: budgets in FLOP, each positive.
  ///   - range: where changes are looked for. The default is from a hundredth of the smallest
  ///     budget to a hundred times the largest.
  ///   - count: how many draws to make from a covariance. The default is 1000.
  ///   - tasks: tasks to run at once; results do not depend on it. The default is one per
  ///     processor.
  /// - Throws: `AnalysisError` for a budget or range that is not positive, a recipe whose law
  ///   cannot use its unique tokens, or a budget that pays for no recipe.
  /// - Complexity: some twenty optima per recipe and draw.
  public init(
    _ recipes: [DataRecipe], budgets asked: [Double], range: ClosedRange<Double>? = nil,
    draws count: Int = 1000, tasks: Int? = nil
  ) async throws {
    precondition(!recipes.isEmpty, "a choice takes at least one recipe")
    for budget in asked where !(budget > 0 && budget.isFinite) {
      throw AnalysisError(
        .badSetting,
        "a budget of \(NumberText.shortest(budget)) FLOP: a budget is positive, such as 1e24")
    }
    guard let range = range ?? asked.min().map({ $0 / 100...100 * (asked.max() ?? $0) }),
      range.lowerBound > 0, range.upperBound.isFinite, range.lowerBound < range.upperBound
    else {
      throw AnalysisError(
        .badSetting,
        "a range of budgets goes from a positive number to a larger one, such as 1e18,1e26")
    }
    let optima = try recipes.map(RecipeOptimum.init)
    self.recipes = recipes.map(\.name)
    selectionFlops = optima.map(\.selectionFlops)
    level = recipes.lazy.compactMap { $0.law.uncertainty?.level }.first
    sources = recipes.flatMap(\.sources).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    let study = GroupStudy(groups: recipes.count, budgets: asked, range: range) {
      try recipes.map { recipe in
        let optimum = try RecipeOptimum(recipe)
        let find = optimum.follower()
        return { budget, values in
          // What cannot be paid for is worse than anything that can.
          budget > optimum.selectionFlops ? find(budget, values)?.loss : 1e300
        }
      }
    }
    let (samples, drawn) = GroupStudy.paired(
      recipes.samples(count), estimates: recipes.map(\.law.values))
    let center = try study.outcomes([recipes.map(\.law.values)])[0]
    let outcomes = try await study.outcomes(samples, count: drawn, tasks: tasks ?? Processors.count)
    self.budgets = try asked.indices.map { index in
      let best = outcomes.compactMap { $0.best[index] }
      return try Self.atBudget(asked[index], recipes, optima) { place in
        best.isEmpty ? nil : Double(best.count { $0 == place }) / Double(best.count)
      }
    }
    changes = Self.changes(
      center.curves, study, tail: level.map { (1 - $0) / 2 }, outcomes: outcomes
    ) { budget in
      zip(recipes, optima).map { $1.find(budget, $0.law.values)?.loss }
    }
    warnings = recipes.flatMap(\.law.warnings).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
    for point in self.budgets {
      guard let best = point.best, let option = point.options[best] else { continue }
      if let warning = recipes[best].selection?.warning(trainedParams: option.params.value),
        !warnings.contains(warning)
      {
        warnings.append(warning)
      }
    }
    if let largest = asked.max(), let warning = recipes[0].law.warningBeyondData(largest) {
      warnings.append(warning)
    }
  }

  private static func atBudget(
    _ budget: Double, _ recipes: [DataRecipe], _ optima: [RecipeOptimum],
    probability: (Int) -> Double?
  ) throws -> AtBudget {
    let options = try recipes.indices.map { place -> Option? in
      let (recipe, optimum) = (recipes[place], optima[place])
      guard budget > optimum.selectionFlops else { return nil }
      let find = optimum.follower()
      let estimates = try recipe.law.estimates(
        orRefuse: "\(recipe.name): \(recipe.law.name) has no optimum between N and D at "
          + "\(NumberText.shortest(budget - optimum.selectionFlops)) FLOP"
      ) { values in
        find(budget, values).map {
          [$0.params, $0.tokens, $0.loss, $0.tokens / (optimum.uniqueTokens ?? 1)]
        }
      }
      return Option(
        params: estimates[0], tokens: estimates[1],
        epochs: optimum.uniqueTokens == nil ? nil : estimates[3], loss: estimates[2],
        probability: probability(place))
    }
    guard let best = lowest(options.map { $0?.loss.value }) else {
      let cheapest = optima.map(\.selectionFlops).min() ?? 0
      throw AnalysisError(
        .badSetting,
        "\(NumberText.shortest(budget)) FLOP do not pay for any selection; the cheapest takes "
          + "\(Quantity.format(cheapest))")
    }
    return AtBudget(flops: budget, options: options, best: best)
  }

  /// The place of the lowest; nil where there is none.
  private static func lowest(_ losses: [Double?]) -> Int? {
    var best: (place: Int, loss: Double)?
    for (place, loss) in losses.enumerated() {
      if let loss, loss < best?.loss ?? .infinity { best = (place, loss) }
    }
    return best?.place
  }

  /// The crossings at which the best of all changes, with the intervals of their pairs.
  static func changes(
    _ curves: [GroupStudy.PairCurve], _ study: GroupStudy, tail: Double?,
    outcomes: [GroupStudy.Outcome], losses: (Double) -> [Double?]
  ) -> [Change] {
    let places = curves.flatMap(\.crossings).map(\.logBudget).sorted()
    let ends = [study.logRange.lowerBound] + places + [study.logRange.upperBound]
    let best = zip(ends, ends.dropFirst()).map { low, high -> Int? in
      lowest(losses(exp((low + high) / 2)))
    }
    return places.indices.compactMap { index in
      guard let from = best[index], let to = best[index + 1], from != to else { return nil }
      var change = Change(budget: exp(places[index]), from: from, to: to)
      let pair = study.pairs.firstIndex { $0 == (min(from, to), max(from, to)) }
      if let tail, !outcomes.isEmpty, let pair,
        curves[pair].crossings.first?.logBudget == places[index]
      {
        let crossing = GroupComparison.Crossing(
          study.pairs[pair], curves[pair], outcomes.map { $0.curves[pair] }, tail: tail)
        (change.lower, change.upper) = (crossing.lower, crossing.upper)
      }
      return change
    }
  }
}
