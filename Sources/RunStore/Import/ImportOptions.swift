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
