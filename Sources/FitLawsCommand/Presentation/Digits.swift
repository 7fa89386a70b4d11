internal import Tables

/// How an estimate and what belongs to it are rounded for people.
struct Digits {
  private let estimate: Double
  private let error: Double
  /// Beyond a third of the estimate the error says nothing about single decimals of the ends.
  private let isWide: Bool
  /// Numbers too large to read in full are counts.
  private let isCount: Bool

  /// Prepares the rounding; a count of parameters, tokens or FLOP may be written 70B.
  init(_ estimate: Double, error: Double?, isCount: Bool = false) {
    self.estimate = estimate
    self.error = error ?? .nan
    isWide = !(self.error < abs(estimate) / 3)
    self.isCount = isCount && abs(estimate) >= 1e7
  }

  /// A number of the estimate's kind.
  func text(_ value: Double) -> String {
    if !error.isFinite { return Rounding.significant(value, 6) }
    if isCount { return Quantity.format(value, digits: 3) }
    return isWide
      ? Rounding.significant(value, 2) : Rounding.byUncertainty(value, error: error).value
  }

  /// The error; empty where there is none.
  var errorText: String {
    guard error.isFinite else { return "" }
    if isCount { return Quantity.format(error, digits: 2) }
    return isWide
      ? Rounding.significant(error, 2) : Rounding.byUncertainty(estimate, error: error).error
  }
}
