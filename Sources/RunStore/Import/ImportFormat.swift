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
