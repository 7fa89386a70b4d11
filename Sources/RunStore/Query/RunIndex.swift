internal import Tables

/// The derived file `.cache/index-1.jsonl`: the flattened runs, and what their files looked like.
///
/// A header, then a line a run, in the order of their directories: by the last two characters
/// of the identifier, then the identifier:
///
///     {"id":"…","check":"…","files":"…","newest":…,"closed":true,"fields":{…}}
///
/// `check` is a fingerprint of what follows it, so that a damaged line is no line; `files` is one of
/// what the run's files look like.
/// A line counts as long as the files look the same and none of them changed in the two seconds
/// before the index was made: of a file changed twice in the resolution of its clock, the first
/// change alone may have been seen.
struct RunIndex {
  /// A run's line.
  struct Entry {
    var line: Range<Int>
    /// Where the fingerprint of its files begins.
    var files: Int
    /// When one of them changed last, in nanoseconds since 1970.
    var newest: Int
    /// Whether the run has ended, so that its segments need not be looked at.
    var isClosed: Bool
    /// Where the flattened run begins.
    var fields: Int
  }

  static let directory = ".cache"
  static let file = "index-1.jsonl"
  private static let racy = 2_000_000_000

  let bytes: [UInt8]
  /// When it was made, by the earlier of two clocks: this machine's and the disk's.
  let made: Int
  /// Where the next entry begins.
  private var next: Int

  /// Nothing: every run is looked at.
  init() {
    bytes = []
    made = .min
    next = 0
  }

  /// Reads the index of a store; nothing if there is none or it is another's.
  init(of store: RunStore) {
    self.init()
    guard let cache = try? Directory(at: store.root).directory(Self.directory),
      let status = try? cache.status(of: Self.file),
      let bytes = try? cache.read(Self.file, limit: 4 << 30)
    else { return }
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
      let header = try? JSONValue(parsing: Array(bytes[..<end])),
      header["fitlaws"]?.string == Self.format, header["store"]?.string == store.id,
      let time = header["made"]?.int
    else { return }
    self.init(bytes: bytes, made: min(time, status.modified), next: end + 1)
  }

  private init(bytes: [UInt8], made: Int, next: Int) {
    self.bytes = bytes
    self.made = made
    self.next = next
  }

  /// Whether the files of a run look as they did.
  func agrees(_ entry: Entry, _ files: RunFiles) -> Bool {
    files.fingerprint.stands(in: bytes.span, at: entry.files)
  }

  /// Whether an entry may be used, as far as times go.
  func isSettled(_ entry: Entry) -> Bool { entry.newest < made - Self.racy }

  /// The entry of a run; runs must be asked for in the order of the lines.
  mutating func entry(of id: RunID) -> Entry? {
    let wanted = id.text.utf8
    while next < bytes.count {
      // A line cut short, or one that is none, ends the index: the runs behind it are read.
      guard let entry = parse(from: next), isWhole(entry) else {
        next = bytes.count
        return nil
      }
      let start = next + Self.idKey.count
      let end = start + (bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? start) - start
      let found = bytes[start..<end]
      let isFound = wanted.elementsEqual(found)
      if !isFound, Self.precedes(wanted, found) { return nil }
      next = entry.line.upperBound
      if isFound { return entry }
    }
    return nil
  }

  private static func precedes(_ a: String.UTF8View, _ b: ArraySlice<UInt8>) -> Bool {
    if a.suffix(2).elementsEqual(b.suffix(2)) { return a.lexicographicallyPrecedes(b) }
    return a.suffix(2).lexicographicallyPrecedes(b.suffix(2))
  }

  // MARK: - Lines

  private static let format = "index/1"
  private static let idKey = Array("{\"id\":\"".utf8)
  private static let checkKey = Array("\",\"check\":\"".utf8)
  private static let filesKey = Array("\",\"files\":\"".utf8)
  private static let newestKey = Array("\",\"newest\":".utf8)
  private static let closedKey = Array(",\"closed\":".utf8)
  private static let fieldsKey = Array(",\"fields\":".utf8)

  /// The first line.
  static func header(store: String, made: Int) -> [UInt8] {
    let header: JSONValue = [
      "fitlaws": .string(format), "store": .string(store), "made": JSONValue(made),
    ]
    return Array((header.compactText + "\n").utf8)
  }

  /// A run's line.
  static func line(
    _ id: RunID, files: [UInt8], newest: Int, isClosed: Bool, fields: [String: JSONValue]
  ) -> [UInt8] {
    var rest = filesKey + files + newestKey
    NumberText.append(newest, to: &rest)
    rest += closedKey + Array((isClosed ? "true" : "false").utf8) + fieldsKey
    JSONValue.object(fields).append(to: &rest, indentation: nil)
    rest += "}\n".utf8
    var check = Fingerprint()
    check.add(rest.span, 0..<rest.count)
    return idKey + Array(id.text.utf8) + checkKey + check.text + rest
  }

  private func isWhole(_ entry: Entry) -> Bool {
    // The check stands before the quote, comma and key of the files.
    let start = entry.files - Self.filesKey.count
    var check = Fingerprint()
    check.add(bytes.span, start..<entry.line.upperBound)
    return check.stands(in: bytes.span, at: start - Fingerprint.digits)
  }

  private func parse(from start: Int) -> Entry? {
    let bytes = bytes.span
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end &+= 1 }
    guard end < bytes.count else { return nil }
    var index = start
    func take(_ key: [UInt8]) -> Bool {
      guard index + key.count <= end else { return false }
      for place in key.indices where bytes[index + place] != key[place] { return false }
      index += key.count
      return true
    }
    /// Skips to a byte.
    func skip(to byte: Character) -> Range<Int> {
      let (first, byte) = (index, byte.asciiValue)
      while index < end, bytes[index] != byte { index += 1 }
      return first..<index
    }
    guard take(Self.idKey) else { return nil }
    _ = skip(to: "\"")
    guard take(Self.checkKey) else { return nil }
    _ = skip(to: "\"")
    guard take(Self.filesKey) else { return nil }
    let files = skip(to: "\"").lowerBound
    guard take(Self.newestKey), let newest = number(skip(to: ",")), take(Self.closedKey) else {
      return nil
    }
    let closed = skip(to: ",")
    guard take(Self.fieldsKey), index < end, bytes[index] == UInt8(ascii: "{"),
      bytes[end - 1] == UInt8(ascii: "}"), bytes[end - 2] == UInt8(ascii: "}")
    else { return nil }
    return Entry(
      line: start..<end + 1, files: files, newest: newest, isClosed: closed.count == 4,
      fields: index)
  }

  /// A time in nanoseconds.
  private func number(_ digits: Range<Int>) -> Int? {
    Int(String(decoding: bytes[digits], as: UTF8.self))
  }
}
