internal import Figures
internal import LeastSquares
internal import ScalingLaws
internal import Tables

extension FitChapter {
  /// Warnings, whether the optimum was found, what the rows determine, and the pictures that show
  /// it.
  func diagnostics() -> [Report.Item] {
    var blocks: [Report.Item] = allWarnings.map { .warning(Prose($0 + ".")) }
    blocks.append(.list([search, determination] + bounds + replicates + outliers))
    var missing: [(names: [String], reason: String)] = []
    for (kind, name, caption) in pictures where kind != .pairs || fit.draws != nil {
      switch figure(kind) {
      case .success(let figure):
        // Those of other sections are only looked at for what is missing.
        if let caption { blocks.append(item(figure, caption)) }
      case .failure(let fault):
        if let place = missing.firstIndex(where: { $0.reason == fault.message }) {
          missing[place].names.append(name)
        } else {
          missing.append(([name], fault.message))
        }
      }
    }
    blocks += missing.map { names, reason in
      .paragraph("Figures left out: \(names.joined(separator: ", ")); \(reason).")
    }
    return blocks
  }

  private var pictures: [(PlotKind, String, Prose?)] {
    [
      (.fit, "the fit", nil),
      (
        .residuals, "residuals",
        "Residuals in units of their robust standard deviation (1.4826 times the median of their "
          + "size), against inputs and fit; last, their quantiles against those of the normal "
          + "distribution. A law that fits leaves no trend. Numbers are lines of the file."
      ),
      (
        .profile, "profiles of the parameters",
        "The objective along each parameter, all others fitted again, as a share of the rise that "
          + "ends a \(percent) interval (dashed). A valley that stays flat is a parameter that the "
          + "rows do not determine. These profile intervals may differ from those of the table."
      ),
      (
        .pairs, "draws of the parameters",
        "Bootstrap draws of the parameters: histograms, scatter, and above the diagonal their "
          + "correlations, on the scales of the axes. Lines and crosses mark the estimate."
      ),
    ]
  }

  private var search: Prose {
    let search = fit.search
    let ended: String =
      switch Termination(rawValue: search.termination) {
      case .converged: "It ended at a minimum"
      case .exactFit: "It ended with the law passing through every row"
      case .noProgress:
        "It ended where no step lowered the objective, although that is no minimum yet"
      case .stalled:
        "It ended where the objective no longer changed, although that is no minimum yet"
      case .iterationLimit: "It was stopped at its limit of iterations"
      case .badFunction, nil: "It ended as '\(search.termination)'"
      }
    guard search.kind == "global" else {
      return "The search was local: it polished the given start only. \(ended)."
    }
    return
      "The search looked at \(search.seeds) points and followed \(search.starts) of them: "
      + "\(search.claim). \(ended)."
  }

  private var determination: Prose {
    let condition = fit.quality.conditionNumber
    let number = condition.isFinite ? Rounding.significant(condition, 2) : "infinite"
    let weak =
      fit.undetermined != nil
      || fit.quality.warnings.contains { $0.contains("identified") }
    return
      "Condition number \(number): the combination of parameters that the rows determine worst is that "
      + "many times less certain than the best, each on a scale of its own. "
      + (weak
        ? "Some parameters are not determined: see the warnings."
        : condition < 1e6
          ? "Every parameter is determined by the rows."
          : "Beyond about a million, single parameters mean little.")
  }

  /// Of one that does, a warning says so.
  private var bounds: [Prose] {
    fit.parameters.contains { $0.atBound && !$0.fixed } ? [] : ["No parameter sits at a bound."]
  }

  private var replicates: [Prose] {
    guard let count = fit.interval.replicates else { return [] }
    return [
      "Of \(count) bootstrap refits, \(fit.interval.failed ?? 0) had no finite fit and "
        + "\(fit.interval.unconverged ?? 0) ended without reaching a minimum."
    ]
  }

  private var outliers: [Prose] {
    guard let runs = source.runs else { return [] }
    let residuals = runs.standardized
    let far = residuals.indices.filter { abs(residuals[$0]) > 4 }
      .sorted { abs(residuals[$0]) > abs(residuals[$1]) }
    guard !far.isEmpty else { return ["No run lies beyond four robust standard deviations."] }
    let named = far.prefix(6).map { "\(runs.lines[$0])" }.joined(separator: ", ")
    return [
      "\(far.count) of \(runs.count) runs lie beyond four robust standard deviations, where normal noise "
        + "puts one in sixteen thousand; the farthest are those of line \(named)."
    ]
  }
}
