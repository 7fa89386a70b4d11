#if canImport(Glibc)
  package import Glibc
#elseif canImport(Musl)
  package import Musl
#else
  package import Darwin
#endif

/// What lies at a path.
package struct FileStatus: Sendable, Hashable {
  package enum Kind: Sendable { case regular, directory, other }
  package var kind: Kind
  /// Permission bits.
  package var mode: mode_t
  package var inode: UInt64
  /// In bytes.
  package var size: Int
  /// When the content changed, in nanoseconds since 1970.
  package var modified: Int
  /// When the content or anything about the file changed.
  package var changed: Int
}

/// An open directory, in which files are named without a path.
///
/// What is done in it stays in it: a name with a slash, `..` and symbolic links are errors.
package struct Directory: ~Copyable {
  /// Something in a directory.
  package struct Entry: Sendable, Hashable {
    package var name: String
    package var kind: FileStatus.Kind
  }

  private let descriptor: Int32

  /// Opens a directory by its path, following symbolic links.
  package init(at path: String) throws(SystemCalls.Failure) {
    descriptor = try SystemCalls.open(path, for: .directory)
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { try? SystemCalls.close(descriptor) }

  /// Opens a directory in this one.
  package func directory(_ name: String) throws(SystemCalls.Failure) -> Directory {
    Directory(descriptor: try SystemCalls.open(name, in: descriptor, for: .directory))
  }

  /// Everything in it but `.` and `..`, sorted by name.
  package func entries() throws(SystemCalls.Failure) -> [Entry] {
    try SystemCalls.entries(of: descriptor).sorted { $0.name < $1.name }
  }

  /// What a name or a path below this directory leads to; nil if nothing is there.
  package func status(of path: String) throws(SystemCalls.Failure) -> FileStatus? {
    try SystemCalls.status(of: path, in: descriptor)
  }

  /// Opens a regular file for reading; anything else is an error, at once.
  package func open(_ name: String) throws(SystemCalls.Failure) -> OpenFile {
    let file = OpenFile(descriptor: try SystemCalls.open(name, in: descriptor, for: .read))
    _ = try file.regularStatus()
    return file
  }

  /// The bytes of a regular file of at most `limit` bytes.
  package func read(
    _ name: String, limit: Int = 64 << 20
  ) throws(SystemCalls.Failure) -> [UInt8] {
    let file = OpenFile(descriptor: try SystemCalls.open(name, in: descriptor, for: .read))
    let size = try file.regularStatus().size
    guard size <= limit else { throw SystemCalls.Failure(number: EFBIG) }
    return try file.readAll(expecting: size)
  }

  /// Makes a file that only grows.
  package func createForAppending(_ name: String) throws(SystemCalls.Failure) -> OpenFile {
    OpenFile(descriptor: try SystemCalls.open(name, in: descriptor, for: .append))
  }

  /// Makes a directory.
  package func makeDirectory(_ name: String) throws(SystemCalls.Failure) {
    try SystemCalls.makeDirectory(name, in: descriptor)
  }

  /// Renames something in this directory.
  package func rename(_ old: String, to new: String) throws(SystemCalls.Failure) {
    try SystemCalls.rename(old, to: new, in: descriptor)
  }

  /// Removes a file, or an empty directory.
  package func remove(
    _ name: String, isDirectory: Bool = false
  ) throws(SystemCalls.Failure) {
    try SystemCalls.remove(name, in: descriptor, isDirectory: isDirectory)
  }

  /// Writes a file beside its name and renames it there, so that it is the old or the new.
  ///
  /// The new file is on the disk then, its name is once the directory is synchronized.
  package func replace(
    _ name: String, with bytes: [UInt8], mode: mode_t? = nil
  ) throws(SystemCalls.Failure) {
    let token = String(UInt64.random(in: .min ... .max), radix: 36)
    let temporary = ".\(name.prefix(40)).\(token).tmp"
    do throws(SystemCalls.Failure) {
      let file = try createForAppending(temporary)
      if let mode { try file.setMode(mode) }
      try file.append(bytes)
      try file.synchronize()
      try file.close()
      try rename(temporary, to: name)
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// Puts the names in it on the disk; a file system that has no such call is no failure.
  package func synchronize() throws(SystemCalls.Failure) {
    do throws(SystemCalls.Failure) {
      try SystemCalls.synchronize(descriptor)
    } catch {
      guard error.number == EINVAL || error.number == ENOTSUP else { throw error }
    }
  }

  /// Waits until nobody else holds the directory's lock, and holds it.
  ///
  /// - Returns: false where the file system has no locks.
  package func lock() throws(SystemCalls.Failure) -> Bool { try SystemCalls.lock(descriptor) }

  /// Gives the lock up, which the end of the process does too.
  package func unlock() { SystemCalls.unlock(descriptor) }
}

/// An open file, closed when it is given up.
package struct OpenFile: ~Copyable {
  private let descriptor: Int32

  fileprivate init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { try? SystemCalls.close(descriptor) }

  package func status() throws(SystemCalls.Failure) -> FileStatus {
    try SystemCalls.status(of: descriptor)
  }

  fileprivate func regularStatus() throws(SystemCalls.Failure) -> FileStatus {
    let status = try status()
    switch status.kind {
    case .regular: return status
    case .directory: throw SystemCalls.Failure(number: EISDIR)
    case .other: throw .notARegularFile
    }
  }

  fileprivate func readAll(expecting size: Int) throws(SystemCalls.Failure) -> [UInt8] {
    try SystemCalls.readAll(descriptor, expecting: size)
  }

  /// Reads from a place into the buffer behind its first `start` bytes; 0 is the end.
  package func read(
    at offset: Int, into buffer: inout [UInt8], from start: Int
  ) throws(SystemCalls.Failure) -> Int {
    try SystemCalls.read(descriptor, at: offset, into: &buffer, from: start)
  }

  /// Appends all the bytes; if that fails, some of them may have been written.
  package func append(_ bytes: [UInt8]) throws(SystemCalls.Failure) {
    try SystemCalls.writeAll(bytes, to: descriptor)
  }

  package func setMode(_ mode: mode_t) throws(SystemCalls.Failure) {
    try SystemCalls.setMode(mode, of: descriptor)
  }

  package func truncate(to size: Int) throws(SystemCalls.Failure) {
    try SystemCalls.truncate(descriptor, to: size)
  }

  /// Puts the file on the disk.
  package func synchronize() throws(SystemCalls.Failure) {
    try SystemCalls.synchronize(descriptor)
  }

  /// Puts the file's bytes on the disk, through a loss of power.
  package func synchronizeData() throws(SystemCalls.Failure) {
    try SystemCalls.synchronizeData(descriptor)
  }

  /// Closes the file; some file systems report a full disk only here.
  package consuming func close() throws(SystemCalls.Failure) {
    let descriptor = descriptor
    discard self
    try SystemCalls.close(descriptor)
  }
}
