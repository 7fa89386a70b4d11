/// One line of the benchmark: the median of several runs of one piece of work.
struct Measurement: Encodable {
  /// What was done.
  var name: String
  /// The median.
  var median: Double
  /// The fastest and the slowest run.
  var fastest: Double
  var slowest: Double
  /// Unit of the three.
  var unit: String
  /// Number of runs.
  var runs: Int
  /// The target, in the same unit, and whether the median reaches it; nil for an anchor.
  var target: Double?
  var isReached: Bool?

  /// Times some work, which is run once before counting; `scale` is in units per second.
  init(
    _ name: String, runs: Int, unit: String, scale: Double, target: Double? = nil,
    _ work: () async throws -> Void
  ) async rethrows {
    try await work()
    var times: [Double] = []
    for _ in 0..<runs {
      let start = ContinuousClock.now
      try await work()
      times.append(Self.seconds(ContinuousClock.now - start) * scale)
    }
    self.init(name, times, unit: unit, target: target, isLowerBetter: true)
  }

  /// The same from figures already taken.
  init(_ name: String, _ figures: [Double], unit: String, target: Double?, isLowerBetter: Bool) {
    let sorted = figures.sorted()
    self.name = name
    median = sorted[sorted.count / 2]
    fastest = isLowerBetter ? sorted[0] : sorted[sorted.count - 1]
    slowest = isLowerBetter ? sorted[sorted.count - 1] : sorted[0]
    self.unit = unit
    runs = figures.count
    self.target = target
    isReached = target.map { isLowerBetter ? median <= $0 : median >= $0 }
  }

  static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
