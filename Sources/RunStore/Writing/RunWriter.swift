import Synchronization
internal import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes the metrics of one run, in a segment of its own.
///
///     let run = try store.start(RunRecord(name: "190M"))
///     for step in 0..<steps {
///       try run.log(step: step, ["loss": loss])
///     }
///     try run.finish { $0.tokensSeen = tokens }
///
/// May be used from any thread; each call has done its work when it returns. A call that throws
/// has written nothing, and the next may succeed: when a full disk has room again, the run goes
/// on. A writer that is given up without ``finish(_:_:)`` leaves the run as a killed process
/// would, but for what ``Durability/buffered`` held back, which is written.
public final class RunWriter: Sendable {
  /// The run.
  public let id: RunID
  /// What an acknowledged row survives.
  public let durability: Durability

  private let output: Mutex<SegmentOutput>

  init(_ id: RunID, _ durability: Durability, _ output: consuming sending SegmentOutput) {
    if case .power(let every) = durability { precondition(every >= 1, "at least one row") }
    self.id = id
    self.durability = durability
    self.output = Mutex(output)
  }

  deinit { try? flush() }

  /// Writes a row.
  ///
  /// - Parameters:
  ///   - step: the step, of at most 18 digits. Steps may come in any order; of two rows with
  ///     the same step the later one counts, metric by metric.
  ///   - time: when. The default is not to say.
  ///   - metrics: values by name; NaN and infinities are kept. The names `step`, `t`, `end` and
  ///     `fitlaws` are taken.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/badRow`` for what no row can hold,
  ///   ``RunStoreError/Code/noSpace`` or ``RunStoreError/Code/system`` if the row could not be
  ///   written; it is not in the file then.
  public func log(
    step: Int, time: UTCTime? = nil, _ metrics: [String: Double]
  ) throws(RunStoreError) {
    try output.withLock { (output) throws(RunStoreError) in
      try output.log(step, time, metrics, durability)
    }
  }

  /// Writes a row.
  public func log(_ row: MetricRow) throws(RunStoreError) {
    try log(step: row.step, time: row.time, row.values)
  }

  /// Hands the rows held back by ``Durability/buffered`` to the system.
  public func flush() throws(RunStoreError) {
    try output.withLock { (output) throws(RunStoreError) in try output.flush() }
  }

  /// Ends the run: closes and seals its segment, and writes how it ended.
  ///
  /// - Parameters:
  ///   - status: how it ended. The default is ``RunState/Status/finished``.
  ///   - change: further changes of the state, such as the tokens seen.
  /// - Throws: ``RunStoreError``; what was not done may be tried again.
  public func finish(
    _ status: RunState.Status = .finished, _ change: (inout RunState) -> Void = { _ in }
  ) throws(RunStoreError) {
    try output.withLock { (output) throws(RunStoreError) in
      try output.finish(status, change)
    }
  }
}
