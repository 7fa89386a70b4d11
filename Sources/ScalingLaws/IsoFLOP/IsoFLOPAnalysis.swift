public import Tables

/// The compute-optimal model by approaches 1, 2 and 3 of Hoffmann et al., side by side, with how
/// much of the difference is method.
///
///     let analysis = try await IsoFLOPAnalysis(Table.read(contentsOf: "runs.csv"),
/// IsoFLOPOptions())
///     analysis[.isoFLOP]?.paramsExponent.value
///
/// Source: Hoffmann et al. 2022, arXiv:2203.15556, section 3.
public struct IsoFLOPAnalysis: Sendable, Hashable {
  /// Where the runs came from.
  public var source: String
  /// Number of runs.
  public var runs: Int
  /// For N, D, C and loss, what each stands for.
  public var columns: [String: String]
  /// The options of the analysis, with the budgets that were used where none were asked for.
  public var options: IsoFLOPOptions
  /// Every budget, ascending, with its optimum or the reason why it was not used.
  public var budgets: [IsoFLOPBudget]
  /// Whether budgets counted by the SD of their optimum.
  public var isWeighted: Bool
  /// The approaches, 1 to 3.
  public var approaches: [IsoFLOPApproach]
  /// The joint law of approach 3.
  public var joint: LawFit?
  /// The bias of approach 2 for the joint law on these runs; nil where either is missing.
  public var bias: MethodBias?
  /// For each budget asked for, the share of it that the optimum of approach 2 wastes if the joint
  /// law is true; empty where either is missing.
  public var deadweight: [Double]
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// What an approach says; nil if it was refused.
  public subscript(kind: IsoFLOPApproach.Kind) -> IsoFLOPApproach.Laws? {
    approaches.first { $0.kind == kind }?.laws
  }

  /// Analyses runs.
  ///
  /// - Parameters:
  ///   - table: the runs, one per row.
  ///   - options: how.
  /// - Throws: `AnalysisError`, `FormulaError` or `TableError`, each one line that names the place;
  ///   `AnalysisError` `tooFewRows` where the runs allow neither approach 1 nor approach 2. One of
  ///   them refused is a result.
  /// - Complexity: one global fit of the joint law; with `akima` also a spline per replicate and
  ///   budget.
  public init(_ table: Table, _ options: IsoFLOPOptions = IsoFLOPOptions()) async throws {
    try options.validate()
    let runs = try IsoFLOPRuns(table, options)
    source = runs.source
    self.runs = runs.count
    columns = runs.columns
    let groups = BudgetGroup.groups(of: runs, tolerance: options.tolerance)
    budgets = IsoFLOPOptima.budgets(
      groups, runs, loss: runs.loss, options, withErrors: true)
    let asked =
      options.budgets.isEmpty ? [10 * (groups.map(\.flops).max() ?? 1)] : options.budgets
    self.options = options
    self.options.budgets = asked
    warnings = []

    let envelope = Self.outcome { () throws(AnalysisError) in
      try LossEnvelope(runs, bins: options.bins)
    }
    let found = Self.outcome { [budgets] () throws(AnalysisError) in
      try IsoFLOPOptima(budgets, isWeighted: options.isWeighted)
    }
    if let first = envelope.refusal, let second = found.refusal {
      throw AnalysisError(
        .tooFewRows,
        "\(runs.source): no isoFLOP analysis: \(second); and no envelope of training curves: \(first). "
          + "Try 'fitlaws fit' on scattered runs")
    }
    isWeighted = found.value?.isWeighted ?? false
    var surface: ChinchillaSurface?
    var joint: LawFit?
    var refusal: String?
    do {
      let fit = try await Self.jointFit(runs, options)
      joint = fit
      surface = try ChinchillaSurface(fit)
    } catch {
      refusal = String(describing: error)
    }
    self.joint = joint
    approaches = [
      IsoFLOPApproach(
        kind: .envelope,
        laws: envelope.value.map { .init($0, level: options.level, budgets: asked) },
        refusal: envelope.refusal),
      IsoFLOPApproach(
        kind: .isoFLOP,
        laws: found.value.map {
          .init($0.params, $0.tokens, level: options.level, budgets: asked)
        }, refusal: found.refusal),
      IsoFLOPApproach(
        kind: .jointLaw,
        laws: try surface.map { surface in
          .init(
            surface, try joint.flatMap { try Uncertainty($0) },
            names: joint?.parameters.map(\.name) ?? [], budgets: asked)
        }, refusal: refusal),
    ]
    deadweight = []
    guard let found = found.value, let surface else {
      warnings = remarks(runs)
      return
    }
    deadweight = asked.map { flops in
      let (params, tokens) = (found.params.value(at: flops), found.tokens.value(at: flops))
      return surface.deadweightCompute(params: params, tokens: tokens) / (6 * params * tokens)
    }
    do {
      bias = try MethodBias(surface, runs, groups, found, options, budgets: asked)
    } catch {
      warnings.append(
        "the bias of approach 2 could not be found: on noise-free losses of the joint law, \(error)"
      )
    }
    warnings += remarks(runs)
  }

  private static func jointFit(
    _ runs: IsoFLOPRuns, _ options: IsoFLOPOptions
  ) async throws -> LawFit {
    var spec = FitSpec(law: .chinchilla)
    spec.residuals = options.residuals
    spec.loss = options.loss
    spec.level = options.level
    return try await LawFit(runs.table, spec)
  }

  private static func outcome<Value>(
    _ make: () throws(AnalysisError) -> Value
  ) -> (value: Value?, refusal: String?) {
    do {
      return (try make(), nil)
    } catch {
      return (nil, error.message)
    }
  }

  private func remarks(_ runs: IsoFLOPRuns) -> [String] {
    var remarks: [String] = []
    let widest = budgets.filter { $0.optimum != nil }.map(\.spread).max() ?? 1
    if widest > 1 + options.tolerance {
      remarks.append(
        "runs of one budget differ in compute by up to \(Rounding.significant(100 * (widest - 1), 2)) %, "
          + "which bends its curve; a lower --tolerance divides them")
    }
    if options.isWeighted, !isWeighted, self[.isoFLOP] != nil {
      remarks.append(
        "not every optimum has a standard deviation above zero, so all budgets count alike; "
          + "give each budget more runs than the curve has coefficients")
    }
    if runs.flopsColumn != nil, runs.largestExcess > 0.01 {
      remarks.append(
        "compute differs from 6ND by up to \(Rounding.significant(100 * runs.largestExcess, 2)) %: "
          + "approaches 1 and 2 take it as given, approach 3 takes 6ND")
    }
    if let largest = budgets.map(\.flops).max(), let asked = options.budgets.max(),
      asked > 100 * largest
    {
      remarks.append(
        "\(Quantity.format(asked)) FLOP is \(Rounding.significant(asked / largest, 3)) times the largest "
          + "budget of the runs (\(Quantity.format(largest))): intervals assume that the laws still hold there"
      )
    }
    return remarks + (joint?.quality.warnings ?? []).map { "joint law: \($0)" }
  }
}
