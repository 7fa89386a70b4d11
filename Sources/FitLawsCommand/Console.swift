#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where a command writes: results on one stream, progress and warnings on the other.
public struct Console: Sendable {
  /// Writes a piece of the result; an error ends the command with exit code 1.
  public var write: @Sendable (String) throws -> Void
  /// Writes a warning or an error.
  public var error: @Sendable (String) -> Void
  /// The next piece of standard input; empty at its end.
  public var read: @Sendable () throws -> [UInt8]
  /// Whether progress may be shown on the error stream.
  public var showsProgress: Bool
  /// The width to which help is wrapped; nil is that of the terminal.
  public var width: Int?

  /// Makes a console.
  public init(
    write: @escaping @Sendable (String) throws -> Void, error: @escaping @Sendable (String) -> Void,
    read: @escaping @Sendable () throws -> [UInt8] = { [] },
    showsProgress: Bool = false, width: Int? = nil
  ) {
    self.write = write
    self.error = error
    self.read = read
    self.showsProgress = showsProgress
    self.width = width
  }

  /// Standard output and standard error; progress is shown where the latter is a terminal.
  public static let standard = Console(
    write: { try put($0, to: 1) }, error: { try? put($0, to: 2) }, read: { try piece() },
    showsProgress: isatty(2) == 1)

  /// The console of the command that is running.
  @TaskLocal static var current = Console.standard

  private static func put(_ text: String, to descriptor: Int32) throws(InputFault) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe Self.systemWrite(descriptor, $0) }
      if written > 0 {
        bytes = bytes.dropFirst(written)
        continue
      }
      switch errno {
      case EINTR: continue
      // A closed pipe (head, less) is the reader's choice: nothing more is wanted.
      case EPIPE: return
      case ENOSPC:
        throw InputFault("standard output: cannot write: the disk is full; free some space")
      default:
        throw InputFault("standard output: cannot write (error \(errno)); check where it goes")
      }
    }
  }

  private static func piece() throws(InputFault) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe systemRead($0) }
      if count >= 0 { return Array(buffer.prefix(count)) }
      guard errno == EINTR else {
        throw InputFault("standard input: cannot read (error \(errno)); check where it comes from")
      }
    }
  }

  private static func systemRead(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.read(0, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.read(0, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }
}
