#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values as JSON, always in the same layout.
///
/// Keys sorted, two blanks of indentation, slashes as they are, a final line feed. NaN and the
/// infinities, for which JSON has no number, are the strings `NaN`, `Infinity` and `-Infinity`.
/// Other numbers are the shortest text that round-trips.
public enum JSONText {
  /// A value as JSON text.
  ///
  /// - Throws: `EncodingError` if the value refuses to be encoded.
  public static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: positiveInfinity, negativeInfinity: negativeInfinity, nan: nan)
    return String(decoding: tidied(try encoder.encode(value)), as: UTF8.self) + "\n"
  }

  /// A value from JSON bytes.
  ///
  /// - Parameters:
  ///   - type: the type of the value.
  ///   - bytes: the whole text: UTF-8, JSON strictly after RFC 8259. Keys the type does not know
  ///     are ignored.
  ///   - source: the name of the file in errors. The default is `JSON`.
  /// - Returns: the value.
  /// - Throws: ``JSONTextError`` naming the place.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], source: String = "JSON"
  ) throws(JSONTextError) -> Value {
    do throws(JSONSyntax.Fault) {
      try JSONSyntax.check(bytes)
    } catch {
      throw JSONTextError(error, in: bytes, source: source)
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: positiveInfinity, negativeInfinity: negativeInfinity, nan: nan)
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch {
      throw JSONTextError(error, source: source)
    }
  }

  private static let nan = "NaN"
  private static let positiveInfinity = "Infinity"
  private static let negativeInfinity = "-Infinity"

  /// Drops what Foundation's layout adds beside the indentation: the blank before a colon, and
  /// the blank lines in an empty array or object.
  private static func tidied(_ json: Data) -> [UInt8] {
    var tidied: [UInt8] = []
    tidied.reserveCapacity(json.count)
    var isInString = false
    var isEscaped = false
    for byte in json {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: ":"):
          if tidied.last == UInt8(ascii: " ") { tidied.removeLast() }
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          let opening = byte == UInt8(ascii: "]") ? UInt8(ascii: "[") : UInt8(ascii: "{")
          let last = tidied.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
          if let last, tidied[last] == opening { tidied.removeLast(tidied.count - last - 1) }
        default: break
        }
      }
      tidied.append(byte)
    }
    return tidied
  }
}
