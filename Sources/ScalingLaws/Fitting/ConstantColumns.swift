internal import Formulas
internal import LeastSquares

extension FitData {
  /// The fit with every parameter that sits at a bound moved inside; nil where none does or no
  /// column is constant.
  ///
  /// With a constant column an amplitude at its bound 0 hides that nothing could have been found:
  /// at the optimum itself the term is gone, and what is left may well be determined.
  func insideBounds(_ best: Fit, _ fitter: GlobalFitter<FormulaModel>) -> Fit? {
    let hasConstant = values.contains { name, values in
      name != parsed.responseName && values.count > 1 && values.allSatisfy { $0 == values.first }
    }
    guard hasConstant, best.atBound.contains(true) else { return nil }
    var inside = best
    let middle = fitter.completing(
      zip(best.parameters, best.atBound).map { $1 ? nil : $0 })
    for index in best.parameters.indices where best.atBound[index] {
      // The term is gone where its amplitude is at its bound: anything inside brings it back.
      let bound = best.parameters[index]
      inside.parameters[index] = middle[index] != bound ? middle[index] : bound + max(abs(bound), 1)
      inside.atBound[index] = false
    }
    return inside
  }
}
