public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One law fitted to several groups of runs, such as data recipes: which is best depends on the
/// budget, and this says where that changes and how sure it is.
public struct GroupComparison: Sendable, Hashable {
  /// The groups at one budget.
  public struct AtBudget: Sendable, Hashable {
    /// The budget: FLOP, or the one variable of the law.
    public var budget: Double
    /// The loss of each group: at the compute-optimal split, or at the value of the one variable;
    /// nil where a group has no optimum.
    public var losses: [Allocation.Estimate?]
    /// For each group, the share of draws in which its loss is the smallest; nil without draws.
    public var probabilities: [Double]?
    /// The draws in which every group has a loss; only they count.
    public var draws: Int
  }

  /// Where the curves of two groups cross.
  public struct Crossing: Sendable, Hashable {
    /// The place of one group.
    public var first: Int
    /// The place of the other.
    public var second: Int
    /// The group that is better below the crossing, or everywhere in the range where there is none;
    /// nil where a group has no loss in the range.
    public var betterBelow: Int?
    /// The budgets of all crossings in the range, ascending.
    public var budgets: [Double]
    /// The lower end of the interval of the first crossing; nil where it lies below the range, or
    /// there is none.
    public var lower: Double?
    /// The upper end; nil where it lies above the range, or there is none.
    public var upper: Double?
    /// Draws of both groups, drawn independently.
    public var draws: Int
    /// Draws that cross in the range the same way; where the estimates do not cross, those that do.
    public var crossed: Int
    /// Draws without such a crossing in which the order is that above it: they cross below the
    /// range, if at all.
    public var below: Int
    /// Draws without such a crossing in which the order is that below it.
    public var above: Int
    /// Draws that cross the other way only, or in which a group has no loss: no part of the
    /// interval.
    ///
    /// Where the estimates do not cross, those that do not either.
    public var other: Int
  }

  /// The law.
  public var law: String
  /// The groups, in the order of the fits.
  public var groups: [String]
  /// What a budget is: `C`, or the one variable of the law.
  public var variable: String
  /// The range in which crossings are looked for.
  public var range: ClosedRange<Double>
  /// The level of the intervals.
  public var level: Double
  /// One per budget, in the order asked for.
  public var budgets: [AtBudget]
  /// One per pair of groups.
  public var crossings: [Crossing]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Compares groups.
  ///
  /// Intervals of crossings are order statistics of the crossings of all draws, those beyond the
  /// range included, rounded outwards: an end that lies beyond the range is open. Draw r of one
  /// group goes with draw r of another; the groups' runs are different runs, and their draws are
  /// independent.
  ///
  /// - Parameters:
  ///   - fits: fits of one law, each with its group, at least two.
  ///   - asked: budgets in FLOP, or values of the law's one variable; each positive.
  ///   - stated: where crossings are looked for. The default is from the smallest budget of the
  ///     data to a thousand times the largest.
  ///   - inputs: values of further inputs, such as U.
  ///   - count: how many draws to make from a covariance. The default is 2000.
  ///   - seed: their seed; group k uses the seed plus k. The default is 0.
  ///   - tasks: tasks to run at once; results do not depend on it. The default is one per
  ///     processor.
  /// - Throws: `AnalysisError` for a budget or range that is not positive, or a law that is neither
  ///   one of N and D nor one of a single variable.
  /// - Complexity: some twenty optima per group and draw.
  public init(
    _ fits: LawFits, budgets asked: [Double] = [], range stated: ClosedRange<Double>? = nil,
    inputs: [String: Double] = [:], draws count: Int = 2000, seed: UInt64 = 0, tasks: Int? = nil
  ) async throws {
    let laws = try fits.fits.map(EstimatedLaw.init)
    guard laws.count > 1, let first = fits.fits.first else {
      throw AnalysisError(.badSetting, "a comparison takes at least two groups")
    }
    for budget in asked where !(budget > 0 && budget.isFinite) {
      throw AnalysisError(
        .badSetting,
        "a budget of \(NumberText.shortest(budget)): a budget is positive, such as 1e24")
    }
    let curves = try laws.map { try LossAtBudget($0, inputs: inputs) }
    law = first.law.name
    groups = fits.fits.enumerated().map { $1.group ?? String($0 + 1) }
    variable = curves[0].variable
    range = try Self.range(stated, laws, curves[0].variable)
    level = first.interval.level
    warnings = zip(groups, laws).flatMap { group, law in law.warnings.map { "\(group): \($0)" } }
    let samples = laws.enumerated().map {
      $1.uncertainty?.samples(count, seed: seed &+ UInt64($0)) ?? []
    }
    let drawn = samples.map(\.count).min() ?? 0
    if drawn == 0 {
      warnings.append("a group has no uncertainty: crossings and ranks are given without")
    }
    let study = GroupStudy(groups: laws.count, budgets: asked, range: range) {
      try laws.map { law in
        let curve = try LossAtBudget(law, inputs: inputs)
        return { budget, values in curve.loss(budget, values) }
      }
    }
    let center = try study.outcomes([laws.map(\.values)])[0]
    let outcomes = try await study.outcomes(samples, count: drawn, tasks: tasks ?? Processors.count)
    self.budgets = asked.indices.map { index in
      let best = outcomes.compactMap { $0.best[index] }
      let losses = zip(laws, curves).map { law, curve -> Allocation.Estimate? in
        curve.loss(asked[index], law.values).map { value in
          Allocation.Estimate(
            value: value,
            interval: law.uncertainty?.interval(isPositive: value > 0) {
              curve.loss(asked[index], $0)
            })
        }
      }
      return AtBudget(
        budget: asked[index], losses: losses,
        probabilities: best.isEmpty
          ? nil
          : laws.indices.map { group in
            Double(best.count { $0 == group }) / Double(best.count)
          },
        draws: best.count)
    }
    let tail = (1 - level) / 2
    crossings = study.pairs.indices.map { pair in
      Crossing(
        study.pairs[pair], center.curves[pair], outcomes.map { $0.curves[pair] }, tail: tail)
    }
    if variable == "C", let warning = asked.max().flatMap(laws[0].warningBeyondData) {
      warnings.append(warning)
    }
  }

  /// The range in which crossings of groups are looked for unless one is stated: from the smallest
  /// budget of the data to a thousand times the largest.
  ///
  /// - Throws: `AnalysisError` as the comparison does.
  public static func range(
    of fits: LawFits, inputs: [String: Double] = [:]
  ) throws -> ClosedRange<Double> {
    let laws = try fits.fits.map(EstimatedLaw.init)
    guard let first = laws.first else {
      throw AnalysisError(.badSetting, "a comparison takes at least two groups")
    }
    return try range(nil, laws, LossAtBudget(first, inputs: inputs).variable)
  }

  private static func range(
    _ stated: ClosedRange<Double>?, _ laws: [EstimatedLaw], _ variable: String
  ) throws(AnalysisError) -> ClosedRange<Double> {
    if let stated {
      guard stated.lowerBound > 0, stated.upperBound.isFinite,
        stated.lowerBound < stated.upperBound
      else {
        throw AnalysisError(
          .badSetting,
          "a range of budgets goes from a positive number to a larger one, such as 1e18,1e26")
      }
      return stated
    }
    let ranges = laws.compactMap { $0.ranges[variable] }
    guard let lower = ranges.map(\.lower).min(), let upper = ranges.map(\.upper).max(), lower > 0
    else {
      throw AnalysisError(
        .badSetting, "the budgets of the data are not known; give the range (--range 1e18,1e26)")
    }
    return lower...(1000 * upper)
  }
}

extension GroupComparison.Crossing {
  init(
    _ pair: (first: Int, second: Int), _ center: GroupStudy.PairCurve,
    _ draws: [GroupStudy.PairCurve], tail: Double
  ) {
    (first, second) = pair
    budgets = center.crossings.map { exp($0.logBudget) }
    betterBelow = center.startsFirst.map { $0 ? pair.first : pair.second }
    self.draws = draws.count
    (crossed, below, above, other) = (0, 0, 0, 0)
    guard let place = center.crossings.first else {
      // Nothing to be above or below of: only how many draws cross at all.
      crossed = draws.count { !$0.crossings.isEmpty }
      other = draws.count - crossed
      return
    }
    var values: [Double] = []
    for draw in draws {
      let same = draw.crossings.filter { $0.firstIsBetterBelow == place.firstIsBetterBelow }
      let nearest = same.min {
        abs($0.logBudget - place.logBudget) < abs($1.logBudget - place.logBudget)
      }
      if let nearest {
        crossed += 1
        values.append(nearest.logBudget)
      } else if draw.crossings.isEmpty, let startsFirst = draw.startsFirst {
        let isAbove = startsFirst == place.firstIsBetterBelow
        if isAbove { above += 1 } else { below += 1 }
        values.append(isAbove ? .infinity : -.infinity)
      } else {
        other += 1
      }
    }
    guard !values.isEmpty else { return }
    values.sort()
    let last = Double(values.count - 1)
    let ends = (values[Int(tail * last)], values[Int(((1 - tail) * last).rounded(.up))])
    lower = ends.0.isFinite ? exp(ends.0) : nil
    upper = ends.1.isFinite ? exp(ends.1) : nil
  }
}
