internal import Planning
internal import ScalingLaws
internal import Tables

extension FitChapter {
  /// What was asked, and what the fit says of it.
  func answer() -> [Report.Item] {
    [
      .paragraph(question),
      .list([quality] + exponents + optimum + choices + [range, caution]),
    ]
  }

  private var response: String { law.responseName }

  /// What is asked; of groups, it is asked once for all.
  var question: Prose {
    if isSplit {
      return
        "How does \(code: response) depend on the parameters N and the training tokens D of a "
        + "model, and how is a compute budget C = 6ND best split between them?"
    }
    return "How does \(code: response) depend on \(law.inputs.joined(separator: ", "))?"
  }

  private var quality: Prose {
    guard !fit.quality.r2.isNaN else {
      return
        "\(code: response) is the same in all \(fit.data.rows) runs: there is nothing to explain."
    }
    let share = Rounding.significant(100 * fit.quality.r2, 4)
    let error = Rounding.significant(100 * fit.quality.rmse, 2)
    let rows = "\(fit.data.rows) runs"
    let name: Prose = known == nil ? "The formula" : "The law \(code: fit.law.name)"
    switch fit.objective.residuals {
    case "raw":
      return
        "\(name) explains \(share) % of the variance of \(code: response) over \(rows); a run lies "
        + "\(Rounding.significant(fit.quality.rmse, 2)) from it (root mean square)."
    case "relative":
      return
        "\(name) explains \(share) % of the variance of \(code: response) over \(rows); a run lies "
        + "\(error) % from it (root mean square)."
    default:
      return
        "\(name) explains \(share) % of the variance of the logarithm of \(code: response) over "
        + "\(rows); a run lies \(error) % from it (root mean square)."
    }
  }

  private var exponents: [Prose] {
    guard let params = fit.quantities?.first(where: { $0.name == "a" }),
      let tokens = fit.quantities?.first(where: { $0.name == "b" })
    else { return [] }
    return [
      "The compute-optimal model grows as N* ~ C^a with a = \(Self.text(params)), its tokens as "
        + "D* ~ C^b with b = \(Self.text(tokens))."
    ]
  }

  private static func text(_ part: LawFit.QuantityPart) -> String {
    text(part.estimate, part.standardError, part.lower, part.upper)
  }

  private var optimum: [Prose] {
    guard let plan = try? allocation.get(),
      let best = plan.allocations.max(by: { $0.flops < $1.flops })
    else { return [] }
    return [
      "With \(Quantity.format(best.flops)) FLOP it has N* = \(AllocationPresentation.count(best.params)) "
        + "parameters and sees D* = \(AllocationPresentation.count(best.tokens)) tokens, "
        + "\(AllocationPresentation.ratio(best.tokensPerParam)) per parameter; predicted "
        + "\(code: response) \(AllocationPresentation.loss(best.loss))\(unitBehind)."
    ]
  }

  /// How many refits leave the interval of the decision.
  private var choices: [Prose] {
    guard let rows = fit.sensitivity, let base = rows.first?.optima?.last,
      let lower = base.interval?.lower, let upper = base.interval?.upper
    else { return [] }
    let ratios = rows.dropFirst().filter(\.isMinimum).compactMap { row in
      row.optima?.last { $0.flops == base.flops }?.tokensPerParam
    }
    guard !ratios.isEmpty else { return [] }
    let out = ratios.count { $0 < lower || $0 > upper }
    return [
      "\(out == 0 ? "None" : "\(out)") of \(ratios.count) refits under other choices (Sensitivity) "
        + "put\(out == 1 || out == 0 ? "s" : "") the tokens per parameter at "
        + "\(Quantity.format(base.flops)) FLOP outside \(out == 0 ? "that" : "its") interval."
    ]
  }

  private var unitBehind: String { unit(of: response).map { " \($0)" } ?? "" }

  private var range: Prose {
    guard let largest = fit.data.ranges["C"]?.upper else {
      return
        "Beyond the range of the data (Data, below) every number supposes that the law still holds."
    }
    return
      "The largest run took \(Quantity.format(largest, digits: 3)) FLOP. Whatever is said of more "
      + "supposes that the law still holds there, and no interval covers that it may not."
  }

  private var caution: Prose {
    let intervals: Prose =
      law.uncertainty == nil
      ? "The fit has no intervals"
      : "Ranges in parentheses are \(percent) intervals (\(methodName))"
    let count = allWarnings.count
    return count == 0
      ? "\(intervals). The fit raised no warning."
      : "\(intervals). The fit raised \(count) warning\(count == 1 ? "" : "s"), which stand"
        + "\(count == 1 ? "s" : "") under Diagnostics."
  }

  /// The warnings of the fit and of the allocation.
  var allWarnings: [String] {
    guard let plan = try? allocation.get() else { return fit.quality.warnings }
    return plan.warnings
  }
}
