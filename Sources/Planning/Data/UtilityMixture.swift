public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A pool of data by what its samples are worth and how fast that wears off.
///
/// Source: Goyal et al. 2024, arXiv:2404.07177.
public struct UtilityPool: Sendable, Hashable {
  /// What it is called.
  public var name: String
  /// Unique samples, or tokens.
  public var size: Double
  /// b: the exponent of the error in samples of the first epoch, negative.
  public var utility: Double
  /// tau: epochs after which the utility has halved.
  public var halfLife: Double

  /// Makes a pool.
  ///
  /// - Throws: `AnalysisError` for a size or half-life that is not positive, or a utility that is
  ///   not negative.
  public init(
    _ name: String, size: Double, utility: Double, halfLife: Double
  ) throws(AnalysisError) {
    func refuse(_ what: String) -> AnalysisError {
      AnalysisError(.badSetting, "pool \(name): \(what)")
    }
    guard size > 0, size.isFinite else {
      throw refuse("a size of \(NumberText.shortest(size)); give a positive number, such as 25B")
    }
    guard utility < 0, utility.isFinite else {
      throw refuse(
        "a utility of \(NumberText.shortest(utility)); it is an exponent below 0, such as -0.25")
    }
    guard halfLife > 0, halfLife.isFinite else {
      throw refuse(
        "a half-life of \(NumberText.shortest(halfLife)) epochs; give a positive number, such as 4")
    }
    (self.name, self.size, self.utility, self.halfLife) = (name, size, utility, halfLife)
  }
}

/// Pools mixed in proportion to their sizes, and how the error falls over passes through them.
///
///     y(n) = a n_1^b_1 prod_j (n_j / n_(j-1))^b_j + d,   b_k = sum_i w_i b_i (1/2)^((k - 1) w_i /
///     tau_i)
///
/// with n_j the samples seen after epoch j and w_i the share of pool i: a sample of a mixture is
/// repeated as seldom as the mixture is large, so that half-lives grow by 1/w_i. For p pools of one
/// size that is the published `p tau`; shares of unequal pools are ours.
///
/// Source: Goyal et al. 2024, arXiv:2404.07177; the equation of the paper, from which its code
/// departs.
public struct UtilityMixture: Sendable, Hashable {
  /// The pools.
  public private(set) var pools: [UtilityPool]
  /// Unique samples in all.
  public private(set) var size: Double
  /// The utility of each epoch; the last is that of all later ones.
  private let utilities: [Double]
  /// The logarithm of the product over whole epochs, less that of the first n_1^b_1.
  private let logProducts: [Double]

  /// Mixes pools.
  ///
  /// - Precondition: at least one pool.
  public init(_ pools: [UtilityPool]) {
    precondition(!pools.isEmpty, "a mixture has at least one pool")
    self.pools = pools
    let size = pools.reduce(0) { $0 + $1.size }
    var utilities: [Double] = []
    var logProducts = [0.0]
    // Until a sample is worth nothing to rounding; ten thousand epochs are no training.
    while utilities.count < 10_000 {
      let epoch = Double(utilities.count)
      let utility = pools.reduce(0.0) { sum, pool in
        let share = pool.size / size
        return sum + share * pool.utility * exp2(-epoch * share / pool.halfLife)
      }
      utilities.append(utility)
      if epoch > 0 { logProducts.append((logProducts.last ?? 0) + utility * log1p(1 / epoch)) }
      if utility > 1e-17 * utilities[0] { break }
    }
    (self.size, self.utilities, self.logProducts) = (size, utilities, logProducts)
  }

  /// The mixtures of the best pool, the best two, and so on: what a filter of falling strictness
  /// keeps.
  public static func nested(_ pools: [UtilityPool]) -> [UtilityMixture] {
    let sorted = pools.sorted { $0.utility < $1.utility }
    return sorted.indices.map { UtilityMixture(Array(sorted[...$0])) }
  }

  /// The logarithm of `n_1^b_1 prod_j (n_j / n_(j-1))^b_j`.
  ///
  /// - Parameters:
  ///   - samples: samples seen, positive.
  ///   - unit: the unit in which n is counted. The default is 1.
  /// - Returns: the logarithm, to which that of the amplitude is to be added.
  /// - Complexity: O(1).
  public func logFactor(samples: Double, unit: Double = 1) -> Double {
    let first = utilities[0]
    guard samples > size else { return first * log(samples / unit) }
    let epoch = whole(samples)
    let done = first * log(size / unit) + logProducts[epoch - 1]
    return done + utilities[min(epoch, utilities.count - 1)] * log(samples / size / Double(epoch))
  }

  /// The slope of ``logFactor(samples:unit:)`` in ln n: the utility of the epoch under way.
  public func slope(samples: Double) -> Double {
    samples > size ? utilities[min(whole(samples), utilities.count - 1)] : utilities[0]
  }

  /// The slope of ``logFactor(samples:unit:)`` in the logarithm of the size, at fixed n: more
  /// samples are fresh.
  func sizeSlope(samples: Double) -> Double {
    samples > size ? utilities[0] - slope(samples: samples) : 0
  }

  /// The mixture with every pool so many times as large.
  func scaled(by factor: Double) -> UtilityMixture {
    var scaled = self
    scaled.size *= factor
    for index in scaled.pools.indices { scaled.pools[index].size *= factor }
    return scaled
  }

  /// Whole epochs behind, at least 1, no more than have a utility of their own.
  private func whole(_ samples: Double) -> Int {
    Int(min(samples / size, Double(logProducts.count)))
  }

  /// The names of its pools.
  public var name: String { pools.map(\.name).joined(separator: " + ") }
}

/// The error of a model of fixed size over the samples it sees, for mixtures of pools.
///
///     y(n) = a n^b + d   with b as the pools have it
///
/// Source: Goyal et al. 2024, arXiv:2404.07177.
public struct UtilityLaw: Sendable, Hashable {
  /// The amplitude.
  public var a: Double
  /// The error that no data remove.
  public var d: Double
  /// The unit in which samples are counted, such as 1e6.
  public var unit: Double

  /// Makes a law; constants are those of a fit of your own.
  public init(a: Double, d: Double, unit: Double = 1) {
    (self.a, self.d, self.unit) = (a, d, unit)
  }

  /// The error after some samples.
  public func error(_ mixture: UtilityMixture, samples: Double) -> Double {
    a * exp(mixture.logFactor(samples: samples, unit: unit)) + d
  }

  /// Where the best of several mixtures changes as more samples are seen.
  ///
  /// - Parameters:
  ///   - mixtures: such as ``UtilityMixture/nested(_:)``.
  ///   - range: samples between which to look.
  /// - Returns: the places of the mixtures at each change, in ascending order of samples.
  /// - Throws: `AnalysisError` for a range that does not begin above 0.
  public func changes(
    _ mixtures: [UtilityMixture], range: ClosedRange<Double>
  ) throws -> [DataChoice.Change] {
    guard range.lowerBound > 0, range.lowerBound < range.upperBound, range.upperBound.isFinite
    else {
      throw AnalysisError(
        .badSetting,
        "a range of samples goes from a positive number to a larger one, such as 1e6,1e10")
    }
    let study = GroupStudy(groups: mixtures.count, budgets: [], range: range) {
      mixtures.map { mixture in { samples, _ in error(mixture, samples: samples) } }
    }
    let outcome = try study.outcomes([mixtures.map { _ in [] }])[0]
    return DataChoice.changes(outcome.curves, study, tail: nil, outcomes: []) { samples in
      mixtures.map { error($0, samples: samples) }
    }
  }
}
