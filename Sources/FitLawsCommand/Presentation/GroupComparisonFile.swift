internal import Planning
internal import ScalingLaws

/// A comparison of groups as JSON: `fitlaws.comparison/1` of kind `groups`.
struct GroupComparisonFile: Encodable {
  struct Group: Encodable {
    var group: String
    var rows: Int
    var parameters: [String: Double]
    var warnings: [String]
  }

  struct Standing: Encodable {
    var group: String
    var loss: NumberPart?
    var probabilityBest: Double?
  }

  struct Budget: Encodable {
    var budget: Double
    var draws: Int
    var groups: [Standing]
  }

  struct Crossing: Encodable {
    var groups: [String]
    var betterBelow: String?
    var budgets: [Double]
    var lower: Double?
    var upper: Double?
    var draws: Int
    var crossed: Int
    var belowRange: Int
    var aboveRange: Int
    var other: Int
  }

  var schema = "fitlaws.comparison/1"
  var version = fitLawsVersion
  var kind = "groups"
  var source: String
  var sha256: String
  var law: String
  var formula: String
  var column: String
  var variable: String
  var level: Double
  var method: String
  /// Its two ends.
  var range: [Double]
  var groups: [Group]
  var budgets: [Budget]
  var crossings: [Crossing]
  var warnings: [String]

  init(column: String, fits: [LawFit], _ comparison: GroupComparison) {
    let names = comparison.groups
    (source, sha256) = (fits[0].data.source, fits[0].data.sha256)
    (law, formula, self.column) = (fits[0].law.name, fits[0].law.formula, column)
    (variable, level) = (comparison.variable, comparison.level)
    range = [comparison.range.lowerBound, comparison.range.upperBound]
    method = fits[0].interval.method
    groups = zip(names, fits).map { name, fit in
      Group(
        group: name, rows: fit.data.rows,
        parameters: Dictionary(
          uniqueKeysWithValues: fit.parameters.map { ($0.name, $0.estimate) }),
        warnings: fit.quality.warnings)
    }
    budgets = comparison.budgets.map { budget in
      Budget(
        budget: budget.budget, draws: budget.draws,
        groups: names.indices.map {
          Standing(
            group: names[$0], loss: budget.losses[$0].map(NumberPart.init),
            probabilityBest: budget.probabilities?[$0])
        })
    }
    crossings = comparison.crossings.map {
      Crossing(
        groups: [names[$0.first], names[$0.second]],
        betterBelow: $0.betterBelow.map { names[$0] }, budgets: $0.budgets, lower: $0.lower,
        upper: $0.upper, draws: $0.draws, crossed: $0.crossed, belowRange: $0.below,
        aboveRange: $0.above, other: $0.other)
    }
    warnings = comparison.warnings
  }
}
