internal import ScalingLaws
internal import Tables

/// A fit, or fits by group, in every format.
struct FitPresentation: Presentable {
  let fits: [LawFit]
  let isGrouped: Bool

  var warnings: [String] {
    fits.flatMap { fit in
      fit.quality.warnings.map { warning in (fit.group.map { "group \($0): " } ?? "") + warning }
    }
  }

  var blocks: [Block] {
    fits.enumerated().flatMap { index, fit in (index > 0 ? [.line("")] : []) + Self.blocks(of: fit)
    }
  }

  var table: TextTable {
    var headers = [
      "parameter", "estimate", "standard_error", "lower", "upper", "at_bound", "fixed", "warnings",
    ]
    if isGrouped { headers.insert("group", at: 0) }
    headers += methods.flatMap { ["\($0.rawValue)_lower", "\($0.rawValue)_upper"] }
    let isDiagnosed = fits.contains { $0.sensitivity != nil || $0.design != nil }
    if isDiagnosed { headers += ["variant", "rows"] }
    var table = TextTable(headers: headers)
    func append(_ cells: [String], _ fit: LawFit, _ variant: [String] = ["", ""]) {
      table.append(
        (isGrouped ? [fit.group ?? ""] : []) + cells + (isDiagnosed ? variant : []))
    }
    for fit in fits {
      for parameter in fit.parameters {
        let cells = [
          parameter.name, NumberText.shortest(parameter.estimate),
          shortest(parameter.standardError), shortest(parameter.lower), shortest(parameter.upper),
          String(parameter.atBound), String(parameter.fixed), remarks(fit, parameter.name),
        ]
        append(cells + ends(parameter.intervals), fit)
      }
      for quantity in fit.quantities ?? [] {
        let cells = [
          quantity.name, NumberText.shortest(quantity.estimate), shortest(quantity.standardError),
          shortest(quantity.lower), shortest(quantity.upper), "", "",
          remarks(fit, quantity.name),
        ]
        append(cells + ends(quantity.intervals), fit)
      }
      guard isDiagnosed else { continue }
      let records = SensitivityPresentation.records(of: fit) + DesignPresentation.records(of: fit)
      for record in records {
        let cells = [
          record.name, shortest(record.value), "", shortest(record.lower), shortest(record.upper),
          "", "", record.remark,
        ]
        append(cells + ends(nil), fit, [record.variant, record.rows.map(String.init) ?? ""])
      }
    }
    return table
  }

  /// The methods whose intervals stand side by side; none where there is one.
  private var methods: [IntervalMethod] {
    let known = Set(
      fits.flatMap { fit in
        fit.parameters.flatMap { $0.intervals?.keys.map { $0 } ?? [] }
      })
    return IntervalMethod.allCases.filter { known.contains($0.rawValue) }
  }

  private func ends(_ intervals: [String: LawFit.Ends]?) -> [String] {
    methods.flatMap { method in
      let ends = intervals?[method.rawValue]
      return [shortest(ends?.lower), shortest(ends?.upper)]
    }
  }

  func json() throws -> String {
    try isGrouped ? JSONText.encode(LawFits(fits)) : JSONText.encode(fits[0])
  }

  /// The warnings as a cell, after what holds for this row.
  private func remarks(_ fit: LawFit, _ name: String) -> String {
    ((fit.isDetermined(name) ? [] : [Self.notDetermined]) + fit.quality.warnings)
      .joined(separator: "; ")
  }

  private func shortest(_ number: Double?) -> String { number.map(NumberText.shortest) ?? "" }

  // MARK: - Text

  private static func blocks(of fit: LawFit) -> [Block] {
    // Without its definitions the law would speak of names that nobody knows.
    [.line("\(fit.group.map { "group \($0): " } ?? "")\(fit.law.name): \(law(of: fit))")]
      + definitions(of: fit).map { .line("with \($0)") }
      + [
        .line(dataLine(fit)),
        .line(objectiveLine(fit)),
        .line(""),
        .table(parameterTable(fit)),
        .line(intervalLine(fit)),
        .line(searchLine(fit)),
        .line(qualityLine(fit)),
      ] + SensitivityPresentation.blocks(of: fit) + DesignPresentation.blocks(of: fit)
  }

  /// The statement that gives the response.
  static func law(of fit: LawFit) -> String {
    statements(of: fit.law.formula).first { $0.contains("~") }.map(String.init) ?? ""
  }

  /// The definitions that it uses.
  static func definitions(of fit: LawFit) -> [String] {
    statements(of: fit.law.formula).filter { $0.contains(/^[A-Za-z_][A-Za-z_0-9]*\s*=[^=]/) }
      .map(String.init)
  }

  /// The statements of a formula, without comments and blanks around them.
  private static func statements(of formula: String) -> [Substring] {
    formula.split(separator: "\n")
      .compactMap { $0.split(separator: "#", omittingEmptySubsequences: false).first }
      .flatMap { $0.split(separator: ";") }
      .map { $0.trimmingPrefix(while: \.isWhitespace) }
      .map { statement in
        var statement = statement
        while statement.last?.isWhitespace == true { statement.removeLast() }
        return statement
      }
  }

  private static func dataLine(_ fit: LawFit) -> String {
    // In the order in which the law names its variables; those of a formula by name.
    let order = Law.named(fit.law.name)?.variables.map(\.name) ?? fit.data.columns.keys.sorted()
    let mapped = order.compactMap { name in
      fit.data.columns[name].flatMap { $0 == name ? nil : "\(name) = \($0)" }
    }.joined(separator: ", ")
    return "\(fit.data.rows) rows of \(fit.data.source)"
      + (fit.data.where.map { " where \($0)" } ?? "") + (mapped.isEmpty ? "" : "; \(mapped)")
  }

  private static func objectiveLine(_ fit: LawFit) -> String {
    let objective = fit.objective
    let loss = objective.loss + (objective.delta.map { " \(NumberText.shortest($0))" } ?? "")
    let weights = objective.weights.map { ", weights \($0)" } ?? ""
    return "\(loss) on \(objective.residuals) residuals\(weights): "
      + "sum \(Rounding.significant(objective.value, 9))"
  }

  /// Parameters and quantities with errors and intervals.
  ///
  /// - Parameters:
  ///   - fit: the fit.
  ///   - describe: the meaning and unit of a name, each a column; nil leaves them out.
  /// - Returns: the table.
  static func parameterTable(
    _ fit: LawFit, describe: ((String) -> (meaning: String, unit: String))? = nil
  ) -> TextTable {
    let percent = Rounding.significant(100 * fit.interval.level, 6)
    let methods = IntervalMethod.allCases.filter { method in
      fit.parameters.contains { $0.intervals?[method.rawValue] != nil }
    }
    let isSideBySide = methods.count > 1
    var rows: [[String]] = []
    func append(
      _ name: String, _ estimate: Double, _ error: Double?, _ lower: Double?, _ upper: Double?,
      _ intervals: [String: LawFit.Ends]?, _ remark: String
    ) {
      let digits = Digits(
        estimate, error: error, isCount: name.hasPrefix("N*") || name.hasPrefix("D*"))
      let ends =
        isSideBySide
        ? methods.map { method in
          guard let ends = intervals?[method.rawValue] else { return "" }
          return
            "\(ends.lower.map(digits.text) ?? "open") to \(ends.upper.map(digits.text) ?? "open")"
        } : [lower.map(digits.text) ?? "", upper.map(digits.text) ?? ""]
      let words = describe.map { describe in
        let words = describe(name)
        return [name, words.meaning, words.unit]
      }
      rows.append(
        (words ?? [name]) + [digits.text(estimate), digits.errorText] + ends + [remark])
    }
    for part in fit.parameters {
      append(
        part.name, part.estimate, part.fixed ? nil : part.standardError, part.lower, part.upper,
        part.intervals,
        fit.isDetermined(part.name) ? remark(part, fit.interval) : Self.notDetermined)
    }
    for part in fit.quantities ?? [] {
      let name = describe == nil ? meaning[part.name] ?? part.name : part.name
      append(
        name, part.estimate, part.standardError, part.lower, part.upper, part.intervals,
        fit.isDetermined(part.name) ? "" : Self.notDetermined)
    }
    let described = describe == nil ? [] : ["meaning", "unit"]
    // A document needs no empty column.
    let isPlain = describe != nil && rows.allSatisfy { $0.last == "" }
    return TextTable(
      headers: ["parameter"] + described + ["estimate", "std. error"]
        + (isSideBySide
          ? methods.map { "\(percent) % \($0.rawValue)" } : ["\(percent) % from", "to"])
        + (isPlain ? [] : [describe == nil ? "" : "remark"]),
      alignments: [.left] + described.map { _ in .left } + [.decimal, .decimal]
        + (isSideBySide ? methods.map { _ in .left } : [.decimal, .decimal])
        + (isPlain ? [] : [.left]),
      rows: isPlain ? rows.map { $0.dropLast() } : rows)
  }

  /// The exponents of the optimum, in words.
  private static let meaning = ["a": "a: N* ~ C^a", "b": "b: D* ~ C^b"]

  /// What is said of a number that any other would fit as well as.
  static let notDetermined = "not determined"

  private static func remark(
    _ part: LawFit.ParameterPart, _ interval: LawFit.IntervalPart
  ) -> String {
    if part.fixed { return "fixed" }
    if part.atBound { return "at its bound" }
    guard interval.method == IntervalMethod.profile.rawValue else { return "" }
    switch (part.lower, part.upper) {
    case (nil, nil): return "not identified"
    case (_, nil): return "not identified: open above"
    case (nil, _): return "not identified: open below"
    default: return ""
    }
  }

  static func covarianceName(_ fit: LawFit) -> String {
    if let column = fit.interval.cluster { return "sandwich over clusters by \(column)" }
    return fit.objective.loss == "squares" ? "least squares" : "sandwich"
  }

  private static func intervalLine(_ fit: LawFit) -> String {
    let interval = fit.interval
    if fit.quality.r2.isNaN { return "intervals: none, the response is constant" }
    let freedom =
      "\(interval.degreesOfFreedom) degree\(interval.degreesOfFreedom == 1 ? "" : "s") of freedom"
    guard let replicates = interval.replicates else {
      if interval.method == IntervalMethod.profile.rawValue {
        return "intervals: profile of the objective, Student's t with \(freedom)"
      }
      return
        "intervals: covariance (\(covarianceName(fit))), "
        + "Student's t with \(freedom)"
    }
    let unit = interval.cluster.map { "clusters by \($0)" } ?? "rows"
    let what = interval.resampled == "wild" ? "signs of the residuals of \(unit)" : unit
    let name =
      fit.parameters.contains { $0.intervals != nil }
      ? "bootstrap percentiles and others"
      : interval.method == IntervalMethod.bca.rawValue ? "bootstrap, BCa" : "bootstrap percentiles"
    return
      "intervals and errors: \(name), \(replicates) refits over \(what), seed \(interval.seed ?? 0)"
  }

  private static func searchLine(_ fit: LawFit) -> String {
    let search = fit.search
    return "search: \(search.claim); \(search.termination) (\(search.evaluations) evaluations)"
  }

  private static func qualityLine(_ fit: LawFit) -> String {
    let unit = fit.objective.residuals == "raw" ? "" : " (\(fit.objective.residuals))"
    let share =
      fit.quality.r2.isNaN
      ? "no R², the response is constant" : "R² \(Rounding.significant(fit.quality.r2, 5))"
    return "quality: \(share), rmse "
      + "\(Rounding.significant(fit.quality.rmse, 4))\(unit), condition number "
      + Rounding.significant(fit.quality.conditionNumber, 2)
  }
}
