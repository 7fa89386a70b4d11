internal import Figures
internal import ScalingLaws
internal import Tables

extension FitChapter {
  /// The formula, its parameters with intervals, and the picture of the fit.
  func lawFitted() -> [Report.Item] {
    var blocks: [Report.Item] = []
    if let known { blocks.append(.paragraph("\(known.title). \(known.citation).")) }
    blocks.append(
      .code(
        (FitPresentation.definitions(of: fit) + [FitPresentation.law(of: fit)]).joined(
          separator: "\n")))
    blocks.append(
      .table(
        parameters,
        caption: "Parameters\(fit.quantities == nil ? "" : " and what follows from them") with "
          + "standard errors and \(percent) intervals. \(intervals)"))
    switch figure(.fit) {
    case .success(let figure):
      let runs: Prose =
        source.runs == nil ? "the runs are not at hand" : "points are runs, coloured by parameters"
      let caption: Prose =
        isSplit
        ? "Loss against compute: \(runs); thin lines are the law at a fixed number of parameters; the "
          + "heavy line is the loss of the compute-optimal model. "
        : "\(source.runs == nil ? "The law; the runs are not at hand." : "The runs and the law.") "
      blocks.append(item(figure, caption + band))
    case .failure: break
    }
    return blocks
  }

  /// What a shaded band is.
  var band: Prose {
    law.uncertainty == nil
      ? "There is no interval to show." : "The band is the \(percent) interval of the law."
  }

  private var intervals: String {
    let interval = fit.interval
    let freedom = "\(interval.degreesOfFreedom) degrees of freedom"
    let unit = interval.cluster.map { "clusters by \($0)" } ?? "rows"
    guard let replicates = interval.replicates else {
      return interval.method == IntervalMethod.profile.rawValue
        ? "An interval ends where the objective, all other parameters fitted again, has risen by more "
          + "than chance explains (profile; Student's t with \(freedom))."
        : "They follow from the covariance of the estimates (\(FitPresentation.covarianceName(fit))) "
          + "and Student's t with \(freedom)."
    }
    let what =
      interval.resampled == "wild"
      ? "with the signs of residuals resampled" : "of resampled \(unit)"
    return interval.method == IntervalMethod.bca.rawValue
      ? "They come from \(replicates) refits \(what), corrected for bias and skewness (BCa)."
      : "They are the percentiles of \(replicates) refits \(what) (bootstrap)."
  }

  private var parameters: TextTable {
    // Of a formula, nobody has said what its parameters mean.
    guard let known else { return FitPresentation.parameterTable(fit) }
    return FitPresentation.parameterTable(fit) { name in
      if let parameter = known.parameters.first(where: { $0.name == name }) {
        return (parameter.meaning, parameter.unit == "1" ? "–" : parameter.unit)
      }
      switch name.split(separator: " ").first {
      case "a": return ("exponent of the optimal N in compute", "–")
      case "b": return ("exponent of the optimal D in compute", "–")
      case "N*": return ("optimal parameters at that budget", "parameters")
      case "D*": return ("optimal tokens at that budget", "tokens")
      case "D/N": return ("optimal tokens per parameter", "–")
      default: return ("loss at the optimum", unit(of: law.responseName) ?? "not recorded")
      }
    }
  }

  // MARK: - Figures

  /// A figure of the fit, or why there is none.
  func figure(_ kind: PlotKind) -> Result<Figure, InputFault> {
    if source.table == nil, [.residuals, .profile].contains(kind) {
      return .failure(InputFault(source.rowsMissing ?? "the rows are not at hand"))
    }
    do {
      return .success(try kind.figure(of: source))
    } catch {
      return .failure(InputFault(InputFault.line(error)))
    }
  }
}
