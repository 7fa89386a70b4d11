extension Polisher {
  /// Minimises the sum of w abs(r) as the limit of Huber losses.
  ///
  /// Delta starts at the median residual of the start and falls tenfold, eight times, each
  /// minimum the start of the next; the objective reported is the sum of w abs(r).
  func polishAbsolute(_ start: [Double], frozen: [Bool]) throws(FitError) -> LocalOptimum {
    objective.parameters = start
    let sizes = objective.residuals().map { abs($0) }.filter(\.isFinite).sorted()
    defer { objective.loss = .absolute }
    guard let median = sizes.isEmpty ? nil : sizes[sizes.count / 2], median > 0 else {
      objective.loss = .huber(delta: 1e-12)
      var optimum = try polish(start, frozen: frozen)
      optimum.objective = try absoluteValue(optimum)
      return optimum
    }
    var delta = median
    objective.loss = .huber(delta: delta)
    var optimum = try polishWithinBounds(start, frozen: frozen)
    var iterations = optimum.iterations
    for _ in 0..<8 {
      guard optimum.objective.isFinite else { return optimum }
      delta *= 0.1
      objective.loss = .huber(delta: delta)
      optimum = try polish(optimum.parameters, frozen: optimum.frozen)
      iterations += optimum.iterations
    }
    optimum = try settle(optimum)
    optimum.iterations = iterations
    optimum.objective = try absoluteValue(optimum)
    return optimum
  }

  private func absoluteValue(_ optimum: LocalOptimum) throws(FitError) -> Double {
    objective.loss = .absolute
    objective.parameters = optimum.parameters
    return objective.evaluateNatural()
  }
}
