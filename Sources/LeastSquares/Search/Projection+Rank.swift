internal import CVectorMath

extension Projection {
  /// The objective of a prediction of zero: raw residuals' sum of squares, or one a row.
  ///
  /// For a loss that grows more slowly, what that amounts to.
  var responseScale: Double {
    let total = weights.reduce(0, +)
    var sum = total
    if kind == .raw { sum = zip(weights, response).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } }
    guard let delta = loss.delta, total > 0 else { return sum }
    return sum * delta / max(delta, (sum / total).squareRoot())
  }

  /// Whether every parameter that moves matters at a point: the Jacobian with unit columns has no
  /// singular value below 1e-9, and no column of zeros.
  func hasFullRank(at point: SearchPoint) -> Bool {
    guard evaluateBasis(at: point.theta) else { return false }
    evaluateSlopes(at: point.theta)
    let c = linear.map { point.theta[$0] }
    combine(c, into: prediction)
    guard coefficients(floor: 1) < .infinity else { return false }
    let movingLinear = linear.indices.filter { isInside(linear[$0], point.theta) }
    let movingAxes = nonlinear.indices.filter { isInside(nonlinear[$0], point.theta) }
    let count = movingLinear.count + movingAxes.count
    guard count > 0 else { return true }
    guard rowCount >= count else { return false }
    var matrix = Array(repeating: 0.0, count: rowCount * count)
    for row in 0..<rowCount {
      let root = curvature[row].squareRoot()
      for (place, k) in movingLinear.enumerated() {
        matrix[row * count + place] = root * basis[(1 + k) * rowCount + row]
      }
      for (place, axis) in movingAxes.enumerated() {
        matrix[row * count + movingLinear.count + place] = root * slopes[axis * rowCount + row]
      }
    }
    guard let parts = ScaledDecomposition(matrix, rows: rowCount, columns: count),
      let largest = parts.singular.first, let smallest = parts.singular.last
    else { return false }
    return parts.norms.allSatisfy { $0 > 0 } && smallest > 1e-9 * largest
  }

  /// The axes whose parameter may break the law in a gap between rows.
  var breakAxes: [Int] {
    model.breaks.indices.filter { axis in
      model.breaks[axis].contains(where: bounds[nonlinear[axis]].contains)
    }
  }

  /// Whether there may be a valley for each gap between rows: a kink, or a bend whose width is a
  /// parameter beside its place.
  var hasBreaks: Bool { !breakAxes.isEmpty && (model.hasKinks || nonlinear.count >= 3) }

  private func isInside(_ parameter: Int, _ theta: [Double]) -> Bool {
    let bounds = bounds[parameter]
    return theta[parameter] > bounds.lower && theta[parameter] < bounds.upper
  }
}
