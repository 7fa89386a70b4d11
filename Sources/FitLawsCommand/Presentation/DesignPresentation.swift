internal import ScalingLaws
internal import Tables

/// What the choice of runs lets a fit find out.
enum DesignPresentation {
  /// The spans and the lines.
  static func blocks(of fit: LawFit) -> [Block] {
    guard let design = fit.design else { return [] }
    var spans = TextTable(
      headers: ["input", "from", "to", "decades"], alignments: [.left, .right, .right, .decimal])
    for span in design.spans {
      spans.append([
        span.name, Quantity.format(span.lower, digits: 3), Quantity.format(span.upper, digits: 3),
        span.decades.map { Rounding.significant($0, 2) } ?? "-",
      ])
    }
    return [.line(""), .line("design: what these runs can tell"), .line(""), .table(spans)]
      + lines(design).map { .paragraph($0) }
  }

  /// What is determined, the runs that carry the fit and the run that would help.
  static func lines(_ design: DesignCheck) -> [String] {
    [identificationLine(design), leverageLine(design)]
      + (design.advice.map { ["\(adviceLine($0)); \(gainLine($0))"] } ?? [])
  }

  private static func identificationLine(_ design: DesignCheck) -> String {
    design.verdict + (design.constants.map { "; at the constants of \($0):" } ?? ";")
      + " condition number \(Rounding.significant(design.conditionNumber, 2))"
      + (design.correlation.map { ", correlation of ln N and ln D \(Rounding.significant($0, 3))" }
        ?? "")
  }

  private static func leverageLine(_ design: DesignCheck) -> String {
    let limit = Rounding.significant(design.leverageLimit, 2)
    guard !design.highLeverage.isEmpty else {
      return "leverage: no run above \(limit); the highest is "
        + Rounding.significant(design.largestLeverage, 2)
    }
    let runs = design.highLeverage.map {
      "line \($0.line) (\(Rounding.significant($0.leverage, 2)))"
    }
    return "leverage above \(limit), the highest first: \(runs.joined(separator: ", "))"
  }

  private static func adviceLine(_ advice: DesignCheck.Advice) -> String {
    // N before D, as people say them; other inputs by name.
    let first = ["N", "D"].filter { advice.inputs[$0] != nil }
    let names = first + advice.inputs.keys.filter { !first.contains($0) }.sorted()
    var run = names.map { name in
      "\(name) = \(advice.inputs[name].map { Quantity.format($0, digits: 3) } ?? "")"
    }.joined(separator: ", ")
    if let params = advice.inputs["N"], let tokens = advice.inputs["D"], let flops = advice.flops {
      run +=
        " (D/N \(Quantity.format(tokens / params, digits: 2)), "
        + "\(Quantity.format(flops, digits: 2)) FLOP)"
    }
    let kind =
      advice.novelties.isEmpty
      ? "inside the range of the runs so far"
      : "beyond the runs so far with \(advice.novelties.joined(separator: " and "))"
    return "the run that would help most: \(run), \(kind)"
  }

  private static func gainLine(_ advice: DesignCheck.Advice) -> String {
    let what =
      advice.target.contains(" ")
      ? "the standard error of \(advice.target)"
      : "the relative standard error of \(advice.target)"
    let reduction = 100 * (1 - (1 - advice.varianceReduction).squareRoot())
    let share = "\(Rounding.significant(reduction, reduction > 99 ? 4 : 2)) % less"
    guard let after = advice.standardErrorAfter else { return "it lowers \(what): \(share)" }
    let text = Rounding.significant(after, 2)
    guard let before = advice.standardError else {
      // Known to worse than a factor is not known.
      guard after < 1 else {
        return "one is a beginning: \(advice.target) is not determined before there are several"
      }
      return "it brings \(what) from not determined to about \(text)"
    }
    return "it lowers \(what) from \(Rounding.significant(before, 2)) to \(text) (\(share)), "
      + "if its noise is that of the others"
  }

  /// The same numbers for the CSV form; names begin with `design`.
  static func records(of fit: LawFit) -> [DiagnosisRecord] {
    guard let design = fit.design else { return [] }
    var records = design.spans.map {
      DiagnosisRecord(name: "design span \($0.name)", lower: $0.lower, upper: $0.upper)
    }
    if let correlation = design.correlation {
      records.append(
        DiagnosisRecord(name: "design correlation of ln N and ln D", value: correlation))
    }
    records += [
      DiagnosisRecord(name: "design condition number", value: design.conditionNumber),
      DiagnosisRecord(
        name: "design identified", value: design.isIdentified ? 1 : 0, remark: design.verdict),
      DiagnosisRecord(
        name: "design largest leverage", value: design.largestLeverage,
        upper: design.leverageLimit),
    ]
    records += design.highLeverage.map {
      DiagnosisRecord(name: "design leverage of line \($0.line)", value: $0.leverage)
    }
    guard let advice = design.advice else { return records }
    records += advice.inputs.sorted { $0.key < $1.key }.map {
      DiagnosisRecord(name: "design advised \($0.key)", value: $0.value)
    }
    records += [
      DiagnosisRecord(
        name: "design standard error now", value: advice.standardError, remark: advice.target),
      DiagnosisRecord(
        name: "design standard error with the advised run", value: advice.standardErrorAfter,
        remark: advice.target),
      DiagnosisRecord(
        name: "design advised variance reduction", value: advice.varianceReduction,
        remark: advice.target),
    ]
    return records
  }
}
