// The search for the global optimum: seeds, polishing, and what the result says about both.

/// Buffers and solver workspaces of one task, reused from fit to fit.
///
/// Pass the same scratch to consecutive calls of one task; it must not be shared between tasks.
public final class FitScratch {
  var polisher: Polisher?
  /// The fitter the contents belong to; another one starts afresh.
  var owner: FitterIdentity?
  var work = SeedWork()

  /// Makes empty scratch; it grows on first use.
  public init() {}
}

/// Tells fitters apart.
final class FitterIdentity: Sendable {}

/// Fits one problem, and bootstrap replicates of it, to the global optimum.
///
/// What does not depend on the weights (the columns of the linear problem over the whole search
/// grid) is computed once here and shared by all replicates. A fitter is Sendable: several tasks
/// may call it at once, each with its own ``FitScratch``. Results depend on the arguments alone.
public struct GlobalFitter<Model: RegressionModel>: Sendable {
  /// The problem.
  public let problem: Problem<Model>
  /// How it is searched.
  public let options: FitOptions

  private let identity = FitterIdentity()
  let free: [Int]
  let coordinates: [Coordinate]
  let ranges: [SearchRange]
  /// The grid of laws that are linear but for one or two parameters with a stated range.
  let plan: SeedPlan?
  /// The form that every other law is searched in.
  let form: (any SearchModel)?

  /// Checks the problem and prepares the search.
  ///
  /// - Throws: ``FitError`` naming the row, parameter or option at fault.
  /// - Complexity: O(rows * distinct columns) evaluations of the model.
  public init(_ problem: Problem<Model>, options: FitOptions = FitOptions()) throws(FitError) {
    try self.init(problem, options: options, form: nil)
  }

  /// The same search for another response on the same rows.
  public func replacing(response: [Double]) throws(FitError) -> GlobalFitter {
    var problem = problem
    problem.response = response
    return try GlobalFitter(problem, options: options, form: form)
  }

  private init(
    _ problem: Problem<Model>, options: FitOptions, form known: (any SearchModel)?
  ) throws(FitError) {
    try problem.validate()
    try options.validate()
    for (index, start) in options.starts.enumerated() {
      guard start.count == problem.model.parameterCount, start.allSatisfy(\.isFinite) else {
        throw FitError(.badStart(index: index))
      }
    }
    self.problem = problem
    self.options = options
    free = (0..<problem.model.parameterCount).filter { problem.fixed[$0] == nil }
    coordinates = problem.bounds.map(Coordinate.init)
    ranges = zip(problem.searchRanges, problem.bounds).map { $0 ?? .standard(for: $1) }
    guard options.search == .global, !free.isEmpty else {
      plan = nil
      form = nil
      return
    }
    let rows = problem.weights.map { weights in weights.indices.filter { weights[$0] != 0 } }
    plan = SeedPlan(
      model: problem.model, rows: rows ?? Array(problem.response.indices),
      response: problem.response, isScaled: problem.residuals != .raw, fixed: problem.fixed,
      stated: problem.searchRanges, ranges: ranges, bounds: problem.bounds, options: options)
    form = plan == nil ? known ?? Self.form(of: problem, ranges) : nil
  }

  private static func form(of problem: Problem<Model>, _ ranges: [SearchRange])
    -> any SearchModel
  {
    problem.model.searchModel(bounds: problem.bounds, fixed: problem.fixed)
      ?? DirectSearchModel(problem, ranges: ranges)
  }

  /// A start of which only some parameters are known: the others at the middle of where they are looked
  /// for, or solved for where the law is linear in them.
  ///
  /// - Parameter known: A value or nil for each parameter.
  /// - Returns: A value for each parameter.
  public func completing(_ known: [Double?]) -> [Double] {
    let form = form ?? Self.form(of: problem, ranges)
    let middle = form.makeSeedSampler().draw(
      form.nonlinear.map { _ in 0.5 }, wide: 1, layer: 0)
    func filled(_ values: [Double]) -> [Double] {
      values.indices.map { known[$0] ?? problem.fixed[$0] ?? values[$0] }
    }
    var theta = form.searched(filled(form.typed(middle)))
    let weights = problem.weights ?? Array(repeating: 1, count: problem.model.rowCount)
    let projection = projection(form, weights)
    var c = form.linear.map { theta[$0] }
    var sides: [Int8] = []
    if projection.evaluateBasis(at: theta),
      projection.solve(&c, &sides, limit: 20, tolerance: 1e-6, warm: false).isFinite
    {
      for (j, value) in zip(form.linear, c) { theta[j] = value }
    }
    return filled(form.typed(theta))
  }

  // MARK: - Fitting

  /// Fits the problem.
  ///
  /// - Returns: The best optimum found; "did not converge" is in its termination.
  /// - Throws: ``FitError`` `outOfMemory`.
  public func fit() throws(FitError) -> Fit {
    let scratch = FitScratch()
    let weights = problem.weights ?? Array(repeating: 1, count: problem.model.rowCount)
    var fit = try run(weights: weights, near: nil, scratch: scratch, isReplicate: false)
    if let objective = scratch.polisher?.objective {
      // It still holds the rows, at these parameters.
      fit.residuals = spread(objective.residuals(), over: weights)
    }
    return fit
  }

  /// Fits a bootstrap replicate: row weights are multiplied by counts.
  ///
  /// Over a shared grid the replicate gets a global search of its own. Any other law is followed from
  /// the warm start and from those other optima of the fit that come near it on these rows; only where
  /// that ends in no minimum, or without a warm start, is it searched again. Rows of count 0 are left
  /// out.
  ///
  /// - Parameters:
  ///   - counts: One value >= 0 a row.
  ///   - near: Where a warm start is made, usually the fit of all rows; seeds of a grid that lie in
  ///   the valley it ends in are then not polished again.
  ///   - scratch: Buffers of the calling task.
  /// - Returns: The best optimum found, without residuals.
  /// - Throws: ``FitError`` `tooFewRows` when fewer rows are left than free parameters,
  ///   `wrongCount`, `badWeight`, `outOfMemory`.
  public func fit(
    rowWeights counts: [Double], near: WarmStart? = nil, scratch: FitScratch = FitScratch()
  ) throws(FitError) -> Fit {
    guard counts.count == problem.model.rowCount else {
      throw FitError(.wrongCount(what: "rowWeights", expected: problem.model.rowCount))
    }
    var weights = counts
    if let row = counts.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw FitError(.badWeight(row: row))
    }
    if let base = problem.weights {
      for row in weights.indices { weights[row] *= base[row] }
    }
    return try run(weights: weights, near: near, scratch: scratch, isReplicate: true)
  }

  /// The residuals at parameters, one a row; 0 for rows of weight 0.
  public func residuals(at parameters: [Double]) -> [Double] {
    let weights = problem.weights ?? Array(repeating: 1, count: problem.model.rowCount)
    let (objective, _) = makeObjective(weights: weights)
    objective.parameters = parameters
    return spread(objective.residuals(), over: weights)
  }

  /// One value a row of the problem: those of the rows of positive weight, 0 for the others.
  private func spread(_ values: [Double], over weights: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: weights.count)
    for (row, value) in zip(weights.indices.lazy.filter { weights[$0] > 0 }, values) {
      result[row] = value
    }
    return result
  }

  /// The objective at parameters; infinite where f is outside its domain.
  public func objective(at parameters: [Double]) -> Double {
    let (objective, _) = makeObjective(
      weights: problem.weights ?? Array(repeating: 1, count: problem.model.rowCount))
    objective.parameters = parameters
    return objective.evaluateNatural()
  }

  // MARK: - Parts

  /// An objective over the rows of positive weight, with their indices.
  func makeObjective(weights: [Double]) -> (Objective, [Int]) {
    let rows = weights.indices.filter { weights[$0] > 0 }
    let model = rows.count == weights.count ? problem.model : problem.model.selecting(rows: rows)
    let objective = Objective(
      parameterCount: problem.model.parameterCount, pairs: problem.model.hessianPairs,
      coordinates: coordinates, kind: problem.residuals, loss: problem.loss)
    objective.load(
      evaluator: model.makeEvaluator(), response: rows.map { problem.response[$0] },
      weights: rows.map { weights[$0] })
    return (objective, rows)
  }

  private func polisher(weights: [Double], scratch: FitScratch) throws(FitError) -> Polisher {
    let rows = weights.indices.filter { weights[$0] > 0 }
    if rows.count < max(free.count, 1) {
      throw FitError(.tooFewRows(rows: rows.count, free: free.count))
    }
    guard let polisher = scratch.polisher, scratch.owner === identity
    else {
      let (objective, _) = makeObjective(weights: weights)
      let polisher = Polisher(
        objective: objective, coordinates: coordinates, bounds: problem.bounds, free: free,
        maximumIterations: options.maximumIterations)
      scratch.polisher = polisher
      scratch.owner = identity
      scratch.work = SeedWork()
      return polisher
    }
    let model = rows.count == weights.count ? problem.model : problem.model.selecting(rows: rows)
    let response = problem.response
    polisher.objective.loss = problem.loss
    polisher.objective.load(
      evaluator: model.makeEvaluator(), response: rows.map { response[$0] },
      weights: rows.map { weights[$0] })
    return polisher
  }

  private func run(weights: [Double], near: WarmStart?, scratch: FitScratch, isReplicate: Bool)
    throws(FitError) -> Fit
  {
    let polisher = try polisher(weights: weights, scratch: scratch)
    polisher.decrementGoal = isReplicate ? 1e-18 : 1e-24
    // A replicate with next to no information about a parameter has long flat valleys from every
    // seed: only the best of them is followed further than this.
    polisher.maximumIterations =
      isReplicate
      ? min(FitOptions.replicateIterations, options.maximumIterations) : options.maximumIterations
    var tally = SearchTally(exactValue: 1e4 * polisher.objective.exactValue)
    if !isReplicate || options.search == .local {
      for start in options.starts {
        let optimum = try polish(placed(start), polisher, isStart: true)
        tally.add(optimum, isStart: true)
      }
    }
    if let near, form == nil {
      tally.add(try polish(placed(near.parameters), polisher, isStart: false), isStart: true)
    }
    if plan != nil {
      try searchGrid(weights, isWarm: near != nil, isReplicate, polisher, scratch, &tally)
      if !isReplicate, let best = tally.best, !isAgreed(tally, best) {
        try searchFreely(Self.form(of: problem, ranges), weights, near: nil, polisher, &tally)
      }
    } else if let form {
      try searchFreely(form, weights, near: near, polisher, &tally)
    }
    if free.isEmpty { tally.add(try polish(placed([]), polisher, isStart: false), isStart: false) }
    if isReplicate, options.maximumIterations > FitOptions.replicateIterations,
      let best = tally.best, best.termination == .iterationLimit
    {
      polisher.maximumIterations = options.maximumIterations
      let start = Start(parameters: best.parameters, frozen: best.frozen)
      tally.follow(try polish(start, polisher, isStart: false))
    }
    return try assemble(tally, polisher)
  }

  func polish(_ start: Start, _ polisher: Polisher, isStart: Bool) throws(FitError)
    -> LocalOptimum
  {
    if problem.loss == .absolute {
      return try polisher.polishAbsolute(start.parameters, frozen: start.frozen)
    }
    switch options.method {
    case .gaussNewtonQR:
      return try polisher.polishByQR(start.parameters, frozen: start.frozen)
    case .automatic, .newton:
      return try polisher.polishWithinBounds(
        start.parameters, frozen: start.frozen,
        qrFirst: isStart && options.method == .automatic && problem.loss == .squares)
    }
  }

  private func assemble(_ tally: SearchTally, _ polisher: Polisher) throws(FitError) -> Fit {
    guard var best = tally.best else {
      preconditionFailure("a search polishes at least one start")
    }
    if options.method != .gaussNewtonQR && problem.loss != .absolute && !tally.isSettled {
      best = try polisher.settle(best)
    }
    polisher.objective.parameters = best.parameters
    var rss = 0.0
    if problem.loss == .squares {
      rss = best.objective
    } else if best.objective.isFinite {
      for (r, w) in zip(polisher.objective.residuals(), polisher.objective.weights) {
        rss += w * r * r
      }
    } else {
      rss = .infinity
    }
    return Fit(
      parameters: best.parameters, objective: best.objective, rss: rss, residuals: nil,
      gradientNorm: best.gradientNorm, termination: best.termination,
      evaluations: polisher.objective.evaluations, iterations: best.iterations,
      seeds: tally.seeds, polished: tally.starts, reached: tally.reached,
      distinctOptima: tally.distinct, certificate: certificate(tally, best, polisher),
      alternatives: tally.alternatives, atBound: best.frozen,
      usedOwnSeeds: tally.usedOwnSeeds, startObjectives: tally.startObjectives)
  }
}
