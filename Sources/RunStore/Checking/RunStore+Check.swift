internal import Tables

/// What a check of a store found.
public struct RunStoreCheck: Sendable, Hashable {
  /// Everything that is not as it should be, in the order of the paths.
  public var problems: [RunStoreProblem] = []
  /// How many runs were looked at.
  public var runCount = 0
  /// The problems that were put right.
  public var repaired: [RunStoreProblem] = []
}

extension RunStore {
  /// Reads every file of the store and names everything that is wrong.
  ///
  /// Changes nothing unless asked to. A repair removes what interrupted writes left behind more
  /// than an hour ago, and marks a run as killed whose writer is dead; it never touches a row.
  ///
  /// - Parameters:
  ///   - isRepairing: whether to repair. The default is false.
  ///   - leftoverAge: seconds after which a temporary file belongs to nobody. The default is an
  ///     hour.
  /// - Returns: what was found.
  /// - Throws: ``RunStoreError/Code/system`` if the store itself cannot be read.
  /// - Complexity: O(bytes of the store).
  public func check(
    isRepairing: Bool = false, leftoverAge: Double = 3600
  ) throws(RunStoreError) -> RunStoreCheck {
    var checker = StoreChecker(isRepairing: isRepairing, leftoverAge: leftoverAge)
    try attempt("read the store", root) { () throws(SystemCalls.Failure) in
      let directory = try Directory(at: root)
      try checker.checkRoot(directory)
      try checker.checkRuns(directory.directory("runs"))
      try checker.checkFits(of: self, in: directory)
    }
    if isRepairing {
      for problem in checker.check.problems where problem.code == .staleRun {
        guard let run = problem.run else { continue }
        try updateState(of: run) { if $0.status == .running { $0.status = .killed } }
        checker.check.repaired.append(problem)
      }
    }
    return checker.check
  }
}

/// A walk through a store.
struct StoreChecker {
  let isRepairing: Bool
  let leftoverAge: Double
  var check = RunStoreCheck()
  private let host = SystemCalls.hostName

  init(isRepairing: Bool, leftoverAge: Double) {
    self.isRepairing = isRepairing
    self.leftoverAge = leftoverAge
  }

  // MARK: - Directories

  mutating func checkRoot(_ root: borrowing Directory) throws(SystemCalls.Failure) {
    let files: Set = [RunStore.file, RunStore.checksumFile]
    for entry in try root.entries() {
      let isKnown =
        entry.kind == .directory
        ? ["runs", "tables", "fits"].contains(entry.name) : files.contains(entry.name)
      try checkName(entry, in: root, path: entry.name, run: nil, isKnown: isKnown)
      if entry.name == RunIndex.directory, entry.kind == .directory {
        let cache = try root.directory(entry.name)
        for entry in try cache.entries() {
          try checkName(
            entry, in: cache, path: "\(RunIndex.directory)/\(entry.name)", run: nil, isKnown: true)
        }
      }
    }
  }

  mutating func checkRuns(_ runs: borrowing Directory) throws(SystemCalls.Failure) {
    for shard in try runs.entries() {
      let isShard = shard.kind == .directory && shard.name.utf8.count == 2
      let path = "runs/\(shard.name)"
      try checkName(shard, in: runs, path: path, run: nil, isKnown: isShard)
      guard isShard else { continue }
      do throws(SystemCalls.Failure) {
        let directory = try runs.directory(shard.name)
        for entry in try directory.entries() {
          let id = RunID(entry.name)
          let isRun = entry.kind == .directory && id?.shard == shard.name
          try checkName(
            entry, in: directory, path: "\(path)/\(entry.name)", run: nil, isKnown: isRun)
          if isRun, let id {
            check.runCount += 1
            try checkRun(id, directory.directory(entry.name))
          }
        }
      } catch {
        check.problems.append(
          RunStoreProblem(
            .unreadable, path: path, "cannot read: \(SystemCalls.message(error.number))"))
      }
    }
  }

  /// Names what does not belong in a directory.
  mutating func checkName(
    _ entry: Directory.Entry, in directory: borrowing Directory, path: String, run: RunID?,
    isKnown: Bool
  ) throws(SystemCalls.Failure) {
    let isTemporary =
      entry.name.hasPrefix(".tmp-") || entry.name.hasPrefix(".") && entry.name.hasSuffix(".tmp")
    if isTemporary {
      let problem = RunStoreProblem(
        .leftover, run: run, path: path, "left behind by an interrupted write; a repair removes it")
      check.problems.append(problem)
      // The clock that stamps files may be ahead of ours by a tick, or on a network disk by more.
      let now = Double(UTCTime.now.milliseconds) / 1000
      if isRepairing, let status = try directory.status(of: entry.name),
        max(0, now - Double(status.changed) / 1e9) >= leftoverAge
      {
        directory.removeAll(entry.name)
        if try directory.status(of: entry.name) == nil { check.repaired.append(problem) }
      }
      // Other hidden files are those of other programs, such as .git and .nfs….
    } else if !isKnown, !entry.name.hasPrefix(".") {
      let message =
        entry.kind == .other
        ? "no regular file or directory; it is not read" : "no part of the store; it is not read"
      check.problems.append(RunStoreProblem(.unknownFile, run: run, path: path, message))
    }
  }

  // MARK: - A run

  private mutating func checkRun(
    _ id: RunID, _ directory: borrowing Directory
  ) throws(SystemCalls.Failure) {
    let files: Set = [RunRecord.file, RunState.file, RunLabels.file]
    for entry in try directory.entries() {
      let isKnown =
        entry.kind == .directory
        ? entry.name == "files"
        : entry.kind == .regular
          && (files.contains(entry.name) || SegmentHeader.number(of: entry.name) != nil)
      try checkName(
        entry, in: directory, path: "\(id.path)/\(entry.name)", run: id, isKnown: isKnown)
    }
    var state: RunState?
    note(
      id,
      fault(of: { () throws(FileFault) in
        state = try directory.readIfPresent(RunState.self) ?? RunState()
      }))
    note(
      id, fault(of: { () throws(FileFault) in _ = try directory.readIfPresent(RunLabels.self) }))
    note(id, fault(of: { () throws(FileFault) in _ = try directory.record(of: id, state) }))
    try checkSegments(id, directory, state)
  }

  private mutating func checkSegments(
    _ id: RunID, _ directory: borrowing Directory, _ state: RunState?
  ) throws(SystemCalls.Failure) {
    var writers: [SegmentHeader] = []
    var isEnded = true
    let segments = try directory.segments().map(\.file)
    for file in segments {
      var rows = CurveBuilder(wanted: [])
      do throws(FileFault) {
        let summary = try SegmentReader.read(
          file, in: directory, of: id, seal: state?.seals.first { $0.file == file },
          isSalvaging: true, into: &rows)
        if let header = summary.header, !summary.isEnded { writers.append(header) }
        isEnded = isEnded && summary.isEnded
        check.problems += summary.faults.map { $0.problem(in: id) }
      } catch {
        note(id, error)
      }
    }
    for seal in state?.seals ?? [] where seal.rows != nil && !segments.contains(seal.file) {
      let fault = FileFault(
        .missingFile, seal.file, "sealed, but missing; restore it from a copy")
      check.problems.append(fault.problem(in: id))
    }
    guard state?.status == .running, !segments.isEmpty else { return }
    if writers.allSatisfy({ isDead($0) }) {
      check.problems.append(
        RunStoreProblem(
          .staleRun, run: id, path: id.path,
          isEnded
            ? "its writer closed it, but did not come to say so; a repair marks it as killed"
            : "said to be running, but its writer is dead; a repair marks it as killed"))
    }
  }

  private func isDead(_ writer: SegmentHeader) -> Bool {
    guard let process = writer.process, let number = Int32(exactly: process), number > 0,
      writer.host == host
    else { return false }
    return !SystemCalls.isRunning(process: number)
  }

  private mutating func note(_ id: RunID, _ fault: FileFault?) {
    if let fault { check.problems.append(fault.problem(in: id)) }
  }
}

/// The fault that some work ends with.
private func fault(of work: () throws(FileFault) -> Void) -> FileFault? {
  do throws(FileFault) {
    try work()
    return nil
  } catch {
    return error
  }
}
