internal import ScalingLaws
internal import Tables

/// What a diagnosis adds to the CSV form of a fit: one number.
struct DiagnosisRecord {
  var name: String
  var value: Double?
  var lower: Double?
  var upper: Double?
  var remark = ""
  var variant = ""
  var rows: Int?
}

/// How a fit moves with the choices behind it.
enum SensitivityPresentation {
  /// The table with one line per variant, and the verdict.
  static func blocks(of fit: LawFit) -> [Block] {
    guard let rows = fit.sensitivity, !rows.isEmpty else { return [] }
    return [.line(""), .line("sensitivity: the same law fitted otherwise"), .line("")]
      + [.table(table(fit, rows))] + (fit.sensitivityVerdict.map { [.paragraph($0)] } ?? [])
  }

  static func table(_ fit: LawFit, _ rows: [LawFit.SensitivityRow]) -> TextTable {
    let free = fit.parameters.filter { !$0.fixed }
    // The fit itself may have no optimum where others have.
    let budgets = rows.flatMap { $0.optima ?? [] }.map(\.flops).reduce(into: [Double]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    var headers = ["variant", "rows"] + free.map(\.name)
    headers += budgets.flatMap { ["N* at \(Quantity.format($0))", "D/N"] }
    let hasRemarks = rows.contains { remark($0) != "" }
    if hasRemarks { headers.append("") }
    var table = TextTable(
      headers: headers,
      alignments: [.left, .right] + free.map { _ in .decimal }
        + budgets.flatMap { _ in [.right, .decimal] })
    for (place, row) in rows.enumerated() {
      var cells = [row.name(in: fit) + (place == 0 ? " (this fit)" : ""), "\(row.rows)"]
      cells += free.map { part in
        row.parameters?[part.name].map { text($0, part) } ?? "-"
      }
      for budget in budgets {
        let optimum = row.optima?.first { $0.flops == budget }
        cells += [
          optimum.map { Quantity.format($0.params, digits: 3) } ?? "-",
          optimum.map { Rounding.significant($0.tokensPerParam, 3, keepingZeros: true) } ?? "-",
        ]
      }
      table.append(cells + (hasRemarks ? [remark(row)] : []))
    }
    return table
  }

  /// A digit more than the fit's own error allows: what is compared is the same rows.
  private static func text(_ value: Double, _ part: LawFit.ParameterPart) -> String {
    guard let error = part.standardError, error < abs(part.estimate) / 3 else {
      return Rounding.significant(value, 3)
    }
    return Rounding.byUncertainty(value, error: error / 10).value
  }

  private static func remark(_ row: LawFit.SensitivityRow) -> String {
    row.fault ?? (row.isMinimum ? "" : "no minimum reached")
  }

  /// One number per variant and parameter, then N*, D* and D/N per budget.
  static func records(of fit: LawFit) -> [DiagnosisRecord] {
    (fit.sensitivity ?? []).flatMap { row -> [DiagnosisRecord] in
      let variant = row.name(in: fit)
      guard let parameters = row.parameters else {
        return [
          DiagnosisRecord(name: "", remark: remark(row), variant: variant, rows: row.rows)
        ]
      }
      var records = fit.parameters.map { part in
        DiagnosisRecord(
          name: part.name, value: parameters[part.name], remark: remark(row), variant: variant,
          rows: row.rows)
      }
      for optimum in row.optima ?? [] {
        let place = Quantity.format(optimum.flops)
        for (name, value) in [
          ("N*", optimum.params), ("D*", optimum.tokens), ("D/N", optimum.tokensPerParam),
        ] {
          let ends = name == "D/N" ? optimum.interval : nil
          records.append(
            DiagnosisRecord(
              name: "\(name) at \(place)", value: value, lower: ends?.lower, upper: ends?.upper,
              remark: remark(row), variant: variant, rows: row.rows))
        }
      }
      return records
    }
  }
}
