/// Why a fit could not be attempted: a code that carries the place.
///
/// "Did not converge" is not an error but a ``Termination``.
public struct FitError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, and where.
  ///
  /// Rows and parameters are indices from 0.
  public enum Code: Sendable, Hashable {
    /// Fewer rows of positive weight than free parameters.
    case tooFewRows(rows: Int, free: Int)
    /// A response that is not positive, under log residuals.
    case nonPositiveResponse(row: Int)
    /// A response of zero, under relative residuals.
    case zeroResponse(row: Int)
    /// A value that is NaN or infinite.
    case notFinite(row: Int, what: String)
    /// A weight that is negative or not finite.
    case badWeight(row: Int)
    /// Bounds that are empty, a single point, or NaN.
    case badBounds(parameter: Int)
    /// A value to hold a parameter at that is not finite.
    case badFixedValue(parameter: Int)
    /// A search range that is empty, not finite, or logarithmic and not positive.
    case badSearchRange(parameter: Int)
    /// A loss scale that is not positive.
    case badDelta
    /// An array of the wrong length.
    case wrongCount(what: String, expected: Int)
    /// A start of the wrong length or with a value that is not finite.
    case badStart(index: Int)
    /// An option outside its range.
    case badOption(name: String)
    /// A local search without a start.
    case noStart
    /// A model without parameters.
    case noParameters
    /// GSL could not allocate.
    case outOfMemory
  }

  /// What is wrong, and where.
  public var code: Code

  /// Makes an error.
  public init(_ code: Code) { self.code = code }

  /// One line: the place and the remedy.
  public var description: String {
    switch code {
    case .tooFewRows(let rows, let free):
      "\(rows) rows cannot determine \(free) parameters: add rows or fix parameters"
    case .nonPositiveResponse(let row):
      "row \(row): the response is not positive; log residuals need one, use raw residuals"
    case .zeroResponse(let row):
      "row \(row): the response is zero; relative residuals cannot be formed, use raw residuals"
    case .notFinite(let row, let what): "row \(row): \(what) is not a finite number"
    case .badWeight(let row): "row \(row): the weight must be finite and not negative"
    case .badBounds(let parameter):
      "parameter \(parameter): the lower bound must lie below the upper bound"
    case .badFixedValue(let parameter): "parameter \(parameter): the fixed value is not finite"
    case .badSearchRange(let parameter):
      "parameter \(parameter): the search range must be finite, not empty, and positive if logarithmic"
    case .badDelta: "the loss needs a delta above zero"
    case .wrongCount(let what, let expected): "\(what) needs \(expected) values"
    case .badStart(let index):
      "start \(index) needs one finite value for each parameter"
    case .badOption(let name): "the option \(name) is out of range"
    case .noStart: "a local search needs at least one start"
    case .noParameters: "the model has no parameters"
    case .outOfMemory: "GSL could not allocate a workspace"
    }
  }
}
