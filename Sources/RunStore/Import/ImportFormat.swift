/// The kinds of foreign stores and tables that can be imported.
public enum ImportFormat: String, Sendable, Hashable, CaseIterable {
  /// A file store of MLflow: a folder of experiments.
  case mlflow
  /// A chart exported from Weights & Biases: a column of steps, a column a run and metric.
  case wandbChart = "wandb-chart"
  /// A table of runs exported from Weights & Biases.
  case wandbTable = "wandb-table"
  /// A folder written by DVCLive.
  case dvclive
  /// A table of comma-separated values whose rows are runs, or steps of runs.
  case csv
  /// A table in JSON Lines whose rows are runs, or steps of runs.
  case jsonLines = "jsonl"

  /// The kind of source in `run.json`; the two exports of W&B tell of the same runs.
  var kind: String {
    switch self {
    case .wandbChart, .wandbTable: "wandb"
    default: rawValue
    }
  }
}

/// How a source is to be read.
public struct ImportOptions: Sendable, Hashable {
  /// What the source is; nil, the default, to find out.
  public var format: ImportFormat?
  /// Which column of the source stands for what, as `params` → `params.n_params`.
  ///
  /// Of every source: `params`, `tokens`, `unique_tokens` and `flops`. Of tables also `run`,
  /// `name`, `status`, `step` and `time`. Hyperparameters of a tracker are called `params.KEY`,
  /// its tags `tags.KEY`, the last values of its metrics `metrics.KEY`.
  /// What is not named is found by the usual words, such as `n_params`.
  public var columns: [String: String]
  /// The columns of a table that are metrics; empty, the default, to go by their names.
  public var metrics: [String]
  /// What identifies the source, where the source itself does not; the default is the name of the
  /// file or folder.
  ///
  /// The same name and run give the same identifier in the store.
  public var sourceName: String?
  /// Whether runs that were deleted in the source are imported too.
  ///
  /// The default is false.
  public var includesDeleted: Bool

  /// Creates options.
  public init(
    format: ImportFormat? = nil, columns: [String: String] = [:], metrics: [String] = [],
    sourceName: String? = nil, includesDeleted: Bool = false
  ) {
    self.format = format
    self.columns = columns
    self.metrics = metrics
    self.sourceName = sourceName
    self.includesDeleted = includesDeleted
  }
}

/// Why a source cannot be read at all, or runs cannot be exported.
public struct ExchangeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The source is none of the kinds that can be imported.
    case unknownFormat
    /// The source could be of two kinds.
    case ambiguousFormat
    /// Two columns could be what is sought.
    case ambiguousColumn
    /// A column that was named does not exist, or one that is needed was not found.
    case missingColumn
    /// A file or folder of the source cannot be read.
    case unreadable
    /// There is something at the place an export is to be written to.
    case alreadyExists
    /// The export cannot be written.
    case unwritable
  }

  /// What kind of fault it is.
  public var code: Code
  /// The file or folder.
  public var path: String
  /// What is wrong and what to do about it, without the place; the wording is not stable.
  public var message: String

  /// Creates an error.
  public init(_ code: Code, path: String, _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  /// One line: `mlruns: …`.
  public var description: String { "\(path): \(message)" }
}
