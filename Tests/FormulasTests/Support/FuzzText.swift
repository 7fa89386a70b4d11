/// Texts that a person, a program or a cat on the keyboard might give as a formula.
struct FuzzText {
  var random: SeededRandom

  enum Kind: String, CaseIterable, Sendable { case bytes, tokens, mutations }

  static let tokens = [
    "a", "b", "x", "loss", "pi", "α", "`a b`", "exp", "log", "log1p", "sqrt", "abs", "min(", "max(",
    "tanh(", "softplus(", "sigmoid(", "log(", "exp(", "(", "(", ")", ")", "+", "-", "-", "*", "/",
    "^", "~",
    "~", "=", "<", "<=", ">", ">=", "==", "!=", "&&", "||", "!", ",", ";", "\n", " ", "#", "\"",
    "\"hot\"",
    "'", "`", "0", "1", "2", "0.5", "1e308", "1e-308", "70B", "1.4T", ".5", "2B3", "e", "_", "&",
    "|", "$",
    "y ~ ", "a > 0", "0 < b < 2",
  ]

  static let laws = [
    "R = tokens / unique # repeats\nDeff = unique * (1 + Rstar * (1 - exp(-(R - 1) / Rstar)))\n"
      + "0 < alpha < 2; A > 0\nloss ~ E + A / x^alpha + B / Deff^beta",
    "y ~ a + b * x^(-c0) * (1 + (x / d1)^(1 / f1))^(-c1 * f1)\nd1 > 0; f1 > 0",
    "log10(loss) ~ a * log(x) + b * log(z) + c * log(x) * log(z) + d",
    "loss ~ ((Nc / x)^(alphaN / alphaD) + Dc / z)^alphaD",
    "0 < a < 2; -5 <= `b c` <= 5; A > 1.4T",
    "x > 1e8 && kind == \"hot\" || !(1 < z <= 70B)",
    "y ~ min(a, b * x, 3) - max(tanh(x - c), softplus(-z)) * sigmoid(x / d) + abs(e)",
  ]

  /// A text of fewer than 200 bytes.
  mutating func next(_ kind: Kind) -> String {
    switch kind {
    case .bytes:
      // Half of them ASCII: random bytes are mostly no UTF-8.
      let mask: UInt64 = random.next() % 2 == 0 ? 0x7f : 0xff
      let bytes = (0..<Int(random.next() % 200)).map { _ in UInt8(random.next() & mask) }
      return String(decoding: bytes, as: UTF8.self)
    case .tokens:
      var text = random.next() % 2 == 0 ? "y ~ " : ""
      // Short ones are often sound, long ones hardly ever.
      let count = Int(random.next() % (random.next() % 2 == 0 ? 5 : 30))
      for _ in 0..<count {
        let token = Self.tokens[Int(random.next() % UInt64(Self.tokens.count))]
        if text.utf8.count + token.utf8.count < 198 { text += token }
        if random.next() % 4 == 0 { text += " " }
      }
      return text
    case .mutations:
      var scalars = Array(
        Self.laws[Int(random.next() % UInt64(Self.laws.count))].unicodeScalars.prefix(150))
      for _ in 0..<(1 + random.next() % 4) { mutate(&scalars) }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    }
  }

  private mutating func mutate(_ scalars: inout [Unicode.Scalar]) {
    func place(_ random: inout SeededRandom) -> Int {
      Int(random.next() % UInt64(scalars.count + 1))
    }
    let at = place(&random)
    switch random.next() % 5 {
    case 0:
      let token = Self.tokens[Int(random.next() % UInt64(Self.tokens.count))]
      scalars.insert(contentsOf: token.unicodeScalars, at: at)
    case 1: if at < scalars.count { scalars.remove(at: at) }
    case 2:
      let other = place(&random)
      if at < scalars.count, other < scalars.count { scalars.swapAt(at, other) }
    case 3:
      let end = min(scalars.count, at + Int(random.next() % 8))
      scalars.insert(contentsOf: Array(scalars[at..<end]), at: place(&random))
    default:
      if at < scalars.count, let scalar = Unicode.Scalar(UInt32(random.next() % 0x300)) {
        scalars[at] = scalar
      }
    }
  }
}
