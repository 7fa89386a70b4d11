/// Why a source cannot be read at all, or runs cannot be exported.
public struct ExchangeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The source is none of the kinds that can be imported.
    case unknownFormat
    /// The source could be of two kinds.
    case ambiguousFormat
    /// Two columns could be what is sought.
    case ambiguousColumn
    /// A column that was named does not exist, or one that is needed was not found.
    case missingColumn
    /// A file or folder of the source cannot be read.
    case unreadable
    /// There is something at the place an export is to be written to.
    case alreadyExists
    /// The export cannot be written.
    case unwritable
  }

  /// What kind of fault it is.
  public var code: Code
  /// The file or folder.
  public var path: String
  /// What is wrong and what to do about it, without the place; the wording is not stable.
  public var message: String

  /// Creates an error.
  public init(_ code: Code, path: String, _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  /// One line: `mlruns: …`.
  public var description: String { "\(path): \(message)" }
}
