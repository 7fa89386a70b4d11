/// Something in a store that is not as it should be; it hides nothing but itself.
public struct RunStoreProblem: Sendable, Hashable, CustomStringConvertible {
  /// The kinds of problem.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// A segment ends in the middle of a row; the rows before it count.
    case tornTail
    /// A row that is no row stands before the end of a segment.
    case badRow
    /// A file is no JSON, or not the JSON that belongs there.
    case badFile
    /// A file was written by a later version that this one cannot read.
    case newerVersion
    /// A sealed file is not the one that was sealed.
    case sealMismatch
    /// A file that should be there is not.
    case missingFile
    /// A file that no part of the store knows.
    case unknownFile
    /// A temporary file that an interrupted write left behind.
    case leftover
    /// A run that nothing writes any more is still said to be running.
    case staleRun
    /// A file could not be read.
    case unreadable
  }

  /// What kind of problem it is.
  public var code: Code
  /// The run; nil if it lies outside every run.
  public var run: RunID?
  /// The file or directory, from the store's root.
  public var path: String
  /// The line, counted from 1.
  public var line: Int?
  /// The byte of the file, counted from 0.
  public var offset: Int?
  /// What is wrong and what to do about it, without the place; the wording is not stable.
  public var message: String

  /// Creates a problem.
  public init(
    _ code: Code, run: RunID? = nil, path: String, line: Int? = nil, offset: Int? = nil,
    _ message: String
  ) {
    self.code = code
    self.run = run
    self.path = path
    self.line = line
    self.offset = offset
    self.message = message
  }

  /// One line: `runs/7k/…/log-0001-….jsonl:12: …`.
  public var description: String {
    path + (line.map { ":\($0)" } ?? "") + ": " + message
  }
}
