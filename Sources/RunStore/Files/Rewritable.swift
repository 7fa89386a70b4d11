internal import Tables

/// A file that is replaced as a whole, by several processes.
protocol Rewritable: Sendable {
  static var file: String { get }
  /// Counts the replacements.
  var revision: Int { get set }
  /// Tells this replacement from another that counts the same.
  var nonce: String { get set }
  var bytes: [UInt8] { get }
  init(parsing bytes: [UInt8]) throws(FileFault)
}

extension Directory {
  /// Changes a file so that no change of another process is lost.
  ///
  /// Where the disk has locks, the change waits for its turn. Elsewhere the file is read again
  /// after it was replaced, and if another's change took its place, that is an error.
  ///
  /// - Parameters:
  ///   - fresh: what the file holds if there is none.
  ///   - run: the run whose directory this is.
  ///   - change: the change.
  /// - Returns: what the file holds now.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/lostRace`` only on a disk without locks.
  func rewrite<File: Rewritable>(
    _ fresh: File, of run: RunID, _ change: (inout File) -> Void
  ) throws(RunStoreError) -> File {
    let path = "\(run.path)/\(File.file)"
    let isLocked = try attempt("lock the run", path) { () throws(SystemCalls.Failure) in
      try lock()
    }
    defer { if isLocked { unlock() } }
    var file = try current(File.self, of: run) ?? fresh
    change(&file)
    file.revision += 1
    file.nonce = RunID.randomText(8)
    let bytes = file.bytes
    try attempt("replace the file", path) { () throws(SystemCalls.Failure) in
      try replace(File.file, with: bytes)
      try synchronize()
    }
    if !isLocked, try current(File.self, of: run)?.nonce != file.nonce {
      throw RunStoreError(
        .lostRace, path: path, "another process replaced it at the same time; try again")
    }
    return file
  }

  private func current<File: Rewritable>(
    _ type: File.Type, of run: RunID
  ) throws(RunStoreError) -> File? {
    do throws(FileFault) {
      return try readIfPresent(type)
    } catch {
      throw error.error(in: run)
    }
  }

  /// A file that need not be there.
  func readIfPresent<File: Rewritable>(_ type: File.Type) throws(FileFault) -> File? {
    guard let bytes = try bytesIfPresent(File.file) else { return nil }
    return try File(parsing: bytes)
  }

  func bytesIfPresent(_ file: String) throws(FileFault) -> [UInt8]? {
    do throws(SystemCalls.Failure) {
      return try read(file)
    } catch {
      let fault = FileFault(error, file)
      if fault.code == .missingFile { return nil }
      throw fault
    }
  }
}
