extension JSONValue {
  /// Reads a JSON text, strictly after RFC 8259.
  ///
  /// A key given twice in an object, nesting deeper than 512, a byte order mark and bytes that
  /// are not UTF-8 are errors.
  ///
  /// - Parameters:
  ///   - bytes: the whole text.
  ///   - source: the name of the file in errors. The default is `JSON`.
  /// - Throws: ``JSONTextError`` naming the place.
  /// - Complexity: O(bytes).
  public init(parsing bytes: [UInt8], source: String = "JSON") throws(JSONTextError) {
    preconditionFailure("unfinished")
  }

  /// The value as text: keys sorted by their UTF-8 bytes, two blanks of indentation, a final
  /// line feed.
  public var text: String { preconditionFailure("unfinished") }

  /// The value on one line without blanks, without a line feed.
  public var compactText: String { preconditionFailure("unfinished") }
}
