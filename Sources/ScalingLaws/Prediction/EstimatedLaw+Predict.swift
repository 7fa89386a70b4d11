internal import Formulas
internal import LeastSquares
public import Tables

/// A predicted response with the interval of its mean.
public struct Prediction: Sendable, Hashable {
  /// The predicted response: of a law for `log10(loss)` it is the loss.
  public var value: Double
  /// The interval of the mean response, or of a new run; nil without uncertainty.
  public var interval: Uncertainty.Interval?
  /// Why the rows of the fit do not determine the response, in words; nil where they do.
  public var undetermined: String?
}

extension EstimatedLaw {
  /// Predicts the response for every row of some columns.
  ///
  /// A law that speaks of the logarithm of a column predicts the column. The interval is that of
  /// the law's value, or, if asked for, of a new run, which scatters about it as the fitted ones
  /// do.
  ///
  /// - Parameters:
  ///   - columns: a column for each of `inputs`, all of one length.
  ///   - rowCount: that length.
  ///   - ofNewRun: whether intervals are those of a new run.
  /// - Returns: a prediction for each row.
  /// - Throws: `AnalysisError` where an input is missing.
  /// - Complexity: one pass over the rows per draw, or two per parameter.
  public func predict(
    _ columns: [String: [Double]], rowCount: Int, ofNewRun: Bool = false
  ) throws -> [Prediction] {
    for name in inputs where columns[name] == nil {
      throw AnalysisError(
        .missingColumn,
        "no value for \(name): \(self.name) is a function of \(inputs.joined(separator: ", "))")
    }
    let compiled = try CompiledFormula(
      formula, data: columns.filter { inputs.contains($0.key) }, rowCount: rowCount,
      needsResponse: false, order: parameters, bounds: bounds.mapValues { ($0.lower, $0.upper) })
    let evaluator = compiled.makeEvaluator()
    func values(_ parameters: [Double]) -> [Double] {
      var result = Array(repeating: 0.0, count: rowCount)
      evaluator.setParameters(parameters)
      var span = result.mutableSpan
      evaluator.evaluate(rows: 0..<rowCount, order: 0, into: &span, stride: max(rowCount, 1))
      return result.map(formula.responseScale.column)
    }
    let best = values(self.values)
    // A loss is positive; so is whatever is predicted positive everywhere.
    let isPositive = best.allSatisfy { $0 > 0 }
    let intervals: [Uncertainty.Interval?]?
    if ofNewRun {
      // Residuals are in the scale of the response as the formula has it.
      guard formula.responseScale == .identity else {
        throw AnalysisError(
          .unsuitableLaw,
          "\(name) speaks of the logarithm of \(responseName); intervals of a new run are not known for it"
        )
      }
      intervals = scatter.flatMap { scatter in
        uncertainty?.intervalOfNewRun(scatter, isPositive: isPositive) { values($0) }
      }
    } else {
      intervals = uncertainty?.interval(isPositive: isPositive) { values($0) }
    }
    let open = uncertainty?.open
    let isOpen = open?.move(values)
    return best.indices.map { row in
      Prediction(
        value: best[row], interval: intervals?[row],
        undetermined: isOpen?[row] == true ? open?.reason : nil)
    }
  }

  /// What was observed in every row of a table, where it has a column for the response.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - stated: columns by the name they stand for, as in `FitSpec.columns`.
  /// - Returns: a number per row, nil where the field is empty or no finite number; nil without
  ///   such a column.
  /// - Throws: `AnalysisError` or `TableError` where a stated column does not exist.
  public func observed(in table: Table, stated: [String: String] = [:]) throws -> [Double?]? {
    if let column = stated[responseName] {
      return try ColumnMapping.numbers(column, in: table).map { $0 }
    }
    // The response is not needed to predict it: two candidates are as good as none.
    guard let column = try? ColumnMapping.find(responseName, stated: [:], table: table) else {
      return nil
    }
    let values = try table.texts(column).map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    return values.contains { $0 != nil } ? values : nil
  }

  /// The inputs of every row of a table, found as for a fit.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - stated: columns by the name they stand for, as in `FitSpec.columns`.
  /// - Returns: a column for each of `inputs`.
  /// - Throws: `AnalysisError` or `TableError` naming the column at fault.
  public func columns(in table: Table, stated: [String: String] = [:]) throws -> [String: [Double]]
  {
    try ColumnMapping(inputs: inputs, of: name, stated: stated, table: table).values(in: table)
  }
}
