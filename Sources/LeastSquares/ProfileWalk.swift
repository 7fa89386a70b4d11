/// Walks outwards from an estimate to where the objective, minimised over all else, has risen by a
/// given amount.
///
/// The root of the rise is nearly linear in the value moved, as the objective is nearly quadratic:
/// the walk goes outwards by extrapolating it, at most twice as far each time, and closes in by
/// false position (Illinois), with bisection where that is slow. Each refit starts from the
/// farthest known one within.
struct ProfileWalk<Place> {
  /// The value at the estimate.
  let center: Double
  /// The objective at the estimate.
  let minimum: Double
  /// How far the objective may rise.
  let rise: Double
  /// The farthest distance from the estimate that is tried.
  let farthest: Double
  /// The minimum at a value, starting from a place: the objective, infinite where none was found,
  /// and the place.
  let refit: (Double, Place) -> (objective: Double, place: Place)
  /// A search for a lower minimum at an end or beyond it, made once for every end found: its value,
  /// objective and place; nil where there is none.
  let verify: (Double, Place) -> (value: Double, objective: Double, place: Place)?

  /// A refit.
  private struct Point {
    var value: Double
    /// The root of the rise in units of the root of the rise sought: 1 at the end.
    var height: Double
    var place: Place
  }

  /// The root of the rise, relative to that of the one sought, to which an end is exact.
  private static var tolerance: Double { 5e-7 }

  /// The end on one side; nil where the objective has not risen enough at the farthest distance.
  ///
  /// - Parameters:
  ///   - first: The first step, with its sign; about the distance of the end.
  ///   - place: Where the refits start.
  ///   - value: The value there, if not at the estimate; the rise is then less than the one sought.
  /// - Returns: The value at the end.
  func end(first: Double, from place: Place, at value: Double? = nil) -> Double? {
    var inside = Point(value: center, height: 0, place: place)
    if let value, value != center { inside = point(value, from: place) }
    // A lower minimum beyond an end moves the end; valley by valley, and not forever.
    for _ in 0..<20 {
      guard let outside = leave(&inside, first) else { return nil }
      let end = close(inside, outside)
      guard let lower = verify(end.value, end.place) else { return end.value }
      inside = Point(value: lower.value, height: height(lower.objective), place: lower.place)
    }
    return inside.value
  }

  private func height(_ objective: Double) -> Double {
    objective.isFinite ? (max(objective - minimum, 0) / rise).squareRoot() : .infinity
  }

  private func point(_ value: Double, from place: Place) -> Point {
    let found = refit(value, place)
    return Point(value: value, height: height(found.objective), place: found.place)
  }

  /// Goes outwards until the rise is exceeded; `inside` becomes the last point before.
  private func leave(_ inside: inout Point, _ first: Double) -> Point? {
    // The first is a tenth, from which the rest is extrapolated.
    var step = 0.1 * (inside.value == center ? first : inside.value - center)
    while abs(inside.value + step - center) <= farthest {
      let trial = point(inside.value + step, from: inside.place)
      if !(trial.height < 1) { return trial }
      let slope = (trial.height - inside.height) / step
      let wanted = slope * first > 0 ? 1.1 * (1 - trial.height) / slope : .infinity
      inside = trial
      // Twice the distance from the estimate at most, or the first step; at least a part of it.
      let distance = abs(trial.value - center)
      let length = min(max(abs(wanted), 0.1 * distance), max(distance, abs(first)))
      step = first < 0 ? -length : length
    }
    return nil
  }

  /// Closes in on the crossing between a point inside and one outside.
  private func close(_ inside: Point, _ outside: Point) -> Point {
    var (inside, outside) = (inside, outside)
    var (below, above) = (inside.height - 1, outside.height - 1)
    var movedInside: Bool?
    for round in 1...100 {
      let width = outside.value - inside.value
      if abs(width) <= 1e-9 * abs(outside.value - center) { break }
      var share = below / (below - above)
      if !(share > 0 && share < 1) || round % 8 == 0 { share = 0.5 }
      let trial = point(inside.value + share * width, from: inside.place)
      if abs(trial.height - 1) <= Self.tolerance { return trial }
      // An end of the bracket that stays twice has its height halved.
      if trial.height < 1 {
        (inside, below) = (trial, trial.height - 1)
        if movedInside == true { above /= 2 }
        movedInside = true
      } else {
        (outside, above) = (trial, trial.height - 1)
        if movedInside == false { below /= 2 }
        movedInside = false
      }
    }
    return inside
  }
}
