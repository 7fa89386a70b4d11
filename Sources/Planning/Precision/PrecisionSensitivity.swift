internal import LeastSquares
public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How much capacity a model keeps at P bits.
///
///     N_eff = N prod_i (1 - exp(-P / gamma_i))
///
/// with a gamma for each of weights, activations and key-value cache that is held at P bits.
///
/// Source: Kumar et al. 2024, arXiv:2411.04330. No published constants could be verified: they are
/// those of a fit of your own.
public struct PrecisionSensitivity: Sendable, Hashable {
  /// The gammas, in bits.
  public var gammas: [Double]
  /// Where the form comes from.
  public static let source =
    "effective parameters at P bits: Kumar et al. 2024, arXiv:2411.04330; gammas are the fit's"

  /// Makes a sensitivity.
  ///
  /// - Throws: `AnalysisError` for a gamma that is not positive, or none.
  public init(gammas: [Double]) throws(AnalysisError) {
    guard !gammas.isEmpty, gammas.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      let given = gammas.map(NumberText.shortest).joined(separator: ", ")
      throw AnalysisError(
        .badSetting,
        "sensitivities to precision are positive numbers of bits, not '\(given)'; fit the law precision"
      )
    }
    self.gammas = gammas
  }

  /// Those of a law of the catalogue's form, for a vector of its parameters: gamma three times, or
  /// gw, ga and gkv; nil for any other law.
  init?(_ law: EstimatedLaw, _ values: [Double]) {
    func value(_ name: String) -> Double? {
      law.parameters.firstIndex(of: name).map { values[$0] }
    }
    let split = ["gw", "ga", "gkv"].compactMap(value)
    let gammas = value("gamma").map { [$0, $0, $0] } ?? split
    guard gammas.count == 3, let made = try? PrecisionSensitivity(gammas: gammas) else {
      return nil
    }
    self = made
  }

  /// The share of parameters that count at P bits.
  public func capacity(bits: Double) -> Double {
    gammas.reduce(1) { $0 * -expm1(-bits / $1) }
  }

  /// The slope of the logarithm of ``capacity(bits:)`` in ln P: the sum of x / (e^x - 1) over
  /// x = P / gamma.
  public func slope(bits: Double) -> Double {
    gammas.reduce(0) { $0 + bits / $1 / expm1(bits / $1) }
  }

  /// The bits of least loss where the cost is that of N D P: those at which the slope is 1.
  ///
  /// They do not depend on the budget. For k equal gammas they are gamma x with e^x = 1 + k x. Nil
  /// for a single gamma: fewer bits are then always better.
  public var optimalBits: Double? {
    guard gammas.count > 1, let least = gammas.min(), let largest = gammas.max() else { return nil }
    // The slope falls from the number of gammas, and lies below 1 where e^x > 1 + k x for all.
    let range = log(1e-6 * least)...log(2 * Double(gammas.count) * largest)
    return BrentRoot.find(in: range) { slope(bits: exp($0)) - 1 }.map { exp($0.x) }
  }
}
