// The search in rewritten parameters, and what the result of any search claims.

extension GlobalFitter {
  /// Searches for the optimum, or follows a warm start and the other optima known.
  func searchFreely(
    _ form: any SearchModel, _ weights: [Double], near: WarmStart?, _ polisher: Polisher,
    _ tally: inout SearchTally
  ) throws(FitError) {
    var search = search(form, weights)
    let warm = near.flatMap { search.follow($0.parameters, others: $0.others) }
    tally.search = warm ?? search.run()
    guard let result = tally.search else { return }
    tally.seeds = result.seeds
    polisher.objective.evaluations += result.evaluations
    var last = -Double.infinity
    for basin in result.basins where basin.value > last * (1 + 1e-5) || last < 0 {
      // One end of each basin; the others only if the best one cannot be followed as typed.
      if let best = tally.best, best.objective <= basin.value * (1 + 1e-9) { break }
      last = basin.value
      let start = start(of: basin, form)
      if warm != nil, let optimum = optimum(at: start, basin, polisher) {
        tally.add(optimum, isStart: false)
        tally.isSettled = true
      } else {
        tally.add(try polish(start, polisher, isStart: false), isStart: false)
      }
    }
    if near == nil { tally.alternatives = alternatives(to: tally.best, result, form) }
  }

  /// The end of a warm descent as it is, within 1e-4 standard errors of the minimum; nil where it is no
  /// minimum, or the law as typed has another value.
  private func optimum(at start: Start, _ end: SearchPoint, _ polisher: Polisher) -> LocalOptimum? {
    guard end.end.isMinimum, problem.loss != .absolute else { return nil }
    polisher.objective.parameters = start.parameters
    let value = polisher.objective.evaluateNatural()
    guard abs(value - end.value) <= 1e-9 * end.value else { return nil }
    return LocalOptimum(
      parameters: start.parameters, frozen: start.frozen, objective: value, gradientNorm: .nan,
      termination: .converged, iterations: 0)
  }

  /// The most other optima that a resample is tried at.
  private static var mostAlternatives: Int { 8 }

  /// The ends of the search above the best, one of each objective; not those that it gave up.
  private func alternatives(
    to best: LocalOptimum?, _ result: SearchResult, _ form: any SearchModel
  ) -> [[Double]] {
    var last = best?.objective ?? .infinity
    var found: [[Double]] = []
    for basin in result.basins where basin.value > last * (1 + 1e-5) && basin.end != .underway {
      guard found.count < Self.mostAlternatives else { break }
      last = basin.value
      found.append(form.typed(basin.theta))
    }
    return found
  }

  /// Where a search on some weights would look: the seeds of a grid, or the ends of a free search.
  func seeds(_ weights: [Double], _ polisher: Polisher, _ scratch: FitScratch) -> [Start] {
    guard let form else { return candidates(weights, polisher, scratch, vanishing: false) }
    var search = search(form, weights)
    return search.run().basins.map { basin in
      var start = start(of: basin, form)
      start.objective = basin.value
      return start
    }
  }

  private func search(_ form: any SearchModel, _ weights: [Double]) -> GlobalSearch {
    GlobalSearch(
      projection(form, weights), stated: problem.searchRanges, effort: options.effort,
      evaluations: options.evaluations)
  }

  /// The objective of a search over the rows of positive weight.
  func projection(_ form: any SearchModel, _ weights: [Double]) -> Projection {
    let rows = weights.indices.filter { weights[$0] > 0 }
    return Projection(
      rows.count == weights.count ? form : form.selecting(rows: rows),
      response: rows.map { problem.response[$0] }, weights: rows.map { weights[$0] },
      kind: problem.residuals, loss: problem.loss)
  }

  /// A point of the search as typed, with the parameters that are at a bound.
  func start(of point: SearchPoint, _ form: any SearchModel) -> Start {
    var start = placed(form.typed(point.theta))
    for j in free {
      let bounds = problem.bounds[j]
      if start.parameters[j] <= bounds.lower {
        start.parameters[j] = bounds.lower
        start.frozen[j] = true
      } else if start.parameters[j] >= bounds.upper {
        start.parameters[j] = bounds.upper
        start.frozen[j] = true
      }
    }
    return start
  }

  /// What is claimed of the best.
  func certificate(_ tally: SearchTally, _ best: LocalOptimum, _ polisher: Polisher)
    -> SearchCertificate
  {
    let moving = free.filter { !best.frozen[$0] }
    let rank = polisher.rank(at: best, moving)
    var result = SearchCertificate(
      kind: .bestFound, starts: tally.starts, agreeing: tally.reached,
      distinct: tally.distinct.count, rank: rank, moving: moving.count)
    let isFull = rank == moving.count
    if let search = tally.search {
      result.agreeing = search.agreeing
      result.distinct = search.distinct
      let isKept = best.objective <= (search.basins.first?.value ?? .infinity) * (1 + 1e-6)
      if search.isCertified && isKept || best.termination == .exactFit {
        result.kind = .certified
      } else if search.isFlat && isKept {
        result.kind = .flat
      }
      if !isFull, best.termination != .exactFit { result.kind = .flat }
      return result
    }
    if best.termination == .exactFit {
      result.kind = .certified
    } else if !isFull {
      result.kind = .flat
    } else if plan != nil, isAgreed(tally, best) {
      result.kind = .certified
    }
    return result
  }

  /// Whether enough seeds of a grid ended at the best.
  func isAgreed(_ tally: SearchTally, _ best: LocalOptimum) -> Bool {
    best.termination.isMinimum && tally.reached >= 2
      && (tally.reached >= options.agreeingSeeds || 2 * tally.reached >= tally.starts)
  }
}
