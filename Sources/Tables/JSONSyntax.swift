/// Finds the first fault of a JSON text, strictly after RFC 8259.
///
/// FoundationEssentials says of a faulty text only that it is one, without a place, and lets
/// trailing commas pass; this says where the fault is and what was expected.
struct JSONSyntax {
  /// A fault and the byte at which it lies.
  struct Fault: Error {
    var offset: Int
    var expected: String
  }

  /// What may come next.
  private enum Next {
    case value
    case valueOrEnd
    case key
    case keyOrEnd
    case commaOrEnd
    case nothing
  }

  private let bytes: [UInt8]
  private var index: Int
  /// The closing bytes of the arrays and objects that are open.
  private var closing: [UInt8] = []

  /// Foundation refuses deeper nesting.
  static let deepest = 512

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Checks a whole text.
  ///
  /// - Complexity: O(bytes), without recursion.
  static func check(_ bytes: [UInt8]) throws(Fault) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw Fault(offset: error.byteOffsets.lowerBound, expected: "UTF-8")
    }
    var syntax = JSONSyntax(bytes)
    try syntax.checkDocument()
  }

  private mutating func checkDocument() throws(Fault) {
    var next = Next.value
    while true {
      skipBlanks()
      guard let byte = current else {
        guard next == .nothing else { throw fault("\(words(next)), found the end of the text") }
        return
      }
      if let end = closing.last, byte == end,
        next == .valueOrEnd || next == .keyOrEnd || next == .commaOrEnd
      {
        index += 1
        closing.removeLast()
        next = closing.isEmpty ? .nothing : .commaOrEnd
        continue
      }
      switch next {
      case .value, .valueOrEnd: next = try checkValue(byte, next)
      case .key, .keyOrEnd:
        guard byte == UInt8(ascii: "\"") else { throw fault(words(next)) }
        try checkString()
        skipBlanks()
        guard current == UInt8(ascii: ":") else { throw fault("a colon after the key") }
        index += 1
        next = .value
      case .commaOrEnd:
        guard byte == UInt8(ascii: ",") else { throw fault(words(next)) }
        index += 1
        next = closing.last == UInt8(ascii: "}") ? .key : .value
      case .nothing: throw fault(words(next))
      }
    }
  }

  private mutating func checkValue(_ byte: UInt8, _ next: Next) throws(Fault) -> Next {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      guard closing.count < Self.deepest else {
        throw fault("at most \(Self.deepest) arrays and objects inside each other")
      }
      index += 1
      let isArray = byte == UInt8(ascii: "[")
      closing.append(isArray ? UInt8(ascii: "]") : UInt8(ascii: "}"))
      return isArray ? .valueOrEnd : .keyOrEnd
    case UInt8(ascii: "\""): try checkString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try checkNumber()
    default:
      guard
        let word = ["true", "false", "null"].first(where: { bytes[index...].starts(with: $0.utf8) })
      else { throw fault(words(next)) }
      index += word.utf8.count
    }
    return closing.isEmpty ? .nothing : .commaOrEnd
  }

  private mutating func checkString() throws(Fault) {
    let start = index
    index += 1
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return
      case 0..<0x20: throw fault("a control character to be escaped")
      case UInt8(ascii: "\\"):
        index += 1
        guard let escaped = current, "\"\\/bfnrtu".utf8.contains(escaped) else {
          throw fault("one of \" \\ / b f n r t u after the backslash")
        }
        if escaped == UInt8(ascii: "u") {
          for _ in 0..<4 {
            index += 1
            guard let digit = current, Character(Unicode.Scalar(digit)).isHexDigit else {
              throw fault("four hexadecimal digits after \\u")
            }
          }
        }
        index += 1
      default: index += 1
      }
    }
    throw Fault(offset: start, expected: "the closing double quote of this string")
  }

  private mutating func checkNumber() throws(Fault) {
    if current == UInt8(ascii: "-") { index += 1 }
    if current == UInt8(ascii: "0") { index += 1 } else { try checkDigits() }
    if current == UInt8(ascii: ".") {
      index += 1
      try checkDigits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      index += 1
      if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") { index += 1 }
      try checkDigits()
    }
  }

  private mutating func checkDigits() throws(Fault) {
    let start = index
    while let byte = current, byte &- 48 < 10 { index += 1 }
    if index == start { throw fault("a digit") }
  }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while let byte = current, " \n\r\t".utf8.contains(byte) { index += 1 }
  }

  private func fault(_ expected: String) -> Fault { Fault(offset: index, expected: expected) }

  private func words(_ next: Next) -> String {
    let end = closing.last.map { "\"\(Character(Unicode.Scalar($0)))\"" } ?? ""
    return switch next {
    case .value: "a value"
    case .valueOrEnd: "a value or \(end)"
    case .key: "a key in double quotes"
    case .keyOrEnd: "a key in double quotes or \(end)"
    case .commaOrEnd: "a comma or \(end)"
    case .nothing: "nothing more"
    }
  }
}
