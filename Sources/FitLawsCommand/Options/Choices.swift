internal import ArgumentParser
internal import Tables

extension ValidationError {
  /// A value that is none of those that an option takes.
  init(_ option: String, takes known: [String], not value: String) {
    let list = known.dropLast().joined(separator: ", ") + (known.last.map { " or \($0)" } ?? "")
    let hint = nearest(value, among: known).map { "; did you mean '\($0)'?" } ?? "."
    self.init("\(option) takes \(list), not '\(value)'\(hint)")
  }

  /// What the parser says of such a value, in the words of all other options.
  init?(parserMessage message: String) {
    // The value 'jsn' is invalid for '--format <format>'. Please provide one of 'text' and 'json'.
    let parts = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    guard message.hasPrefix("The value '"), parts.count > 4,
      let list = message.split(separator: "Please provide one of", maxSplits: 1).dropFirst().first
    else { return nil }
    let known =
      list.contains("following:")
      ? list.split(separator: "- ").dropFirst().map { $0.filter { !$0.isWhitespace } }
      : list.split(separator: "'", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    guard let option = parts[3].split(separator: " ").first, !known.isEmpty else { return nil }
    self.init(String(option), takes: known, not: parts[1])
  }
}
