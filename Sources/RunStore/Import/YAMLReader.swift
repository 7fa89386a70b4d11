internal import Tables

/// Reads the part of YAML that trackers write: block mappings and lists, scalars in every style,
/// flow lists and mappings on one line.
///
/// Anchors, aliases, tags, complex keys and several documents are errors: a file that needs them
/// was not written by a tracker. So is a file whose last line has no line feed, because no scalar
/// says where it ends.
struct YAMLReader {
  /// A fault and the line it is in, counted from 1.
  struct Fault: Error {
    var line: Int
    var message: String
  }

  struct Line {
    var indent: Int
    var text: Substring
    var number: Int
  }

  var lines: [Line] = []
  var index = 0

  /// The largest file read, in bytes.
  static let largest = 4 << 20

  private static let deepest = 64
  /// Lines of one quoted text.
  private static let mostLines = 1000

  /// The value of a whole file.
  static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault(line: 1, message: "not UTF-8")
    }
    guard !text.isEmpty else { throw Fault(line: 1, message: "the file is empty") }
    guard text.utf8.last == UInt8(ascii: "\n") else {
      throw Fault(
        line: text.utf8.count { $0 == UInt8(ascii: "\n") } + 1,
        message: "torn: the last line has no line feed")
    }
    var reader = YAMLReader()
    for (number, line) in text.unicodeScalars.split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      var line = Substring(line)
      if line.unicodeScalars.last == "\r" { line.unicodeScalars.removeLast() }
      let indent = line.unicodeScalars.prefix { $0 == " " }.count
      reader.lines.append(
        Line(
          indent: indent, text: Substring(line.unicodeScalars.dropFirst(indent)), number: number + 1
        ))
    }
    reader.skipEmpty()
    if let first = reader.current, first.indent == 0, first.text == "---" { reader.index += 1 }
    reader.skipEmpty()
    guard reader.current != nil else { return .null }
    let value = try reader.block(depth: 0)
    reader.skipEmpty()
    if let rest = reader.current {
      throw Fault(line: rest.number, message: "does not belong to what stands before it")
    }
    return value
  }

  var current: Line? { index < lines.count ? lines[index] : nil }

  func fault(_ message: String) -> Fault {
    Fault(line: index < lines.count ? lines[index].number : lines.count, message: message)
  }

  /// Goes to the next line that is neither blank nor a comment.
  private mutating func skipEmpty() {
    while let line = current, line.text.isEmpty || line.text.unicodeScalars.first == "#" {
      index += 1
    }
  }

  // MARK: - Blocks

  /// The value that begins at the current line.
  private mutating func block(depth: Int) throws(Fault) -> JSONValue {
    guard let line = current else { return .null }
    guard depth < Self.deepest else { throw fault("nested more than \(Self.deepest) deep") }
    if Self.isItem(line.text) { return try list(indent: line.indent, depth: depth) }
    if try splitKey(line.text) != nil { return try mapping(indent: line.indent, depth: depth) }
    return try scalar(line.text, parent: line.indent - 1)
  }

  private static func isItem(_ text: Substring) -> Bool { text == "-" || text.hasPrefix("- ") }

  private mutating func list(indent: Int, depth: Int) throws(Fault) -> JSONValue {
    var items: [JSONValue] = []
    while let line = current, line.indent == indent, Self.isItem(line.text) {
      let rest = line.text.unicodeScalars.dropFirst().drop { $0 == " " }
      if rest.isEmpty || rest.first == "#" {
        index += 1
        skipEmpty()
        if let next = current, next.indent > indent {
          items.append(try block(depth: depth + 1))
        } else {
          items.append(.null)
        }
      } else {
        // What stands behind the dash is a block of its own, as deep as its first character.
        let offset = line.text.unicodeScalars.count - rest.count
        lines[index].indent = indent + offset
        lines[index].text = Substring(rest)
        let hasKey = try splitKey(Substring(rest)) != nil
        if hasKey || Self.isItem(Substring(rest)) {
          items.append(try block(depth: depth + 1))
        } else {
          items.append(try scalar(Substring(rest), parent: indent))
        }
      }
      skipEmpty()
    }
    if let line = current, line.indent > indent { throw fault("indented too far") }
    return .array(items)
  }

  private mutating func mapping(indent: Int, depth: Int) throws(Fault) -> JSONValue {
    var members: [String: JSONValue] = [:]
    while let line = current, line.indent == indent, let (key, rest) = try splitKey(line.text) {
      guard members[key] == nil else { throw fault("the key \"\(key)\" is given twice") }
      if rest.isEmpty || rest.unicodeScalars.first == "#" {
        index += 1
        skipEmpty()
        if let next = current,
          next.indent > indent || (next.indent == indent && Self.isItem(next.text))
        {
          members[key] = try block(depth: depth + 1)
        } else {
          members[key] = .null
        }
      } else {
        members[key] = try scalar(rest, parent: indent)
      }
      skipEmpty()
    }
    if let line = current, line.indent >= indent { throw fault("expected \"key: value\"") }
    return .object(members)
  }

  /// Key and rest of a line, or nil if the line has none.
  private func splitKey(_ text: Substring) throws(Fault) -> (key: String, rest: Substring)? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first else { return nil }
    func rest(after colon: String.Index) -> Substring? {
      guard colon < text.endIndex, scalars[colon] == ":" else { return nil }
      let next = scalars.index(after: colon)
      guard next == text.endIndex || scalars[next] == " " else { return nil }
      return Substring(scalars[next...].drop { $0 == " " })
    }
    if first == "\"" || first == "'" {
      guard let (key, end) = try? YAMLScalars.quoted(text, line: 0),
        let rest = rest(after: end)
      else { return nil }
      return (key, rest)
    }
    guard !"[{|>&*!%@`#".unicodeScalars.contains(first) else { return nil }
    if first == "?", scalars.count == 1 || text.hasPrefix("? ") {
      throw fault("keys after a question mark are not read")
    }
    var index = text.startIndex
    while index < text.endIndex {
      if let rest = rest(after: index) {
        let key = scalars[..<index].reversed().drop { $0 == " " }.reversed()
        return (String(String.UnicodeScalarView(key)), rest)
      }
      if scalars[index] == " ", text[index...].hasPrefix(" #") { return nil }
      index = scalars.index(after: index)
    }
    return nil
  }

  // MARK: - Scalars

  /// The scalar that begins with `text` in the current line and may go on in lines indented
  /// deeper than `parent`.
  private mutating func scalar(_ text: Substring, parent: Int) throws(Fault) -> JSONValue {
    switch text.unicodeScalars.first {
    case "\"", "'": return .string(try quotedScalar(text))
    case "|", ">": return .string(try blockScalar(text, parent: parent))
    case "[", "{":
      let value = try YAMLFlow.read(text, line: lines[index].number)
      index += 1
      return value
    case "&", "*", "!", "%", "@", "`":
      throw fault("anchors, aliases, tags and directives are not read")
    default: return YAMLScalars.resolved(try plainScalar(text, parent: parent))
    }
  }

  private mutating func plainScalar(_ text: Substring, parent: Int) throws(Fault) -> String {
    var result = YAMLScalars.withoutComment(text)
    var hasComment = result.unicodeScalars.count < text.unicodeScalars.count
    index += 1
    var breaks = 0
    while let line = current {
      if line.text.isEmpty {
        breaks += 1
        index += 1
        continue
      }
      guard line.indent > parent, line.text.unicodeScalars.first != "#" else { break }
      guard !hasComment, try splitKey(line.text) == nil else {
        throw fault("indented too far for a key")
      }
      let more = YAMLScalars.withoutComment(line.text)
      hasComment = more.unicodeScalars.count < line.text.unicodeScalars.count
      result += breaks == 0 ? " " : String(repeating: "\n", count: breaks)
      result += more
      breaks = 0
      index += 1
    }
    return String(result)
  }

  /// A quoted scalar, which may take several lines.
  private mutating func quotedScalar(_ text: Substring) throws(Fault) -> String {
    let first = lines[index].number
    var whole = text
    var found = try YAMLScalars.quoted(whole, line: first)
    if found == nil {
      // Joined once and only so far: a quote that never closes must not cost a pass a line.
      for line in lines[(index + 1)...].prefix(Self.mostLines) { whole += "\n" + line.text }
      found = try YAMLScalars.quoted(whole, line: first)
    }
    guard let (value, end) = found else {
      throw Fault(line: first, message: "a quoted text that never ends")
    }
    index += whole[..<end].unicodeScalars.count { $0 == "\n" }
    let rest = whole[end...].unicodeScalars.prefix { $0 != "\n" }.drop { $0 == " " }
    guard rest.isEmpty || rest.first == "#" else { throw fault("text after the closing quote") }
    index += 1
    return value
  }

  private mutating func blockScalar(_ header: Substring, parent: Int) throws(Fault) -> String {
    let isFolded = header.hasPrefix(">")
    let marks = YAMLScalars.withoutComment(header).dropFirst()
    guard marks.isEmpty || marks == "-" || marks == "+" else {
      throw fault("a block text with an indentation of its own is not read")
    }
    index += 1
    var texts: [String] = []
    var indent: Int?
    while let line = current, line.text.isEmpty || line.indent > parent {
      if !line.text.isEmpty, indent == nil { indent = line.indent }
      // The empty text after the last line feed is no line.
      if line.number == lines.count { break }
      guard line.text.isEmpty || line.indent >= indent ?? 0 else {
        throw fault("indented less than the block text it belongs to")
      }
      texts.append(
        String(repeating: " ", count: max(line.indent - (indent ?? line.indent), 0)) + line.text)
      index += 1
    }
    let trailing = texts.reversed().prefix { $0.isEmpty }.count
    let kept = texts.dropLast(trailing)
    var result = ""
    for (place, text) in kept.enumerated() {
      if place > 0 {
        let before = kept[kept.startIndex + place - 1]
        let isBreak = !isFolded || text.isEmpty || text.hasPrefix(" ") || before.hasPrefix(" ")
        if isBreak { result += "\n" } else if !before.isEmpty { result += " " }
      }
      result += text
    }
    if marks == "-" || kept.isEmpty { return result }
    return result + String(repeating: "\n", count: marks == "+" ? trailing + 1 : 1)
  }
}
