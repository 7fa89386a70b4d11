/// What keeps a notebook from being checked at all: its form, or code that does not compile.
public struct NotebookError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The page and, where one line is at fault, the line: `Notebooks-md/01-first-fit.md:12`.
  public var place: String
  /// What is wrong and what to do.
  public var message: String

  /// Place and message.
  public var description: String { "\(place): \(message)" }
}
