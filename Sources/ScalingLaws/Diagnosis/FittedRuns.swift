internal import Formulas
internal import LeastSquares
public import Tables

/// The rows of a fit beside what the law says of them: what a picture of the fit shows.
public struct FittedRuns: Sendable, Hashable {
  /// The columns that the law reads, by name; `C` is 6ND where N and D were given without it.
  public var inputs: [String: [Double]]
  /// The response of each row.
  public var observed: [Double]
  /// What the law says.
  public var fitted: [Double]
  /// The residuals, in the kind of the objective: `ln observed - ln fitted` under log residuals.
  public var residuals: [Double]
  /// The line of each row in its file.
  public var lines: [Int]

  /// How many rows there are.
  public var count: Int { observed.count }

  /// Puts rows beside a fit.
  ///
  /// - Parameters:
  ///   - fit: the fit.
  ///   - table: the table it was made from. Its filter is applied, unless the table has as many
  ///     rows as the fit used.
  /// - Throws: what a fit of the table would throw.
  public init(_ fit: LawFit, on table: Table) throws {
    let spec = FitSpec(fit, on: table)
    let data = try FitData(table, spec)
    let law = try EstimatedLaw(fit)
    let predicted = try data.predictions(law)
    // Of a law for log10(loss), the response is shown as the loss, and residuals as they are.
    let scale = law.formula.responseScale
    observed = data.formula.response.map(scale.column)
    fitted = predicted.map(scale.column)
    residuals = zip(data.formula.response, predicted).map { data.residuals.residual($0, $1) }
    inputs = data.values
    if inputs["C"] == nil, let params = inputs["N"], let tokens = inputs["D"] {
      inputs["C"] = zip(params, tokens).map { 6 * $0 * $1 }
    }
    lines = (0..<data.table.rowCount).map(data.table.lineNumber(ofRow:))
  }

  /// The residuals in units of their robust scale, 1.4826 times the median of their size.
  public var standardized: [Double] {
    let median = Draws.quantiles(residuals.map(abs), [0.5])[0]
    guard median > 0 else { return residuals }
    return residuals.map { $0 / (1.4826 * median) }
  }

  /// For each row, the quantile of the standard normal distribution at the rank of its residual:
  /// (rank - 1/2) / rows.
  public var normalQuantiles: [Double] {
    let order = residuals.indices.sorted { (residuals[$0], $0) < (residuals[$1], $1) }
    var quantiles = residuals
    for (rank, row) in order.enumerated() {
      quantiles[row] = StandardNormal.quantile((Double(rank) + 0.5) / Double(count))
    }
    return quantiles
  }
}

extension FitData {
  /// What the formula gives on every row.
  fileprivate func predictions(_ law: EstimatedLaw) throws -> [Double] {
    let evaluator = formula.makeEvaluator()
    evaluator.setParameters(formula.parameters.map { law[$0] ?? .nan })
    var result = Array(repeating: 0.0, count: table.rowCount)
    var span = result.mutableSpan
    evaluator.evaluate(
      rows: 0..<table.rowCount, order: 0, into: &span, stride: max(table.rowCount, 1))
    return result
  }
}

extension ResidualKind {
  /// The residual of an observed and a predicted value.
  fileprivate func residual(_ observed: Double, _ predicted: Double) -> Double {
    switch self {
    case .log: logarithm(observed) - logarithm(predicted)
    case .raw: observed - predicted
    case .relative: (observed - predicted) / observed
    }
  }
}

extension FitSpec {
  /// What was fitted, as far as a saved fit tells: enough to find its objective again, but not how
  /// it was searched and resampled.
  init(_ fit: LawFit, on table: Table) {
    if let law = Law.named(fit.law.name), law.formula == fit.law.formula {
      self.init(law: law)
    } else {
      self.init(.formula(fit.law.formula))
    }
    columns = fit.data.columns
    filter = table.rowCount == fit.data.rows ? nil : fit.data.where
    weights = fit.objective.weights
    residuals = ResidualKind(rawValue: fit.objective.residuals)
    loss = Loss(name: fit.objective.loss, delta: fit.objective.delta ?? 1)
    level = fit.interval.level
    for parameter in fit.parameters {
      start[parameter.name] = parameter.estimate
      if parameter.fixed { fixed[parameter.name] = parameter.estimate }
      bounds[parameter.name] = Bounds(
        lower: parameter.bounds.lower, upper: parameter.bounds.upper)
    }
    isLocal = true
  }
}
