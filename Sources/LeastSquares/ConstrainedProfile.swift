// Profiles of quantities that are no parameters: the objective is minimised on the surface where
// the quantity has a given value, by Lagrange-Newton steps.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension GlobalFitter {
  /// The profile interval of a quantity computed from the parameters.
  ///
  /// ```
  /// minimise F(theta)  subject to  q(theta) = v,    F(v) - F = rise at both ends
  /// ```
  /// Each minimisation takes steps of the Lagrange-Newton method with the Hessian of the objective,
  /// or its reweighted substitute where that is not positive definite, and the gradient of q by
  /// central differences.
  ///
  /// - Parameters:
  ///   - quantity: The quantity of a parameter vector, smooth near the estimate; nil or NaN where
  ///     it has none.
  ///   - fit: A fit of this problem.
  ///   - rise: See ``profileRise(level:fit:)``.
  ///   - scale: Its standard error.
  ///   - held: Parameters that stay at their estimates. Where the rows do not determine all, those
  ///     of ``Covariance/heldParameters`` must; for a quantity that is determined this changes
  ///     nothing. The default is none.
  /// - Returns: The interval; an end is open where the quantity could be moved by 1e3 standard
  ///   errors.
  /// - Complexity: Some hundred evaluations of the objective and p times as many of the quantity.
  public func profile(
    of quantity: ([Double]) -> Double?, fit: Fit, rise: Double, scale: Double,
    holding held: [Int] = []
  ) -> ProfileInterval {
    let moving = free.filter { !fit.atBound[$0] && !held.contains($0) }
    guard let center = quantity(fit.parameters), center.isFinite, scale > 0, scale.isFinite,
      !moving.isEmpty
    else { return ProfileInterval(lower: nil, upper: nil) }
    let (objective, _) = makeObjective(weights: allWeights)
    objective.parameters = fit.parameters
    objective.setFree(moving)
    var lowest = VisitedPoint()
    let start = moving.map { coordinates[$0].internal(fit.parameters[$0]) }
    let ends = withoutActuallyEscaping(quantity) { quantity -> [Double?] in
      let minimiser = ConstrainedMinimiser(
        objective: objective, coordinates: moving.map { coordinates[$0] }, moving: moving,
        fixed: fit.parameters, quantity: quantity, scale: scale, tolerance: 1e-7 * rise)
      let walk = ProfileWalk<[Double]>(
        center: center, minimum: fit.objective, rise: rise, farthest: 1e3 * scale,
        refit: { value, near in
          var place = near
          let objective = minimiser.minimise(at: value, from: &place)
          var parameters = fit.parameters
          for (k, j) in moving.enumerated() { parameters[j] = coordinates[j].natural(place[k]) }
          lowest.take(parameters, objective)
          return (objective, objective.isFinite ? place : near)
        }, verify: { _, _ in nil })
      return [-1.5, 1.5].map { walk.end(first: $0 * scale, from: start) }
    }
    return ProfileInterval(lower: ends[0], upper: ends[1], lowest: lowest)
  }
}

/// Minimises the objective on the surface where a quantity has a given value.
private struct ConstrainedMinimiser {
  let objective: Objective
  let coordinates: [Coordinate]
  let moving: [Int]
  let fixed: [Double]
  let quantity: ([Double]) -> Double?
  /// The standard error of the quantity: what counts as a small distance from the value asked for.
  let scale: Double
  let tolerance: Double

  private func value(at x: [Double]) -> Double {
    var parameters = fixed
    for (k, j) in moving.enumerated() { parameters[j] = coordinates[k].natural(x[k]) }
    return quantity(parameters) ?? .nan
  }

  private func slopes(at x: [Double]) -> [Double] {
    x.indices.map { k in
      let step = 1e-5 * max(1, abs(x[k]))
      var above = x
      var below = x
      above[k] += step
      below[k] -= step
      return (value(at: above) - value(at: below)) / (above[k] - below[k])
    }
  }

  private func solved(_ right: [Double]) -> [Double] {
    let numbers = Numbers(right)
    objective.solve(numbers)
    return numbers.prefix(right.count)
  }

  /// The minimum at a value of the quantity, from and to a point; infinite where none was found.
  func minimise(at target: Double, from x: inout [Double]) -> Double {
    var penalty = 0.0
    var current = objective.evaluate(at: x, order: .hessian)
    var miss = value(at: x) - target
    for _ in 0..<100 {
      guard current.isFinite, miss.isFinite else { return .infinity }
      if !objective.factorMatrix() {
        objective.reweight()
        guard objective.factorMatrix() else { return .infinity }
      }
      let normal = slopes(at: x)
      let gradient = objective.gradient.prefix(x.count)
      let downhill = solved(gradient)
      let along = solved(normal)
      let curvature = zip(normal, along).reduce(0) { $0 + $1.0 * $1.1 }
      guard curvature > 0, curvature.isFinite else { return .infinity }
      let drift = zip(normal, downhill).reduce(0) { $0 + $1.0 * $1.1 }
      let multiplier = (miss - drift) / curvature
      let step = zip(downhill, along).map { -$0 - multiplier * $1 }
      // What the step would still gain on the surface, and how far off the surface it is.
      let tangent = zip(step, gradient).reduce(0) { $0 - $1.0 * $1.1 }
      if abs(miss) <= 1e-9 * scale, abs(tangent + multiplier * miss) <= tolerance { return current }
      penalty = max(penalty, 2 * abs(multiplier))
      let merit = current + penalty * abs(miss)
      var length = 1.0
      var isAccepted = false
      for _ in 0..<30 {
        let trial = zip(x, step).map { $0 + length * $1 }
        let trialMiss = value(at: trial) - target
        let trialValue =
          trialMiss.isFinite ? objective.evaluate(at: trial, order: .hessian) : .infinity
        if trialValue + penalty * abs(trialMiss) <= merit + 1e-12 * abs(merit) {
          let gain = merit - trialValue - penalty * abs(trialMiss)
          (x, current, miss) = (trial, trialValue, trialMiss)
          // Rounding is all that is left to gain.
          if gain <= 0.01 * tolerance, abs(miss) <= 1e-7 * scale { return current }
          isAccepted = true
          break
        }
        length /= 2
      }
      guard isAccepted else {
        return abs(miss) <= 1e-4 * scale ? current : .infinity
      }
    }
    return abs(miss) <= 1e-4 * scale ? current : .infinity
  }
}
