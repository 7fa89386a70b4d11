internal import Tables

/// Running text with pieces of code in it, such as formulas and file names.
///
///     let line: Prose = "\(240) rows of \(code: "runs.csv")"
struct Prose: ExpressibleByStringInterpolation, Hashable {
  /// A piece.
  enum Part: Hashable {
    case text(String)
    case code(String)
  }

  private(set) var parts: [Part]

  struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { parts.append(.text(literal)) }
    mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.append(.text(value.description))
    }
    mutating func appendInterpolation(code: String) { parts.append(.code(code)) }
    mutating func appendInterpolation(_ prose: Prose) { parts += prose.parts }
  }

  init(stringLiteral text: String) { parts = [.text(text)] }
  init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }
  init(_ text: String) { parts = [.text(text)] }

  static func + (left: Prose, right: Prose) -> Prose { "\(left)\(right)" }

  /// Everything as it is.
  var plain: String {
    parts.map { part in
      switch part {
      case .text(let text), .code(let text): text
      }
    }.joined()
  }

  var html: String {
    parts.map { part in
      switch part {
      case .text(let text): HTMLText.escaped(text)
      case .code(let text): "<code>\(HTMLText.escaped(text))</code>"
      }
    }.joined()
  }

  var markdown: String {
    parts.map { part in
      switch part {
      case .text(let text): Block.escaped(InputFault.oneLine(text))
      case .code(let text): Self.quoted(InputFault.oneLine(text))
      }
    }.joined()
  }

  /// Code between more back quotes than it has in a row.
  private static func quoted(_ code: String) -> String {
    let longest = code.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let space = longest > 0 ? " " : ""
    return fence + space + code + space + fence
  }
}
