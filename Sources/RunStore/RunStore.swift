/// A folder of runs as plain files.
public struct RunStore: Sendable {
  /// The folder, without symbolic links.
  public let root: String
  /// The store's identifier.
  public let id: String

  /// Opens a store.
  public init(at path: String) throws(RunStoreError) { preconditionFailure("unfinished") }

  /// Makes a store in a folder that is empty or does not exist, or opens the one that is there.
  public static func create(at path: String) throws(RunStoreError) -> RunStore {
    preconditionFailure("unfinished")
  }

  /// Finds the store that holds a path.
  ///
  /// - Returns: the root: the path or the nearest folder above it that has a `fitlaws.json`.
  public static func findRoot(from path: String) -> String? { preconditionFailure("unfinished") }

  /// Begins a run.
  public func start(
    _ record: RunRecord, durability: Durability = .process
  ) throws(RunStoreError) -> RunWriter { preconditionFailure("unfinished") }

  /// Goes on with a run in a new segment.
  public func resume(
    _ id: RunID, durability: Durability = .process
  ) throws(RunStoreError) -> RunWriter { preconditionFailure("unfinished") }

  /// Whether ``add(_:state:labels:rows:)`` had anything to do.
  public enum Addition: Sendable, Hashable {
    /// The run is new.
    case added
    /// The same run was there already.
    case unchanged
  }

  /// Adds a whole run at once, as an import does: all of it is there, or nothing.
  ///
  /// The same record and rows always give the same bytes, so that adding them again changes
  /// nothing; labels and state that are there are left alone then. The record should not hold
  /// the time of the import.
  ///
  /// - Parameters:
  ///   - record: what the run is.
  ///   - state: how it ended; finals and seals are filled in from the rows.
  ///   - labels: tags and notes, if there are any. The default is none.
  ///   - rows: the metrics, in the order in which they are to be written.
  /// - Throws: ``RunStoreError/Code/conflict`` if a different run has the identifier.
  public func add(
    _ record: RunRecord, state: RunState = RunState(status: .imported),
    labels: RunLabels? = nil, rows: some Sequence<MetricRow>
  ) throws(RunStoreError) -> Addition { preconditionFailure("unfinished") }

  /// The identifiers of all runs, sorted.
  public func runIDs() throws(RunStoreError) -> [RunID] { preconditionFailure("unfinished") }

  /// Reads the small files of a run.
  public func run(_ id: RunID) throws(RunStoreError) -> Run { preconditionFailure("unfinished") }

  /// Reads metrics of a run.
  ///
  /// - Parameters:
  ///   - id: the run.
  ///   - metrics: the metrics wanted; nil, the default, for all.
  ///   - salvaging: whether rows that are none, and segments that are not what was sealed, are
  ///     left out and listed rather than an error. The default is false.
  public func curves(
    of id: RunID, metrics: Set<String>? = nil, salvaging: Bool = false
  ) throws(RunStoreError) -> RunCurves { preconditionFailure("unfinished") }

  /// Changes the labels of a run; no change made by another process at the same time is lost.
  @discardableResult public func updateLabels(
    of id: RunID, _ change: (inout RunLabels) -> Void
  ) throws(RunStoreError) -> RunLabels { preconditionFailure("unfinished") }

  /// Changes the state of a run; no change made by another process at the same time is lost.
  @discardableResult public func updateState(
    of id: RunID, _ change: (inout RunState) -> Void
  ) throws(RunStoreError) -> RunState { preconditionFailure("unfinished") }
}
