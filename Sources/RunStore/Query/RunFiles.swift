internal import Tables

/// What the files of a run looked like, as the index remembers it.
struct RunFiles {
  /// Inode, size and times of each file.
  private(set) var text: [UInt8] = []
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
      append(try shard.status(of: "\(run.text)/\(file)"))
    }
  }

  /// Looks at the segments too, of a run that has not ended.
  mutating func appendSegments(in directory: borrowing Directory) throws(SystemCalls.Failure) {
    for segment in try directory.segments() { append(try directory.status(of: segment.file)) }
  }

  private mutating func append(_ status: FileStatus?) {
    if !text.isEmpty { text.append(UInt8(ascii: ",")) }
    guard let status else {
      text.append(UInt8(ascii: "-"))
      return
    }
    newest = max(newest, status.modified, status.changed)
    NumberText.append(Int(bitPattern: UInt(status.inode)), to: &text)
    for number in [status.size, status.modified, status.changed] {
      text.append(UInt8(ascii: "."))
      NumberText.append(number, to: &text)
    }
  }
}
