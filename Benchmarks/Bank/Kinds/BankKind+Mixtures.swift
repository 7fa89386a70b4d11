extension BankKind {
  /// Laws of mixtures of data, in shares of their sources.
  static let mixtures: [BankKind] =
    [3, 5, 17].map(exponentialMixture) + [3, 4, 5].map(powerMixture) + boundedMixtures

  private static let boundedMixtures: [BankKind] = [
    BankKind(
      "mix-exp-bounded",
      """
      c > 0; -60 <= t1 <= 60; -60 <= t2 <= 60; -60 <= t3 <= 60; -60 <= t4 <= 60
      y ~ c + exp(lk + t1*w1 + t2*w2 + t3*w3 + t4*w4)
      """, "simplex w 5",
      "c = 1.1..1.5; lk = -0.3..0.3; \(same("t", 4, "-4..4"))", rows: [30, 40, 100], units: [1]),
    BankKind(
      "mix-power-raw",
      """
      -3 <= C0 <= 6; 0 <= A <= 10; 0 <= al <= 3; -5 <= T1 <= 5; -5 <= T2 <= 5; -5 <= T3 <= 5
      -5 <= T4 <= 5
      y ~ C0 + A*max(w1 + T1*w2 + T2*w3 + T3*w4 + T4*w5, 1e-12)^(-al)
      """, "simplex w 5",
      "C0 = 1.5..2; A = 0.6..0.7; al = 0.45..0.55; \(same("T", 4, "0.3..1.5"))", rows: [20],
      units: [1]),
  ]

  /// The same draw for several names.
  private static func same(_ name: String, _ count: Int, _ draw: String) -> String {
    (1...count).map { "\(name)\($0) = \(draw)" }.joined(separator: "; ")
  }

  private static func exponentialMixture(_ sources: Int) -> BankKind {
    let terms = (1..<sources).map { "t\($0)*w\($0)" }.joined(separator: " + ")
    return BankKind(
      "mix-exp", "y ~ c + exp(k + \(terms))", "simplex w \(sources) * unit",
      "c = 1..2; k = 0..0.8; \(same("t", sources - 1, "-3..2.5 / unit"))",
      rows: sources > 10 ? [80, 100] : [30, 40, 100, 160], units: [1, 100])
  }

  private static func powerMixture(_ sources: Int) -> BankKind {
    let terms = (1..<sources).map { "t\($0)*w\($0 + 1)" }.joined(separator: " + ")
    let bounds = (1..<sources).map { "0 <= t\($0) <= 50" }.joined(separator: "; ")
    return BankKind(
      "mix-power", "y ~ E + A*(w1 + \(terms))^(-al); E > 0; A > 0; al > 0; \(bounds)",
      "simplex w \(sources)",
      "E = 1.5..1.75; A = 0.6..0.85; al = 0.35..0.75; \(same("t", sources - 1, "0.7..2.5"))",
      rows: [40, 100], units: [1])
  }

  /// Laws of several responses that share exponents.
  static let sharedResponses: [BankKind] =
    [2, 3, 4].map(sharedExponential) + [2, 3, 4].map(sharedPower)

  private static func sharedExponential(_ responses: Int) -> BankKind {
    let numbers = 1...responses
    let terms = numbers.map { response in
      let inner = numbers.map { "W\(response)\($0)*max(p\($0), 1e-12)^al\($0)" }
      return "i\(response)*exp(b\(response) + \(inner.joined(separator: " + ")))"
    }
    let exponents = numbers.map { "-1 <= al\($0) <= 3" }
    let weights = numbers.flatMap { row in numbers.map { "-10 <= W\(row)\($0) <= 10" } }
    let truth = numbers.flatMap { row in
      ["al\(row) = 0.33..1.2", "b\(row) = 0.6..1.4"]
        + numbers.map { "W\(row)\($0) = \(row == $0 ? "-1.2..-0.55" : "-0.48..0.29")" }
    }
    return BankKind(
      "shared-exp",
      (exponents + weights + ["y ~ \(terms.joined(separator: " + "))"]).joined(separator: "; "),
      "simplex p \(responses)", truth.joined(separator: "; "),
      rows: responses == 2 ? [44, 48] : [22 * responses], units: [1]
    ).with(noise: 0.004, responses: responses)
  }

  private static func sharedPower(_ responses: Int) -> BankKind {
    let numbers = 1...responses
    let terms = numbers.map { "i\($0)*(E\($0) + A\($0)/x^a)" }
    let truth = numbers.map { "E\($0) = 1..2; A\($0) = 0.5..1.5 * 1e6^a" }
    return BankKind(
      "shared-power", "y ~ \(terms.joined(separator: " + "))", "x = 1e6..1e9 even log",
      "a = 0.21..0.4; \(truth.joined(separator: "; "))", rows: [30 * responses], units: [1]
    ).with(responses: responses)
  }
}
