#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system calls of reading and replacing files.
///
/// The one file of this module with unsafe code. The calls take C strings and buffers, and
/// nothing safe in FoundationEssentials offers `fsync` before `rename`, which is what makes a
/// write atomic. Pointers live only for the duration of a call.
enum SystemCalls {
  /// A call that failed, by its `errno`.
  struct Failure: Error {
    var number: Int32

    static var last: Failure { Failure(number: errno) }
  }

  /// What lies at a path.
  struct Status {
    enum Kind { case regular, directory, other }
    var kind: Kind
    /// Permission bits.
    var mode: mode_t
  }

  enum Access { case read, write, createNew }

  static func open(_ path: String, for access: Access) throws(Failure) -> Int32 {
    // C would end the path at the NUL and open another file.
    guard !path.utf8.contains(0) else { throw Failure(number: EINVAL) }
    let flags =
      switch access {
      case .read: O_RDONLY
      case .write: O_WRONLY
      case .createNew: O_WRONLY | O_CREAT | O_EXCL
      }
    return try retrying { openFile(path, flags | O_CLOEXEC, 0o644) }
  }

  static func close(_ descriptor: Int32) throws(Failure) {
    // Not repeated after EINTR: the descriptor is gone either way.
    if closeFile(descriptor) != 0, errno != EINTR { throw .last }
  }

  /// Everything from the current position to the end.
  static func readAll(_ descriptor: Int32) throws(Failure) -> [UInt8] {
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    // One byte more than the file, so that its end is seen without growing.
    var buffer = [UInt8](repeating: 0, count: isKnown ? Int(status.st_size) + 1 : 1 << 16)
    var count = 0
    while true {
      if count == buffer.count {
        buffer.append(contentsOf: repeatElement(0, count: buffer.count))
      }
      let got = try retrying {
        unsafe buffer.withUnsafeMutableBytes { free in
          unsafe readFile(descriptor, free.baseAddress?.advanced(by: count), free.count - count)
        }
      }
      if got == 0 { break }
      count += got
    }
    buffer.removeLast(buffer.count - count)
    return buffer
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var written = 0
    while written < bytes.count {
      written += try retrying {
        unsafe bytes.withUnsafeBytes { all in
          unsafe writeFile(
            descriptor, all.baseAddress?.advanced(by: written), all.count - written)
        }
      }
    }
  }

  static func synchronize(_ descriptor: Int32) throws(Failure) {
    _ = try retrying { fsync(descriptor) }
  }

  static func setMode(_ mode: mode_t, of descriptor: Int32) throws(Failure) {
    _ = try retrying { fchmod(descriptor, mode) }
  }

  static func rename(_ old: String, to new: String) throws(Failure) {
    _ = try retrying { renameFile(old, new) }
  }

  static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }

  /// What lies at a path, symbolic links followed.
  static func status(of path: String) throws(Failure) -> Status {
    guard !path.utf8.contains(0) else { throw Failure(number: EINVAL) }
    var status = stat()
    _ = try retrying { unsafe stat(path, &status) }
    let kind: Status.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      default: .other
      }
    return Status(kind: kind, mode: status.st_mode & 0o7777)
  }

  /// The path without symbolic links; nil if it does not lead to a file.
  static func resolved(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The system's words for an error number.
  static func message(_ number: Int32) -> String {
    // Not strerror: its buffer may be shared between threads.
    var text = [UInt8](repeating: 0, count: 256)
    unsafe text.withUnsafeMutableBytes { buffer in
      guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      else { return }
      _ = unsafe strerror_r(number, start, buffer.count)
    }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  private static func retrying<Number: SignedInteger>(
    _ call: () -> Number
  ) throws(Failure) -> Number {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw .last }
    }
  }
}

// Inside the enumeration its own members hide the C functions of the same name.
private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags, mode)
}

private func closeFile(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func renameFile(_ old: String, _ new: String) -> Int32 { unsafe rename(old, new) }

@unsafe private func readFile(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  unsafe read(descriptor, buffer, count)
}

@unsafe private func writeFile(
  _ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int
) -> Int {
  unsafe write(descriptor, buffer, count)
}
