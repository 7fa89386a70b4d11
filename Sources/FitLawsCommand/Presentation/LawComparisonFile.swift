internal import Planning
internal import ScalingLaws

/// A comparison of laws as JSON: `fitlaws.comparison/1` of kind `laws`.
struct LawComparisonFile: Encodable {
  struct Score: Encodable {
    var rms: Double
    var bias: Double
    var rows: Int

    init(_ error: ExtrapolationError) { (rms, bias, rows) = (error.rms, error.bias, error.rows) }
  }

  struct LawPart: Encodable {
    var name: String
    var formula: String
    var parameters: [String: Double]
    var freeParameters: Int?
    var objective: Double
    var scale: Double?
    var logLikelihood: Double?
    var aicc: Double?
    var deltaAICc: Double?
    var akaikeWeight: Double?
    var holdout: Score?
    var rolling: Score?
    var warnings: [String]

    init(_ entry: LawComparison.Entry) {
      name = entry.name
      formula = entry.fit.law.formula
      parameters = Dictionary(
        uniqueKeysWithValues: entry.fit.parameters.map { ($0.name, $0.estimate) })
      freeParameters = entry.likelihood?.freeParameters
      objective = entry.fit.objective.value
      (scale, logLikelihood) = (entry.likelihood?.scale, entry.likelihood?.logLikelihood)
      (aicc, deltaAICc) = (entry.likelihood?.aicc, entry.deltaAICc)
      akaikeWeight = entry.akaikeWeight
      holdout = entry.holdout.map(Score.init)
      rolling = entry.rolling.map(Score.init)
      warnings = entry.fit.quality.warnings
    }
  }

  struct HoldoutPart: Encodable {
    var fitted: Int
    var heldOut: Int
    var largestFitted: Double
    var largest: Double
  }

  struct RollingPart: Encodable {
    var steps: Int
    var levels: Int
    var rows: Int
    var isGrid: Bool
  }

  struct Decision: Encodable {
    var law: String
    var params: NumberPart?
    var tokens: NumberPart?
    var tokensPerParam: NumberPart?
    var loss: NumberPart?
    /// By the law that is true.
    var wasted: [String: Double]
  }

  struct Overlap: Encodable {
    var laws: [String]
    var params: Bool
    var tokens: Bool
    var loss: Bool
  }

  struct Budget: Encodable {
    var flops: Double
    var decisions: [Decision]
    var overlaps: [Overlap]
  }

  var schema = "fitlaws.comparison/1"
  var version = fitLawsVersion
  var kind = "laws"
  var source: String
  var sha256: String
  var rows: Int
  var residuals: String
  var loss: String
  var delta: Double?
  var orderedBy: String?
  var holdout: HoldoutPart?
  var rolling: RollingPart?
  var laws: [LawPart]
  var bestByAICc: String?
  var bestByHoldout: String?
  var bestByRolling: String?
  var level: Double?
  var budgets: [Budget]?
  var warnings: [String]

  init(_ comparison: LawComparison, _ decisions: DecisionComparison?) {
    let first = comparison.entries[0].fit
    (source, sha256, rows) = (first.data.source, first.data.sha256, comparison.rows)
    (residuals, loss, delta) = (
      first.objective.residuals, first.objective.loss, first.objective.delta
    )
    orderedBy = comparison.scale
    holdout = comparison.holdout.map {
      HoldoutPart(
        fitted: $0.fitted, heldOut: $0.heldOut, largestFitted: $0.largestFitted,
        largest: $0.largest)
    }
    rolling = comparison.rolling.map {
      RollingPart(steps: $0.steps, levels: $0.levels, rows: $0.rows, isGrid: $0.isGrid)
    }
    laws = comparison.entries.map(LawPart.init)
    bestByAICc = comparison.bestByAICc?.name
    bestByHoldout = comparison.bestByHoldout?.name
    bestByRolling = comparison.bestByRolling?.name
    level = decisions?.level
    budgets = decisions.map { decisions in
      decisions.budgets.map { Self.budget($0, decisions.laws) }
    }
    warnings = comparison.warnings + (decisions?.warnings ?? [])
  }

  private static func budget(
    _ budget: DecisionComparison.AtBudget, _ laws: [String]
  ) -> Budget {
    Budget(
      flops: budget.flops,
      decisions: laws.indices.map { index in
        let allocation = budget.allocations[index]
        let wasted = zip(laws, budget.waste[index]).compactMap { law, share in
          share.map { (law, $0) }
        }
        return Decision(
          law: laws[index], params: (allocation?.params).map(NumberPart.init),
          tokens: (allocation?.tokens).map(NumberPart.init),
          tokensPerParam: (allocation?.tokensPerParam).map(NumberPart.init),
          loss: (allocation?.loss).map(NumberPart.init),
          wasted: Dictionary(uniqueKeysWithValues: wasted))
      },
      overlaps: budget.overlaps.map {
        Overlap(
          laws: [laws[$0.first], laws[$0.second]], params: $0.params, tokens: $0.tokens,
          loss: $0.loss)
      })
  }
}
