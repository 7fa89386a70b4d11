#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be read or written.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no such file, or no such directory to write into.
    case notFound
    /// The path is a directory.
    case isDirectory
    /// The system does not allow it.
    case accessDenied
    /// The disk or the quota is full.
    case noSpace
    /// Anything else; see ``FileError/errorNumber``.
    case other
  }

  /// What was being done.
  public enum Operation: String, Sendable, Hashable {
    /// Reading.
    case read
    /// Writing.
    case write
  }

  /// What kind of fault it is.
  public var code: Code

  /// The file, as it was named.
  public var path: String

  /// What was being done.
  public var operation: Operation

  /// The system's `errno`.
  public var errorNumber: Int32

  /// What to do about it; the wording is not stable.
  public var remedy: String

  /// One line: `runs.csv: cannot read: No such file or directory; did you mean "run.csv"?`.
  public var description: String {
    let reason = SystemCalls.message(errorNumber)
    // A path cut short would not name the file.
    let named = path.isEmpty ? "\"\"" : path.oneLine(limit: 4096)
    return "\(named): cannot \(operation.rawValue): \(reason); \(remedy)"
  }

  init(_ failure: SystemCalls.Failure, _ operation: Operation, _ path: String, remedy: String?) {
    self.path = path
    self.operation = operation
    self.errorNumber = failure.number
    let usual: String
    switch failure.number {
    case ENOENT, ENOTDIR:
      code = .notFound
      usual =
        operation == .read ? "check the path" : "create the directory first, or check the path"
    case EISDIR:
      code = .isDirectory
      usual = "name a file in it"
    case EACCES, EPERM, EROFS:
      code = .accessDenied
      usual =
        operation == .read ? "make the file readable" : "choose a place where you may write"
    case ENOSPC, EDQUOT:
      code = .noSpace
      usual = "free some space or choose another disk"
    default:
      code = .other
      usual = "check the path and the disk"
    }
    self.remedy = remedy ?? usual
  }
}
