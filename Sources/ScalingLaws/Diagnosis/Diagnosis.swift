/// What to find out about a fit beside its numbers: how much the choices behind it matter.
///
/// The design check costs a factorisation and some hundred candidate runs, sensitivity a refit per variant.
public struct Diagnosis {
  /// Whether the design is checked.
  ///
  /// The default is false.
  public var checksDesign = false
  /// Which other fits to compare with, usually `SensitivityVariant.standard`.
  ///
  /// The default is none.
  public var variants: [SensitivityVariant] = []
  /// Budgets in FLOP at which to look at N* and D/N, each positive.
  ///
  /// The default is ten times the largest of the rows, rounded to one digit.
  public var budgets: [Double] = []
  /// How N* follows from a law: made from the fitted law, then called with a budget and a value for
  /// every parameter; nil where there is no optimum.
  ///
  /// The default is none: then only parameters are looked at. A law that is no function of N and D
  /// throws, and is treated the same.
  public var optimum: ((EstimatedLaw) throws -> (_ flops: Double, _ values: [Double]) -> Double?)?

  /// Makes a diagnosis with the defaults.
  public init() {}
}
