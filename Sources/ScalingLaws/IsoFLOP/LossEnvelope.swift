internal import LeastSquares
internal import Tables

/// Approach 1: the lower envelope of the curves of loss over compute, one curve per model size.
///
/// Rows of the same N (within 0.2 %, for tables read off figures) ordered by D are a curve; between
/// its points the loss is linear in ln C, and so is ln D. Compute is divided into bins of equal
/// width in its logarithm. At the middle of each, the curve of least loss gives N and D, and power
/// laws are drawn through these. A bin counts only where that curve has a smaller and a larger size
/// beside it: at the edge of the sizes the least loss says where the sizes end, not where the
/// optimum is.
///
/// Bins share the runs of a few curves, so their scatter says nothing of the error. Intervals are
/// by the jackknife: every size is left out once.
///
/// - Note: The envelope picks the luckiest run of each bin (the winner's curse). Its loss is below
///   that of a typical run, and noise favours sizes that were tried more often.
struct LossEnvelope {
  /// The smallest number of sizes, of points of a size, and of sizes on the envelope.
  static let minimumCount = 3
  private static let sameSize = 0.002

  struct Curve {
    var params: Double
    var logFlops: [Double]
    var logTokens: [Double]
    var loss: [Double]

    func covers(_ x: Double) -> Bool {
      guard let first = logFlops.first, let last = logFlops.last else { return false }
      return first <= x && x <= last
    }

    func point(at x: Double) -> (loss: Double, logTokens: Double) {
      let next = max(logFlops.firstIndex { $0 >= x } ?? logFlops.count - 1, 1)
      let width = logFlops[next] - logFlops[next - 1]
      let share = (x - logFlops[next - 1]) / width
      func between(_ y: [Double]) -> Double { y[next - 1] + share * (y[next] - y[next - 1]) }
      return (between(loss), between(logTokens))
    }
  }

  /// The curves that cover the middle of a bin, in order of size, with what they say there.
  private struct Bin {
    var logFlops: Double
    var points: [(curve: Int, loss: Double, logTokens: Double)]
  }

  let curves: [Curve]
  private let bins: [Bin]
  let params: PowerLawFit
  let tokens: PowerLawFit
  /// Bins on the envelope, and sizes that hold one.
  let binsUsed: Int
  let sizesUsed: Int

  init(_ runs: IsoFLOPRuns, bins count: Int) throws(AnalysisError) {
    let curves = Self.curves(of: runs)
    guard curves.count >= Self.minimumCount else {
      throw AnalysisError(
        .tooFewRows,
        "\(curves.count) size\(curves.count == 1 ? " has" : "s have") three runs or more "
          + "of different tokens, and three such sizes are needed"
      )
    }
    let bins = Self.bins(curves, count: count)
    guard let found = Self.laws(curves, bins, without: nil) else {
      throw AnalysisError(
        .undetermined,
        "fewer than three sizes are ever best with a smaller and a larger one beside them; add sizes"
      )
    }
    self.curves = curves
    self.bins = bins
    (params, tokens, binsUsed, sizesUsed) = (found.params, found.tokens, found.bins, found.sizes)
  }

  private static func curves(of runs: IsoFLOPRuns) -> [Curve] {
    IsoFLOPRuns.chains(of: runs.params, gap: sameSize).compactMap { rows in
      // Runs of one size and the same tokens are one point: their mean loss.
      let groups = IsoFLOPRuns.chains(of: rows.map { runs.tokens[$0] }, gap: 1e-9)
        .map { $0.map { rows[$0] } }
      guard groups.count >= minimumCount else { return nil }
      func means(_ value: (Int) -> Double) -> [Double] {
        groups.map { group in group.map(value).mean }
      }
      let curve = Curve(
        params: exponential(rows.map { logarithm(runs.params[$0]) }.mean),
        logFlops: means { logarithm(runs.flops[$0]) },
        logTokens: means { logarithm(runs.tokens[$0]) }, loss: means { runs.loss[$0] })
      // Compute that does not grow with tokens makes no curve.
      return zip(curve.logFlops, curve.logFlops.dropFirst()).allSatisfy({ $0 < $1 }) ? curve : nil
    }
  }

  private static func bins(_ curves: [Curve], count: Int) -> [Bin] {
    guard let low = curves.compactMap(\.logFlops.first).min(),
      let high = curves.compactMap(\.logFlops.last).max()
    else { return [] }
    return (0..<count).map { index in
      let x = low + (high - low) * ((Double(index) + 0.5) / Double(count))
      var bin = Bin(logFlops: x, points: [])
      for (curve, values) in curves.enumerated() where values.covers(x) {
        let point = values.point(at: x)
        bin.points.append((curve, point.loss, point.logTokens))
      }
      return bin
    }
  }

  private static func laws(
    _ curves: [Curve], _ bins: [Bin], without left: Int?
  ) -> (params: PowerLawFit, tokens: PowerLawFit, bins: Int, sizes: Int)? {
    var (flops, params, tokens): ([Double], [Double], [Double]) = ([], [], [])
    var winners = Set<Int>()
    for bin in bins {
      let points = bin.points.filter { $0.curve != left }
      guard let best = points.indices.min(by: { points[$0].loss < points[$1].loss }), best > 0,
        best < points.count - 1
      else { continue }
      winners.insert(points[best].curve)
      flops.append(exponential(bin.logFlops))
      params.append(curves[points[best].curve].params)
      tokens.append(exponential(points[best].logTokens))
    }
    guard winners.count >= minimumCount, let paramsLaw = try? PowerLawFit(x: flops, y: params),
      let tokensLaw = try? PowerLawFit(x: flops, y: tokens)
    else { return nil }
    return (paramsLaw, tokensLaw, flops.count, winners.count)
  }

  /// The jackknife interval of quantities computed from the laws of N and D; nil where leaving one
  /// size out leaves no envelope.
  func intervals(
    level: Double, isPositive: Bool, of quantities: (PowerLawFit, PowerLawFit) -> [Double]
  ) -> [Uncertainty.Interval?] {
    let center = quantities(params, tokens).map { isPositive ? logarithm($0) : $0 }
    let count = curves.count
    let samples = (0..<count).compactMap { left -> [Double]? in
      guard let laws = Self.laws(curves, bins, without: left) else { return nil }
      return quantities(laws.params, laws.tokens).map { isPositive ? logarithm($0) : $0 }
    }
    guard samples.count == count else { return center.map { _ in nil } }
    let t = StudentT.quantile((1 + level) / 2, degreesOfFreedom: Double(count - 1))
    return center.indices.map { index in
      let mean = samples.map { $0[index] }.mean
      let sum = samples.reduce(0) { $0 + ($1[index] - mean) * ($1[index] - mean) }
      let half = t * (sum * Double(count - 1) / Double(count)).squareRoot()
      let ends = [center[index] - half, center[index] + half].map {
        isPositive ? exponential($0) : $0
      }
      return Uncertainty.Interval(lower: ends[0], upper: ends[1])
    }
  }
}
