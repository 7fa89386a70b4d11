internal import ArgumentParser
internal import Tables

/// `NAME=VALUE` pairs as people type them: separated by commas, over one option or several.
enum Assignments {
  /// Pairs of names and texts; a comma inside parentheses does not separate.
  static func texts(_ words: [String], option: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for pair in words.flatMap(split) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { trimmed($0) }
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError(
          "\(option) takes NAME=VALUE pairs separated by commas, not '\(pair)'.")
      }
      guard result[parts[0]] == nil else {
        throw InputFault(
          "\(option): \(parts[0]) is given twice, as \(result[parts[0]] ?? "") and \(parts[1])")
      }
      result[parts[0]] = parts[1]
    }
    return result
  }

  /// Pairs of names and numbers: `N=70B,D=1.4T`.
  static func numbers(_ words: [String], option: String) throws -> [String: Double] {
    try texts(words, option: option).mapValues { try number($0, option: option) }
  }

  /// A list of numbers: `1e20,1e22,70B`.
  static func list(_ words: [String], option: String) throws -> [Double] {
    try words.flatMap(split).map { try number($0, option: option) }
  }

  /// A number: `1e21`, `70B`.
  static func number(_ text: String, option: String) throws -> Double {
    guard let value = Quantity.parse(text) else {
      throw InputFault("\(option): '\(text)' is no number; write 1e21, 70B or 1.4T")
    }
    return value
  }

  private static func split(_ word: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in word {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth <= 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { trimmed($0) }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
