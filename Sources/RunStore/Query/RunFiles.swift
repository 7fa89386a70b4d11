internal import Tables

/// What the files of a run looked like, as the index remembers it.
struct RunFiles {
  /// Made from inode, size and times of each file.
  private(set) var fingerprint = Fingerprint()
  /// When one of them changed last, in nanoseconds since 1970.
  private(set) var newest = Int.min

  /// Looks at the small files.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - shard: the directory that holds the run's directory.
  /// - Throws: what the system refused; a file that is missing is none.
  init(of run: RunID, in shard: borrowing Directory) throws(SystemCalls.Failure) {
    for file in [RunRecord.file, RunState.file, RunLabels.file] {
      add(try shard.status(of: "\(run.text)/\(file)"))
    }
  }

  /// Looks at the segments too, of a run that has not ended.
  mutating func addSegments(in directory: borrowing Directory) throws(SystemCalls.Failure) {
    for segment in try directory.segments() { add(try directory.status(of: segment.file)) }
  }

  private mutating func add(_ status: FileStatus?) {
    guard let status else { return fingerprint.add(0) }
    newest = max(newest, status.modified, status.changed)
    fingerprint.add(status.inode)
    for number in [status.size, status.modified, status.changed] {
      fingerprint.add(UInt64(bitPattern: Int64(number)))
    }
  }
}
