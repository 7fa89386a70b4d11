internal import Formulas
internal import LeastSquares

extension FitData {
  /// Where seeds of each parameter are looked for: the law's own intervals, else what the formula's
  /// structure tells; always inside the bounds.
  func searchRanges(_ spec: FitSpec) -> [SearchRange?] {
    let limits = bounds(spec)
    return formula.parameters.indices.map { index in
      let name = formula.parameters[index]
      let range =
        spec.law?.parameters.first { $0.name == name }?.search.map(SearchRange.init)
        ?? derived(formula.scales[index], limits[index])
      return range.flatMap { $0.clipped(to: limits[index]) }
    }
  }

  /// A parameter that multiplies data matters at values of the order of one over the data's range;
  /// one that is compared with data lies where the data lie.
  private func derived(_ scale: ParameterScale, _ bounds: Bounds) -> SearchRange? {
    switch scale {
    case .factor(let range, let magnitude):
      let span = range > 0 ? range : magnitude
      guard span > 0, span.isFinite else { return nil }
      if bounds.lower >= 0 {
        return SearchRange(lower: 0.05 / span, upper: 20 / span, scale: .logarithmic)
      }
      return SearchRange(lower: -10 / span, upper: 10 / span)
    case .location(let lower, let upper):
      if bounds.lower >= 0 {
        let size = max(abs(lower), abs(upper))
        guard size > 0 else { return nil }
        let smallest = lower > 0 ? lower : size * 1e-3
        return SearchRange(lower: smallest / 2, upper: size * 2, scale: .logarithmic)
      }
      let span = upper > lower ? upper - lower : max(abs(upper), 1)
      return SearchRange(lower: lower - span / 2, upper: upper + span / 2)
    case .logarithmicLocation(let lower, let upper):
      guard lower > 0, upper > lower, upper.isFinite else { return nil }
      return SearchRange(lower: lower, upper: upper, scale: .logarithmic)
    case .none: return nil
    }
  }
}

extension SearchRange {
  init(_ interval: Law.SearchInterval) {
    self.init(
      lower: interval.lower, upper: interval.upper,
      scale: interval.logarithmic ? .logarithmic : .linear)
  }

  func clipped(to bounds: Bounds) -> SearchRange? {
    let low = max(lower, bounds.lower)
    let high = min(upper, bounds.upper)
    guard low < high else { return nil }
    return SearchRange(lower: low, upper: high, scale: low > 0 ? scale : .linear)
  }
}
