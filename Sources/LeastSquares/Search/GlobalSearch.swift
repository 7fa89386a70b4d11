/// What a global search found.
struct SearchResult {
  /// Where starts ended, best first; empty where the law has no value anywhere.
  var basins: [SearchPoint] = []
  /// Points whose projected objective was looked at.
  var seeds = 0
  /// Starts followed to an end.
  var starts = 0
  /// Those that ended at the best.
  var hits = 0
  /// Independent starts that ended at the best, where every parameter matters.
  var agreeing = 0
  /// Different objectives among the ends, two within 1e-5 counting as one.
  var distinct = 0
  /// Whether the search stopped by its rule, not by its budget.
  var isCertified = false
  /// Whether the best, or most of the starts that ended at it, lie where some direction of the
  /// parameters does not matter.
  var isFlat = false
  var evaluations = 0
}

/// Rounds of seeds and descents until independent starts agree on the best.
struct GlobalSearch {
  let projection: Projection
  let effort: SearchEffort
  /// The most evaluations of the law.
  let budget: Int
  /// The sum of squares that the response has, in the units of the objective.
  let scale: Double

  private let system: ProjectedSystem
  private var pool: SeedPool
  private var ends: [SearchPoint] = []
  /// The best whose breaks were last moved.
  private var sweptBest = Double.infinity
  /// Starts that fell behind, where they were left.
  private var left: [SearchPoint] = []
  private var ranks: [Int: Bool] = [:]

  init(
    _ projection: Projection, stated: [SearchRange?], effort: SearchEffort, evaluations: Int?
  ) {
    self.projection = projection
    self.effort = effort
    budget =
      evaluations
      ?? effort.evaluations(
        nonlinear: projection.nonlinear.count, hasBreaks: projection.hasBreaks)
    scale = projection.responseScale
    system = ProjectedSystem(projection)
    pool = SeedPool(projection.model, stated: stated)
  }

  private var q: Int { projection.nonlinear.count }
  private var used: Int { projection.evaluations }
  private var agreement: Int {
    effort.agreement(nonlinear: q, hasBreaks: projection.hasBreaks)
  }
  private var isPeriodic: Bool { projection.model.periodicPoints > 0 }
  private var descent: ProjectedDescent {
    ProjectedDescent(projection: projection, system: system, exactValue: exactValue)
  }
  /// Objectives up to this are exact fits.
  private var exactValue: Double { 1e-20 * scale }

  /// Objectives within this of the best are the best.
  private func limit(_ best: Double) -> Double { best * (1 + 1e-6) + 1e-14 * scale }

  mutating func run() -> SearchResult {
    guard q > 0 else { return withoutAxes() }
    var first = q == 1 ? 96 : 256
    if isPeriodic { first = max(first, 4 * projection.model.periodicPoints) }
    first = max(min(first, budget / 3), 1)
    evaluate(pool.draw(first - first / 4, wide: 1), isIndependent: true)
    evaluate(pool.draw(first / 4, wide: 2.5), isIndependent: true)
    pool.measure()
    var round = 0
    while true {
      follow(round)
      if isDecided {
        challenge()
        if isDecided { break }
      }
      if used >= budget { break }
      round += 1
      addSeeds(round)
    }
    finish()
    return result()
  }

  /// Follows a warm start, and those of some other optima that come near it on these rows; nil where
  /// it leads to no minimum.
  func follow(_ near: [Double], others: [[Double]]) -> SearchResult? {
    let model = projection.model
    guard let warm = end(of: model.searched(near), below: nil), warm.end.isMinimum else {
      return nil
    }
    var basins = [warm]
    for theta in others.map(model.searched) where theta.allSatisfy(\.isFinite) {
      guard seedValue(theta) < Self.rival * warm.value else { continue }
      if let end = end(of: theta, below: warm.value) { basins.append(end) }
    }
    basins.sort { $0.value < $1.value }
    return SearchResult(
      basins: basins, starts: basins.count, hits: 1, distinct: basins.count, evaluations: used)
  }

  /// How much higher another optimum may be before a step is made on these rows, and still win.
  private static let rival = 1.5

  /// The relative gain that ends a warm descent.
  ///
  /// Along the curved valleys of Farseer 1e-9 ends some refits 1e-5 above their minimum.
  private static let warmGoal = 1e-11

  /// The end of a point, or of a rival of a known one: nil where it falls behind.
  private func end(of theta: [Double], below known: Double?) -> SearchPoint? {
    guard theta.allSatisfy(\.isFinite) else { return nil }
    var point = SearchPoint(theta: theta, value: .infinity, isIndependent: false)
    point.isSolved = true
    let first = used
    var descent = descent
    descent.goal = Self.warmGoal
    for part in 0..<8 where point.end == .underway && used - first < budget {
      let before = point.value
      descent.descend(&point, steps: known == nil ? 60 : 12, budget: budget)
      if let known, part > 0, point.value > known, isLeft(behind: known, before, point) {
        return nil
      }
    }
    return point.value.isFinite ? point : nil
  }

  /// Whether some steps gained less than a fifth of what a point lacks.
  private func isLeft(behind best: Double, _ before: Double, _ point: SearchPoint) -> Bool {
    (before - point.value) * 5 < point.value - best
  }

  private func withoutAxes() -> SearchResult {
    var point = SearchPoint(
      theta: Array(repeating: 0, count: projection.bounds.count), value: .infinity)
    descent.descend(&point, steps: 1, budget: 10)
    guard point.value.isFinite else { return SearchResult(evaluations: used) }
    // The problem is convex but for losses that are not.
    var isConvex = true
    if case .cauchy = projection.loss { isConvex = false }
    let isFull = projection.hasFullRank(at: point)
    return SearchResult(
      basins: [point], seeds: 1, starts: 1, hits: 1, agreeing: isFull ? 1 : 0, distinct: 1,
      isCertified: isConvex && projection.kind != .log && isFull, isFlat: !isFull,
      evaluations: used)
  }

  // MARK: - Seeds

  private mutating func evaluate(_ seeds: [[Double]], isIndependent: Bool) {
    for theta in seeds {
      pool.add(theta, value: seedValue(theta), isIndependent: isIndependent)
    }
  }

  private func seedValue(_ theta: [Double]) -> Double {
    guard projection.evaluateBasis(at: theta) else { return .infinity }
    var c = Array(repeating: 0.0, count: projection.linear.count)
    var sides: [Int8] = []
    return projection.solve(&c, &sides, limit: 3, tolerance: 1e-4, warm: false)
  }

  private mutating func addSeeds(_ round: Int) {
    let count = min(q > 2 ? 96 : 64, max(16, (budget - used) / 6))
    evaluate(pool.draw(count / 2, wide: round % 2 == 1 ? 1 : 2.5), isIndependent: true)
    let near = pool.drawNear(count - count / 2, best: round % 2 == 0 ? best?.theta : nil)
    for (theta, isIndependent) in near { evaluate([theta], isIndependent: isIndependent) }
  }

  // MARK: - Descents

  private var best: SearchPoint? { ends.min { $0.value < $1.value } }

  /// Follows the best new seeds, dropping those that fall behind.
  private mutating func follow(_ round: Int) {
    let wanted = max(8, min(24, (budget - used) / 28))
    var live = pool.pick(wanted).map { pool.point($0, round: round) }
    live += swept(live, round)
    for (steps, share) in [(4, 0.5), (8, 0.4), (60, 1.0)] {
      for index in live.indices { follow(&live[index], steps) }
      live = live.filter(\.value.isFinite)
      let order = live.indices.sorted { (live[$0].value, $0) < (live[$1].value, $1) }
      live = order.map { live[$0] }
      if share < 1, live.count > 3 {
        let kept = max(3, Int(Double(live.count) * share))
        left += live[kept...]
        live = Array(live[..<kept])
      }
    }
    ends += live
  }

  /// How many starts that fell behind are followed before a search stops.
  private static let rivals = 3

  /// Follows starts that fell behind elsewhere: those that were kept may agree because the others were
  /// dropped.
  private mutating func challenge() {
    guard let best else { return }
    let picked = pool.rivals(of: best, among: left, most: Self.rivals)
    for index in picked where used < budget {
      follow(&left[index], 60)
      ends.append(left[index])
    }
    for index in picked.sorted(by: >) { left.remove(at: index) }
  }

  /// How many valleys along a break of the best are looked into, and how many gaps on either side of it.
  private static let valleys = 3
  private static let neighbours = 2

  /// The best of some seeds with each break in the gap between rows that suits it best, and a new best with
  /// one break in some of the other gaps.
  private mutating func swept(_ seeds: [SearchPoint], _ round: Int) -> [SearchPoint] {
    let axes = projection.breakAxes
    guard !axes.isEmpty, round > 0 else { return [] }
    var result: [SearchPoint] = []
    let gaps = axes.reduce(0) { $0 + projection.model.breaks[$1].count }
    let swept = min(max(96 / max(gaps, 1), 2), 8)
    for seed in seeds.filter(\.isIndependent).prefix(swept) {
      var point = seed
      point.isSolved = false
      for axis in axes where used < budget {
        point = valleys(of: sweep(point, axis)).first ?? point
      }
      if point.theta != seed.theta { result.append(point) }
    }
    if var best, best.value < sweptBest * (1 - 1e-6) {
      sweptBest = best.value
      (best.isIndependent, best.isSolved, best.end, best.damping) = (false, false, .underway, 1e-2)
      best.round = round
      for axis in axes where used < budget {
        let trials = sweep(best, axis)
        let own = best.theta[projection.nonlinear[axis]]
        let lower = trials.filter { $0.theta[projection.nonlinear[axis]] < own }
        let upper = trials.filter { $0.theta[projection.nonlinear[axis]] > own }
        result += lower.suffix(Self.neighbours) + upper.prefix(Self.neighbours)
        result += valleys(of: trials).prefix(Self.valleys)
      }
    }
    return result.filter(\.value.isFinite)
  }

  /// A point with one break in each of the gaps in turn.
  private func sweep(_ point: SearchPoint, _ axis: Int) -> [SearchPoint] {
    let j = projection.nonlinear[axis]
    return projection.model.breaks[axis].filter(projection.bounds[j].contains).map { place in
      var trial = point
      trial.theta[j] = place
      trial.value = seedValue(trial.theta)
      return trial
    }
  }

  /// Those that are lower than the ones beside them, best first.
  private func valleys(of trials: [SearchPoint]) -> [SearchPoint] {
    trials.indices.filter { index in
      let value = trials[index].value
      return value.isFinite && (index == 0 || value <= trials[index - 1].value)
        && (index + 1 == trials.count || value < trials[index + 1].value)
    }.map { trials[$0] }.sorted { $0.value < $1.value }
  }

  private func follow(_ point: inout SearchPoint, _ steps: Int) {
    var left = steps
    while left > 0, point.end == .underway, Double(used) <= 1.1 * Double(budget) {
      let before = point.value
      let part = min(left, 12)
      var descent = descent
      if steps <= 8 { descent.goal = 1e-9 }
      descent.descend(&point, steps: part, budget: max(20, Int(1.1 * Double(budget)) - used))
      left -= part
      if left <= steps - 24, let best, best.end.isMinimum,
        point.value > best.value * (1 + 1e-4), isLeft(behind: best.value, before, point)
      {
        return
      }
    }
  }

  /// Follows the best to its end where the rounds did not.
  private mutating func finish() {
    guard let index = ends.indices.min(by: { ends[$0].value < ends[$1].value }),
      !ends[index].end.isMinimum
    else { return }
    var point = ends[index]
    point.end = .underway
    var descent = descent
    descent.goal = 1e-13
    descent.descend(&point, steps: 300, budget: max(200, budget / 10))
    if point.value <= ends[index].value { ends[index] = point }
  }

  // MARK: - The stopping rule

  /// Independent starts that ended at the best and where every parameter matters.
  private mutating func goodHits(_ best: SearchPoint) -> [Int] {
    ends.indices.filter { index in
      guard ends[index].value <= limit(best.value), ends[index].isIndependent else { return false }
      if let known = ranks[index] { return known }
      let isFull = projection.hasFullRank(at: ends[index])
      ranks[index] = isFull
      return isFull
    }
  }

  private var isDecided: Bool {
    mutating get {
      guard let best else { return false }
      if best.value <= exactValue { return true }
      guard best.end.isMinimum else { return false }
      let hits = goodHits(best)
      guard hits.count >= agreement else { return false }
      let rounds = Set(hits.map { ends[$0].round }).count
      return rounds >= (projection.hasBreaks ? 3 : q > 2 || isPeriodic ? 2 : 1)
    }
  }

  private mutating func result() -> SearchResult {
    guard let best else { return SearchResult(seeds: pool.count, evaluations: used) }
    let hits = goodHits(best)
    let order = ends.indices.sorted { (ends[$0].value, $0) < (ends[$1].value, $1) }
    var result = SearchResult(basins: order.map { ends[$0] }, seeds: pool.count, starts: ends.count)
    result.agreeing = hits.count
    result.hits = ends.count { $0.value <= limit(best.value) }
    var last = -Double.infinity
    for end in result.basins where end.value > last * (1 + 1e-5) + 1e-14 * scale || last < 0 {
      result.distinct += 1
      last = end.value
    }
    let isExact = best.value <= exactValue
    result.isCertified =
      isExact || (best.end.isMinimum && hits.count >= agreement)
    let independent = ends.count { $0.value <= limit(best.value) && $0.isIndependent }
    result.isFlat =
      !projection.hasFullRank(at: best) || (hits.count < agreement && independent >= agreement)
    result.evaluations = used
    return result
  }
}
