internal import LeastSquares
internal import Tables

/// Refits of resampled rows, each with a global search of its own.
///
/// Rows, or clusters of rows, are drawn with replacement. Replicate r uses stream r of the counter-based
/// generator under the seed, so that the draws are the same on any number of tasks.
struct Bootstrap {
  let data: FitData
  let spec: FitSpec
  let replicates: Int

  /// Replicates per task: enough to make the cost of a task vanish, few enough to balance.
  private static let chunk = 32

  func run(
    _ fitter: GlobalFitter<FormulaModel>, near best: Fit,
    progress: (@Sendable (Double) -> Void)?
  ) async throws -> Draws {
    let clusters = try self.clusters()
    let rows = data.table.rowCount
    let (replicates, seed) = (self.replicates, spec.seed)
    let starts = Array(stride(from: 0, to: replicates, by: Self.chunk))
    let width = max(1, spec.tasks ?? Processors.count)
    var results: [[[Double]?]] = Array(repeating: [], count: starts.count)
    try await withThrowingTaskGroup(of: (Int, [[Double]?]).self) { group in
      var next = 0
      func add() {
        guard next < starts.count else { return }
        let index = next
        next += 1
        group.addTask {
          let range = starts[index]..<min(starts[index] + Self.chunk, replicates)
          let scratch = FitScratch()
          let draws = range.map { replicate -> [Double]? in
            let counts = Self.counts(of: clusters, rows: rows, seed: seed, replicate: replicate)
            // A resample with too few distinct rows has no fit; it is counted as failed.
            guard
              let fit = try? fitter.fit(rowWeights: counts, near: best.parameters, scratch: scratch),
              fit.objective.isFinite
            else { return nil }
            return fit.parameters
          }
          return (index, draws)
        }
      }
      for _ in 0..<width { add() }
      var done = 0
      while let (index, draws) = try await group.next() {
        results[index] = draws
        done += draws.count
        progress?(Double(done) / Double(replicates))
        add()
      }
    }
    let all = results.flatMap { $0 }
    let values = all.compactMap { $0 }
    guard values.count >= 2 else {
      throw AnalysisError(
        .undetermined,
        "no resample of the rows could be fitted; use more rows, or intervals by covariance "
          + "(without --bootstrap)")
    }
    return Draws(values: values, failed: all.count - values.count)
  }

  /// The rows of each cluster.
  private func clusters() throws -> [[Int]] {
    let rows = data.table.rowCount
    guard let column = spec.cluster else { return (0..<rows).map { [$0] } }
    var members: [String: [Int]] = [:]
    var order: [String] = []
    for (row, name) in try data.table.texts(column).enumerated() {
      if members[name] == nil { order.append(name) }
      members[name, default: []].append(row)
    }
    guard order.count > 1 else {
      throw AnalysisError(
        .badSetting, "column \(column) names one cluster only; there is nothing to resample")
    }
    return order.map { members[$0] ?? [] }
  }

  /// How often each row is drawn.
  private static func counts(
    of clusters: [[Int]], rows: Int, seed: UInt64, replicate: Int
  ) -> [Double] {
    var generator = Philox(seed: seed, stream: UInt64(replicate))
    var counts = Array(repeating: 0.0, count: rows)
    for _ in clusters {
      for row in clusters[generator.next(below: clusters.count)] { counts[row] += 1 }
    }
    return counts
  }
}
