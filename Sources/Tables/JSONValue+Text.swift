extension JSONValue {
  /// Reads a JSON text, strictly after RFC 8259.
  ///
  /// A key given twice in an object, nesting deeper than 512, half a surrogate pair, a byte order
  /// mark and bytes that are not UTF-8 are errors.
  ///
  /// - Parameters:
  ///   - bytes: the whole text.
  ///   - source: the name of the file in errors. The default is `JSON`.
  /// - Throws: ``JSONTextError`` naming the place.
  /// - Complexity: O(bytes).
  public init(parsing bytes: [UInt8], source: String = "JSON") throws(JSONTextError) {
    do throws(JSONParser.Fault) {
      self = try JSONParser.parse(bytes)
    } catch {
      do throws(JSONSyntax.Fault) {
        try JSONSyntax.check(bytes)
      } catch {
        throw JSONTextError(error, in: bytes, source: source)
      }
      let fault = JSONSyntax.Fault(offset: error.offset, expected: error.expected)
      throw JSONTextError(fault, in: bytes, source: source)
    }
  }

  /// The value as text: keys sorted by their UTF-8 bytes, two blanks of indentation, a final
  /// line feed.
  public var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes, indentation: 0)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value on one line without blanks and without a line feed, keys sorted.
  public var compactText: String {
    var bytes: [UInt8] = []
    append(to: &bytes, indentation: nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value as text; without indentation on one line.
  package func append(to bytes: inout [UInt8], indentation: Int?) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let number): bytes += number.text.utf8
    case .string(let string): Self.append(string, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        Self.separate(place == 0, &bytes, indentation)
        element.append(to: &bytes, indentation: indentation.map { $0 + 1 })
      }
      if !elements.isEmpty { Self.breakLine(&bytes, indentation) }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      for (place, member) in sorted.enumerated() {
        Self.separate(place == 0, &bytes, indentation)
        Self.append(member.key, to: &bytes)
        bytes += (indentation == nil ? ":" : ": ").utf8
        member.value.append(to: &bytes, indentation: indentation.map { $0 + 1 })
      }
      if !members.isEmpty { Self.breakLine(&bytes, indentation) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Appends a string in quotes, escaped only where JSON demands it.
  package static func append(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0..<0x20:
        bytes += "\\u00".utf8
        NumberText.appendHexadecimal(byte, to: &bytes)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func separate(_ isFirst: Bool, _ bytes: inout [UInt8], _ indentation: Int?) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    breakLine(&bytes, indentation.map { $0 + 1 })
  }

  private static func breakLine(_ bytes: inout [UInt8], _ indentation: Int?) {
    guard let indentation else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indentation))
  }
}
