#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are either the old or the new, never half of one.
public enum AtomicFile {
  /// Writes a file so that a reader, or a crash, finds all of it or what was there before.
  ///
  /// The bytes go to a temporary file in the same directory, which is forced to the disk and then
  /// renamed over `path`; the directory is forced to the disk after it. If anything fails, the
  /// temporary file is removed and the old file is untouched. A new file has mode 0644 less the
  /// process's mask, an existing one keeps its mode, a symbolic link keeps pointing at the file
  /// that is replaced. A device or pipe cannot be replaced and is written to.
  ///
  /// - Parameters:
  ///   - bytes: the whole content.
  ///   - path: the file; `-` is a file of that name here.
  /// - Throws: ``FileError``.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    do throws(SystemCalls.Failure) {
      let existing = try existingStatus(of: path)
      switch existing?.kind {
      case .directory?: throw SystemCalls.Failure(number: EISDIR)
      case .other?: try writeThrough(bytes, path)
      case .regular?, nil:
        try replace(SystemCalls.resolved(path) ?? path, with: bytes, mode: existing?.mode)
      }
    } catch {
      throw FileError(error, .write, path, remedy: nil)
    }
  }

  /// Writes a text as UTF-8; see ``write(_:to:)-([UInt8],_)``.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// Directory and last component of a path.
  package static func split(_ path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let directory = slash == path.startIndex ? "/" : String(path[..<slash])
    return (directory, String(path[path.index(after: slash)...]))
  }

  private static func existingStatus(
    of path: String
  ) throws(SystemCalls.Failure) -> FileStatus? {
    do throws(SystemCalls.Failure) {
      return try SystemCalls.status(of: path)
    } catch {
      // An empty path is missing too, but cannot be created.
      guard error.number == ENOENT, !path.isEmpty else { throw error }
      return nil
    }
  }

  static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t?
  ) throws(SystemCalls.Failure) {
    let (parent, name) = split(path)
    guard !name.isEmpty else { throw SystemCalls.Failure(number: EISDIR) }
    let directory = try Directory(at: parent)
    try directory.replace(name, with: bytes, mode: mode)
    // The new file is in place already: a file system that cannot do this is no failure.
    try? directory.synchronize()
  }

  private static func writeThrough(
    _ bytes: [UInt8], _ path: String
  ) throws(SystemCalls.Failure) {
    let descriptor = try SystemCalls.open(path, for: .write)
    do throws(SystemCalls.Failure) {
      try SystemCalls.writeAll(bytes, to: descriptor)
    } catch {
      try? SystemCalls.close(descriptor)
      throw error
    }
    try SystemCalls.close(descriptor)
  }
}
