/// Why an analysis could not be done: the input is at fault, and this says where and what to do.
///
/// The description is one line. Its text is not stable; the code is.
public struct AnalysisError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a fault.
  public enum Code: String, Sendable, Hashable {
    /// A variable of the law that no column was found for.
    case missingColumn
    /// Several columns that could be meant.
    case ambiguousColumn
    /// A value that the fit cannot take, with its row.
    case badValue
    /// No rows, or fewer than free parameters.
    case tooFewRows
    /// A parameter the law does not have.
    case unknownParameter
    /// A law, or constants of a law, that the catalogue does not have.
    case unknownLaw
    /// A setting outside its range.
    case badSetting
    /// Data that leave a parameter undetermined whatever the fit.
    case undetermined
    /// A file that is no fit, or one of a newer schema.
    case badFile
    /// A law that cannot answer the question.
    case unsuitableLaw
  }

  /// The kind of fault.
  public var code: Code
  /// Where, what, and what to do, in one line.
  public var message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
