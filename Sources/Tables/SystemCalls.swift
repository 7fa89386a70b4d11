#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system calls of reading and replacing files.
///
/// This file and `SystemCalls+Directories.swift` are the only ones of this module with unsafe
/// code. The calls take C strings and buffers, and nothing safe in FoundationEssentials offers
/// `fsync` before `rename`, which is what makes a write atomic. Pointers live only for the
/// duration of a call.
package enum SystemCalls {
  /// A call that failed, by its `errno`.
  package struct Failure: Error {
    package var number: Int32

    package init(number: Int32) { self.number = number }

    static var last: Failure { Failure(number: errno) }

    /// Stands in for an `errno` where a regular file is needed and something else is there.
    package static let notARegularFile = Failure(number: -1)
  }

  enum Access { case read, write, directory }

  static func open(_ path: String, for access: Access) throws(Failure) -> Int32 {
    // C would end the path at the NUL and open another file.
    guard !path.utf8.contains(0) else { throw Failure(number: EINVAL) }
    let flags =
      switch access {
      case .read: O_RDONLY
      case .write: O_WRONLY
      case .directory: O_RDONLY | O_DIRECTORY
      }
    return try retrying { openFile(path, flags | O_CLOEXEC) }
  }

  static func close(_ descriptor: Int32) throws(Failure) {
    try FaultInjection.pass(isChange: false)
    // Not repeated after EINTR: the descriptor is gone either way.
    if closeFile(descriptor) != 0, errno != EINTR { throw .last }
  }

  /// Everything from the current position to the end.
  static func readAll(_ descriptor: Int32) throws(Failure) -> [UInt8] {
    if let status = try? status(of: descriptor), status.kind == .regular {
      return try readAll(descriptor, expecting: status.size)
    }
    return try readAll(descriptor, expecting: nil)
  }

  /// Everything from the current position to the end, which a regular file is expected to have
  /// after so many bytes.
  static func readAll(_ descriptor: Int32, expecting size: Int?) throws(Failure) -> [UInt8] {
    // One byte more than the file, so that its end is seen without growing.
    var buffer = try readOnce(descriptor, atMost: (size ?? 1 << 16) + 1)
    // Of a regular file less than was asked for is its end; a pipe has none before nothing comes.
    var isEnd = buffer.isEmpty || buffer.count == size
    while !isEnd {
      let more = try readOnce(descriptor, atMost: max(buffer.count, 1 << 16))
      buffer += more
      isEnd = more.isEmpty
    }
    return buffer
  }

  /// What one call reads, into memory that is not cleared first.
  private static func readOnce(_ descriptor: Int32, atMost count: Int) throws(Failure) -> [UInt8] {
    var failure: Failure?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { free, initialized in
      do throws(Failure) {
        initialized = try retrying { unsafe readFile(descriptor, free.baseAddress, free.count) }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let end = FaultInjection.isTornWrite() ? written + (bytes.count - written) / 2 : bytes.count
      written += try retrying(isChange: true) {
        unsafe bytes.withUnsafeBytes { all in
          unsafe writeFile(descriptor, all.baseAddress?.advanced(by: written), end - written)
        }
      }
      FaultInjection.dieIfTorn()
    }
  }

  /// Some bytes from a place, at most as many as the buffer holds; 0 at the end.
  static func read(
    _ descriptor: Int32, at offset: Int, into buffer: inout [UInt8], from start: Int
  ) throws(Failure) -> Int {
    try retrying {
      unsafe buffer.withUnsafeMutableBytes { all in
        unsafe pread(
          descriptor, all.baseAddress?.advanced(by: start), all.count - start, off_t(offset))
      }
    }
  }

  static func synchronize(_ descriptor: Int32) throws(Failure) {
    _ = try retrying { fsync(descriptor) }
  }

  static func setMode(_ mode: mode_t, of descriptor: Int32) throws(Failure) {
    _ = try retrying { fchmod(descriptor, mode) }
  }

  /// What lies at a path, symbolic links followed.
  static func status(of path: String) throws(Failure) -> FileStatus {
    guard !path.utf8.contains(0) else { throw Failure(number: EINVAL) }
    var status = stat()
    _ = try retrying { unsafe stat(path, &status) }
    return FileStatus(status)
  }

  /// The path without symbolic links; nil if it does not lead to a file.
  package static func resolved(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The system's words for an error number.
  package static func message(_ number: Int32) -> String {
    if number == Failure.notARegularFile.number { return "Not a regular file" }
    // Not strerror: its buffer may be shared between threads.
    var text = [UInt8](repeating: 0, count: 256)
    unsafe text.withUnsafeMutableBytes { buffer in
      guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      else { return }
      _ = unsafe strerror_r(number, start, buffer.count)
    }
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The result of a call, made again while a signal interrupts it.
  @inline(__always)
  static func retrying<Number: SignedInteger>(
    isChange: Bool = false, _ call: () -> Number
  ) throws(Failure) -> Number {
    try FaultInjection.pass(isChange: isChange)
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw .last }
    }
  }
}

// Inside the enumeration its own members hide the C functions of the same name.
private func openFile(_ path: String, _ flags: Int32) -> Int32 { unsafe open(path, flags) }

private func closeFile(_ descriptor: Int32) -> Int32 { close(descriptor) }

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
