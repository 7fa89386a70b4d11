internal import Tables

/// The segment that a writer appends to, and what is needed to go on in another.
struct SegmentOutput: ~Copyable {
  private static let fullBuffer = 1 << 16

  private let run: RunID
  private let directory: Directory
  /// The open segment; nil after a failure that leaves it unfit for more rows.
  private var file: OpenFile?
  private var header: SegmentHeader
  /// The segments written, the open one last.
  private var files: [String]
  /// Bytes in the open segment, all of whole rows.
  private var size: Int
  private var rows = 0
  /// Bytes of rows that are acknowledged and in no file: held back, or to be written again.
  private var pending: [UInt8] = []
  private var pendingRows = 0
  /// Rows since the disk was last known to have them, for ``Durability/power(every:)``.
  private var unsafeRows: [UInt8] = []
  private var unsafeCount = 0
  private var encoder = RowEncoder()
  private var row: [UInt8] = []
  private var isEnded = false
  private var isFinished = false

  init(
    _ run: RunID, in directory: consuming Directory, _ file: consuming OpenFile,
    _ header: SegmentHeader
  ) {
    self.run = run
    self.directory = directory
    self.file = consume file
    self.header = header
    files = [header.file]
    size = header.line.count
  }

  mutating func log(
    _ step: Int, _ time: UTCTime?, _ metrics: [String: Double], _ durability: Durability
  ) throws(RunStoreError) {
    try checkOpen()
    row.removeAll(keepingCapacity: true)
    do throws(RowFault) {
      try encoder.append(step: step, time: time, metrics, to: &row)
    } catch {
      throw RunStoreError(.badRow, path: path, error.message)
    }
    switch durability {
    case .process:
      try write()
    case .power(let every):
      try write()
      try secure(every)
    case .buffered:
      try hold()
    }
    encoder.accept(step: step)
  }

  /// Writes what is held back.
  mutating func flush() throws(RunStoreError) {
    guard pendingRows > 0 else { return }
    row.removeAll(keepingCapacity: true)
    try write()
  }

  /// Ends the segment and the run.
  mutating func finish(
    _ status: RunState.Status, _ change: (inout RunState) -> Void
  ) throws(RunStoreError) {
    try checkOpen()
    try flush()
    try close(status)
    let seals = try seals()
    let final = try final()
    _ = try directory.rewrite(RunState(), of: run) { state in
      state.status = status
      state.ended = .now
      state.final = final
      state.seals.removeAll { old in seals.contains { $0.file == old.file } }
      state.seals = (state.seals + seals).sorted { $0.file < $1.file }
      change(&state)
    }
    isFinished = true
  }

  private var path: String { "\(run.path)/\(header.file)" }

  private func checkOpen() throws(RunStoreError) {
    guard !isFinished else {
      throw RunStoreError(.finished, path: path, "the run was finished; resume it to log more")
    }
  }

  // MARK: - Rows

  private mutating func hold() throws(RunStoreError) {
    guard pending.count + row.count >= Self.fullBuffer else {
      pending += row
      pendingRows += 1
      return
    }
    try write()
  }

  /// Writes the row behind everything that waits before it: all of it, or nothing.
  private mutating func write() throws(RunStoreError) {
    let waiting = pending.count
    if waiting > 0 { pending += row }
    // Nothing stands behind the last line of a segment, should ending the run have failed.
    if isEnded { file = nil }
    do throws(RunStoreError) {
      try openIfNeeded()
      try append(waiting > 0 ? pending : row)
    } catch {
      pending.removeLast(pending.count - waiting)
      throw error
    }
    rows += pendingRows + (row.isEmpty ? 0 : 1)
    pending.removeAll(keepingCapacity: true)
    pendingRows = 0
  }

  /// Appends to the open segment: all of the bytes, or nothing.
  private mutating func append(_ bytes: [UInt8]) throws(RunStoreError) {
    do throws(SystemCalls.Failure) {
      try file?.append(bytes)
      size += bytes.count
    } catch {
      let failure = RunStoreError(error, "append a row", path)
      do throws(SystemCalls.Failure) {
        // Needs no space.
        try file?.truncate(to: size)
      } catch {
        file = nil
      }
      throw failure
    }
  }

  // MARK: - The loss of power

  /// Asks the disk to keep the rows once there are `every` that it may not have.
  private mutating func secure(_ every: Int) throws(RunStoreError) {
    unsafeRows += row
    unsafeCount += 1
    guard unsafeCount >= every else { return }
    do throws(SystemCalls.Failure) {
      try file?.synchronizeData()
    } catch {
      try rescue()
    }
    unsafeRows.removeAll(keepingCapacity: true)
    unsafeCount = 0
  }

  /// Writes the rows the disk may not have to a new segment.
  ///
  /// After a failed synchronization the system may have dropped what it could not write and
  /// report success the next time, so that the old segment cannot be trusted any more.
  private mutating func rescue() throws(RunStoreError) {
    abandon(at: size - unsafeRows.count)
    pending = unsafeRows
    pendingRows = unsafeCount
    let last = row
    row.removeAll()
    do throws(RunStoreError) {
      try write()
      try attempt("put a row on the disk", path) { () throws(SystemCalls.Failure) in
        try file?.synchronizeData()
      }
    } catch {
      // The row that is refused is the last of them.
      abandon(at: header.line.count)
      pending = Array(unsafeRows.dropLast(last.count))
      pendingRows = unsafeCount - 1
      unsafeRows.removeAll()
      unsafeCount = 0
      throw error
    }
  }

  /// Gives up the open segment, of which only the first bytes are good.
  private mutating func abandon(at size: Int) {
    try? file?.truncate(to: size)
    file = nil
  }

  // MARK: - Segments

  /// Makes a new segment if the last one was given up.
  private mutating func openIfNeeded() throws(RunStoreError) {
    if file != nil { return }
    file = try attempt("make a segment", path) { () throws(SystemCalls.Failure) in
      header.segment = (try directory.segments().last?.number ?? 0) + 1
      header.started = .now
      return try directory.makeSegment(header)
    }
    files.append(header.file)
    size = header.line.count
    rows = 0
    isEnded = false
  }

  /// Writes the last line and closes the segment.
  private mutating func close(_ status: RunState.Status) throws(RunStoreError) {
    if file == nil { return }
    if !isEnded {
      try append(Array("{\"end\":\"\(status.rawValue)\",\"rows\":\(rows)}\n".utf8))
      isEnded = true
    }
    try attempt("put the segment on the disk", path) { () throws(SystemCalls.Failure) in
      try file?.synchronizeData()
    }
    do throws(SystemCalls.Failure) {
      try file.take()?.close()
    } catch {
      throw RunStoreError(error, "close the segment", path)
    }
  }

  /// The seals of the run's description and of the segments that are whole.
  private func seals() throws(RunStoreError) -> [RunState.Seal] {
    do throws(FileFault) {
      var seals: [RunState.Seal] = []
      for file in [RunRecord.file] + files {
        if let seal = try directory.seal(file, of: run) { seals.append(seal) }
      }
      return seals
    } catch {
      throw error.error(in: run)
    }
  }

  /// The last values, of all segments if there are others.
  private func final() throws(RunStoreError) -> [String: RunState.Final] {
    let count = try attempt("read the run", run.path) { () throws(SystemCalls.Failure) in
      try directory.segments().count
    }
    if count == 1 { return encoder.final }
    do throws(FileFault) {
      let curves = try RunCurves(
        run, RunState(), in: directory, metrics: nil, isSalvaging: true)
      return curves.final
    } catch {
      throw error.error(in: run)
    }
  }
}
