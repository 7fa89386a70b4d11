public import Formulas

/// A law with values for its parameters, from a fit or from a publication: what predictions and
/// decisions use.
public struct EstimatedLaw: Sendable {
  /// Where it comes from, in a few words: `chinchilla (besiroglu)`.
  public var name: String
  /// The formula.
  public var formula: Formula
  /// Names of the parameters.
  public var parameters: [String]
  /// A value for each.
  public var values: [Double]
  /// The bounds they were fitted in.
  public var bounds: [String: LawFit.Range]
  /// How sure those are; nil for published constants.
  public var uncertainty: Uncertainty?
  /// How single runs scatter about it; nil for published constants.
  public var scatter: Scatter?
  /// The roles of its parameters, if its optimum has a closed form.
  public var closedForm: Law.ClosedForm?
  /// The span of the data it was fitted to, by name.
  public var ranges: [String: LawFit.Range]
  /// Remarks that came with it.
  public var warnings: [String]

  /// The law of a fit.
  ///
  /// - Throws: `AnalysisError` if the fit's draws or covariance do not fit its parameters,
  ///   `FormulaError` if its formula is none.
  public init(_ fit: LawFit) throws {
    name = fit.law.name + (fit.group.map { " (\($0))" } ?? "")
    formula = try Formula(fit.law.formula)
    parameters = fit.parameters.map(\.name)
    guard Set(parameters).count == parameters.count else {
      throw AnalysisError(.badFile, "the fit names a parameter twice")
    }
    values = fit.parameters.map(\.estimate)
    bounds = Dictionary(uniqueKeysWithValues: fit.parameters.map { ($0.name, $0.bounds) })
    uncertainty = try Uncertainty(fit)
    scatter = try Scatter(fit)
    closedForm = Law.named(fit.law.name).flatMap {
      $0.formula == fit.law.formula ? $0.closedForm : nil
    }
    ranges = fit.data.ranges
    warnings = fit.quality.warnings
  }

  /// A law of the catalogue with published constants.
  ///
  /// - Throws: `AnalysisError` if the constants lack a parameter of the law.
  public init(_ law: Law, _ constants: Law.PublishedConstants) throws {
    name = "\(law.name) (\(constants.name))"
    formula = try Formula(law.formula)
    parameters = law.parameters.map(\.name)
    values = try law.parameters.map { parameter throws(AnalysisError) in
      guard let value = constants.values[parameter.name] else {
        throw AnalysisError(
          .unknownParameter, "\(constants.name) has no value for \(parameter.name)")
      }
      return value
    }
    bounds = [:]
    uncertainty = nil
    scatter = nil
    closedForm = law.closedForm
    ranges = [:]
    warnings = []
  }

  /// The value of a parameter.
  public subscript(name: String) -> Double? {
    parameters.firstIndex(of: name).map { values[$0] }
  }

  /// The names that are data: everything in the formula's prediction that is no parameter; N and D
  /// come first, others as they appear.
  public var inputs: [String] {
    let response = Set(formula.responseNames)
    let names = formula.freeNames.filter { !parameters.contains($0) && !response.contains($0) }
    return ["N", "D"].filter(names.contains) + names.filter { $0 != "N" && $0 != "D" }
  }

  /// What it predicts: the column of the response.
  public var responseName: String { formula.responseText }
}
