internal import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension RunStore {
  /// Begins a run.
  ///
  /// The run's directory appears at once with all that belongs in it, or not at all.
  ///
  /// - Parameters:
  ///   - record: what the run is. If it does not say when it began, it begins now.
  ///   - durability: what an acknowledged row survives. The default is
  ///     ``Durability/process``.
  /// - Returns: the writer of the run's metrics.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/conflict`` if the identifier is taken.
  public func start(
    _ record: RunRecord, durability: Durability = .process
  ) throws(RunStoreError) -> RunWriter {
    var record = record
    record.created = record.created ?? .now
    let header = SegmentHeader(startedBy: record.id, segment: 1)
    let bytes = record.bytes
    let path = record.id.path
    let temporary = Self.temporary(record.id)
    let shard = try shard(of: record.id)
    let made = try attempt("make the run", path) { () throws(SystemCalls.Failure) in
      try shard.make(temporary)
    }
    do throws(RunStoreError) {
      let file = try attempt("make the run", path) { () throws(SystemCalls.Failure) in
        try made.write(RunRecord.file, bytes)
        let file = try made.createForAppending(header.file)
        try file.append(header.line)
        try file.synchronize()
        return file
      }
      guard try shard.place(temporary, as: record.id, containing: header.file) else {
        throw RunStoreError(.conflict, path: path, "there is a run of this identifier already")
      }
      return RunWriter(record.id, durability, SegmentOutput(record.id, in: made, file, header))
    } catch {
      shard.removeAll(temporary)
      throw error
    }
  }

  /// Goes on with a run, in a new segment.
  ///
  /// A run that had ended is running again. Nothing is appended to what is there, so that a run
  /// that was killed, or is still written by another process, may be resumed.
  public func resume(
    _ id: RunID, durability: Durability = .process
  ) throws(RunStoreError) -> RunWriter {
    if try run(id).state.status != .running {
      try updateState(of: id) {
        $0.status = .running
        $0.ended = nil
      }
    }
    let directory = try directory(of: id)
    var header = SegmentHeader(startedBy: id, segment: 1)
    let file = try attempt("make a segment", id.path) { () throws(SystemCalls.Failure) in
      header.segment = (try directory.segments().last?.number ?? 0) + 1
      return try directory.makeSegment(header)
    }
    return RunWriter(id, durability, SegmentOutput(id, in: directory, file, header))
  }

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
  /// nothing; labels and state that are there are left alone then. The record should therefore
  /// not hold the time of the import.
  ///
  /// - Parameters:
  ///   - record: what the run is.
  ///   - state: how it ended; finals and seals are filled in. The default is `imported`.
  ///   - labels: tags and notes, if there are any. The default is none.
  ///   - rows: the metrics, in the order in which they are to be written.
  /// - Returns: whether the run is new.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/conflict`` if a different run has the
  ///   identifier.
  public func add(
    _ record: RunRecord, state: RunState = RunState(status: .imported),
    labels: RunLabels? = nil, rows: some Sequence<MetricRow>
  ) throws(RunStoreError) -> Addition {
    // The same for the same run, as everything in the segment.
    let writer = String(RunID(imported: "writer", source: "", run: record.id.text).text.suffix(8))
    let header = SegmentHeader(run: record.id, segment: 1, writer: writer)
    let path = record.id.path
    let bytes = record.bytes
    let temporary = Self.temporary(record.id)
    let shard = try shard(of: record.id)
    let made = try attempt("make the run", path) { () throws(SystemCalls.Failure) in
      try shard.make(temporary)
    }
    defer { shard.removeAll(temporary) }
    var state = state
    state.final = try made.writeSegment(header, rows, ending: state.status)
    try attempt("make the run", path) { () throws(SystemCalls.Failure) in
      try made.write(RunRecord.file, bytes)
    }
    do throws(FileFault) {
      state.seals = []
      for file in [header.file, RunRecord.file] {
        if let seal = try made.seal(file, of: record.id) { state.seals.append(seal) }
      }
    } catch {
      throw error.error(in: record.id)
    }
    state.revision = 1
    try attempt("make the run", path) { () throws(SystemCalls.Failure) in
      try made.write(RunState.file, state.bytes)
      if var labels {
        labels.revision = 1
        try made.write(RunLabels.file, labels.bytes)
      }
    }
    if try shard.place(temporary, as: record.id, containing: header.file) { return .added }
    let present = try run(record.id).state.seals
    guard state.seals.allSatisfy({ present.contains($0) }) else {
      throw RunStoreError(
        .conflict, path: path,
        "a different run has this identifier: its source has changed since it was added")
    }
    return .unchanged
  }

  /// The name of a directory in which a run is made ready.
  private static func temporary(_ id: RunID) -> String { ".tmp-\(id)-\(RunID.randomText(8))" }

  /// The directory that holds a run's directory, made if it is missing.
  private func shard(of id: RunID) throws(RunStoreError) -> Directory {
    try attempt("make the run", id.path) { () throws(SystemCalls.Failure) in
      let runs = try Directory(at: root).directory("runs")
      if try runs.status(of: id.shard) == nil {
        try runs.makeIfMissing(id.shard)
        try runs.synchronize()
      }
      return try runs.directory(id.shard)
    }
  }
}

extension SegmentHeader {
  /// The header of a segment that this process writes.
  fileprivate init(startedBy run: RunID, segment: Int) {
    self.init(run: run, segment: segment, writer: RunID.randomText(8))
    let name = SystemCalls.hostName
    host = name.isEmpty ? nil : name
    process = Int(SystemCalls.processNumber)
    started = .now
  }
}

extension Directory {
  /// Makes a directory and opens it.
  fileprivate func make(_ name: String) throws(SystemCalls.Failure) -> Directory {
    try makeDirectory(name)
    return try directory(name)
  }

  /// Writes a file that is new, and puts it on the disk.
  fileprivate func write(_ name: String, _ bytes: [UInt8]) throws(SystemCalls.Failure) {
    let file = try createForAppending(name)
    try file.append(bytes)
    try file.synchronize()
    try file.close()
  }

  /// Makes a segment with its header.
  func makeSegment(_ header: SegmentHeader) throws(SystemCalls.Failure) -> OpenFile {
    let file = try createForAppending(header.file)
    do throws(SystemCalls.Failure) {
      try file.append(header.line)
      try synchronize()
      return file
    } catch {
      try? remove(header.file)
      throw error
    }
  }

  /// Writes a whole segment.
  ///
  /// - Returns: the last value of each metric.
  fileprivate func writeSegment(
    _ header: SegmentHeader, _ rows: some Sequence<MetricRow>, ending status: RunState.Status
  ) throws(RunStoreError) -> [String: RunState.Final] {
    let path = "\(header.run.path)/\(header.file)"
    var encoder = RowEncoder()
    let file = try attempt("make the run", path) { () throws(SystemCalls.Failure) in
      try createForAppending(header.file)
    }
    var bytes = header.line
    var count = 0
    for row in rows {
      do throws(RowFault) {
        try encoder.append(step: row.step, time: row.time, row.values, to: &bytes)
      } catch {
        throw RunStoreError(.badRow, path: path, error.message)
      }
      encoder.accept(step: row.step)
      count += 1
      if bytes.count >= 1 << 16 {
        try attempt("write the rows", path) { () throws(SystemCalls.Failure) in
          try file.append(bytes)
        }
        bytes.removeAll(keepingCapacity: true)
      }
    }
    bytes += "{\"end\":\"\(status.rawValue)\",\"rows\":\(count)}\n".utf8
    try attempt("write the rows", path) { () throws(SystemCalls.Failure) in
      try file.append(bytes)
      try file.synchronize()
    }
    return encoder.final
  }

  /// Gives a directory that is complete the name of a run.
  ///
  /// - Returns: false if the name is taken.
  fileprivate func place(
    _ temporary: String, as id: RunID, containing file: String
  ) throws(RunStoreError) -> Bool {
    try attempt("make the run", id.path) { () throws(SystemCalls.Failure) in
      try directory(temporary).synchronize()
      do throws(SystemCalls.Failure) {
        try rename(temporary, to: id.text)
      } catch {
        if error.number == ENOTEMPTY || error.number == EEXIST { return false }
        // A network disk may lose the answer to a rename that was made: the file in it is ours.
        guard error.number == ENOENT, try status(of: "\(id.text)/\(file)") != nil else {
          throw error
        }
      }
      try synchronize()
      return true
    }
  }

  /// Removes a file, or a directory of files, if it is there, as far as that is possible.
  func removeAll(_ name: String) {
    guard let inner = try? directory(name) else {
      try? remove(name)
      return
    }
    for entry in (try? inner.entries()) ?? [] { try? inner.remove(entry.name) }
    try? remove(name, isDirectory: true)
  }
}
