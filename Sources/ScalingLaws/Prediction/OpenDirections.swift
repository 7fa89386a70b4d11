/// The directions of the parameters that the rows of a fit leave open, and what changes along them.
struct OpenDirections: Sendable, Hashable {
  /// The estimate.
  let estimate: [Double]
  /// A value for each parameter of the fit, see `LawFit.UndeterminedPart.directions`.
  let vectors: [[Double]]
  /// Why they are open, in words.
  let reason: String

  /// Those of a fit; nil where there are none.
  ///
  /// - Throws: `AnalysisError` where they do not match the parameters.
  init?(_ fit: LawFit) throws(AnalysisError) {
    guard let part = fit.undetermined, !part.directions.isEmpty else { return nil }
    let indices = part.parameters.compactMap { name in
      fit.parameters.firstIndex { $0.name == name }
    }
    guard indices.count == part.parameters.count,
      part.directions.allSatisfy({
        $0.count == indices.count && $0.allSatisfy(\.isFinite) && $0.contains { $0 != 0 }
      })
    else {
      throw AnalysisError(.badFile, "what the fit leaves open does not match its parameters")
    }
    estimate = fit.parameters.map(\.estimate)
    vectors = part.directions.map { direction in
      var all = fit.parameters.map { _ in 0.0 }
      for (place, index) in indices.enumerated() { all[index] = direction[place] }
      return all
    }
    reason = part.reason
  }

  /// Whether one of them is more than a parameter that has no effect at the estimate alone, such as
  /// the exponent of a term that vanished.
  var isCombination: Bool { vectors.contains { $0.count { $0 != 0 } > 1 } }

  /// How exactly the parts of a derivative along a direction must cancel.
  private static let tolerance = 1e-6

  /// Which quantities change along one of the directions.
  ///
  /// The derivative of q along n is the sum of n_j dq/dtheta_j. It counts as none where its parts
  /// cancel to 1e-6, or where it would move q by less than that share over the length of the
  /// parameters themselves; units have no part in either. A quantity without a value near the
  /// estimate counts as changing.
  ///
  /// - Complexity: four evaluations for each parameter that takes part.
  func move(_ quantities: ([Double]) -> [Double]) -> [Bool] {
    let center = quantities(estimate)
    var result = center.map { _ in false }
    for vector in vectors {
      // How far the direction is followed to change some parameter by as much as it is.
      let length = zip(estimate, vector).reduce(0.0) {
        $1.1 != 0 ? max($0, abs($1.0 / $1.1)) : $0
      }
      var sum = center.map { _ in 0.0 }
      var size = sum
      for (index, part) in vector.enumerated() where part != 0 {
        let slopes = slopes(
          of: quantities, along: index,
          step: 3e-4 * max(abs(estimate[index]), 1e-3 * abs(part) * (length > 0 ? length : 1)))
        for place in slopes.indices {
          sum[place] += part * slopes[place]
          size[place] += abs(part * slopes[place])
        }
      }
      for place in center.indices {
        let isStill =
          abs(sum[place]) <= Self.tolerance * size[place]
          || length > 0 && length * abs(sum[place]) <= Self.tolerance * abs(center[place])
        if !isStill { result[place] = true }
      }
    }
    return result
  }

  /// Central differences, extrapolated (Richardson).
  private func slopes(
    of quantities: ([Double]) -> [Double], along index: Int, step: Double
  ) -> [Double] {
    func difference(_ step: Double) -> [Double] {
      var (above, below) = (estimate, estimate)
      above[index] += step
      below[index] -= step
      let width = above[index] - below[index]
      return zip(quantities(above), quantities(below)).map { ($0 - $1) / width }
    }
    return zip(difference(step), difference(2 * step)).map { (4 * $0 - $1) / 3 }
  }
}
