/// What is wrong with a formula, and where.
///
/// The description is one line, `formula:2:14: unknown function 'epx'; did you mean 'exp'?`. Line and
/// column count from 1, columns in Unicode scalars.
public struct FormulaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a fault.
  ///
  /// The text of a message is not stable; the code is.
  public enum Code: String, Sendable, Hashable {
    /// A character or a token that does not belong here.
    case syntax
    /// A function name that is not known.
    case unknownFunction
    /// A function called with the wrong number of arguments.
    case argumentCount
    /// A name used where it has no meaning: a definition used before it was made, a parameter in a
    /// response, a number where a text is needed.
    case badName
    /// A bound that is no interval or speaks of something that is not a parameter.
    case badBound
    /// No statement `response ~ prediction`, or more than one.
    case response
    /// Nested or sized beyond the limits.
    case tooLarge
    /// A column that the formula names and the table lacks.
    case missingColumn
  }

  /// The kind of fault.
  public var code: Code
  /// Line of the place, from 1.
  public var line: Int
  /// Column of the place in Unicode scalars, from 1.
  public var column: Int
  /// What is wrong and what would be right.
  public var message: String
  /// What the text is called in messages: `formula`, `filter`, or a file's name.
  public var source = "formula"

  init(_ code: Code, at place: Place, _ message: String) {
    self.code = code
    line = place.line
    column = place.column
    // A message stays one line, whatever the text held.
    self.message = message.unicodeScalars.reduce(into: "") { line, scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        line += "\\u{\(String(scalar.value, radix: 16))}"
      default: line.unicodeScalars.append(scalar)
      }
    }
  }

  /// The place and the message in one line.
  public var description: String { "\(source):\(line):\(column): \(message)" }
}

/// A place in a text, counted from 1.
struct Place: Sendable, Hashable {
  var line = 1
  var column = 1
}
