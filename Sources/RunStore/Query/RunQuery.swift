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

  /// The condition; nil for all runs.
  public var filter: RowFilter?
  /// The columns, by their names: `id`, `name`, `status`, `params`, `tokens`, `flops`,
  /// `config.lr`, `final.loss`, `tags.sweep`, …
  public var columns: [String]
  /// Metrics as further columns.
  public var metrics: [Metric]
  /// Whether the index may be used and brought up to date. The default is true; the answer is
  /// the same.
  public var usesIndex: Bool

  /// Creates a query.
  public init(
    filter: RowFilter? = nil, columns: [String] = ["id", "name", "status"],
    metrics: [Metric] = [], usesIndex: Bool = true
  ) {
    self.filter = filter
    self.columns = columns
    self.metrics = metrics
    self.usesIndex = usesIndex
  }
}

/// The answer to a query: a row a run, sorted by identifier.
public struct RunTable: Sendable {
  /// The columns asked for. A column in which every value is a number is one of numbers, NaN
  /// where a run has none; any other is one of texts, empty where a run has none.
  public var table: Table
  /// The run of each row.
  public var runs: [RunID]
  /// What was wrong with runs, which are then left out, or with their tails.
  public var problems: [RunStoreProblem]
}

extension RunStore {
  /// Answers a query.
  public func table(_ query: RunQuery) throws(RunStoreError) -> RunTable {
    preconditionFailure("unfinished")
  }
}
