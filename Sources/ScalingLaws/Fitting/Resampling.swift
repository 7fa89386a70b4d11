internal import Formulas
internal import LeastSquares
internal import Tables

/// Refits of resampled data, each with a global search of its own.
///
/// Over rows or clusters, they are drawn with replacement. In the wild form the design stays and
/// the residuals change sign at random, cluster by cluster: for grids of runs that must not be
/// thinned. Replicate r uses stream r of the counter-based generator under the seed, so that the
/// draws are the same on any number of tasks.
///
/// Source for the wild form: C. F. J. Wu, Annals of Statistics 14, 1986; signs after E. Flachaire,
/// 2005.
struct Resampling {
  let data: FitData
  let spec: FitSpec
  /// How many directions of the parameters the rows determine.
  let rank: Int
  private let clusters: [[Int]]

  init(data: FitData, spec: FitSpec, rank: Int) throws {
    self.data = data
    self.spec = spec
    self.rank = rank
    clusters = try data.clusters(by: spec.cluster)
  }

  // MARK: - Draws

  /// What became of the replicates.
  struct Replicates {
    var draws: Draws
    /// Those without a finite fit.
    var failed: Int
    /// Those whose search ended without reaching a minimum; they are among the draws.
    var unconverged: Int
  }

  /// The parameters of each replicate.
  func draws(
    _ replicates: Int, _ fitter: GlobalFitter<FormulaModel>, near best: Fit,
    progress: (@Sendable (Double) -> Void)?
  ) async throws -> Replicates {
    // Half the points along each axis of a grid: in 100 of 100 replicates of the Chinchilla figures that
    // finds what the published grid of 4,500 starts finds, at a quarter of the grid's cost.
    var options = fitter.options
    options.gridPointsPerAxis = max(3, options.gridPointsPerAxis / 2)
    let fitter = try GlobalFitter(fitter.problem, options: options)
    let all: [Replicate?]
    switch spec.resampling {
    case .rows:
      all = await replicated(replicates, progress) { [clusters, data, spec] replicate, scratch in
        var generator = Philox(seed: spec.seed, stream: UInt64(replicate))
        var counts = Array(repeating: 0.0, count: data.table.rowCount)
        for _ in clusters {
          for row in clusters[generator.next(below: clusters.count)] { counts[row] += 1 }
        }
        // A resample with too few distinct rows has no fit; it is counted as failed.
        return try? fitter.fit(rowWeights: counts, near: WarmStart(best), scratch: scratch)
      }
    case .wild:
      let wild = WildResponses(data: data, best: best, rank: rank, clusters: clusters)
      all = await replicated(replicates, progress) { [data, spec] replicate, scratch in
        guard let response = wild.response(seed: spec.seed, replicate: replicate) else {
          return nil
        }
        let ones = Array(repeating: 1.0, count: data.table.rowCount)
        return try? fitter.replacing(response: response)
          .fit(rowWeights: ones, near: WarmStart(best), scratch: scratch)
      }
    }
    let values = all.compactMap { $0?.parameters }
    guard values.count >= 2 else {
      throw AnalysisError(
        .undetermined,
        "no resample of the rows could be fitted; use more rows or intervals by covariance")
    }
    return Replicates(
      draws: Draws(values: values), failed: all.count - values.count,
      unconverged: all.count { $0?.isMinimum == false })
  }

  /// The parameters with each cluster left out in turn; those that cannot be fitted are left out.
  func jackknife(_ fitter: GlobalFitter<FormulaModel>, near best: Fit) async -> [[Double]] {
    await replicated(clusters.count, nil) { [clusters, data] index, scratch in
      var counts = Array(repeating: 1.0, count: data.table.rowCount)
      for row in clusters[index] { counts[row] = 0 }
      return try? fitter.fit(rowWeights: counts, near: WarmStart(best), scratch: scratch)
    }.compactMap { $0?.parameters }
  }

  // MARK: - Tasks

  /// Replicates per task: enough to make the cost of a task vanish, few enough to balance.
  private static let chunk = 32

  /// What is kept of a refit.
  private struct Replicate: Sendable {
    var parameters: [Double]
    var isMinimum: Bool
  }

  /// The refits that differ in a number only, in order, over several tasks.
  private func replicated(
    _ count: Int, _ progress: (@Sendable (Double) -> Void)?,
    _ fit: @escaping @Sendable (Int, FitScratch) -> Fit?
  ) async -> [Replicate?] {
    let starts = Array(stride(from: 0, to: count, by: Self.chunk))
    var results: [[Replicate?]] = Array(repeating: [], count: starts.count)
    await withTaskGroup(of: (Int, [Replicate?]).self) { group in
      var next = 0
      func add() {
        guard next < starts.count else { return }
        let index = next
        next += 1
        group.addTask {
          let scratch = FitScratch()
          let range = starts[index]..<min(starts[index] + Self.chunk, count)
          return (
            index,
            range.map { number in
              fit(number, scratch).flatMap { fit in
                fit.objective.isFinite
                  ? Replicate(parameters: fit.parameters, isMinimum: fit.termination.isMinimum)
                  : nil
              }
            }
          )
        }
      }
      for _ in 0..<max(1, spec.tasks ?? Processors.count) { add() }
      var done = 0
      while let (index, chunk) = await group.next() {
        results[index] = chunk
        done += chunk.count
        progress?(Double(done) / Double(count))
        add()
      }
    }
    return results.flatMap { $0 }
  }
}

/// Responses with the residuals' signs drawn anew.
private struct WildResponses: Sendable {
  let response: [Double]
  let residuals: [Double]
  /// sqrt(n / (n - p)): a fit makes residuals too small.
  let widening: Double
  let kind: ResidualKind
  let clusters: [[Int]]

  init(data: FitData, best: Fit, rank: Int, clusters: [[Int]]) {
    let rows = Double(data.table.rowCount)
    widening = (rows / max(rows - Double(rank), 1)).squareRoot()
    response = data.formula.response
    residuals = best.residuals ?? []
    kind = data.residuals
    self.clusters = clusters
  }

  /// The responses of a replicate; nil where one leaves the domain of the residuals.
  func response(seed: UInt64, replicate: Int) -> [Double]? {
    var generator = Philox(seed: seed, stream: UInt64(replicate))
    var result = response
    for cluster in clusters {
      let sign = generator.next(below: 2) == 1 ? widening : -widening
      for row in cluster {
        let residual = residuals[row]
        // From fit + r to fit ± r, in the scale of the residuals.
        switch kind {
        case .log: result[row] *= exponential(sign * residual - residual)
        case .raw: result[row] += sign * residual - residual
        case .relative: result[row] *= (1 - residual) / (1 - sign * residual)
        }
        guard result[row].isFinite, kind == .raw || result[row] > 0 else { return nil }
      }
    }
    return result
  }
}
