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
            "The same law fitted otherwise, each by a search of its own. Squares weigh large "
            + "residuals most, absolute values least; huber and softL1 are squares below their scale and "
            + "absolute values beyond. Log residuals are ln observed - ln law, raw ones the difference."
        ))
      if let verdict = fit.sensitivityVerdict {
        blocks.append(.paragraph(Prose(verdict + ".")))
      }
    }
    if let design = fit.design {
      blocks.append(
        .paragraph(
          "What the choice of runs can tell (leverage is how far the law at a run follows that run's own "
            + "value, from 0 to 1):"))
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
