internal import LeastSquares

/// Intervals of one fit by every method asked for.
struct IntervalEngine {
  let fitter: GlobalFitter<FormulaModel>
  let best: Fit
  let covariance: Covariance
  let level: Double
  /// What the delta method needs; nil where the covariance is not determined.
  let delta: Uncertainty?
  let draws: Draws?
  /// The fit with each row or cluster left out.
  let jackknife: [[Double]]?
  /// What the rows leave open: a quantity that changes along it has no interval by any method.
  let open: OpenDirections?
  /// How far the objective may rise, for profiles.
  let rise: Double
  /// The lowest point that a profile met.
  private(set) var lowest = VisitedPoint()
  private var parameterProfiles: [Int: ProfileInterval] = [:]

  init(
    fitter: GlobalFitter<FormulaModel>, best: Fit, covariance: Covariance, level: Double,
    delta: Uncertainty?, draws: Draws?, jackknife: [[Double]]?, open: OpenDirections?
  ) {
    self.fitter = fitter
    self.best = best
    self.covariance = covariance
    self.level = level
    self.delta = delta
    self.draws = draws
    self.jackknife = jackknife
    self.open = open
    rise = fitter.profileRise(level: level, fit: best)
  }

  typealias Ends = LawFit.Ends

  /// Whether a quantity changes along what the rows leave open.
  func isOpen(_ quantity: DerivedQuantity) -> Bool {
    open?.move { [quantity.value($0) ?? .nan] } == [true]
  }

  /// The interval of a quantity; nil where the method gives none.
  mutating func interval(_ method: IntervalMethod, of quantity: DerivedQuantity) -> Ends? {
    guard let center = quantity.value(best.parameters), center.isFinite, !isOpen(quantity) else {
      return nil
    }
    let tail = (1 - level) / 2
    switch method {
    case .covariance:
      guard
        let found = delta?.interval(isPositive: quantity.isPositive, of: quantity.value),
        !isFalselySure(found.upper - found.lower)
      else { return nil }
      return Ends(lower: found.lower, upper: found.upper)
    case .bootstrap:
      guard let draws else { return nil }
      let ends = Draws.quantiles(draws.values.map { quantity.value($0) ?? .nan }, [tail, 1 - tail])
      return ends[0].isNaN ? nil : Ends(lower: ends[0], upper: ends[1])
    case .bca:
      guard let draws, let jackknife else { return nil }
      return BiasCorrection.interval(
        estimate: center, draws: draws.values.map { quantity.value($0) ?? .nan },
        jackknife: jackknife.map { quantity.value($0) ?? .nan }, tail: tail
      ).map { Ends(lower: $0.lower, upper: $0.upper) }
    case .profile:
      guard rise.isFinite, let error = standardError(of: quantity, center) else { return nil }
      // Amplitudes and allocations are moved on the log scale, where their profile is nearly
      // quadratic.
      let isLog = quantity.isPositive && center > 0
      let found = fitter.profile(
        of: { values in
          quantity.value(values).map { isLog ? ($0 > 0 ? logarithm($0) : .nan) : $0 }
        }, fit: best, rise: rise, scale: isLog ? error / center : error,
        holding: covariance.heldParameters)
      lowest.take(found.lowest)
      return Ends(
        lower: found.lower.map { isLog ? exponential($0) : $0 },
        upper: found.upper.map { isLog ? exponential($0) : $0 })
    }
  }

  /// The interval of a parameter; nil where the method gives none, or it was not profiled.
  mutating func interval(
    _ method: IntervalMethod, ofParameter index: Int, isPositive: Bool
  ) -> Ends? {
    let bounds = fitter.problem.bounds[index]
    func inside(_ lower: Double?, _ upper: Double?) -> Ends {
      Ends(lower: lower.map { max($0, bounds.lower) }, upper: upper.map { min($0, bounds.upper) })
    }
    switch method {
    case .covariance:
      // No differences are needed here, so none are taken.
      let estimate = best.parameters[index]
      let error = covariance.standardErrors[index]
      let half =
        error
        * StudentT.quantile(
          0.5 + level / 2, degreesOfFreedom: Double(max(covariance.degreesOfFreedom, 1)))
      guard isPositive else { return inside(estimate - half, estimate + half) }
      let factor = exponential(half / estimate)
      return inside(estimate / factor, estimate * factor)
    case .bootstrap, .bca:
      let ends = interval(method, of: DerivedQuantity("", isPositive: isPositive) { $0[index] })
      return ends.map { inside($0.lower, $0.upper) }
    case .profile:
      guard let found = parameterProfiles[index] else { return nil }
      return Ends(lower: found.lower, upper: found.upper)
    }
  }

  /// Finds the profiles of parameters, which are found together.
  mutating func profile(_ parameters: [Int]) {
    guard rise.isFinite else { return }
    let found = fitter.profiles(
      of: parameters, fit: best, rise: rise, scales: covariance.internalStandardErrors)
    for (index, interval) in zip(parameters, found) {
      parameterProfiles[index] = interval
      lowest.take(interval.lowest)
    }
  }

  /// The standard error of a quantity, from the draws where there are any, else by the delta
  /// method.
  func standardError(of quantity: DerivedQuantity, _ center: Double) -> Double? {
    guard !isOpen(quantity) else { return nil }
    if let draws {
      let values = draws.values.compactMap { quantity.value($0) }.filter(\.isFinite)
      guard values.count > 1 else { return nil }
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(values.count - 1)).squareRoot()
    }
    guard let error = delta?.standardError(isPositive: quantity.isPositive, of: quantity.value),
      !isFalselySure(error)
    else { return nil }
    return quantity.isPositive ? error * center : error
  }

  /// Whether a quantity has no spread only because all that moves it is held at a bound.
  private func isFalselySure(_ spread: Double) -> Bool {
    spread == 0 && best.atBound.contains(true)
  }

  /// The quantities with their intervals; those without a value at the estimate are left out.
  mutating func parts(
    of quantities: [DerivedQuantity], _ methods: [IntervalMethod]
  ) -> [LawFit.QuantityPart] {
    quantities.compactMap { quantity in
      guard let center = quantity.value(best.parameters), center.isFinite else { return nil }
      var part = LawFit.QuantityPart(
        name: quantity.name, estimate: center, standardError: standardError(of: quantity, center))
      var all: [String: Ends] = [:]
      for (place, method) in methods.enumerated() {
        guard let ends = interval(method, of: quantity) else { continue }
        all[method.rawValue] = ends
        if place == 0 { (part.lower, part.upper) = (ends.lower, ends.upper) }
      }
      if methods.count > 1 { part.intervals = all }
      return part
    }
  }
}
