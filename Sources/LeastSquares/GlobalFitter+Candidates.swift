/// A point to polish from, with the parameters that begin on their bound.
struct Start {
  var parameters: [Double]
  var frozen: [Bool]
  var objective = Double.infinity
  /// Whether a linear term was taken away on purpose.
  var isVanishing = false
}

extension GlobalFitter {
  /// A start of the caller, with the fixed parameters put in.
  func placed(_ start: [Double]) -> Start {
    let count = problem.model.parameterCount
    var parameters = start.count == count ? start : Array(repeating: 0, count: count)
    for (j, value) in problem.fixed.enumerated() {
      if let value { parameters[j] = value }
    }
    return Start(parameters: parameters, frozen: Array(repeating: false, count: count))
  }

  /// The seeds of the search, best objective first.
  func candidates(
    _ weights: [Double], _ polisher: Polisher, _ scratch: FitScratch, vanishing: Bool,
    spread: Bool = false
  ) -> [Start] {
    guard !free.isEmpty else { return [] }
    var starts: [Start] = []
    if let plan {
      let seeds = plan.seeds(
        weights: plan.rows.map { weights[$0] }, bounds: problem.bounds,
        limit: options.seedsPolished, vanishing: vanishing, spread: spread, work: &scratch.work)
      for seed in seeds {
        var start = placed([])
        start.isVanishing = seed.isVanishing
        for (a, j) in plan.axes.enumerated() {
          start.parameters[j] = inside(j, plan.points[seed.point * plan.axes.count + a])
        }
        for (k, j) in plan.linear.enumerated() {
          start.parameters[j] = seed.linear[k]
          if seed.active[k] {
            start.frozen[j] = true
            let bound = problem.bounds[j]
            start.parameters[j] =
              abs(seed.linear[k] - bound.lower) <= abs(seed.linear[k] - bound.upper)
              ? bound.lower : bound.upper
          }
        }
        starts.append(start)
      }
    }
    if starts.isEmpty { starts.append(middle()) }
    for i in starts.indices {
      polisher.objective.parameters = starts[i].parameters
      starts[i].objective = polisher.objective.evaluateNatural()
    }
    // Seven digits: between starts that differ in the order of equal terms, rounding decides nothing.
    let order = starts.indices.sorted {
      (Float(starts[$0].objective), $0) < (Float(starts[$1].objective), $1)
    }
    return order.map { starts[$0] }
  }

  /// Weights that hold outliers down, w m / max(m, abs(r)) with m the median residual.
  ///
  /// nil where there are none to speak of (the root mean square is below three times the scale
  /// the median gives), or the loss is least squares.
  func robustWeights(_ weights: [Double], _ best: LocalOptimum, _ polisher: Polisher) -> [Double]? {
    guard problem.loss != .squares, best.objective.isFinite else { return nil }
    polisher.objective.parameters = best.parameters
    let sizes = polisher.objective.residuals().map { abs($0) }
    let square = sizes.reduce(0) { $0 + $1 * $1 } / Double(sizes.count)
    // Whether the median lies below a third of the deviation, before it is looked for.
    let third = square.squareRoot() / (3 * 1.4826)
    guard sizes.count(where: { $0 < third }) > sizes.count / 2 else { return nil }
    let median = sizes.sorted()[sizes.count / 2]
    guard median > 0 else { return nil }
    var result = Array(repeating: 0.0, count: weights.count)
    for (row, size) in zip(weights.indices.filter { weights[$0] > 0 }, sizes) {
      result[row] = weights[row] * median / max(median, size)
    }
    return result
  }

  /// The middle of every range: the start when the linear problem could be solved nowhere.
  private func middle() -> Start {
    var start = placed([])
    for j in free { start.parameters[j] = inside(j, ranges[j].point(at: 0.5)) }
    return start
  }

  /// A seed of a nonlinear parameter, moved inside its bounds by 1e-3 of its search range.
  private func inside(_ j: Int, _ value: Double) -> Double {
    coordinates[j].inside(value, distance: 1e-3 * (ranges[j].upper - ranges[j].lower))
  }
}

/// What the polished starts led to.
struct SearchTally {
  private(set) var best: LocalOptimum?
  private(set) var objectives: [Double] = []
  private(set) var startObjectives: [Double] = []
  private var bestIsStart = false
  private var seedBest = Double.infinity
  /// Objectives up to this, residuals of a hundred times their rounding, are all called exact fits.
  let exactValue: Double
  var seeds = 0

  init(exactValue: Double) { self.exactValue = exactValue }

  /// Two objectives within this relative distance are one optimum.
  static let same = 1e-6

  /// Adds an optimum.
  ///
  /// A seed takes the place of a given start only where it is better by more than rounding: an
  /// equal optimum with the terms of the law exchanged is the start's own.
  mutating func add(_ optimum: LocalOptimum, isStart: Bool) {
    objectives.append(optimum.objective)
    if isStart {
      startObjectives.append(optimum.objective)
    } else {
      seedBest = min(seedBest, optimum.objective)
    }
    guard let known = best else {
      best = optimum
      bestIsStart = isStart
      return
    }
    let isBetter =
      bestIsStart && !isStart
      ? optimum.objective < known.objective * (1 - 1e-9) && known.objective > exactValue
      : optimum.objective < known.objective * (1 - 1e-13)
    if isBetter {
      best = optimum
      bestIsStart = isStart
    }
  }

  /// Takes what the best led to when it was polished further.
  mutating func follow(_ optimum: LocalOptimum) {
    objectives.append(optimum.objective)
    if let known = best, optimum.objective <= known.objective { best = optimum }
  }

  /// What a free search says of itself; nil for a grid.
  var search: SearchResult?

  /// Whether the best is the end of a warm descent, which looked at the bounds itself.
  var isSettled = false

  /// Starts followed to an end.
  var starts: Int { search.map { $0.starts + startObjectives.count } ?? objectives.count }

  /// Optima other than the best, best first: where else a resample of the rows may have its own.
  var alternatives: [[Double]] = []

  /// How many starts ended at the best objective.
  var reached: Int {
    if let search { return search.hits }
    guard let best, best.objective.isFinite else { return 0 }
    return objectives.count { $0 <= best.objective * (1 + SearchTally.same) }
  }

  /// The distinct objectives, ascending.
  var distinct: [Double] {
    var result: [Double] = []
    let ends = search.map { $0.basins.map(\.value) } ?? []
    for value in (objectives + ends).sorted() where value.isFinite {
      if let last = result.last, value <= last * (1 + SearchTally.same) { continue }
      result.append(value)
    }
    return result
  }

  /// Whether every given start failed where a seed succeeded.
  var usedOwnSeeds: Bool {
    guard let startBest = startObjectives.min(), startBest > exactValue else { return false }
    return seedBest * (1 + SearchTally.same) < startBest
  }
}
