internal import Formulas
internal import LeastSquares

extension FitData {
  /// Where a law of the catalogue says that its parameters lie, inside their bounds; nil for the others,
  /// whose ranges the search finds itself.
  func searchRanges(_ spec: FitSpec) -> [SearchRange?] {
    let limits = bounds(spec)
    return formula.parameters.indices.map { index in
      let name = formula.parameters[index]
      return spec.law?.parameters.first { $0.name == name }?.search
        .flatMap { SearchRange($0).clipped(to: limits[index]) }
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
