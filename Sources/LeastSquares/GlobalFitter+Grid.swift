// The search over a grid: laws that are linear but for one or two parameters whose range is stated.

extension GlobalFitter {
  /// Polishes the minima of a grid until enough of them agree.
  func searchGrid(
    _ weights: [Double], isWarm: Bool, _ isReplicate: Bool, _ polisher: Polisher,
    _ scratch: FitScratch, _ tally: inout SearchTally
  ) throws(FitError) {
    let candidates = candidates(weights, polisher, scratch, vanishing: !isReplicate)
    let needed = isReplicate ? min(2, options.agreeingSeeds) : options.agreeingSeeds
    // Of a warm start's own valley nothing new is to be learnt; any other seed is polished.
    let others = !isWarm ? candidates : candidates.filter { !isSameValley($0, tally.best) }
    try polish(others, until: needed, polisher, &tally)
    // Outliers may have bent the least squares behind the seeds: look again with them held
    // down, as long as that finds something better.
    for round in 0..<3 {
      guard let best = tally.best, let robust = robustWeights(weights, best, polisher) else {
        break
      }
      try polish(
        self.candidates(
          robust, polisher, scratch, vanishing: false, spread: !isReplicate && round == 0),
        until: .max, polisher, &tally)
      guard let now = tally.best, now.objective < best.objective * (1 - SearchTally.same) else {
        break
      }
    }
    tally.seeds = plan?.pointCount ?? 0
  }

  /// Whether a seed of the grid lies within two steps of an optimum along each axis, and not below
  /// it.
  private func isSameValley(_ seed: Start, _ optimum: LocalOptimum?) -> Bool {
    guard let plan, !plan.shape.isEmpty, let optimum, optimum.termination.isMinimum,
      seed.objective >= optimum.objective
    else { return false }
    return plan.axes.enumerated().allSatisfy { index, parameter in
      let step = 1 / Double(max(plan.shape[index] - 1, 1))
      let range = ranges[parameter]
      let distance =
        range.fraction(of: seed.parameters[parameter])
        - range.fraction(of: optimum.parameters[parameter])
      return abs(distance) <= 2 * step
    }
  }

  /// Polishes candidates in order until enough of them agree on the best.
  private func polish(
    _ candidates: [Start], until needed: Int, _ polisher: Polisher, _ tally: inout SearchTally
  ) throws(FitError) {
    for candidate in candidates where tally.reached < needed {
      // A term taken away is worth polishing only where that hardly shows.
      if candidate.isVanishing, let best = tally.best?.objective, candidate.objective > 2 * best {
        continue
      }
      var optimum: LocalOptimum
      if candidate.isVanishing {
        // Released, it would only walk back to the optimum of the full model.
        optimum = try polisher.polish(candidate.parameters, frozen: candidate.frozen)
        if let best = tally.best?.objective, optimum.objective < best {
          optimum = try polish(
            Start(parameters: optimum.parameters, frozen: optimum.frozen), polisher,
            isStart: false)
        }
      } else {
        optimum = try polish(candidate, polisher, isStart: false)
      }
      tally.add(optimum, isStart: false)
    }
  }
}
