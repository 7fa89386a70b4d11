/// One word of the formula language, with its place.
struct Token: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case number(Double)
    case name(String)
    case text(String)
    case symbol(Symbol)
    case endOfStatement
    case endOfText
  }

  enum Symbol: String, Sendable, Hashable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case power = "^"
    case open = "("
    case close = ")"
    case comma = ","
    case tilde = "~"
    case equals = "="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case and = "&&"
    case or = "||"
    case not = "!"
  }

  var kind: Kind
  var place: Place

  /// The token as a message names it.
  var shown: String {
    switch kind {
    case .number(let value): "the number \(value)"
    case .name(let name): "'\(name)'"
    case .text(let text): "the text \"\(text)\""
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .endOfStatement: "the end of the statement"
    case .endOfText: "the end of the text"
    }
  }
}
