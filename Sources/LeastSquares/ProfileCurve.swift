/// Points of the parameters' space with an objective below that on the ends of profiles: each
/// proves that its parameters belong to their intervals.
///
/// For the use of one task.
final class ProfilePool {
  /// The objective on an end.
  let threshold: Double
  /// The lowest point met.
  private(set) var lowest = VisitedPoint()
  private(set) var optima: [LocalOptimum] = []

  init(threshold: Double) { self.threshold = threshold }

  func add(_ optimum: LocalOptimum) {
    lowest.take(optimum.parameters, optimum.objective)
    if optimum.objective < threshold { optima.append(optimum) }
  }
}

/// The minima of an objective along one parameter, and how far they stay low; for the use of one
/// task.
final class ProfileCurve<Model: RegressionModel> {
  /// A minimum on the curve.
  struct Place {
    /// The value of the parameter in the coordinate of the fit.
    var value: Double
    var parameters: [Double]
    /// Parameters at a bound.
    var frozen: [Bool]
    /// How the others move with it, in their coordinates; empty where that is not known.
    var slope: [Double] = []
  }

  private let fitter: GlobalFitter<Model>
  private let parameter: Int
  private let coordinate: Coordinate
  private let polisher: Polisher
  private let fit: Fit
  private let pool: ProfilePool
  private let start: Place
  private var scale = 1.0
  /// The ends below and above the estimate, in the coordinate of the fit.
  private var ends: [Double?] = [nil, nil]

  init(_ fitter: GlobalFitter<Model>, _ parameter: Int, _ fit: Fit, _ pool: ProfilePool) {
    self.fitter = fitter
    self.parameter = parameter
    self.fit = fit
    self.pool = pool
    coordinate = fitter.coordinates[parameter]
    start = Place(
      value: coordinate.internal(fit.parameters[parameter]), parameters: fit.parameters,
      frozen: fit.atBound)
    polisher = Polisher(
      objective: fitter.makeObjective(weights: fitter.allWeights).0,
      coordinates: fitter.coordinates, bounds: fitter.problem.bounds,
      free: fitter.free.filter { $0 != parameter },
      maximumIterations: fitter.options.maximumIterations)
    // As for replicates: far below what an end is exact to.
    polisher.decrementGoal = 1e-18
  }

  // MARK: - Ends

  /// Finds both ends.
  func walk(scale: Double) {
    self.scale = scale > 0 && scale.isFinite ? scale : coordinate == .identity ? 1 : 0.1
    ends = [-1, 1].map { end($0, from: start) }
  }

  /// Moves the ends out where the pool has points beyond them.
  func extend() {
    for (index, side) in [-1.0, 1.0].enumerated() {
      guard let end = ends[index], let beyond = farthest(beyond: end, side) else { continue }
      ends[index] = self.end(side, from: beyond)
    }
  }

  // MARK: - Points

  /// The least objectives at values of the parameter, each found from its neighbour towards the
  /// estimate.
  func objectives(at values: [Double]) -> [Double] {
    let center = coordinate.natural(start.value)
    var result = Array(repeating: Double.infinity, count: values.count)
    for side in [
      values.indices.filter { values[$0] < center }.sorted { values[$0] > values[$1] },
      values.indices.filter { values[$0] >= center }.sorted { values[$0] < values[$1] },
    ] {
      var near = start
      for index in side {
        let found = refit(at: coordinate.internal(values[index]), from: near)
        result[index] = found.objective
        if found.objective.isFinite { near = found.place }
      }
    }
    return result
  }

  /// The interval in natural units; at a finite bound where the objective still was not too high,
  /// the bound is the end.
  var interval: ProfileInterval {
    let values = ends.map { $0.map(coordinate.natural) }
    // The coordinate of an upper bound runs backwards.
    let runsBackwards = coordinate.place(start.value).first < 0
    var interval = ProfileInterval(
      lower: values[runsBackwards ? 1 : 0], upper: values[runsBackwards ? 0 : 1])
    let bound = fitter.problem.bounds[parameter]
    if interval.lower == nil, isAllowed(bound.lower) { interval.lower = bound.lower }
    if interval.upper == nil, isAllowed(bound.upper) { interval.upper = bound.upper }
    interval.lowest = pool.lowest
    return interval
  }

  private func end(_ side: Double, from place: Place) -> Double? {
    let walk = ProfileWalk(
      center: start.value, minimum: fit.objective, rise: pool.threshold - fit.objective,
      farthest: coordinate == .identity ? 1e6 * scale : 60, refit: refit,
      verify: { [self] value, known in
        if let beyond = farthest(beyond: value, side) {
          let found = refit(at: beyond.value, from: beyond)
          return (beyond.value, found.objective, found.place)
        }
        return otherValley(at: value, than: known)
      })
    return walk.end(first: 1.5 * side * scale, from: place, at: place.value)
  }

  /// The point of the pool that lies farthest beyond an end.
  private func farthest(beyond end: Double, _ side: Double) -> Place? {
    let distance = 1e-6 * abs(end - start.value)
    return pool.optima.lazy
      .filter { !$0.frozen[self.parameter] }
      .map { optimum in
        Place(
          value: self.coordinate.internal(optimum.parameters[self.parameter]),
          parameters: optimum.parameters, frozen: optimum.frozen)
      }
      .filter { $0.value.isFinite && side * ($0.value - end) > distance }
      .max { side * $0.value < side * $1.value }
  }

  private func isAllowed(_ natural: Double) -> Bool {
    guard natural.isFinite, let found = minimum(natural, fit.parameters, fit.atBound) else {
      return false
    }
    return found.objective <= pool.threshold
  }

  // MARK: - Refits

  /// The minimum at a value near a place; infinite where there is none.
  private func refit(at value: Double, from near: Place) -> (objective: Double, place: Place) {
    let natural = coordinate.natural(value)
    var best = minimum(natural, led(value, near), near.frozen)
    if !((best?.objective ?? .infinity) < pool.threshold) {
      // It may only be stuck: other ways there, before the value is ruled out.
      for (parameters, frozen) in [(near.parameters, near.frozen), (fit.parameters, fit.atBound)] {
        guard let other = minimum(natural, parameters, frozen) else { continue }
        if other.objective < best?.objective ?? .infinity { best = other }
      }
    }
    guard let best else { return (.infinity, near) }
    return (best.objective, place(best, value, near))
  }

  /// A minimum at a value, below the threshold, that a search over all valleys finds.
  private func otherValley(
    at value: Double, than known: Place
  ) -> (value: Double, objective: Double, place: Place)? {
    let natural = coordinate.natural(value)
    var problem = fitter.problem
    problem.fixed[parameter] = natural
    var options = FitOptions()
    options.gridPointsPerAxis = 8
    options.evaluations = 600
    guard let held = try? GlobalFitter(problem, options: options) else { return nil }
    let scratch = FitScratch()
    let weights = fitter.allWeights
    var seeds = held.seeds(weights, polisher, scratch)
    let here = minimum(natural, known.parameters, known.frozen)
    if held.plan != nil, let here, let robust = held.robustWeights(weights, here, polisher) {
      seeds += held.candidates(robust, polisher, scratch, vanishing: false)
    }
    var agreeing = 0
    for seed in seeds.sorted(by: { $0.objective < $1.objective }) {
      guard let found = minimum(natural, seed.parameters, seed.frozen) else { continue }
      if found.objective < pool.threshold - 1e-6 * (pool.threshold - fit.objective) {
        return (value, found.objective, place(found, value, nil))
      }
      // Seeds that only lead back say that there is nothing else.
      if let here, found.objective <= here.objective * (1 + SearchTally.same) { agreeing += 1 }
      if agreeing == 2 { return nil }
    }
    return nil
  }

  private func minimum(_ natural: Double, _ from: [Double], _ frozen: [Bool]) -> LocalOptimum? {
    var parameters = from
    parameters[parameter] = natural
    let found =
      fitter.problem.loss == .absolute
      ? try? polisher.polishAbsolute(parameters, frozen: frozen)
      : try? polisher.polishWithinBounds(parameters, frozen: frozen)
    guard let found, found.objective.isFinite else { return nil }
    pool.add(found)
    return found
  }

  /// Where the curve leads from a place.
  private func led(_ value: Double, _ near: Place) -> [Double] {
    guard !near.slope.isEmpty else { return near.parameters }
    return near.parameters.indices.map { j in
      guard isMoving(j, near.frozen) else { return near.parameters[j] }
      let coordinate = fitter.coordinates[j]
      return coordinate.natural(
        coordinate.internal(near.parameters[j]) + (value - near.value) * near.slope[j])
    }
  }

  private func place(_ optimum: LocalOptimum, _ value: Double, _ near: Place?) -> Place {
    var place = Place(value: value, parameters: optimum.parameters, frozen: optimum.frozen)
    if let near, near.frozen == place.frozen, near.value != value {
      place.slope = place.parameters.indices.map { j in
        guard isMoving(j, place.frozen) else { return 0 }
        let coordinate = fitter.coordinates[j]
        return (coordinate.internal(place.parameters[j]) - coordinate.internal(near.parameters[j]))
          / (value - near.value)
      }
    }
    return place
  }

  private func isMoving(_ j: Int, _ frozen: [Bool]) -> Bool {
    j != parameter && !frozen[j] && fitter.problem.fixed[j] == nil
  }
}
