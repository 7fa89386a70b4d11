/// How a curve becomes one number.
public enum Reduction: Sendable, Hashable {
  /// The value at the largest step.
  case last
  /// The smallest value that is not NaN, at its first step.
  case min
  /// The mean of the values at the last so many steps; a curve with fewer has none.
  case mean(last: Int)
  /// The value of the last row at or before so many tokens.
  case atTokens(Double)
}
