internal import LeastSquares
public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A model that answers by drawing samples.
public struct SampledModel: Sendable, Hashable {
  /// What it is called.
  public var name: String
  /// Parameters.
  public var params: Double
  /// Compute that training it still takes, in FLOP; 0 for one that exists.
  public var trainingFlops: Double
  /// Tokens processed for a sample, those of the prompt included if it is read anew.
  public var tokensPerSample: Double
  /// How many problems it solves with k samples.
  public var coverage: CoverageAnalysis.Curve

  /// Makes a model.
  ///
  /// - Throws: `AnalysisError` for a number that is not positive, or a training that is negative.
  public init(
    _ name: String, params: Double, trainingFlops: Double = 0, tokensPerSample: Double,
    coverage: CoverageAnalysis.Curve
  ) throws(AnalysisError) {
    for (value, what) in [(params, "parameters"), (tokensPerSample, "tokens per sample")]
    where !(value > 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting, "\(name): \(NumberText.shortest(value)) \(what); give a positive number")
    }
    guard trainingFlops >= 0, trainingFlops.isFinite else {
      throw AnalysisError(
        .badSetting,
        "\(name): \(NumberText.shortest(trainingFlops)) FLOP of training; give 0 or more")
    }
    (self.name, self.params, self.coverage) = (name, params, coverage)
    (self.trainingFlops, self.tokensPerSample) = (trainingFlops, tokensPerSample)
  }

  /// Compute of a sample: 2N FLOP per token.
  public var flopsPerSample: Double { 2 * params * tokensPerSample }

  /// The samples that a budget allows each of so many queries, not necessarily whole.
  func samples(_ flops: Double, queries: Double) -> Double {
    (flops - trainingFlops) / (queries * flopsPerSample)
  }
}

/// Training a larger model or drawing more samples of a smaller one, at equal total compute.
///
///     k = (C - training) / (queries 2 N tokens),   coverage(k)
public struct TrainingOrSampling: Sendable, Hashable {
  /// A model at a budget.
  public struct Option: Sendable, Hashable {
    /// Samples of each query.
    public var samples: Double
    /// The share of queries solved.
    public var coverage: Allocation.Estimate
  }

  /// The models at one budget.
  public struct AtBudget: Sendable, Hashable {
    /// Compute of training and sampling together, in FLOP.
    public var flops: Double
    /// One per model; nil where the budget does not allow a sample of each query.
    public var options: [Option?]
    /// The place of the best; nil where there is none.
    public var best: Int?
    /// For each model, the share of draws in which it is the best; nil without draws.
    public var probabilities: [Double]?
  }

  /// A model and a target.
  public struct Need: Sendable, Hashable {
    /// The coverage.
    public var coverage: Double
    /// For each model, the compute of training and sampling in all; nil where it cannot be reached.
    public var flops: [Allocation.Estimate?]
  }

  /// The names of the models.
  public var models: [String]
  /// Queries to be answered.
  public var queries: Double
  /// One per budget, in the order asked for.
  public var budgets: [AtBudget]
  /// Budgets at which the best model changes.
  public var changes: [DataChoice.Change]
  /// One per target, in the order asked for.
  public var needs: [Need]

  /// Compares models.
  ///
  /// - Parameters:
  ///   - models: at least one.
  ///   - queries: queries to be answered over the life of the model, positive.
  ///   - asked: budgets in FLOP, each positive.
  ///   - targets: coverages, each between 0 and 1.
  ///   - range: where changes are looked for. The default is from a sample of each query by the
  ///     cheapest model to a million of them by the dearest.
  /// - Throws: `AnalysisError` for a number out of range.
  /// - Complexity: some twenty coverages per model and draw.
  public init(
    _ models: [SampledModel], queries: Double, budgets asked: [Double], targets: [Double] = [],
    range: ClosedRange<Double>? = nil
  ) throws {
    precondition(!models.isEmpty, "a comparison takes at least one model")
    for (value, what) in [(queries, "queries")] + asked.map({ ($0, "FLOP") })
    where !(value > 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting, "\(NumberText.shortest(value)) \(what): their number is positive, such as 1e6")
    }
    for target in targets where !(target > 0 && target < 1) {
      throw AnalysisError(
        .badSetting,
        "a target coverage of \(NumberText.shortest(target)): it lies between 0 and 1, such as 0.9")
    }
    let starts = models.map { $0.trainingFlops + queries * $0.flopsPerSample }
    let ends = models.map { $0.trainingFlops + 1e6 * queries * $0.flopsPerSample }
    let range = range ?? (starts.min() ?? 1)...(ends.max() ?? 1)
    guard range.lowerBound > 0, range.upperBound.isFinite, range.lowerBound < range.upperBound
    else {
      throw AnalysisError(
        .badSetting,
        "a range of budgets goes from a positive number to a larger one, such as 1e18,1e26")
    }
    let study = GroupStudy(groups: models.count, budgets: asked, range: range) {
      models.map { model in
        { budget, values in
          let samples = model.samples(budget, queries: queries)
          // What cannot draw a sample of each is worse than anything that can.
          guard samples >= 1 else { return 2 }
          return model.coverage.estimate.with(values).map { 1 - $0.coverage(samples) }
        }
      }
    }
    let center = try study.outcomes([models.map(\.coverage.estimate.parameters)])[0]
    let (draws, drawn) = GroupStudy.paired(
      models.map { $0.coverage.uncertainty?.samples() ?? [] },
      estimates: models.map(\.coverage.estimate.parameters))
    let outcomes = try study.outcomes((0..<drawn).map { draw in draws.map { $0[draw] } })
    self.models = models.map(\.name)
    self.queries = queries
    budgets = asked.indices.map { index in
      let best = outcomes.compactMap { $0.best[index] }
      let options = models.map { model -> Option? in
        let samples = model.samples(asked[index], queries: queries)
        guard samples >= 1 else { return nil }
        return model.coverage.estimate { $0.coverage(samples) }.map {
          Option(samples: samples, coverage: $0)
        }
      }
      return AtBudget(
        flops: asked[index], options: options,
        best: options.contains { $0 != nil } ? center.best[index] : nil,
        probabilities: best.isEmpty
          ? nil
          : models.indices.map { place in
            Double(best.count { $0 == place }) / Double(best.count)
          })
    }
    let level = models.lazy.compactMap { $0.coverage.uncertainty?.level }.first
    changes = DataChoice.changes(
      center.curves, study, tail: level.map { (1 - $0) / 2 }, outcomes: outcomes
    ) { budget in
      models.map { model in
        let samples = model.samples(budget, queries: queries)
        return samples < 1 ? nil : 1 - model.coverage.estimate.coverage(samples)
      }
    }
    needs = targets.map { target in
      Need(
        coverage: target,
        flops: models.map { model in
          model.coverage.estimate { curve in
            curve.samples(reaching: target).map {
              model.trainingFlops + queries * model.flopsPerSample * max($0, 1)
            }
          }
        })
    }
  }
}
