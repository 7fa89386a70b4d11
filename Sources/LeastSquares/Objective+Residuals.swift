internal import CVectorMath

extension Objective {
  /// Visits residuals and derivatives block by block, at `parameters`.
  ///
  /// - Parameters:
  ///   - order: `.value` for residuals alone, `.gradient` for df/dtheta too.
  ///   - body: Gets the row, its residual, s = dg/df (so that dr/dtheta = -s df/dtheta), and the
  ///     column base of the row: df/dtheta_j is at `(1 + j) * blockRows + base` of the span.
  func forEachRow(
    _ order: DerivativeOrder,
    _ body: (_ row: Int, _ residual: Double, _ s: Double, _ base: Int, _ block: Span<Double>) ->
      Void
  ) {
    guard let evaluator else { preconditionFailure("no rows are loaded") }
    precondition(order != .hessian, "forEachRow gives no second derivatives")
    evaluator.setParameters(parameters)
    evaluations += 1
    var columns = Array(
      repeating: 0.0,
      count: (order == .value ? 1 : 1 + parameterCount) * Objective.blockRows)
    var logs = Array(repeating: 0.0, count: kind == .log ? Objective.blockRows : 0)
    let target = data.target
    let inverse = data.inverse
    var lower = 0
    while lower < rowCount {
      let rows = lower..<min(lower + Objective.blockRows, rowCount)
      var output = columns.mutableSpan
      evaluator.evaluate(rows: rows, order: order, into: &output, stride: Objective.blockRows)
      if kind == .log { unsafe vm_log_array(columns, &logs, rows.count) }
      let s = columns.span
      for i in 0..<rows.count {
        let row = rows.lowerBound + i
        let f = s[i]
        switch kind {
        case .log: body(row, target[row] - logs[i], 1 / f, i, s)
        case .raw: body(row, target[row] - f, 1, i, s)
        case .relative: body(row, (target[row] - f) * inverse[row], inverse[row], i, s)
        }
      }
      lower = rows.upperBound
    }
  }

  /// The residuals at `parameters`, one a row.
  func residuals() -> [Double] {
    if let known = knownResiduals, known.parameters == parameters { return known.values }
    var result: [Double] = []
    result.reserveCapacity(rowCount)
    forEachRow(.value) { _, r, _, _, _ in result.append(r) }
    knownResiduals = (parameters, result)
    return result
  }

  /// The objective of residuals that are rounding alone.
  ///
  /// Eight units in the last place of f, in the residual's own units.
  func roundingObjective() -> Double {
    var sum = 0.0
    for row in 0..<rowCount {
      let size = kind == .raw ? abs(data.target[row]) : 1
      sum += weights[row] * loss.value(8 * Double.ulpOfOne * size)
    }
    return sum
  }
}
