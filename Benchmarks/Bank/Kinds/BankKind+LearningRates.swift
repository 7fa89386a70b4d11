extension BankKind {
  private static let batches = """
    B = 16|32|64|128|256|512|1024|2048; D = 2e9..1e11 log; N = 6e7..1e9 log
    """

  /// Laws in the learning rate and batch size, whose best values move with parameters and tokens.
  static let learningRates: [BankKind] = [
    BankKind(
      "lr-parabola", "y ~ E + A/N^a + c*(log(lr) - (m + s*log(N)))^2",
      "lr = 3e-5..0.032 log * unit; N = 1e7..3e9 log",
      """
      E = 1.65..2; a = 0.19..0.25; A = 1..1.9 * 1e7^a; c = 0.012..0.05
      s = -0.36..-0.24; m = -6.3..-4 + log(unit) - s*log(1e8)
      """, rows: [60, 160], units: [1, 1e3]),
    BankKind(
      "lr-bsz",
      """
      u = log(lr); v = log(B); dev = u - (f0 + fb*v + fn*log(N) + fd*log(D))
      -1 <= E <= 3; -3 <= cP <= 3000; -5 <= aP <= 5; -3 <= cD <= 30000; -5 <= aD <= 5
      -20 <= f0 <= 20; -5 <= fb <= 5; -5 <= fn <= 5; -5 <= fd <= 5; -9 <= kl <= 10; -5 <= al <= 5
      -9 <= kb <= 10; -15 <= g0 <= 15; -5 <= gd <= 5
      y ~ E + softplus(cP)*exp(-softplus(aP)*log(N)) + softplus(cD)*exp(-softplus(aD)*log(D)) \
      + softplus(kl)*dev^2*(1 + tanh(al)*tanh(dev)) + softplus(kb)*(v - (g0 + gd*log(D)))^2
      """,
      """
      lr = 3.2e-5..0.031 log * unit; B = 16|32|64|128|256|512|1024
      N = 1e8..1e9 log; D = 2e9..1e11 log
      """,
      """
      E = 1.6..1.95; aP = -1.05..-0.7; cP = 0.35..0.48 * 1e8^softplus(aP)
      aD = -0.82..-0.72; cD = 0.9..1.1 * 2e9^softplus(aD)
      fb = 0.35..0.42; fn = -0.5..-0.4; fd = 0.13..0.23
      f0 = -6.7..-4 + log(unit) - fb*log(128) - fn*log(3e8) - fd*log(1.4e10)
      kl = -4.5..-3.7; al = 0.36..0.81; kb = -4.6..-3.9; g0 = -8..-6; gd = 0.45..0.54
      """, rows: [120], units: [1, 1e-3]
    ).with(noise: 0.004),
    BankKind(
      "lr-bsz-20",
      """
      u = log(lr); v = log(B); s = log(D); p = log(N)
      dev = u - (phi0 + phi_b*v + phi_p*p + phi_d*s)
      dns = u - 0.5*v - (psi0 + psi_p*p + psi_d*s)
      -1 <= L0 <= 3; -3 <= cP <= 1200; -5 <= aP <= 5; -3 <= cD <= 12000; -5 <= aD <= 5
      -3 <= cR <= 12; -5 <= aR <= 5; -20 <= phi0 <= 3; -5 <= phi_b <= 5; -5 <= phi_p <= 5
      -5 <= phi_d <= 5; -9 <= k_lr <= 10; -5 <= a_lr <= 5; -15 <= psi0 <= 5; -5 <= psi_p <= 5
      -5 <= psi_d <= 5; -9 <= k_ns <= 10; -5 <= a_ns <= 5; -5 <= delta0 <= 10; -9 <= k_dp <= 10
      y ~ L0 + softplus(cP)*exp(-softplus(aP)*p) + softplus(cD)*exp(-softplus(aD)*s) \
      + softplus(cR)*exp(-softplus(aR)*(s - p)) + softplus(k_lr)*dev^2*(1 + tanh(a_lr)*tanh(dev)) \
      + softplus(k_ns)*dns^2*(1 + tanh(a_ns)*tanh(dns)) + softplus(k_dp)*((s - p) - delta0)^2
      """, "lr = 1e-4..0.01 log; \(batches)",
      """
      L0 = 1.55..1.9; aP = -1.02..-0.8; cP = 0.35..0.48 * 1e8^softplus(aP)
      aD = -0.87..-0.74; cD = 0.4..0.6 * 2e9^softplus(aD); cR = -1.3..-0.9; aR = -1.5..-0.85
      phi0 = -2.9..-2.1; phi_b = 0.23..0.37; phi_p = -0.39..-0.3; phi_d = 0.05..0.11
      k_lr = -4.5..-3.5; a_lr = 0.33..1; psi0 = -5.6..-5; psi_p = -0.2..-0.13
      psi_d = -0.08..-0.02; k_ns = -4.6..-4.1; a_ns = -0.95..-0.3; delta0 = 3.2..4.4
      k_dp = -5.1..-4.6
      """, rows: [200], units: [1]
    ).with(noise: 0.004),
    BankKind(
      "lr-bsz-exp",
      """
      q = log(lr); v = log(B); d = log(D); p = log(N)
      opt = m0 + mN*p + mD*d + mB*v; ce = C0*exp(CN*p + CB*v)
      0.5 <= E <= 3; 0 <= A <= 5e5; 0.05 <= alpha <= 2; 0 <= G <= 5e5; 0.05 <= beta <= 2
      0 <= C0 <= 3; -3 <= CN <= 3; -3 <= CB <= 3; -20 <= m0 <= 5; -10 <= mN <= 3; -10 <= mD <= 3
      -10 <= mB <= 3; 0 <= G0 <= 3; -15 <= n0 <= 15; -3 <= nD <= 3
      y ~ E + A*N^(-alpha) + G*D^(-beta) + ce*(q - opt)^2 + G0*(v - n0 - nD*d)^2
      """, "lr = 1e-4..0.01 log; \(batches)",
      """
      E = 1.8..1.9; alpha = 0.3..0.36; A = 0.35..0.5 * 6e7^alpha
      beta = 0.31..0.37; G = 0.4..0.6 * 2e9^beta; C0 = 0.14..0.18; CN = -0.1..-0.055
      CB = -0.06..-0.055; m0 = -2.6..-2.2; mN = -0.37..-0.3; mD = 0.1..0.12; mB = 0.27..0.31
      G0 = 0.009..0.0135; n0 = -7.7..-6.4; nD = 0.51..0.54
      """, rows: [160], units: [1]
    ).with(noise: 0.004),
    twoQuadraticExponentials,
  ]

  /// Two exponentials of quadratic forms in four logarithms: thirty-one parameters.
  private static var twoQuadraticExponentials: BankKind {
    let names = ["a", "b", "c", "d"]
    let pairs = names.indices.flatMap { first in
      names.indices.filter { $0 > first }.map { (names[first], names[$0]) }
    }
    let monomials = names + names.map { "\($0)*\($0)" } + pairs.map { "\($0)*\($1)" }
    func exponential(from first: Int) -> String {
      let terms = monomials.enumerated().map { "w\(first + 1 + $0)*\($1)" }
      return "exp(w\(first) + \(terms.joined(separator: " + ")))"
    }
    let bounds = (0..<30).map { number in
      let size = number % 15 == 0 ? "60" : number % 15 < 5 ? "2.5" : "0.05"
      return "-\(size) <= w\(number) <= \(size)"
    }
    return BankKind(
      "two-exp-quadratic",
      """
      a = log(lr); b = log(B); c = log(D); d = log(N); 0 <= E <= 2.5; \
      \(bounds.joined(separator: "; "))
      y ~ E + \(exponential(from: 0)) + \(exponential(from: 15))
      """, "lr = 1e-4..0.01 log; \(batches)",
      twoQuadraticTruth, rows: [200], units: [1]
    ).with(noise: 0.004)
  }

  /// The constants are set so that both exponentials are near one half where log lr is -7, log B 5,
  /// log D 23.3 and log N 19.3, in the middle of the rows.
  private static var twoQuadraticTruth: String {
    let middles = ["-7", "5", "23.3", "19.3"]
    let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    var lines = ["E = 1.15..1.25"]
    for (first, slopes) in [
      (0, ["0.7..0.85", "-0.7..0.03", "-0.52..-0.47", "-0.77..-0.54"]),
      (15, ["0.1..0.22", "-0.21..0.09", "-1.02..-0.66", "-0.54..-0.35"]),
    ] {
      var terms: [String] = []
      for place in 0..<4 {
        lines.append("w\(first + 1 + place) = \(slopes[place])")
        lines.append("w\(first + 5 + place) = 0.01..0.025")
        terms.append("w\(first + 1 + place)*(\(middles[place]))")
        terms.append("w\(first + 5 + place)*(\(middles[place]))^2")
      }
      for (number, pair) in pairs.enumerated() {
        lines.append("w\(first + 9 + number) = -0.01..0.01")
        terms.append("w\(first + 9 + number)*(\(middles[pair.0]))*(\(middles[pair.1]))")
      }
      lines.append("w\(first) = -1.2..-0.3 - (\(terms.joined(separator: " + ")))")
    }
    return lines.joined(separator: "\n")
  }
}
