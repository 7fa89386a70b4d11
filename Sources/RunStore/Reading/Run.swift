/// A run without its metrics.
public struct Run: Sendable, Hashable {
  /// What it is.
  public var record: RunRecord
  /// How far it has come; that of a fresh run if there is no file.
  public var state: RunState
  /// What people say of it; empty if there is no file.
  public var labels: RunLabels

  /// The run's identifier.
  public var id: RunID { record.id }
  /// The name: that of the labels, or of the record.
  public var name: String { labels.name ?? record.name }
}
