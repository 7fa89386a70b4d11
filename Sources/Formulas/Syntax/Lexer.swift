internal import Tables

/// Splits a formula into tokens.
///
/// Numbers are `12`, `1.5e-3`, `.5`, and with a suffix as people type counts: `70B`, `1.4T`, `500M`, `4K`.
/// Names are letters, digits and `_` (any script), with dots between them (`config.lr`), or anything
/// between back quotes: `` `val loss` ``.
struct Lexer {
  /// Longer texts are refused, so that no input can exhaust memory.
  static let maximumLength = 20_000

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var place = Place()

  static func tokens(of text: String) throws(FormulaError) -> [Token] {
    var lexer = Lexer(scalars: Array(text.unicodeScalars))
    guard lexer.scalars.count <= maximumLength else {
      throw FormulaError(
        .tooLarge, at: Place(), "longer than \(maximumLength) characters; shorten the formula")
    }
    return try lexer.run()
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private func peek(_ offset: Int) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  private mutating func advance() {
    if scalars[position] == "\n" {
      place = Place(line: place.line + 1, column: 1)
    } else {
      place.column += 1
    }
    position += 1
  }

  private mutating func run() throws(FormulaError) -> [Token] {
    var tokens: [Token] = []
    while let scalar = current {
      let start = place
      switch scalar {
      case " ", "\t", "\r": advance()
      case "#": while let next = current, next != "\n" { advance() }
      case "\n", ";":
        advance()
        tokens.append(Token(kind: .endOfStatement, place: start))
      case "\"": tokens.append(Token(kind: .text(try quoted(by: "\"")), place: start))
      case "`":
        let name = try quoted(by: "`")
        guard !name.isEmpty else {
          throw FormulaError(.syntax, at: start, "an empty name between back quotes")
        }
        tokens.append(Token(kind: .name(name), place: start))
      case _ where Self.isDigit(scalar) || (scalar == "." && peek(1).map(Self.isDigit) == true):
        tokens.append(Token(kind: .number(try number()), place: start))
      case _ where Self.isNameStart(scalar):
        tokens.append(Token(kind: .name(name()), place: start))
      default: tokens.append(Token(kind: .symbol(try symbol()), place: start))
      }
    }
    tokens.append(Token(kind: .endOfText, place: place))
    return tokens
  }

  private mutating func quoted(by quote: Unicode.Scalar) throws(FormulaError) -> String {
    let start = place
    advance()
    var text = String.UnicodeScalarView()
    while let scalar = current, scalar != "\n" {
      advance()
      if scalar == quote { return String(text) }
      text.append(scalar)
    }
    throw FormulaError(.syntax, at: start, "no closing \(quote) on this line")
  }

  private mutating func name() -> String {
    var text = String.UnicodeScalarView()
    while let scalar = current,
      Self.isNamePart(scalar) || (scalar == "." && peek(1).map(Self.isNamePart) == true)
    {
      text.append(scalar)
      advance()
    }
    return String(text)
  }

  private mutating func number() throws(FormulaError) -> Double {
    let start = place
    var text = String.UnicodeScalarView()
    func take() {
      if let scalar = current { text.append(scalar) }
      advance()
    }
    while let scalar = current, Self.isDigit(scalar) || scalar == "." { take() }
    if current == "e" || current == "E" {
      let signed = peek(1) == "+" || peek(1) == "-"
      if let digit = peek(signed ? 2 : 1), Self.isDigit(digit) {
        for _ in 0..<(signed ? 2 : 1) { take() }
        while let scalar = current, Self.isDigit(scalar) { take() }
      }
    }
    // A count's suffix (70B), or a slip (2B3, 3x): implicit products are not in the language.
    while let scalar = current, Self.isNamePart(scalar) { take() }
    guard let value = Quantity.parse(String(text)), value.isFinite else {
      throw FormulaError(
        .syntax, at: start, "'\(String(text))' is no number; a product is written with '*'")
    }
    return value
  }

  private mutating func symbol() throws(FormulaError) -> Token.Symbol {
    let start = place
    guard let scalar = current else {
      throw FormulaError(.syntax, at: start, "the text ends here")
    }
    if let next = peek(1), let long = Token.Symbol(rawValue: "\(scalar)\(next)") {
      advance()
      advance()
      return long
    }
    if scalar == "*" || scalar == "&" || scalar == "|" || scalar == "'",
      let hint = Self.hints["\(scalar)\(peek(1).map(String.init) ?? "")"] ?? Self.hints["\(scalar)"]
    {
      throw FormulaError(.syntax, at: start, hint)
    }
    guard let short = Token.Symbol(rawValue: String(scalar)) else {
      throw FormulaError(.syntax, at: start, "'\(scalar)' has no meaning in a formula")
    }
    advance()
    return short
  }

  private static let hints = [
    "**": "a power is written '^', not '**'",
    "&": "'and' is written '&&'",
    "|": "'or' is written '||'",
    "'": "text goes in double quotes",
  ]

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    isNameStart(scalar) || isDigit(scalar)
  }
}
