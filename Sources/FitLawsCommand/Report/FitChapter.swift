internal import Figures
internal import Planning
internal import ScalingLaws
internal import Tables

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What a report says of one fit.
struct FitChapter {
  /// The fit, with the diagnosis.
  let fit: LawFit
  /// Its law and rows, where they are at hand.
  let source: PicturedFit
  /// Why there is no sensitivity and design check; nil where there is.
  let undiagnosed: String?
  /// The optimum at the budgets, or why there is none.
  let allocation: Result<AllocationPlan, InputFault>
  /// Whether budgets were asked for, rather than taken from the range of the fit.
  let isAsked: Bool
  /// What the names of figures and sections begin with: nothing, or `g2-` for the second group.
  let prefix: String

  var law: EstimatedLaw { source.law }
  /// The law of the catalogue, unless the formula was changed.
  var known: Law? { Law.named(fit.law.name).flatMap { $0.formula == fit.law.formula ? $0 : nil } }
  /// Whether compute can be split by it: it gives a loss by N and D.
  var isSplit: Bool { Self.isSplit(law) && known?.objective ?? .lossLaw == .lossLaw }

  private static func isSplit(_ law: EstimatedLaw) -> Bool {
    law.inputs.contains("N") && law.inputs.contains("D")
  }

  /// Makes what is not in the saved fit: the optimum at the budgets, refits and design check.
  init(_ fit: LawFit, _ source: PicturedFit, prefix: String = "") async {
    var (fit, source) = (fit, source)
    isAsked = !source.budgets.isEmpty
    if source.budgets.isEmpty, Self.isSplit(source.law) {
      source.budgets = Self.budgets(for: fit)
    }
    allocation = Result {
      try AllocationPlan(source.law, budgets: source.budgets, inputs: source.inputs)
    }.mapError { InputFault(InputFault.line($0)) }
    var reason = source.rowsMissing
    if fit.sensitivity != nil, fit.design != nil {
      reason = nil
    } else if let table = source.table {
      do {
        fit = try await Self.diagnosed(fit, source, on: table)
      } catch {
        reason = InputFault.line(error)
      }
    }
    (self.fit, self.source) = (fit, source)
    undiagnosed = reason
    self.prefix = prefix
  }

  /// The fit with what it lacks of the diagnosis.
  private static func diagnosed(
    _ fit: LawFit, _ source: PicturedFit, on table: Table
  ) async throws -> LawFit {
    var diagnosis = Diagnosis()
    diagnosis.checksDesign = fit.design == nil
    diagnosis.variants = fit.sensitivity == nil ? SensitivityVariant.standard : []
    diagnosis.budgets = source.budgets.max().map { [$0] } ?? []
    diagnosis.optimum = { [inputs = source.inputs] in
      try OptimumQuantities.params(of: $0, inputs: inputs)
    }
    return try await fit.diagnosed(diagnosis, on: table)
  }

  /// Powers of ten: one inside the range of the runs, its end, and ten and a hundred times that.
  private static func budgets(for fit: LawFit) -> [Double] {
    guard let largest = fit.data.ranges["C"]?.upper, largest > 0, largest.isFinite else {
      return []
    }
    let exponent = Int(log10(largest).rounded(.down))
    return (-1...2).compactMap { Double("1e\(exponent + $0)") }
  }

  /// All sections, of a level.
  func sections(level: Int) -> [Report.Section] {
    [
      ("Question and answer", "answer", answer), ("Data", "data", data),
      ("The law fitted", "law", lawFitted), ("What to train", "train", training),
      ("Diagnostics", "diagnostics", diagnostics), ("Sensitivity", "sensitivity", sensitivity),
      ("How the fit was made", "method", method),
    ].compactMap { title, id, blocks in
      let blocks = blocks()
      guard !blocks.isEmpty else { return nil }
      return Report.Section(title: title, id: prefix + id, level: level, blocks: blocks)
    }
  }

  // MARK: - Words

  /// `95 %`.
  var percent: String { "\(Rounding.significant(100 * fit.interval.level, 6)) %" }

  /// How intervals came about, in a few words.
  var methodName: String {
    switch IntervalMethod(rawValue: fit.interval.method) {
    case .bootstrap: "bootstrap percentiles"
    case .bca: "bootstrap, corrected for bias and skewness (BCa)"
    case .profile: "profile of the objective"
    case .covariance, nil: "covariance"
    }
  }

  /// A figure with its name made unique.
  func item(_ figure: Figure, _ caption: Prose) -> Report.Item {
    var figure = figure
    figure.name = prefix + figure.name
    if !isAsked {
      for panel in figure.panels.indices {
        for layer in figure.panels[panel].layers.indices
        where figure.panels[panel].layers[layer].label == "budgets asked for" {
          figure.panels[panel].layers[layer].label = "budgets of the table"
        }
      }
    }
    return .figure(figure, caption: caption)
  }

  /// A number with its interval as `0.514 (0.482 to 0.557)`.
  static func text(
    _ estimate: Double, _ error: Double?, _ lower: Double?, _ upper: Double?
  ) -> String {
    let digits = Digits(estimate, error: error)
    guard lower != nil || upper != nil else { return digits.text(estimate) }
    let ends = [lower, upper].map { $0.map(digits.text) ?? "open" }
    return "\(digits.text(estimate)) (\(ends[0]) to \(ends[1]))"
  }
}
