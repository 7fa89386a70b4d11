public import Formulas
public import Tables

/// Which runs, and what of them.
public struct RunQuery: Sendable, Hashable {
  /// A metric as a column.
  public struct Metric: Sendable, Hashable {
    /// The metric.
    public var metric: String
    /// How its curve becomes one number.
    public var reduction: Reduction
    /// The name of the column.
    public var column: String

    /// Creates a column; its name is the metric's unless another is given.
    public init(_ metric: String, _ reduction: Reduction = .last, column: String? = nil) {
      self.metric = metric
      self.reduction = reduction
      self.column = column ?? metric
    }
  }

  /// The condition, on any column whether or not it is asked for; nil for all runs.
  ///
  /// A name with a slash stands between back quotes:
  /// ```
  /// `final.train/loss` < 3
  /// ```
  public var filter: RowFilter?
  /// The columns, by their names.
  ///
  /// - Every store has `id`, `name`, `status`, `created`, `ended`, `parent`, `notes`; and
  ///   `params`, `params_non_embedding`, `tokens_planned`, `unique_tokens`, `excluded` (1 or 0).
  /// - `tokens` and `flops` are what the state says was seen and done; of a run that finished
  ///   or was imported, and does not say, what was planned.
  /// - With dots, what the files say beside these: `config.lr`, `model.n_layers`,
  ///   `hardware.count`, `tags.sweep`, `final.loss`, …; truth values are 1 and 0, an array is
  ///   its JSON.
  public var columns: [String]
  /// Metrics as further columns, behind the others; NaN where a run has no such value.
  public var metrics: [Metric]
  /// Whether the origins of the metrics are wanted, which costs reading every curve.
  ///
  /// The default is false.
  public var wantsOrigins: Bool
  /// Whether the index may be used and brought up to date.
  ///
  /// The default is true; the answer is the same.
  public var usesIndex: Bool

  /// Creates a query.
  public init(
    filter: RowFilter? = nil, columns: [String] = ["id", "name", "status"],
    metrics: [Metric] = [], wantsOrigins: Bool = false, usesIndex: Bool = true
  ) {
    self.filter = filter
    self.columns = columns
    self.metrics = metrics
    self.wantsOrigins = wantsOrigins
    self.usesIndex = usesIndex
  }
}

/// The answer to a query: a row a run, sorted by identifier.
public struct RunTable: Sendable {
  /// The columns asked for.
  ///
  /// A column in which every value is a number is one of numbers, NaN where a run has none; any
  /// other is one of texts, empty where a run has none.
  public var table: Table
  /// The run of each row.
  public var runs: [RunID]
  /// For each row, where the number of each metric stands; empty unless it was asked for.
  public var origins: [[ReducedValue?]]
  /// What was wrong: with runs that are therefore left out, and with the tails of segments.
  public var problems: [RunStoreProblem]
}
