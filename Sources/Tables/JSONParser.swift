/// Reads a JSON value from bytes, strictly; ``JSONSyntax`` finds the words for what is wrong.
struct JSONParser {
  /// What is wrong beyond the syntax, and where.
  struct Fault: Error {
    var offset: Int
    var expected: String
  }

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  /// A whole text.
  static func parse(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw Fault(offset: error.byteOffsets.lowerBound, expected: "UTF-8")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw Fault(offset: 0, expected: "no byte order mark")
    }
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value()
    parser.skipBlanks()
    guard parser.index == bytes.count else { throw parser.fault() }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func value() throws(Fault) -> JSONValue {
    skipBlanks()
    guard index < bytes.count else { throw fault() }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw fault()
    }
  }

  private mutating func object() throws(Fault) -> JSONValue {
    try enter()
    var members = [String: JSONValue](minimumCapacity: 8)
    defer { depth -= 1 }
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipBlanks()
      let place = index
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw fault() }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw fault() }
      guard members.updateValue(try value(), forKey: key) == nil else {
        throw Fault(offset: place, expected: "each key once, found \"\(key.oneLine)\" again")
      }
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fault() }
    return .object(members)
  }

  private mutating func array() throws(Fault) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    defer { depth -= 1 }
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw fault() }
    return .array(elements)
  }

  private mutating func enter() throws(Fault) {
    index += 1
    depth += 1
    if depth > JSONSyntax.deepest { throw fault() }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(Fault) -> JSONValue {
    guard bytes[index...].starts(with: word.utf8) else { throw fault() }
    index += word.utf8.count
    return value
  }

  private mutating func number() throws(Fault) -> JSONNumber {
    guard let end = JSONNumber.end(in: bytes.span, from: index, to: bytes.count) else {
      throw fault()
    }
    defer { index = end }
    return JSONNumber(verified: String(decoding: bytes[index..<end], as: UTF8.self))
  }

  private mutating func string() throws(Fault) -> String {
    let start = index + 1
    index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        defer { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
      case UInt8(ascii: "\\"):
        return try escapedString(start)
      case 0..<0x20: throw fault()
      default: index += 1
      }
    }
    throw fault()
  }

  /// The rest of a string that has an escape.
  private mutating func escapedString(_ start: Int) throws(Fault) -> String {
    var text = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard index < bytes.count else { throw fault() }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += Array(String(try escapedScalar()).utf8)
        default: throw fault()
        }
      case 0..<0x20: throw fault()
      default: text.append(byte)
      }
    }
    throw fault()
  }

  private mutating func escapedScalar() throws(Fault) -> Character {
    let place = index - 2
    var code = try hexadecimal()
    if 0xD800..<0xDC00 ~= code, bytes[index...].starts(with: "\\u".utf8) {
      index += 2
      let low = try hexadecimal()
      if 0xDC00..<0xE000 ~= low { code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) }
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw Fault(offset: place, expected: "both halves of a surrogate pair")
    }
    return Character(scalar)
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    guard index + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16),
      bytes[index] != UInt8(ascii: "+")
    else { throw fault() }
    index += 4
    return code
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        index += 1
      default: return
      }
    }
  }

  private func fault() -> Fault { Fault(offset: min(index, bytes.count), expected: "a value") }
}
