internal import Crypto
internal import Tables

extension RunStore {
  /// Writes `SHA256SUMS` in the root: a line for each sealed file and each `run.json`, from
  /// which `sha256sum -c SHA256SUMS` checks the store without this program.
  ///
  /// The digest of a sealed file is the one that was sealed, not that of the bytes of today.
  ///
  /// - Returns: how many files it names.
  /// - Throws: ``RunStoreError`` if a run cannot be read or the file cannot be written.
  @discardableResult public func writeChecksums() throws(RunStoreError) -> Int {
    var lines: [String] = []
    for id in try runIDs() {
      let directory = try directory(of: id)
      do throws(FileFault) {
        var seals = try directory.readIfPresent(RunState.self)?.seals ?? []
        if !seals.contains(where: { $0.file == RunRecord.file }),
          let seal = try directory.seal(RunRecord.file, of: id)
        {
          seals.append(seal)
        }
        lines += seals.map { "\($0.sha256)  \(id.path)/\($0.file)\n" }
      } catch {
        throw error.error(in: id)
      }
    }
    let text = lines.sorted { $0.dropFirst(66) < $1.dropFirst(66) }.joined()
    try attempt("write the checksums", Self.checksumFile) { () throws(SystemCalls.Failure) in
      let directory = try Directory(at: root)
      try directory.replace(Self.checksumFile, with: Array(text.utf8))
      try directory.synchronize()
    }
    return lines.count
  }

  static let checksumFile = "SHA256SUMS"
}
