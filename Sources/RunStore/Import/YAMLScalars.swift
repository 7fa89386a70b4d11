internal import Tables

/// Scalars of YAML: quotes, escapes, comments, and which plain texts are no strings.
enum YAMLScalars {
  /// What a plain scalar stands for, by the core schema of YAML 1.2.
  ///
  /// Trackers quote what another schema would read differently, such as `'y'` and `'123'`.
  static func resolved(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".nan", ".NaN", ".NAN": return JSONValue(Double.nan)
    case ".inf", ".Inf", ".INF", "+.inf": return JSONValue(Double.infinity)
    case "-.inf", "-.Inf", "-.INF": return JSONValue(-Double.infinity)
    default:
      // Only JSON's own numbers: they keep their text. 0x10, 010 and 1_000 stay text.
      guard let first = text.utf8.first, first == UInt8(ascii: "-") || first &- 48 < 10,
        let number = try? JSONValue(parsing: Array(text.utf8)), case .number = number
      else { return .string(text) }
      return number
    }
  }

  /// A line up to its comment, without the blanks at its end.
  static func withoutComment(_ text: Substring) -> Substring {
    let scalars = text.unicodeScalars
    var end = text.endIndex
    var index = text.startIndex
    var afterBlank = false
    while index < text.endIndex {
      if scalars[index] == "#", afterBlank {
        end = index
        break
      }
      afterBlank = scalars[index] == " " || scalars[index] == "\t"
      index = scalars.index(after: index)
    }
    while end > text.startIndex {
      let before = scalars.index(before: end)
      guard scalars[before] == " " || scalars[before] == "\t" else { break }
      end = before
    }
    return text[..<end]
  }

  /// A quoted text at the beginning of `text` and the index behind its closing quote.
  ///
  /// A line break with the blanks around it is a blank, several are one break fewer.
  ///
  /// - Returns: nil if the text does not end in `text`.
  static func quoted(
    _ text: Substring, line: Int
  ) throws(YAMLReader.Fault) -> (value: String, end: String.Index)? {
    let scalars = text.unicodeScalars
    guard let quote = scalars.first else { return nil }
    var value = String.UnicodeScalarView()
    // Blanks that came from an escape are not folded away with those before a line break.
    var fixed = 0
    var index = scalars.index(after: text.startIndex)
    while index < text.endIndex {
      let scalar = scalars[index]
      let next = scalars.index(after: index)
      switch scalar {
      case quote:
        guard quote == "'", next < text.endIndex, scalars[next] == "'" else {
          return (String(value), next)
        }
        value.append("'")
        index = scalars.index(after: next)
      case "\\" where quote == "\"":
        guard next < text.endIndex else { return nil }
        if scalars[next] == "\n" {
          index = skippingBlanks(scalars, from: scalars.index(after: next))
        } else {
          index = try escape(scalars, at: next, into: &value, line: line)
        }
        fixed = value.count
      case "\n":
        while value.count > fixed, let last = value.last, last == " " || last == "\t" {
          value.removeLast()
        }
        var breaks = 0
        index = next
        while true {
          index = skippingBlanks(scalars, from: index)
          guard index < text.endIndex, scalars[index] == "\n" else { break }
          breaks += 1
          index = scalars.index(after: index)
        }
        // The lines may be all that there is so far: the quote is yet to come.
        guard index < text.endIndex else { return nil }
        value.append(contentsOf: repeatElement("\n", count: breaks))
        if breaks == 0 { value.append(" ") }
        fixed = value.count
      default:
        value.append(scalar)
        index = next
      }
    }
    return nil
  }

  private static func skippingBlanks(
    _ scalars: Substring.UnicodeScalarView, from start: String.Index
  ) -> String.Index {
    var index = start
    while index < scalars.endIndex, scalars[index] == " " || scalars[index] == "\t" {
      index = scalars.index(after: index)
    }
    return index
  }

  /// Reads the escape behind a backslash; returns the index behind it.
  private static func escape(
    _ scalars: Substring.UnicodeScalarView, at start: String.Index,
    into value: inout String.UnicodeScalarView, line: Int
  ) throws(YAMLReader.Fault) -> String.Index {
    let after = scalars.index(after: start)
    let digits: Int
    switch scalars[start] {
    case "x": digits = 2
    case "u": digits = 4
    case "U": digits = 8
    default:
      guard let meant = simpleEscapes[scalars[start]] else {
        throw YAMLReader.Fault(line: line, message: "an unknown escape \\\(scalars[start])")
      }
      value.append(meant)
      return after
    }
    let hexadecimal = String(String.UnicodeScalarView(scalars[after...].prefix(digits)))
    guard hexadecimal.utf8.count == digits, !hexadecimal.hasPrefix("+"),
      let code = UInt32(hexadecimal, radix: 16), let scalar = Unicode.Scalar(code)
    else { throw YAMLReader.Fault(line: line, message: "an escape that is no character") }
    value.append(scalar)
    return scalars.index(after, offsetBy: digits)
  }

  private static let simpleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "\0", "a": "\u{7}", "b": "\u{8}", "t": "\t", "\t": "\t", "n": "\n", "v": "\u{B}",
    "f": "\u{C}", "r": "\r", "e": "\u{1B}", " ": " ", "\"": "\"", "/": "/", "\\": "\\",
    "N": "\u{85}", "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
  ]
}
