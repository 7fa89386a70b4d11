internal import Tables

/// Lists and mappings of YAML written in brackets on one line.
struct YAMLFlow {
  private var rest: Substring
  private let line: Int

  private static let deepest = 64

  /// The value of a text that is one list or mapping.
  static func read(_ text: Substring, line: Int) throws(YAMLReader.Fault) -> JSONValue {
    var flow = YAMLFlow(rest: YAMLScalars.withoutComment(text), line: line)
    let value = try flow.value(depth: 0)
    flow.skipBlanks()
    guard flow.rest.isEmpty else { throw flow.fault("text after the closing bracket") }
    return value
  }

  private mutating func value(depth: Int) throws(YAMLReader.Fault) -> JSONValue {
    guard depth < Self.deepest else { throw fault("nested more than \(Self.deepest) deep") }
    skipBlanks()
    switch rest.unicodeScalars.first {
    case "[":
      var items: [JSONValue] = []
      try members(until: "]") { (flow) throws(YAMLReader.Fault) in
        items.append(try flow.value(depth: depth + 1))
      }
      return .array(items)
    case "{":
      var object: [String: JSONValue] = [:]
      try members(until: "}") { (flow) throws(YAMLReader.Fault) in
        guard case .string(let key) = try flow.scalar(endingAt: ":,}") else {
          throw flow.fault("a key that is no text")
        }
        flow.skipBlanks()
        guard flow.take(":") else { throw flow.fault("expected a colon after \"\(key)\"") }
        let isTwice = object.updateValue(try flow.value(depth: depth + 1), forKey: key) != nil
        if isTwice { throw flow.fault("the key \"\(key)\" is given twice") }
      }
      return .object(object)
    default: return try scalar(endingAt: ",]}")
    }
  }

  private mutating func members(
    until end: Unicode.Scalar, _ member: (inout YAMLFlow) throws(YAMLReader.Fault) -> Void
  ) throws(YAMLReader.Fault) {
    rest.unicodeScalars.removeFirst()
    skipBlanks()
    if take(end) { return }
    while true {
      try member(&self)
      skipBlanks()
      if take(end) { return }
      guard take(",") else { throw fault("brackets must close in the line they open in") }
      skipBlanks()
    }
  }

  private mutating func scalar(endingAt ends: String) throws(YAMLReader.Fault) -> JSONValue {
    skipBlanks()
    guard let first = rest.unicodeScalars.first else { throw fault("a value is missing") }
    if first == "\"" || first == "'" {
      guard let (value, end) = try YAMLScalars.quoted(rest, line: line) else {
        throw fault("a quoted text that does not end in its line")
      }
      rest = rest[end...]
      return .string(value)
    }
    guard !"&*!%@`|>".unicodeScalars.contains(first) else {
      throw fault("anchors, aliases, tags and directives are not read")
    }
    let text = rest.unicodeScalars.prefix { !ends.unicodeScalars.contains($0) }
    rest = Substring(rest.unicodeScalars[text.endIndex...])
    let trimmed = YAMLScalars.withoutComment(Substring(text))
    guard !trimmed.isEmpty else { throw fault("a value is missing") }
    return YAMLScalars.resolved(String(trimmed))
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.unicodeScalars.first == scalar else { return false }
    rest.unicodeScalars.removeFirst()
    return true
  }

  private mutating func skipBlanks() {
    rest = Substring(rest.unicodeScalars.drop { $0 == " " || $0 == "\t" })
  }

  private func fault(_ message: String) -> YAMLReader.Fault {
    YAMLReader.Fault(line: line, message: message)
  }
}
