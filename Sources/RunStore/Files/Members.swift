internal import Tables

/// The members of a JSON object, taken one by one; what is left over is unknown and kept.
struct Members {
  /// The file, for faults.
  let file: String
  /// Where in the document the object is: `model.`; empty for the document.
  let place: String
  private(set) var rest: [String: JSONValue]

  init(_ members: [String: JSONValue], file: String, place: String = "") {
    self.file = file
    self.place = place
    rest = members
  }

  /// The members of a file, its schema checked.
  init(parsing bytes: [UInt8], file: String, schema: String) throws(FileFault) {
    let value: JSONValue
    do throws(JSONTextError) {
      value = try JSONValue(parsing: bytes, source: file)
    } catch {
      throw FileFault(error, file)
    }
    guard case .object(let members) = value else {
      throw FileFault(.badFile, file, line: 1, "not a JSON object")
    }
    self.init(members, file: file)
    try Self.check(try string("schema"), schema, file)
  }

  /// Checks what a file says it is: `fitlaws.run/1`, or a later minor version, `fitlaws.run/1.2`.
  static func check(_ found: String?, _ expected: String, _ file: String) throws(FileFault) {
    if found == "\(expected)/1" { return }
    let parts = (found ?? "").split(separator: "/", omittingEmptySubsequences: false)
    let version = parts.count == 2 ? parts[1].split(separator: ".").first.map(String.init) : nil
    guard parts.first.map(String.init) == expected, let major = version.flatMap({ Int($0) }) else {
      throw FileFault(
        .badFile, file,
        "its schema is \(found.map { "\"\($0.oneLine)\"" } ?? "missing"), not \"\(expected)/1\"")
    }
    guard major <= 1 else {
      throw FileFault(
        .newerVersion, file,
        "written in version \(major) of \(expected); this program reads version 1: use a later one")
    }
  }

  mutating func take(_ key: String) -> JSONValue? {
    guard let value = rest.removeValue(forKey: key), value != .null else { return nil }
    return value
  }

  mutating func string(_ key: String) throws(FileFault) -> String? {
    try typed(key, "a string") { $0.string }
  }

  mutating func int(_ key: String) throws(FileFault) -> Int? {
    try typed(key, "a whole number") { $0.int }
  }

  mutating func double(_ key: String) throws(FileFault) -> Double? {
    try typed(key, "a number") { $0.double }
  }

  mutating func bool(_ key: String) throws(FileFault) -> Bool? {
    try typed(key, "true or false") { $0.bool }
  }

  mutating func time(_ key: String) throws(FileFault) -> UTCTime? {
    try typed(key, "a time such as 2026-11-24T21:30:34.256Z") { $0.string.flatMap { UTCTime($0) } }
  }

  mutating func array(_ key: String) throws(FileFault) -> [JSONValue]? {
    try typed(key, "an array") { $0.array }
  }

  mutating func object(_ key: String) throws(FileFault) -> [String: JSONValue]? {
    try typed(key, "an object") { $0.object }
  }

  mutating func members(_ key: String) throws(FileFault) -> Members? {
    try object(key).map { Members($0, file: file, place: "\(place)\(key).") }
  }

  /// A member that must be there.
  func needed<Value>(_ value: Value?, _ key: String) throws(FileFault) -> Value {
    guard let value else { throw FileFault(.badFile, file, "no key \"\(place)\(key)\"") }
    return value
  }

  private mutating func typed<Value>(
    _ key: String, _ type: String, _ convert: (JSONValue) -> Value?
  ) throws(FileFault) -> Value? {
    guard let value = take(key) else { return nil }
    guard let converted = convert(value) else {
      throw FileFault(.badFile, file, "\"\(place)\(key)\" is not \(type)")
    }
    return converted
  }
}

extension [String: JSONValue] {
  /// Sets a member, or leaves it out if there is nothing to say.
  mutating func put(_ key: String, _ value: JSONValue?) {
    if let value { self[key] = value }
  }

  mutating func put(_ key: String, _ value: String?) { put(key, value.map { .string($0) }) }

  mutating func put(_ key: String, _ value: Int?) { put(key, value.map { JSONValue($0) }) }

  mutating func put(_ key: String, _ value: Double?) { put(key, value.map { JSONValue($0) }) }

  mutating func put(_ key: String, _ value: UTCTime?) { put(key, value?.description) }

  mutating func put(_ key: String, _ value: [String: JSONValue]) {
    if !value.isEmpty { self[key] = .object(value) }
  }
}
