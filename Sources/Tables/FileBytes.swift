#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whole files as bytes.
public enum FileBytes {
  /// The name of standard input in errors.
  public static let standardInputName = "standard input"

  /// The bytes of a file.
  ///
  /// - Parameter path: the file; `-` is a file of that name here.
  /// - Returns: the whole file.
  /// - Throws: ``FileError``; for a file that is missing, with the nearest name in its directory.
  /// - Complexity: O(bytes).
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    do throws(SystemCalls.Failure) {
      if try SystemCalls.status(of: path).kind == .directory {
        throw SystemCalls.Failure(number: EISDIR)
      }
      return try read(try SystemCalls.open(path, for: .read))
    } catch {
      let isMissing = error.number == ENOENT
      throw FileError(error, .read, path, remedy: isMissing ? suggestion(for: path) : nil)
    }
  }

  /// The bytes of standard input up to its end.
  public static func readStandardInput() throws(FileError) -> [UInt8] {
    do throws(SystemCalls.Failure) {
      return try SystemCalls.readAll(STDIN_FILENO)
    } catch {
      throw FileError(error, .read, standardInputName, remedy: "pipe a file into the command")
    }
  }

  private static func read(_ descriptor: Int32) throws(SystemCalls.Failure) -> [UInt8] {
    do throws(SystemCalls.Failure) {
      let bytes = try SystemCalls.readAll(descriptor)
      try SystemCalls.close(descriptor)
      return bytes
    } catch {
      try? SystemCalls.close(descriptor)
      throw error
    }
  }

  private static func suggestion(for path: String) -> String? {
    let (directory, name) = AtomicFile.split(path)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory),
      // Directories list in no order; the message should not depend on it.
      let near = nearest(name, among: names.sorted())
    else { return nil }
    return "did you mean \"\(near.oneLine)\"?"
  }
}
