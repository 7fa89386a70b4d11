internal import LeastSquares
public import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// At how many bits to train.
///
/// Fewer bits make compute cheaper and parameters count for less. The budget is in FLOP at 16 bits,
/// and a FLOP at P bits costs P/16 of that: C = 6 N D P / 16. In effective parameters that is a
/// budget of `C f(P) 16 / P`, with f the share that counts, so that any law of N and D will do.
///
/// Source: Kumar et al. 2024, arXiv:2411.04330, section 4.3.
public struct PrecisionPlan: Sendable, Hashable {
  /// A model at some width.
  public struct Option: Sendable, Hashable {
    /// Bits.
    public var bits: Allocation.Estimate
    /// Parameters, all of them.
    public var params: Allocation.Estimate
    /// Training tokens.
    public var tokens: Allocation.Estimate
    /// Loss.
    public var loss: Allocation.Estimate
  }

  /// The widths at one budget.
  public struct AtBudget: Sendable, Hashable {
    /// The budget, in FLOP at 16 bits.
    public var flops: Double
    /// The best width of all; nil where fewer bits are always better.
    public var best: Option?
    /// The widths asked for.
    public var options: [Option]
  }

  /// Bits at which a FLOP costs a FLOP.
  public static let referenceBits = 16.0

  /// The law used.
  public var law: String
  /// The level of the intervals; nil without uncertainty.
  public var level: Double?
  /// One per budget, in the order asked for.
  public var budgets: [AtBudget]
  /// Published forms used, each with its source.
  public var sources: [String]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// Compares widths.
  ///
  /// - Parameters:
  ///   - law: a law of N and D. One fitted with P, or with Pw, Pa and Pkv, has sensitivities of its
  ///     own, varied with every draw.
  ///   - sensitivity: for a law fitted to runs at 16 bits, how they lose capacity below.
  ///   - asked: budgets in FLOP at 16 bits, each positive.
  ///   - widths: widths to compare, in bits.
  ///   - params: parameters, where they are fixed; the best width then grows with the budget.
  /// - Throws: `AnalysisError` for numbers that are not positive, or a law without sensitivities
  ///   where none are given.
  public init(
    _ law: EstimatedLaw, sensitivity: PrecisionSensitivity? = nil, budgets asked: [Double],
    widths: [Double] = [4, 8, 16], params: Double? = nil
  ) throws {
    for (values, what, example) in [
      (asked, "FLOP", "1e24"), (widths, "bits", "8"),
      (params.map { [$0] } ?? [], "parameters", "7B"),
    ] {
      for value in values where !(value > 0 && value.isFinite) {
        throw AnalysisError(
          .badSetting,
          "\(NumberText.shortest(value)) \(what): that is positive, such as \(example)")
      }
    }
    let surface = try PrecisionSurface(law, sensitivity)
    self.law = law.name
    level = law.uncertainty?.level
    sources = [PrecisionSensitivity.source]
    warnings = law.warnings
    budgets = try asked.map { budget in
      func option(_ bits: @escaping ([Double]) -> Double?) throws -> Option? {
        func quantities(_ values: [Double]) -> [Double]? {
          guard let bits = bits(values),
            let point = surface.point(budget, bits, params: params, values)
          else { return nil }
          return [bits, point.params, point.tokens, point.loss]
        }
        guard quantities(law.values) != nil else { return nil }
        let found = try law.estimates(orRefuse: "", quantities)
        return Option(bits: found[0], params: found[1], tokens: found[2], loss: found[3])
      }
      return AtBudget(
        flops: budget,
        best: try option { surface.bestBits(budget, params: params, $0) },
        options: try widths.compactMap { bits in try option { _ in bits } })
    }
    if let largest = asked.max(), let warning = law.warningBeyondData(largest) {
      warnings.append(warning)
    }
  }
}

/// The loss of a law at any width, by its effective parameters.
struct PrecisionSurface {
  private let capacity: EffectiveCapacity
  private let optimum: ComputeOptimum

  init(_ law: EstimatedLaw, _ given: PrecisionSensitivity?) throws {
    capacity = try EffectiveCapacity(law, given)
    optimum = try ComputeOptimum(law, inputs: capacity.inputs)
  }

  /// The model of least loss at a width; with fixed parameters, the only one.
  func point(
    _ flops: Double, _ bits: Double, params: Double?, _ values: [Double]
  ) -> ComputeOptimum.Point? {
    guard let share = capacity.share(bits, values), share > 0 else { return nil }
    let budget = flops * PrecisionPlan.referenceBits / bits
    if let params {
      let tokens = budget / (6 * params)
      return ComputeOptimum.Point(
        params: params, tokens: tokens, loss: optimum.loss(params * share, tokens, values))
    }
    guard var point = optimum.find(budget * share, values) else { return nil }
    point.params /= share
    return point
  }

  /// The width of least loss; nil where fewer bits are always better.
  func bestBits(_ flops: Double, params: Double?, _ values: [Double]) -> Double? {
    guard let sensitivity = capacity.sensitivity(values) else { return nil }
    guard let params else { return sensitivity.optimalBits }
    func slope(_ logBits: Double) -> Double {
      let bits = exp(logBits)
      let tokens = flops * PrecisionPlan.referenceBits / bits / (6 * params)
      let slopes = optimum.elasticities(
        params * capacity.share(bits, sensitivity), tokens, values)
      return slopes.params * sensitivity.slope(bits: bits) - slopes.tokens
    }
    return BrentRoot.find(in: log(0.01)...log(1024), slope).map { exp($0.x) }
  }
}
