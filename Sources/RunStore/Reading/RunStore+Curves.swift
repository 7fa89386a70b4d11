internal import Tables

extension RunStore {
  /// Reads metrics of a run.
  ///
  /// The segments are put together: of a metric at one step, the value of the later segment
  /// counts, and in one segment that of the later row. A torn tail does not count and is listed.
  ///
  /// - Parameters:
  ///   - id: the run.
  ///   - metrics: the metrics wanted; nil, the default, for all.
  ///   - salvaging: whether rows that are none, and segments that are not what was sealed, are
  ///     left out or used as they are, and listed. The default is false: they are errors.
  /// - Returns: the curves.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/damaged`` names file and line.
  /// - Complexity: O(bytes of the segments).
  public func curves(
    of id: RunID, metrics: Set<String>? = nil, salvaging: Bool = false
  ) throws(RunStoreError) -> RunCurves {
    let directory = try directory(of: id)
    do throws(FileFault) {
      let state = try directory.readIfPresent(RunState.self) ?? RunState()
      return try RunCurves(
        id, state, in: directory, metrics: metrics, isSalvaging: salvaging)
    } catch {
      throw error.error(in: id)
    }
  }
}

extension RunCurves {
  /// Reads the segments in a run's directory.
  init(
    _ id: RunID, _ state: RunState, in directory: borrowing Directory, metrics: Set<String>?,
    isSalvaging: Bool
  ) throws(FileFault) {
    run = id
    let files = try reading("") { () throws(SystemCalls.Failure) in
      try directory.segments().map(\.file)
    }
    problems = []
    for seal in state.seals where seal.rows != nil && !files.contains(seal.file) {
      let fault = FileFault(
        .missingFile, seal.file, "sealed, but missing; restore it from a copy")
      guard isSalvaging else { throw fault }
      problems.append(fault.problem(in: id))
    }
    var builder = CurveBuilder(wanted: metrics)
    for (place, file) in files.enumerated() {
      builder.segment = Int32(place)
      let summary = try SegmentReader.read(
        file, in: directory, of: id, seal: state.seals.first { $0.file == file },
        isSalvaging: isSalvaging, into: &builder)
      problems += summary.faults.map { $0.problem(in: id) }
    }
    segments = files
    (curves, superseded) = builder.finish()
  }

  /// The last value of each metric.
  var final: [String: RunState.Final] {
    var final: [String: RunState.Final] = [:]
    for curve in curves { final[curve.metric] = curve.final }
    return final
  }
}
