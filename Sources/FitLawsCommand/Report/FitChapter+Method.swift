internal import ScalingLaws
internal import Tables

extension FitChapter {
  /// The checklist that papers on scaling laws are asked to fill in.
  func method() -> [Report.Item] {
    var table = TextTable(
      headers: ["area", "item", "how it was done"], alignments: [.left, .left, .left])
    for (area, items) in [
      ("form", form), ("data", counting), ("training", trainingSetup), ("fitting", fitting),
      ("uncertainty", uncertainty),
    ] {
      for (place, item) in items.enumerated() {
        table.append([place == 0 ? area : "", item.name, item.text ?? Self.unknown])
      }
    }
    return [
      .table(
        table,
        caption: "What a reader needs to repeat or judge the fit (after Li et al. 2025, "
          + "arXiv:2502.18969). Where it says not recorded, no file knows: the author does.")
    ]
  }

  /// An item; without a text it is not recorded.
  private typealias Entry = (name: String, text: String?)

  private static let unknown = "not recorded: say so in the paper"

  /// What is known, and behind it what is not.
  private static func known(_ text: String, but missing: String) -> String {
    "\(text); \(missing) is \(unknown)"
  }

  private var form: [Entry] {
    let free = fit.parameters.filter { !$0.fixed }
    let fixed = fit.parameters.filter(\.fixed).map { part in
      "\(part.name) fixed at \(NumberText.shortest(part.estimate))"
    }
    let source = known.map { "\($0.name): \($0.citation)" } ?? "a formula of the author's"
    return [
      ("law", "\(source); \(FitPresentation.law(of: fit))"),
      (
        "free parameters",
        ([free.map(\.name).joined(separator: ", ")] + fixed).joined(separator: "; ")
      ),
      (
        "bounds",
        free.map { part in
          "\(part.name) \(Self.bounds(part.bounds))"
        }.joined(separator: ", ")
      ),
    ]
  }

  private static func bounds(_ range: LawFit.Range) -> String {
    switch (range.lower.isFinite, range.upper.isFinite) {
    case (true, true):
      "\(NumberText.shortest(range.lower)) to \(NumberText.shortest(range.upper))"
    case (true, false): "from \(NumberText.shortest(range.lower))"
    case (false, true): "to \(NumberText.shortest(range.upper))"
    case (false, false): "unbounded"
    }
  }

  private var counting: [Entry] {
    var items: [Entry] = [
      ("rows", "\(fit.data.rows) used; dropped: \(dropped)"),
      ("dropped before the fit was seen", fit.data.where == nil ? "none were dropped" : nil),
    ]
    let columns = fit.data.columns
    func column(_ name: String) -> String? { columns[name].map { "column \($0)" } }
    if let text = column("N") {
      items.append(
        ("counting of N", Self.known(text, but: "whether embeddings and output head are in it")))
    }
    if let text = column("D") {
      items.append(
        ("counting of D", Self.known(text, but: "tokenizer, and whether tokens were repeated,")))
    }
    if isSplit || columns["C"] != nil {
      items.append(
        (
          "counting of C",
          column("C").map { Self.known($0, but: "which operations it counts") }
            ?? "6 N D (forward and backward pass, without attention)"
        ))
    }
    let response = columns[law.responseName] ?? law.responseName
    items.append(
      (
        "response",
        Self.known("column \(response)", but: "on which text, and whether it was smoothed,")
      ))
    items.append(
      (
        "checkpoints",
        fit.interval.cluster.map { "rows with one \($0) are taken as one run" }
      ))
    return items
  }

  private var trainingSetup: [Entry] {
    [
      ("architecture", nil), ("learning-rate schedule", nil),
      ("hyperparameters tuned for each size", nil),
    ]
  }

  private var fitting: [Entry] {
    let search = fit.search
    return [
      ("objective", objective),
      (
        "weights",
        fit.objective.weights.map { "column \($0)" } ?? "every row counts the same"
      ),
      (
        "optimiser",
        "trust-region nonlinear least squares (GSL) with exact derivatives, reweighted for the loss"
      ),
      (
        "starts",
        search.kind == "global"
          ? "\(search.seeds) points by variable projection; \(search.claim); "
            + "\(search.evaluations) passes over the rows"
          : "local, from given values; \(search.evaluations) passes over the rows"
      ),
      ("termination", search.termination),
      (
        "validation",
        "none in this file: fitlaws compare holds out the largest runs; else \(Self.unknown)"
      ),
    ]
  }

  private var objective: String {
    let part = fit.objective
    let loss =
      switch part.loss {
      case "squares": "squares"
      case "absolute": "absolute values"
      case "huber": "Huber's loss"
      case "cauchy": "Cauchy's loss"
      default: "the loss \(part.loss)"
      }
    let scale = part.delta.map { " with scale \(NumberText.shortest($0))" } ?? ""
    let residual =
      switch part.residuals {
      case "log": "ln observed - ln law"
      case "relative": "(observed - law) / observed"
      default: "observed - law"
      }
    return "sum over rows, not mean, of \(loss)\(scale) of \(residual): "
      + Rounding.significant(part.value, 9)
  }

  private var uncertainty: [Entry] {
    let interval = fit.interval
    var items: [Entry] = [
      ("intervals", "\(percent), \(methodName)"),
      ("degrees of freedom", "\(interval.degreesOfFreedom)"),
    ]
    if let replicates = interval.replicates {
      items += [
        (
          "replicates",
          "\(replicates), each with a global search of its own; resampled: "
            + (interval.resampled == "wild"
              ? "signs of residuals" : interval.cluster.map { "clusters by \($0)" } ?? "rows")
        ),
        ("seed", "\(interval.seed ?? 0) (Philox4x32-10, a stream a replicate)"),
      ]
    }
    items.append(("measured coverage", coverage))
    if fit.sensitivity == nil {
      items.append(
        ("sensitivity to these choices", "not looked at: fitlaws fit --sensitivity does"))
    }
    return items
  }

  /// What the coverage study of the package found, see `Documentation/Coverage.md`.
  private var coverage: String {
    let held =
      switch IntervalMethod(rawValue: fit.interval.method) {
      case .bootstrap: "96 to 99.6 %"
      case .bca: "92.9 to 98.2 %"
      case .profile: "93.7 to 97.1 %"
      case .covariance, nil: "93.2 to 97.5 %"
      }
    return
      "intervals of 95 % by this method held the truth in \(held) of simulated data sets of 12 to 60 "
      + "independent runs of a chinchilla law (Documentation/Coverage.md of fitlaws); for other laws "
      + "and noise it was not measured"
  }
}
