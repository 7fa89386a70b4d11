internal import Crypto
internal import Tables

extension RunStore {
  /// A digest of everything a run's curves are made of: the SHA-256 of its `run.json` and its
  /// segments, as they are now, each hashed and listed as `sha256sum` would.
  ///
  /// - Throws: ``RunStoreError`` if a file cannot be read.
  /// - Complexity: O(bytes of the run).
  public func digest(of id: RunID) throws(RunStoreError) -> String {
    let directory = try directory(of: id)
    return try attempt("read the run", id.path) { () throws(SystemCalls.Failure) in
      var lines = ""
      for file in try directory.segments().map(\.file) + [RunRecord.file] {
        lines += "\(try directory.digest(of: file))  \(file)\n"
      }
      return hexadecimal(SHA256(of: Array(lines.utf8)))
    }
  }
}

extension Directory {
  /// The SHA-256 of a file, read in pieces.
  fileprivate func digest(of name: String) throws(SystemCalls.Failure) -> String {
    let file = try open(name)
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 0
    while case let count = try file.read(at: offset, into: &buffer, from: 0), count > 0 {
      hash.update(data: buffer[..<count])
      offset += count
    }
    return hexadecimal(hash)
  }
}
