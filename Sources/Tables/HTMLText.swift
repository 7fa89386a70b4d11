/// Text inside HTML.
public enum HTMLText {
  /// Text as it stands between tags or between the quotes of an attribute, whoever wrote it.
  ///
  /// `&`, `<`, `>` and both quotes become references. Control characters, which HTML forbids, become
  /// U+FFFD; so do those that turn the direction of what follows.
  ///
  /// - Parameter text: any text.
  /// - Returns: text without markup.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": result += "\u{FFFD}"
      case _ where scalar.value < 32 || (127..<160).contains(scalar.value): result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
