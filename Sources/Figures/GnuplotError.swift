/// Why a figure could not be drawn: one line that says what and what to do.
public struct GnuplotError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a fault.
  public enum Code: String, Sendable, Hashable {
    /// There is no gnuplot.
    case notFound
    /// This gnuplot was built without what a format needs.
    case noTerminal
    /// It stopped, or cannot be run.
    case failed
  }

  /// The kind of fault.
  public var code: Code
  /// What, and what to do, in one line.
  public var message: String

  /// The message.
  public var description: String { message }

  init(_ code: Code, _ message: String) { (self.code, self.message) = (code, message) }
}
