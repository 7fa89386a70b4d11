internal import Formulas
internal import LeastSquares
public import Tables

/// Several laws fitted to the same rows under the same objective: which describes them best, and
/// which foretells larger runs best.
///
/// The information criterion (see ``RobustLikelihood``) judges the rows at hand. Extrapolation is
/// what a law is bought for, and is judged by it: once with the largest runs held out, and rolling,
/// where every budget is predicted from all smaller ones.
public struct LawComparison: Sendable, Hashable {
  /// One law among the others.
  public struct Entry: Sendable, Hashable {
    /// What tells it from the others: the name in the catalogue, or `formula`, numbered if there
    /// are several.
    public var name: String
    /// Its fit to all rows.
    public var fit: LawFit
    /// Its likelihood; nil where the law passes through every row.
    public var likelihood: RobustLikelihood?
    /// AICc less the smallest among the laws; nil where AICc does not exist for all of them.
    public var deltaAICc: Double?
    /// Its Akaike weight; nil as `deltaAICc`.
    public var akaikeWeight: Double?
    /// The error on the largest runs, fitted to the others.
    public var holdout: ExtrapolationError?
    /// The error on every budget, fitted to the smaller ones.
    public var rolling: ExtrapolationError?
  }

  /// Which runs were held out.
  public struct Holdout: Sendable, Hashable {
    /// Rows fitted.
    public var fitted: Int
    /// Rows held out.
    public var heldOut: Int
    /// The largest compute fitted.
    public var largestFitted: Double
    /// The largest compute held out.
    public var largest: Double
  }

  /// Which budgets were predicted from smaller ones.
  public struct Rolling: Sendable, Hashable {
    /// Budgets predicted.
    public var steps: Int
    /// Rows predicted.
    public var rows: Int
    /// Budgets there are.
    public var levels: Int
    /// Whether those are the distinct budgets of the runs; else they are tenths of the rows.
    public var isGrid: Bool

    /// Makes a description.
    public init(steps: Int, rows: Int, levels: Int, isGrid: Bool) {
      (self.steps, self.rows, self.levels, self.isGrid) = (steps, rows, levels, isGrid)
    }
  }

  /// The laws, in the order asked for.
  public var entries: [Entry]
  /// Rows used.
  public var rows: Int
  /// What orders the runs: a column of compute, `6ND`, or the one variable the laws read; nil where
  /// there is none, and nothing could be held out.
  public var scale: String?
  /// The runs held out; nil where they could not be.
  public var holdout: Holdout?
  /// The rolling prediction; nil where there were too few budgets.
  public var rolling: Rolling?
  /// What a reader should know before using the numbers.
  public var warnings: [String]

  /// The law of the smallest AICc.
  public var bestByAICc: Entry? { best { $0.deltaAICc } }
  /// The law that missed the held-out runs least.
  public var bestByHoldout: Entry? { best { $0.holdout?.rms } }
  /// The law that missed the next budget least.
  public var bestByRolling: Entry? { best { $0.rolling?.rms } }

  private func best(_ score: (Entry) -> Double?) -> Entry? {
    let scored = entries.compactMap { entry in
      score(entry).flatMap { $0.isFinite ? (entry, $0) : nil }
    }
    return scored.min { $0.1 < $1.1 }?.0
  }

  /// Fits the laws and compares them.
  ///
  ///     let laws = [Law.chinchilla, .chinchillaTied, .kaplan].map { FitSpec(law: $0) }
  ///     let comparison = try await LawComparison(table, laws)
  ///     print(comparison.bestByRolling?.name ?? "")
  ///
  /// Extrapolation refits every law, globally, for each budget from the first below which there are
  /// twice as many rows as the largest law has free parameters; every law predicts the same rows.
  ///
  /// - Parameters:
  ///   - table: the runs.
  ///   - specs: the laws, at least two, with one objective, one filter and one column of weights.
  ///   - options: what is held out.
  ///   - stated: columns by the name they stand for, for compute (C, N, D) that no law reads.
  ///   - sha256: digest of the bytes the table came from.
  ///   - progress: called with the fraction of the work done.
  /// - Throws: `AnalysisError` where the laws cannot be compared, and as a fit does, naming the
  ///   law.
  /// - Complexity: one global fit per law and budget, and those of the bootstrap.
  public init(
    _ table: Table, _ specs: [FitSpec], options: ComparisonOptions = ComparisonOptions(),
    columns stated: [String: String] = [:], sha256: String? = nil,
    progress: (@Sendable (Double) -> Void)? = nil
  ) async throws {
    try options.validate()
    let names = try Self.names(specs)
    let laws = try zip(names, specs).map { name, spec in
      try Self.naming(name) { try FitData(table, spec) }
    }
    try Self.check(names, laws)
    rows = laws[0].table.rowCount
    warnings = []
    entries = []
    let share = 1 / Double(specs.count)
    for (index, spec) in specs.enumerated() {
      let fit: LawFit
      do {
        fit = try await LawFit(
          table, spec, sha256: sha256, progress: { progress?(share * (Double(index) + $0)) })
      } catch {
        throw AnalysisError.naming(names[index], error)
      }
      entries.append(
        Entry(name: names[index], fit: fit, likelihood: Self.likelihood(fit, laws[index], spec)))
    }
    weigh()
    guard let budgets = RunBudgets(laws, stated: stated) else {
      warnings.append(
        "no compute orders these runs (C, or N and D): extrapolation was not tried; "
          + "name the column with --columns C=COLUMN")
      return
    }
    scale = budgets.name
    let tests = zip(laws, specs).map { ExtrapolationTest($0, $1) }
    holdLargestOut(budgets, tests, ExtrapolationTest.rows(of: laws[0]), options.holdout)
    roll(budgets, tests, ExtrapolationTest.rows(of: laws[0]))
  }

  // MARK: - Checks

  private static func names(_ specs: [FitSpec]) throws(AnalysisError) -> [String] {
    guard specs.count >= 2 else {
      throw AnalysisError(.badSetting, "a comparison takes at least two laws")
    }
    for (index, spec) in specs.enumerated()
    where specs[..<index].contains(where: { $0.source == spec.source }) {
      throw AnalysisError(.badSetting, "\(spec.law?.name ?? "one formula") is given twice")
    }
    let formulas = specs.count { $0.law == nil }
    var count = 0
    return specs.map { spec in
      if let law = spec.law { return law.name }
      count += 1
      return formulas > 1 ? "formula \(count)" : "formula"
    }
  }

  private static func naming<Result>(
    _ name: String, _ body: () throws -> Result
  ) throws -> Result {
    do { return try body() } catch { throw AnalysisError.naming(name, error) }
  }

  /// Laws compare where they explain the same numbers, and count misfit alike.
  private static func check(_ names: [String], _ laws: [FitData]) throws(AnalysisError) {
    func fault(_ index: Int, _ what: (FitData) -> String, _ remedy: String) -> AnalysisError {
      AnalysisError(
        .unsuitableLaw,
        "\(names[0]) and \(names[index]) do not compare: \(what(laws[0])) against "
          + "\(what(laws[index])); \(remedy)")
    }
    let first = laws[0]
    for (index, law) in laws.enumerated().dropFirst() {
      let lines = [first, law].map { data in
        (0..<data.table.rowCount).map { data.table.lineNumber(ofRow: $0) }
      }
      guard lines[0] == lines[1] else {
        throw fault(
          index, { "\($0.table.rowCount) rows" },
          "fit both to the same rows (--where)")
      }
      guard first.formula.response == law.formula.response,
        first.parsed.responseScale == law.parsed.responseScale
      else {
        throw fault(
          index, { "the response \($0.parsed.responseText)" }, "take laws of one response")
      }
      guard first.residuals == law.residuals else {
        throw fault(
          index, { "\($0.residuals.rawValue) residuals" }, "give both the same (--residuals)")
      }
      guard first.loss == law.loss else {
        throw fault(index, { $0.loss.words }, "give both the same (--loss, --delta)")
      }
      guard first.weights == law.weights else {
        throw fault(
          index, { $0.weights == nil ? "equal weights" : "other weights" },
          "give both the same (--weights)")
      }
    }
  }

  // MARK: - Likelihood

  private static func likelihood(
    _ fit: LawFit, _ data: FitData, _ spec: FitSpec
  ) -> RobustLikelihood? {
    data.residuals(at: fit.parameters.map(\.estimate), spec).flatMap {
      RobustLikelihood(
        loss: data.loss, residuals: $0, weights: data.weights,
        freeParameters: fit.parameters.count { !$0.fixed })
    }
  }

  private mutating func weigh() {
    let criteria = entries.compactMap { $0.likelihood?.aicc }
    guard criteria.count == entries.count, let least = criteria.min() else {
      warnings.append(
        "no AICc: a law has too many parameters for \(rows) rows, or passes through every one")
      return
    }
    for (index, weight) in RobustLikelihood.weights(criteria).enumerated() {
      entries[index].deltaAICc = criteria[index] - least
      entries[index].akaikeWeight = weight
    }
  }

  // MARK: - Extrapolation

  /// Rows that a fit needs before its prediction says something of the law.
  private var fewestRows: Int {
    2 * (entries.map { entry in entry.fit.parameters.count { !$0.fixed } }.max() ?? 1)
  }

  private mutating func holdLargestOut(
    _ budgets: RunBudgets, _ tests: [ExtrapolationTest], _ rows: [Int], _ share: Double
  ) {
    let threshold = Draws.quantiles(rows.map { budgets.values[$0] }, [1 - share])[0]
    var held = rows.filter { budgets.values[$0] > threshold }
    // The largest budget may itself be the quantile.
    if held.isEmpty { held = rows.filter { budgets.values[$0] == threshold } }
    let fitted = rows.filter { !held.contains($0) }
    let errors =
      fitted.count < fewestRows
      ? [] : tests.compactMap { $0.errors(fitting: fitted, predicting: held) }
    guard errors.count == tests.count, let largest = held.map({ budgets.values[$0] }).max(),
      let largestFitted = fitted.map({ budgets.values[$0] }).max()
    else {
      warnings.append(
        "nothing was held out: the \(fitted.count) smaller runs do not suffice for a fit of every law"
      )
      return
    }
    for index in entries.indices { entries[index].holdout = ExtrapolationError(errors[index]) }
    holdout = Holdout(
      fitted: fitted.count, heldOut: held.count, largestFitted: largestFitted, largest: largest)
  }

  private mutating func roll(
    _ budgets: RunBudgets, _ tests: [ExtrapolationTest], _ rows: [Int]
  ) {
    let (levels, isGrid) = budgets.levels(of: rows)
    var errors: [[Double]] = tests.map { _ in [] }
    var steps = 0
    for (index, level) in levels.enumerated() {
      let smaller = levels[..<index].flatMap { $0 }.sorted()
      guard smaller.count >= fewestRows else { continue }
      let step = tests.compactMap { $0.errors(fitting: smaller, predicting: level) }
      // Every law is judged by the same rows.
      guard step.count == tests.count else { continue }
      for index in errors.indices { errors[index] += step[index] }
      steps += 1
    }
    guard steps > 0 else {
      warnings.append(
        "no rolling prediction: \(levels.count) budgets with at least \(fewestRows) smaller runs are needed"
      )
      return
    }
    for index in entries.indices { entries[index].rolling = ExtrapolationError(errors[index]) }
    rolling = Rolling(
      steps: steps, rows: errors[0].count, levels: levels.count, isGrid: isGrid)
  }
}
