#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension SystemCalls {
  /// How something in a directory is opened.
  enum AccessInDirectory { case read, append, directory }

  /// Opens something in a directory; a symbolic link is an error, a pipe does not wait.
  static func open(
    _ name: String, in directory: Int32, for access: AccessInDirectory
  ) throws(Failure) -> Int32 {
    try check(name)
    let flags =
      switch access {
      case .read: O_RDONLY | O_NONBLOCK
      case .append: O_WRONLY | O_APPEND | O_CREAT | O_EXCL
      case .directory: O_RDONLY | O_DIRECTORY
      }
    return try retrying(isChange: access == .append) {
      unsafe openat(directory, name, flags | O_CLOEXEC | O_NOFOLLOW, 0o644)
    }
  }

  /// Makes a directory, mode 0755 less the process's mask.
  static func makeDirectory(_ name: String, in directory: Int32) throws(Failure) {
    try check(name)
    _ = try retrying(isChange: true) { unsafe mkdirat(directory, name, 0o755) }
  }

  static func rename(_ old: String, to new: String, in directory: Int32) throws(Failure) {
    try check(new)
    _ = try retrying(isChange: true) { unsafe renameat(directory, old, directory, new) }
  }

  static func remove(
    _ name: String, in directory: Int32, isDirectory: Bool
  ) throws(Failure) {
    try check(name)
    _ = try retrying(isChange: true) {
      unsafe unlinkat(directory, name, isDirectory ? AT_REMOVEDIR : 0)
    }
  }

  /// What lies in a directory, symbolic links not followed; nil if nothing does.
  static func status(of path: String, in directory: Int32) throws(Failure) -> FileStatus? {
    guard !path.utf8.contains(0) else { throw Failure(number: EINVAL) }
    var status = stat()
    do throws(Failure) {
      _ = try retrying { unsafe fstatat(directory, path, &status, AT_SYMLINK_NOFOLLOW) }
    } catch {
      guard error.number == ENOENT || error.number == ENOTDIR else { throw error }
      return nil
    }
    return FileStatus(status)
  }

  static func status(of descriptor: Int32) throws(Failure) -> FileStatus {
    var status = stat()
    _ = try retrying { unsafe fstat(descriptor, &status) }
    return FileStatus(status)
  }

  /// Names in a directory, without `.` and `..`, in no order.
  static func entries(of directory: Int32) throws(Failure) -> [Directory.Entry] {
    // The stream closes its descriptor and moves its position: give it one of its own.
    let own = try retrying { unsafe openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let stream = unsafe fdopendir(own) else {
      let failure = Failure.last
      try? close(own)
      throw failure
    }
    defer { _ = unsafe closedir(stream) }
    var entries: [Directory.Entry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw .last }
        return entries
      }
      let type = unsafe Int32(entry.pointee.d_type)
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 1) {
          unsafe String(cString: $0)
        }
      }
      if name == "." || name == ".." { continue }
      let kind: FileStatus.Kind
      switch type {
      case Int32(DT_REG): kind = .regular
      case Int32(DT_DIR): kind = .directory
      case Int32(DT_UNKNOWN): kind = try status(of: name, in: directory)?.kind ?? .other
      default: kind = .other
      }
      entries.append(Directory.Entry(name: name, kind: kind))
    }
  }

  /// Asks the disk to keep a file's bytes, through a loss of power.
  static func synchronizeData(_ descriptor: Int32) throws(Failure) {
    #if canImport(Darwin)
      _ = try retrying { unsafe fcntl(descriptor, F_FULLFSYNC) }
    #else
      _ = try retrying { fdatasync(descriptor) }
    #endif
  }

  static func truncate(_ descriptor: Int32, to size: Int) throws(Failure) {
    _ = try retrying(isChange: true) { ftruncate(descriptor, off_t(size)) }
  }

  /// Waits for the only lock of an open file; false where the file system has no locks.
  static func lock(_ descriptor: Int32) throws(Failure) -> Bool {
    do throws(Failure) {
      _ = try retrying { flock(descriptor, LOCK_EX) }
      return true
    } catch {
      switch error.number {
      case ENOTSUP, EOPNOTSUPP, ENOLCK, ENOSYS, EINVAL, EBADF: return false
      default: throw error
      }
    }
  }

  static func unlock(_ descriptor: Int32) { _ = flock(descriptor, LOCK_UN) }

  /// Whether a process of this machine runs; true if it cannot be told.
  package static func isRunning(process: Int32) -> Bool {
    kill(process, 0) == 0 || errno != ESRCH
  }

  /// The number of this process.
  package static var processNumber: Int32 { getpid() }

  /// The name of this machine; empty if it cannot be told.
  package static var hostName: String {
    var name = [UInt8](repeating: 0, count: 256)
    unsafe name.withUnsafeMutableBytes { buffer in
      guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      else { return }
      _ = unsafe gethostname(start, buffer.count - 1)
    }
    return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// C would end the name at the NUL; a slash would lead out of the directory.
  private static func check(_ name: String) throws(Failure) {
    guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(0),
      !name.utf8.contains(UInt8(ascii: "/"))
    else { throw Failure(number: EINVAL) }
  }
}

extension FileStatus {
  init(_ status: stat) {
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      default: .other
      }
    #if canImport(Darwin)
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    self.init(
      kind: kind, mode: status.st_mode & 0o7777, inode: UInt64(status.st_ino),
      size: Int(status.st_size),
      modified: Int(modified.tv_sec) &* 1_000_000_000 &+ Int(modified.tv_nsec),
      changed: Int(changed.tv_sec) &* 1_000_000_000 &+ Int(changed.tv_nsec))
  }
}
