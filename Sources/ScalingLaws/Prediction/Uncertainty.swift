internal import LeastSquares

/// How sure a fit is: what turns any quantity computed from its parameters into an interval.
///
/// From a bootstrap, the quantity is computed for every draw, and the interval is the percentiles.
/// From a covariance, the delta method is used on the scale of the quantity: its derivative by
/// central differences of a thousandth of a standard error, and quantiles of Student's t.
///
/// A quantity that changes along a direction which the rows of the fit leave open has none.
public struct Uncertainty: Sendable, Hashable {
  /// The level of its intervals.
  public var level: Double
  let estimate: [Double]
  let source: Source
  /// What the rows leave open; nil where nothing.
  let open: OpenDirections?
  /// Whether parameters are known in combination only.
  let isTied: Bool
  /// Vectors whose squares sum to the covariance, where its own digits would not do.
  let root: [[Double]]?

  enum Source: Sendable, Hashable {
    case draws([[Double]], jackknife: [[Double]]?)
    case covariance(matrix: [[Double]], indices: [Int], isLog: [Bool], degreesOfFreedom: Int)
  }

  /// Whether it is in draws, as that of a bootstrap; else it is in a covariance.
  public var isInDraws: Bool {
    if case .draws = source { return true }
    return false
  }

  /// An interval.
  public struct Interval: Sendable, Hashable, Codable {
    /// Its lower end.
    public var lower: Double
    /// Its upper end.
    public var upper: Double
  }

  /// The uncertainty of a fit; nil where the fit has neither draws nor a covariance.
  ///
  /// - Throws: `AnalysisError` where they do not match the parameters.
  public init?(_ fit: LawFit) throws(AnalysisError) {
    level = fit.interval.level
    estimate = fit.parameters.map(\.estimate)
    open = try OpenDirections(fit)
    root = fit.covariance?.root
    // More parameters than directions of one each: some are in combinations.
    isTied = fit.undetermined.map { $0.parameters.count > $0.directions.count } ?? false
    if let draws = fit.draws {
      try draws.check(parameterCount: estimate.count)
      try fit.jackknife?.check(parameterCount: estimate.count)
      let isCorrected = fit.interval.method == IntervalMethod.bca.rawValue
      source = .draws(draws.values, jackknife: isCorrected ? fit.jackknife?.values : nil)
      return
    }
    guard let part = fit.covariance else { return nil }
    let indices = part.parameters.compactMap { name in
      fit.parameters.firstIndex { $0.name == name }
    }
    guard indices.count == part.parameters.count, part.scales.count == indices.count,
      part.matrix.count == indices.count, part.matrix.allSatisfy({ $0.count == indices.count }),
      part.root?.allSatisfy({ $0.count == indices.count }) != false
    else {
      throw AnalysisError(.badFile, "the covariance of the fit does not match its parameters")
    }
    source = .covariance(
      matrix: part.matrix, indices: indices, isLog: part.scales.map { $0 == "log" },
      degreesOfFreedom: fit.interval.degreesOfFreedom)
  }

  /// The uncertainty that draws of an estimate of your own have: percentiles over them.
  ///
  /// - Parameters:
  ///   - estimate: the estimate.
  ///   - draws: vectors as long as the estimate.
  ///   - level: the level of intervals, between 0 and 1.
  public init(_ estimate: [Double], draws: [[Double]], level: Double) {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    precondition(
      draws.allSatisfy { $0.count == estimate.count }, "draws are as long as the estimate")
    self.level = level
    self.estimate = estimate
    (open, root, isTied) = (nil, nil, false)
    source = .draws(draws, jackknife: nil)
  }

  /// The interval of a quantity computed from the parameters.
  ///
  /// - Parameters:
  ///   - isPositive: whether the quantity is positive by nature, so that its interval is formed for
  ///     its logarithm.
  ///   - quantity: the quantity for a parameter vector; nil or NaN where it has none.
  /// - Returns: nil where the quantity has no value at the estimate or no spread can be found.
  /// - Complexity: one evaluation per draw, or two per free parameter.
  public func interval(
    isPositive: Bool, of quantity: ([Double]) -> Double?
  ) -> Interval? {
    interval(isPositive: isPositive) { [quantity($0) ?? .nan] }.first ?? nil
  }

  /// The intervals of several quantities computed together.
  public func interval(
    isPositive: Bool, of quantities: ([Double]) -> [Double]
  ) -> [Interval?] {
    let found = intervalOfDetermined(isPositive: isPositive, of: quantities)
    guard let open else { return found }
    return zip(found, open.move(quantities)).map { $1 ? nil : $0 }
  }

  private func intervalOfDetermined(
    isPositive: Bool, of quantities: ([Double]) -> [Double]
  ) -> [Interval?] {
    let tail = (1 - level) / 2
    switch source {
    case .draws(let draws, let jackknife):
      let table = draws.map(quantities)
      let center = quantities(estimate)
      let left = jackknife?.map(quantities)
      return center.indices.map { index in
        if let left {
          return BiasCorrection.interval(
            estimate: center[index], draws: table.map { $0[index] },
            jackknife: left.map { $0[index] }, tail: tail
          ).map { Interval(lower: $0.lower, upper: $0.upper) }
        }
        let ends = Draws.quantiles(table.map { $0[index] }, [tail, 1 - tail])
        return ends[0].isNaN ? nil : Interval(lower: ends[0], upper: ends[1])
      }
    case .covariance(_, _, _, let degreesOfFreedom):
      let center = quantities(estimate)
      let errors = deltaErrors(isPositive: isPositive, of: quantities)
      let t = StudentT.quantile(1 - tail, degreesOfFreedom: Double(max(degreesOfFreedom, 1)))
      return center.indices.map { index in
        guard let error = errors[index] else { return nil }
        let half = t * error
        return isPositive
          ? Interval(
            lower: center[index] / exponential(half), upper: center[index] * exponential(half))
          : Interval(lower: center[index] - half, upper: center[index] + half)
      }
    }
  }

  /// The standard error of a quantity by the delta method, of its logarithm where it is positive by
  /// nature; nil where the uncertainty is in draws, or there is none.
  func standardError(isPositive: Bool, of quantity: ([Double]) -> Double?) -> Double? {
    standardErrors(isPositive: isPositive) { [quantity($0) ?? .nan] }.first ?? nil
  }

  /// Values of each quantity that stand for its distribution; nil for one without.
  func values(
    isPositive: Bool, count: Int, of quantities: ([Double]) -> [Double]
  ) -> [[Double]?] {
    switch source {
    case .draws(let draws, _):
      let table = draws.map(quantities)
      let isOpen = open?.move(quantities)
      return quantities(estimate).indices.map { index in
        isOpen?[index] == true ? nil : table.map { $0[index] }
      }
    case .covariance(_, _, _, let degreesOfFreedom):
      let errors = standardErrors(isPositive: isPositive, of: quantities)
      // Evenly spread quantiles: the distribution itself, without sampling noise.
      let t = (0..<count).map {
        StudentT.quantile(
          (Double($0) + 0.5) / Double(count), degreesOfFreedom: Double(max(degreesOfFreedom, 1)))
      }
      return zip(quantities(estimate), errors).map { center, error in
        guard let error else { return nil }
        return t.map { isPositive ? center * exponential($0 * error) : center + $0 * error }
      }
    }
  }

  private func standardErrors(
    isPositive: Bool, of quantities: ([Double]) -> [Double]
  ) -> [Double?] {
    let errors = deltaErrors(isPositive: isPositive, of: quantities)
    guard let open, !errors.isEmpty else { return errors }
    return zip(errors, open.move(quantities)).map { $1 ? nil : $0 }
  }

  /// The errors of what is determined.
  private func deltaErrors(
    isPositive: Bool, of quantities: ([Double]) -> [Double]
  ) -> [Double?] {
    guard case .covariance(let matrix, let indices, let isLog, _) = source else { return [] }
    let center = quantities(estimate)
    let slopes = zip(indices, isLog).enumerated().map { row, parameter in
      slope(
        of: quantities, along: parameter.0, isLog: parameter.1, isPositive: isPositive,
        error: max(matrix[row][row], 0).squareRoot())
    }
    return center.indices.map { index in
      let variance = variance(slopes.map { $0[index] }, matrix)
      guard variance >= 0, center[index].isFinite, !isPositive || center[index] > 0
      else {
        return nil
      }
      return variance.squareRoot()
    }
  }

  /// The variance g' M g of a gradient; NaN where rounding is all that is left of it.
  private func variance(_ gradient: [Double], _ matrix: [[Double]]) -> Double {
    guard let root else {
      var variance = 0.0
      for row in gradient.indices {
        for column in gradient.indices {
          variance += gradient[row] * matrix[row][column] * gradient[column]
        }
      }
      return variance
    }
    var (variance, size) = (0.0, 0.0)
    for vector in root {
      let parts = zip(gradient, vector).map { $0 * $1 }
      let along = parts.reduce(0, +)
      let length = parts.reduce(0) { $0 + abs($1) }
      variance += along * along
      size += length * length
    }
    // Slopes are exact to about 1e-12.
    return variance >= 1e-20 * size ? variance : .nan
  }

  /// The derivative of the quantities along one parameter, on the scales of both.
  private func slope(
    of quantities: ([Double]) -> [Double], along index: Int, isLog: Bool, isPositive: Bool,
    error: Double
  ) -> [Double] {
    let step = max(1e-3 * error, 1e-9 * (isLog ? 1 : max(abs(estimate[index]), 1e-300)))
    func at(_ offset: Double) -> [Double] {
      var values = estimate
      values[index] = isLog ? values[index] * exponential(offset) : values[index] + offset
      return quantities(values)
    }
    let (above, below) = (at(step), at(-step))
    guard root != nil else {
      return zip(above, below).map {
        (isPositive ? logarithm($0) - logarithm($1) : $0 - $1) / (2 * step)
      }
    }
    // The steps of parameters known in combination only are long, and what they do must cancel: the
    // logarithm is left to the end, and the next order goes.
    let (farAbove, farBelow) = (at(2 * step), at(-2 * step))
    let center = quantities(estimate)
    return center.indices.map { place in
      let near = (above[place] - below[place]) / (2 * step)
      let far = (farAbove[place] - farBelow[place]) / (4 * step)
      return (4 * near - far) / 3 / (isPositive ? center[place] : 1)
    }
  }
}
