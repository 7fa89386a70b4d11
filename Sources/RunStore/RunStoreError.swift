/// Why something could not be done with a store.
public struct RunStoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no store at the path.
    case noStore
    /// There is something else where a store is to be made.
    case alreadyExists
    /// The store or file was written by a later version.
    case newerVersion
    /// There is no run of this identifier.
    case noSuchRun
    /// There is a different run of this identifier already.
    case conflict
    /// Another process replaced the file at the same time; try again.
    case lostRace
    /// A metric or row that cannot be stored.
    case badRow
    /// The run was finished already.
    case finished
    /// A file of the run is damaged.
    case damaged
    /// The disk or the quota is full.
    case noSpace
    /// The system refused; see ``RunStoreError/errorNumber``.
    case system
    /// A query names a column that no run has, or asks for what cannot be computed.
    case badQuery
  }

  /// What kind of fault it is.
  public var code: Code
  /// The file or directory, from the store's root where it lies in one.
  public var path: String
  /// What is wrong and what to do about it, without the place; the wording is not stable.
  public var message: String
  /// The system's `errno`; 0 if it was not the system that refused.
  public var errorNumber: Int32

  /// Creates an error.
  public init(_ code: Code, path: String, _ message: String, errorNumber: Int32 = 0) {
    self.code = code
    self.path = path
    self.message = message
    self.errorNumber = errorNumber
  }

  /// One line: `runs/7k/…/labels.json: …`.
  public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
