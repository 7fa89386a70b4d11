/// Why JSON text is not the value that was expected, and where.
public struct JSONTextError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kinds of fault.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The text is no JSON.
    case notJSON
    /// A key is missing.
    case missingKey
    /// A value is null or absent where one is needed.
    case missingValue
    /// A value has another type.
    case wrongType
    /// A value has the right type and is not acceptable.
    case invalidValue
    /// The type being decoded threw an error of its own.
    case other
  }

  /// What kind of fault it is.
  public var code: Code

  /// The name of the file.
  public var source: String

  /// Where in the document: `parameters[2].estimate`; empty for the document itself.
  public var path: String

  /// What is wrong, without the place; the wording is not stable.
  public var message: String

  /// The line of a fault of syntax, counted from 1; nil for other faults.
  public var line: Int?

  /// The character in that line (Unicode scalar values, counted from 1).
  public var column: Int?

  /// One line: `fit.json:3:5: …` or `fit.json: parameters[2].estimate: …`.
  public var description: String {
    var places = [source] + [line, column].compactMap { $0.map(String.init) }
    if !path.isEmpty { places.append(" " + path) }
    return places.joined(separator: ":") + ": " + message
  }

  init(_ fault: JSONSyntax.Fault, in bytes: [UInt8], source: String) {
    let place = TextPlace(of: fault.offset, in: bytes)
    code = .notJSON
    self.source = source
    path = ""
    line = place.line
    column = place.column
    message = "not valid JSON: expected \(fault.expected)"
  }

  init(_ error: any Error, source: String) {
    self.source = source
    guard let error = error as? DecodingError else {
      code = .other
      path = ""
      message = "\(error)"
      return
    }
    switch error {
    case .keyNotFound(let key, let context):
      code = .missingKey
      path = Self.path(context.codingPath)
      message = "no key \"\(key.stringValue)\"; add it, or check that this is the right file"
    case .valueNotFound(let type, let context):
      code = .missingValue
      path = Self.path(context.codingPath)
      message = "no value; expected \(Self.name(type))"
    case .typeMismatch(let type, let context):
      code = .wrongType
      path = Self.path(context.codingPath)
      message = "wrong type of value; expected \(Self.name(type))"
    case .dataCorrupted(let context):
      path = Self.path(context.codingPath)
      code = .invalidValue
      // The syntax was checked before: what FoundationEssentials calls invalid JSON without a
      // place is then a number that does not fit.
      message =
        context.codingPath.isEmpty
        ? "a number does not fit its place: a fraction where a whole number is needed, "
          + "or too large"
        : Self.firstLine(context.debugDescription)
    @unknown default:
      code = .other
      path = ""
      message = Self.firstLine("\(error)")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "") { path, key in
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += path.isEmpty ? key.stringValue : "." + key.stringValue
      }
    }
  }

  /// A type in the words of JSON.
  private static func name(_ type: any Any.Type) -> String {
    switch type {
    case is Double.Type, is Float.Type: "a number"
    case is any BinaryInteger.Type: "a whole number"
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is [Any].Type: "an array"
    case is [String: Any].Type: "an object"
    default: "\(type)"
    }
  }

  private static func firstLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "not acceptable"
  }
}
