internal import Tables

/// How a curve becomes one number.
public enum Reduction: Sendable, Hashable, CustomStringConvertible {
  /// The value at the largest step, even if it is NaN.
  case last
  /// The smallest value that is not NaN, at its first step.
  case min
  /// The mean of the values at the last so many steps, at least 1; a curve with fewer has none.
  case mean(last: Int)
  /// The value of the last row at or before so many tokens, as the metric `tokens` of the same
  /// step counts them.
  ///
  /// Nothing is interpolated: the number is one that was logged, and the column `tokens` of the
  /// same query then says at how many tokens. A run that never came so far has no value.
  case atTokens(Double)

  /// The metric that counts tokens for ``atTokens(_:)``.
  public static let tokensMetric = "tokens"

  /// A reduction from text: `last`, `min`, `mean of last 20`, `at tokens 10B`; nil if it is none.
  public init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    switch (words.count, words.dropLast().joined(separator: " "), words.last ?? "") {
    case (1, _, "last"): self = .last
    case (1, _, "min"): self = .min
    case (_, "mean of last", let count):
      guard let count = Int(count), count >= 1 else { return nil }
      self = .mean(last: count)
    case (_, "at tokens", let tokens):
      guard let tokens = Quantity.parse(tokens), tokens > 0 else { return nil }
      self = .atTokens(tokens)
    default: return nil
    }
  }

  /// The text that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .last: "last"
    case .min: "min"
    case .mean(let count): "mean of last \(count)"
    case .atTokens(let tokens): "at tokens \(NumberText.shortest(tokens))"
    }
  }
}

/// One number made from a curve, and where it stands.
public struct ReducedValue: Sendable, Hashable {
  /// The number.
  public var value: Double
  /// The step of the row; of a mean the last row's.
  public var step: Int
  /// The file of the row, in the run's directory.
  public var segment: String
  /// The line of the row in it, counted from 1.
  public var line: Int
  /// The tokens of the row, if the metric `tokens` was logged at its step.
  public var tokens: Double?
}

extension RunCurves {
  /// A metric as one number; nil if the run has none.
  ///
  /// - Complexity: O(number of rows).
  public func reduce(_ metric: String, _ reduction: Reduction) -> ReducedValue? {
    guard let curve = self[metric], !curve.steps.isEmpty else { return nil }
    let tokens = self[Reduction.tokensMetric]
    let last = curve.count - 1
    switch reduction {
    case .last: return value(curve, last, tokens)
    case .min:
      let best = curve.values.indices.filter { !curve.values[$0].isNaN }
        .min { (curve.values[$0], $0) < (curve.values[$1], $1) }
      return best.map { value(curve, $0, tokens) }
    case .mean(let count):
      guard count >= 1, curve.count >= count else { return nil }
      var mean = value(curve, last, tokens)
      mean.value = curve.values.suffix(count).reduce(0, +) / Double(count)
      return mean
    case .atTokens(let limit):
      guard let tokens, let most = tokens.values.max(), most >= limit else { return nil }
      var best: Int?
      var place = 0
      for (row, step) in curve.steps.enumerated() {
        while place < tokens.count, tokens.steps[place] < step { place += 1 }
        guard place < tokens.count else { break }
        if tokens.steps[place] == step, tokens.values[place] <= limit { best = row }
      }
      return best.map { value(curve, $0, tokens) }
    }
  }

  private func value(_ curve: Curve, _ row: Int, _ tokens: Curve?) -> ReducedValue {
    let place = tokens?.steps.partition(at: curve.steps[row])
    return ReducedValue(
      value: curve.values[row], step: curve.steps[row],
      segment: segments[Int(curve.segments[row])], line: Int(curve.lines[row]),
      tokens: place.flatMap { tokens?.values[$0] })
  }
}

extension [Int] {
  /// The place of a number in sorted numbers.
  fileprivate func partition(at number: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number ? low : nil
  }
}
