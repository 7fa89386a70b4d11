internal import Crypto
internal import Tables

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

  /// Reads the small files in a run's directory.
  init(_ id: RunID, in directory: borrowing Directory) throws(FileFault) {
    state = try directory.readIfPresent(RunState.self) ?? RunState()
    record = try directory.record(of: id, state)
    labels = try directory.readIfPresent(RunLabels.self) ?? RunLabels()
  }
}

extension Directory {
  /// Reads `run.json`, which must be as it was sealed.
  func record(of id: RunID, _ state: RunState?) throws(FileFault) -> RunRecord {
    guard let bytes = try bytesIfPresent(RunRecord.file) else {
      throw FileFault(.missingFile, RunRecord.file, "missing; the run cannot be read")
    }
    let record = try RunRecord(parsing: bytes)
    guard record.id == id else {
      throw FileFault(
        .badFile, RunRecord.file, "of run \(record.id); its directory is that of \(id)")
    }
    if let seal = state?.seals.first(where: { $0.file == RunRecord.file }) {
      try seal.check(bytes: bytes.count, SHA256(of: bytes))
    }
    return record
  }
}

extension RunState.Seal {
  /// Fails unless the bytes are those that were sealed.
  func check(bytes: Int, _ hash: SHA256) throws(FileFault) {
    guard bytes == self.bytes else {
      throw FileFault(
        .sealMismatch, file,
        "\(bytes) bytes, sealed with \(self.bytes); restore it from a copy")
    }
    guard hexadecimal(hash) == sha256 else {
      throw FileFault(
        .sealMismatch, file, "not the bytes that were sealed (SHA-256); restore it from a copy")
    }
  }
}

/// A digest in lower-case hexadecimal.
func hexadecimal(_ hash: SHA256) -> String {
  var text: [UInt8] = []
  text.reserveCapacity(64)
  for byte in hash.finalize() { NumberText.appendHexadecimal(byte, to: &text) }
  return String(decoding: text, as: UTF8.self)
}

extension RunStore {
  /// The identifiers of all runs, sorted.
  ///
  /// - Throws: ``RunStoreError/Code/system`` if the store cannot be read.
  public func runIDs() throws(RunStoreError) -> [RunID] {
    var problems: [RunStoreProblem] = []
    return try shards(&problems).flatMap(\.ids).sorted()
  }

  /// The directories below `runs/`, sorted, and the runs in each, sorted; one that cannot be read
  /// hides only its own.
  func shards(
    _ problems: inout [RunStoreProblem]
  ) throws(RunStoreError) -> [(name: String, ids: [RunID])] {
    let runs = try attempt("read the store", root) { () throws(SystemCalls.Failure) in
      try Directory(at: root).directory("runs")
    }
    let shards = try attempt("read the store", root) { () throws(SystemCalls.Failure) in
      try runs.entries()
    }
    var listed: [(name: String, ids: [RunID])] = []
    for shard in shards where shard.kind == .directory && shard.name.utf8.count == 2 {
      do throws(SystemCalls.Failure) {
        let ids = try runs.directory(shard.name).entries().compactMap { entry in
          entry.kind == .directory ? RunID(entry.name) : nil
        }
        listed.append((shard.name, ids.filter { $0.text.hasSuffix(shard.name) }))
      } catch {
        problems.append(
          RunStoreProblem(
            .unreadable, path: "runs/\(shard.name)",
            "cannot read: \(SystemCalls.message(error.number))"))
      }
    }
    return listed
  }

  /// Reads the small files of a run.
  ///
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/noSuchRun``, or
  ///   ``RunStoreError/Code/damaged`` naming the file.
  public func run(_ id: RunID) throws(RunStoreError) -> Run {
    let directory = try directory(of: id)
    do throws(FileFault) {
      return try Run(id, in: directory)
    } catch {
      throw error.error(in: id)
    }
  }

  /// Changes the labels of a run; no change made by another process at the same time is lost.
  ///
  /// - Returns: the labels as they are now.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/lostRace`` only on a disk without locks.
  @discardableResult public func updateLabels(
    of id: RunID, _ change: (inout RunLabels) -> Void
  ) throws(RunStoreError) -> RunLabels {
    try directory(of: id).rewrite(RunLabels(), of: id, change)
  }

  /// Changes the state of a run; no change made by another process at the same time is lost.
  ///
  /// - Returns: the state as it is now.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/lostRace`` only on a disk without locks.
  @discardableResult public func updateState(
    of id: RunID, _ change: (inout RunState) -> Void
  ) throws(RunStoreError) -> RunState {
    try directory(of: id).rewrite(RunState(), of: id, change)
  }

  // MARK: - Directories

  func directory(of id: RunID) throws(RunStoreError) -> Directory {
    do throws(SystemCalls.Failure) {
      return try Directory(at: root).directory("runs").directory(id.shard).directory(id.text)
    } catch {
      guard FileFault(error, "").code == .missingFile else {
        throw RunStoreError(error, "open the run", id.path)
      }
      throw RunStoreError(
        .noSuchRun, path: id.path, "no such run; list the runs to see their identifiers")
    }
  }
}
