internal import LeastSquares
public import ScalingLaws
internal import Tables

/// How coverage grows with samples: what was seen, two curves through it, and how many samples a
/// target takes.
///
/// Intervals are percentiles over resamples of the problems, with both curves fitted again to each.
public struct CoverageAnalysis: Sendable, Hashable {
  /// How to find intervals.
  public struct Options: Sendable, Hashable {
    /// Their level, between 0 and 1.
    public var level = 0.95
    /// Resamples of the problems; 0 for no intervals.
    public var replicates = 1000
    /// The seed of the generator.
    public var seed: UInt64 = 0

    /// The defaults.
    public init() {}
  }

  /// A curve and how sure it is.
  public struct Curve: Sendable, Hashable {
    /// The curve.
    public var estimate: CoverageCurve
    /// The uncertainty of its two parameters, in the order of the case; nil without resamples.
    public var uncertainty: Uncertainty?

    /// Makes a curve, such as a published one.
    public init(estimate: CoverageCurve, uncertainty: Uncertainty? = nil) {
      (self.estimate, self.uncertainty) = (estimate, uncertainty)
    }

    /// Anything computed from the curve, positive by nature, with its interval.
    ///
    /// - Returns: nil where it has no value at the estimate.
    public func estimate(_ quantity: (CoverageCurve) -> Double?) -> Allocation.Estimate? {
      quantity(estimate).map { value in
        Allocation.Estimate(
          value: value,
          interval: uncertainty?.interval(isPositive: true) { parameters in
            estimate.with(parameters).flatMap(quantity)
          })
      }
    }
  }

  /// The coverage at some number of samples.
  public struct AtK: Sendable, Hashable {
    /// Samples.
    public var k: Double
    /// The unbiased estimate; nil beyond the samples drawn of every problem.
    public var observed: Allocation.Estimate?
    /// That of each curve.
    public var fitted: [Allocation.Estimate]
  }

  /// What a coverage takes.
  public struct Target: Sendable, Hashable {
    /// The coverage.
    public var coverage: Double
    /// The fewest samples at which the unbiased estimate reaches it; nil where none does.
    public var observed: Int?
    /// The samples at which each curve reaches it; nil where one does not with 1e15.
    public var samples: [Allocation.Estimate?]
  }

  /// Problems looked at.
  public var problems: Int
  /// The level of the intervals; nil without resamples.
  public var level: Double?
  /// The curves that could be fitted.
  public var curves: [Curve]
  /// One per number of samples, in the order asked for.
  public var coverages: [AtK]
  /// One per target, in the order asked for.
  public var targets: [Target]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Looks at attempts.
  ///
  /// - Parameters:
  ///   - attempts: the attempts.
  ///   - asked: numbers of samples at which the coverage is wanted, at least 1; whole up to the
  ///     samples drawn. The default is 1, 10, 100 and so on up to ten times the samples drawn.
  ///   - targets: coverages for which the samples are wanted, each between 0 and 1.
  ///   - options: how to find intervals.
  /// - Throws: `AnalysisError` for a number out of range.
  public init(
    _ attempts: Attempts, samples asked: [Double] = [], targets: [Double] = [],
    options: Options = Options()
  ) throws {
    try Self.check(asked, targets, options)
    let largest = attempts.largestK
    let asked = asked.isEmpty ? Self.decades(to: 10 * Double(largest)) : asked
    let observedKs = asked.compactMap { k in
      k <= Double(largest) && k == k.rounded() ? Int(k) : nil
    }
    // Once per problem: a resample only weighs them anew.
    let grid = Self.doublings(to: largest)
    let gridTable = grid.map { k in attempts.problems.map { $0.passAt(k) } }
    let observedTable = observedKs.map { k in attempts.problems.map { $0.passAt(k) } }
    func fits(_ weights: [Double]) -> (observed: [Double], curves: [CoverageCurve?]) {
      let count = weights.reduce(0, +)
      func means(_ table: [[Double]]) -> [Double] {
        table.map { zip($0, weights).reduce(0) { $0 + $1.0 * $1.1 } / count }
      }
      let points = zip(grid, means(gridTable)).map { CoveragePoint(k: Double($0), coverage: $1) }
      let problems = zip(attempts.problems, weights).flatMap {
        repeatElement($0, count: Int($1))
      }
      let beta = BetaBinomialFit(problems).maximum()
      return (
        means(observedTable),
        [
          CoverageCurve.power(fitting: points),
          beta.map { .betaBinomial(alpha: $0.alpha, beta: $0.beta) },
        ]
      )
    }
    let count = attempts.problems.count
    let center = fits(Array(repeating: 1, count: count))
    let draws = (0..<options.replicates).map { replicate in
      var generator = Philox(seed: options.seed, stream: UInt64(replicate))
      return fits(generator.nextResample(of: count))
    }
    func uncertainty(_ estimate: [Double], _ draws: [[Double]]) -> Uncertainty? {
      draws.count < 2 ? nil : Uncertainty(estimate, draws: draws, level: options.level)
    }
    problems = count
    level = options.replicates < 2 ? nil : options.level
    var warnings: [String] = []
    if count < 20 {
      warnings.append("\(count) problems: intervals over so few are too narrow; add problems")
    }
    let names = ["power law", "beta-binomial"]
    let curves = center.curves.enumerated().compactMap { index, curve -> Curve? in
      guard let curve else {
        warnings.append(Self.missing(index, attempts))
        return nil
      }
      let found = draws.compactMap { $0.curves[index]?.parameters }
      if found.count < draws.count {
        warnings.append(
          "\(draws.count - found.count) of \(draws.count) resamples have no \(names[index]); its "
            + "intervals leave them out")
      }
      return Curve(estimate: curve, uncertainty: uncertainty(curve.parameters, found))
    }
    self.curves = curves
    let observed = uncertainty(center.observed, draws.map(\.observed))
    coverages = asked.map { k in
      let place = observedKs.firstIndex { Double($0) == k }
      return AtK(
        k: k,
        observed: place.map { place in
          Allocation.Estimate(
            value: center.observed[place],
            interval: observed?.interval(isPositive: true) { $0[place] })
        },
        fitted: curves.compactMap { curve in curve.estimate { $0.coverage(k) } })
    }
    self.targets = targets.map { target in
      Target(
        coverage: target, observed: Self.fewest(attempts, target),
        samples: curves.map { curve in curve.estimate { $0.samples(reaching: target) } })
    }
    let farthest = max(
      asked.max() ?? 0, self.targets.flatMap(\.samples).compactMap { $0?.value }.max() ?? 0)
    if farthest > 100 * Double(largest) {
      warnings.append(
        "\(Quantity.format(farthest)) samples are more than 100 times the \(largest) drawn of a problem: "
          + "the tail rests on the form of the curve")
    }
    self.warnings = warnings
  }

  private static func check(
    _ asked: [Double], _ targets: [Double], _ options: Options
  ) throws(AnalysisError) {
    for k in asked where !(k >= 1 && k.isFinite) {
      throw AnalysisError(
        .badSetting, "\(NumberText.shortest(k)) samples: give 1 or more")
    }
    for target in targets where !(target > 0 && target < 1) {
      throw AnalysisError(
        .badSetting,
        "a target coverage of \(NumberText.shortest(target)): it lies between 0 and 1, such as 0.9")
    }
    guard options.replicates >= 0, options.level > 0, options.level < 1 else {
      throw AnalysisError(
        .badSetting, "intervals have a level between 0 and 1 and at least 0 resamples")
    }
  }

  private static func missing(_ curve: Int, _ attempts: Attempts) -> String {
    let solved = attempts.problems.reduce(0) { $0 + $1.correct }
    let drawn = attempts.problems.reduce(0) { $0 + $1.samples }
    let reason =
      solved == 0
      ? "no sample was correct"
      : solved == drawn
        ? "every sample was correct"
        : curve == 0
          ? "coverage does not rise over the samples drawn"
          : "the problems do not differ more than chance explains"
    return "no \(curve == 0 ? "power law" : "beta-binomial") was fitted: \(reason)"
  }

  /// 1, 10, 100 and so on.
  private static func decades(to limit: Double) -> [Double] {
    Array(sequence(first: 1.0) { $0 * 10 <= limit ? $0 * 10 : nil })
  }

  /// 1, 2, 4 and so on, and the limit itself.
  private static func doublings(to limit: Int) -> [Int] {
    let powers = Array(sequence(first: 1) { $0 * 2 < limit ? $0 * 2 : nil })
    return limit > 1 ? powers + [limit] : powers
  }

  private static func fewest(_ attempts: Attempts, _ target: Double) -> Int? {
    var (low, high) = (0, attempts.largestK)
    guard attempts.coverage(high) >= target else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if attempts.coverage(middle) >= target { high = middle } else { low = middle }
    }
    return high
  }
}

extension CoverageCurve {
  /// The two numbers of its case.
  var parameters: [Double] {
    switch self {
    case .power(let a, let b): [a, b]
    case .betaBinomial(let alpha, let beta): [alpha, beta]
    }
  }

  /// A curve of this kind with other numbers; nil where they are none.
  func with(_ parameters: [Double]) -> CoverageCurve? {
    guard parameters.allSatisfy(\.isFinite) else { return nil }
    switch self {
    case .power: return .power(a: parameters[0], b: parameters[1])
    case .betaBinomial: return .betaBinomial(alpha: parameters[0], beta: parameters[1])
    }
  }
}
