import Testing

@testable import LeastSquares

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether the search of a bootstrap replicate finds what the published grid of starts finds.
@Suite struct ReplicateReachTests {
  /// The 4,500 published starts: exponents, and the logarithms of A, B and E.
  ///
  /// Source: Hoffmann et al. 2022, arXiv:2203.15556, appendix D.
  static let publishedStarts: [[Double]] = {
    var starts: [[Double]] = []
    for alpha in stride(from: 0.0, through: 2, by: 0.5) {
      for beta in stride(from: 0.0, through: 2, by: 0.5) {
        for e in stride(from: -1.0, through: 1, by: 0.5) {
          for a in stride(from: 0.0, through: 25, by: 5) {
            for b in stride(from: 0.0, through: 25, by: 5) {
              starts.append([exp(e), exp(a), exp(b), alpha, beta])
            }
          }
        }
      }
    }
    return starts
  }()

  /// The best of the starts for some weights of the rows.
  static func best(of starts: [[Double]], weights: [Double]) throws -> Double {
    var problem = try ChinchillaTests.problem()
    problem.weights = weights
    var options = FitOptions()
    options.search = .local
    options.starts = starts
    // A start that has not arrived by then is not the one that finds the optimum.
    options.maximumIterations = 80
    return try GlobalFitter(problem, options: options).fit().objective
  }

  /// The grid is that of a bootstrap: half the points along each axis.
  @Test func replicatesFindWhatThePublishedGridFinds() async throws {
    #expect(Self.publishedStarts.count == 4500)
    var options = FitOptions()
    options.gridPointsPerAxis = 8
    let fitter = try GlobalFitter(ChinchillaTests.problem(), options: options)
    let misses = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<2 {
        group.addTask {
          let scratch = FitScratch()
          var misses = 0
          for replicate in stride(from: task, to: 100, by: 2) {
            var random = Philox(seed: 1, stream: UInt64(replicate))
            let counts = random.nextResample(of: 240)
            let found = try fitter.fit(rowWeights: counts, scratch: scratch)
            let best = try Self.best(of: Self.publishedStarts, weights: counts)
            // The same optimum to rounding: both are polished until nothing is gained.
            if found.objective > best * (1 + 1e-9) { misses += 1 }
          }
          return misses
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(misses == 0)
  }

  /// Of a dozen rows many replicates lead far out along a valley: the best start goes on where the
  /// others stop, so that more iterations never end higher, and often lower.
  @Test func theBestStartOfALostReplicateGoesOn() throws {
    var problem = try ChinchillaTests.problem()
    problem.weights = (0..<240).map { $0 % 20 == 7 ? 1 : 0 }
    var short = FitOptions()
    short.maximumIterations = FitOptions.replicateIterations
    let (brief, whole) = (
      try GlobalFitter(problem, options: short), try GlobalFitter(problem)
    )
    var gained = 0
    for replicate in 0..<60 {
      var random = Philox(seed: 2, stream: UInt64(replicate))
      let resample = random.nextResample(of: 12)
      var counts = Array(repeating: 0.0, count: 240)
      for (place, count) in resample.enumerated() { counts[7 + 20 * place] = count }
      guard counts.count(where: { $0 > 0 }) >= 5 else { continue }
      let first = try brief.fit(rowWeights: counts)
      let last = try whole.fit(rowWeights: counts)
      #expect(last.objective <= first.objective, "replicate \(replicate)")
      if last.polished == first.polished {
        #expect(last == first, "replicate \(replicate)")
      } else {
        #expect(last.polished == first.polished + 1, "replicate \(replicate)")
        if last.objective < first.objective { gained += 1 }
      }
    }
    #expect(gained > 0)
  }
}
