/// Writes the metrics of one run.
public final class RunWriter: Sendable {
  /// The run.
  public let id: RunID

  init(id: RunID) { self.id = id }

  /// Writes a row.
  public func log(
    step: Int, time: UTCTime? = nil, _ metrics: [String: Double]
  ) throws(RunStoreError) { preconditionFailure("unfinished") }

  /// Hands the rows held back by ``Durability/buffered`` to the system.
  public func flush() throws(RunStoreError) { preconditionFailure("unfinished") }

  /// Ends the run.
  ///
  /// - Parameters:
  ///   - status: how it ended. The default is ``RunState/Status/finished``.
  ///   - change: further changes of the state, such as the tokens seen.
  public func finish(
    _ status: RunState.Status = .finished, _ change: (inout RunState) -> Void = { _ in }
  ) throws(RunStoreError) { preconditionFailure("unfinished") }
}
