internal import ScalingLaws
internal import Tables

extension FitChapter {
  /// How the answer moves with the choices behind the fit, and what the choice of runs can tell.
  func sensitivity() -> [Report.Item] {
    var blocks: [Report.Item] = []
    if let rows = fit.sensitivity, !rows.isEmpty {
      blocks.append(
        .table(
          SensitivityPresentation.table(fit, rows),
          caption:
            "The same law fitted otherwise, each by a search of its own. A choice that moves the "
            + "answer by more than its interval matters more than the noise."))
      if let verdict = fit.sensitivityVerdict {
        blocks.append(.paragraph(Prose("Most: \(verdict).")))
      }
    }
    if let design = fit.design {
      blocks.append(
        .list(
          DesignPresentation.lines(design).map { line in
            Prose(line.prefix(1).uppercased() + line.dropFirst() + ".")
          }))
    }
    if let undiagnosed {
      blocks.append(.paragraph("Refits and the check of the design were not made: \(undiagnosed)."))
    }
    return blocks
  }
}
