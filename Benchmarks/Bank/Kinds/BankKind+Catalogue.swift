import ScalingLaws

extension BankKind {
  /// The laws of the catalogue, near their published constants.
  static let catalogue: [BankKind] =
    lossLaws
    + [
      BankKind(
        law: .overtraining, counts, "E = 1.65..1.7; p = 79..90; r = 199..370; q = 0.24..0.265",
        rows: [40, 160]),
      BankKind(
        law: .downstreamError, "loss = 2..4 sorted",
        "eps = 0.86..0.9; k = 2.1..2.3; g = 0.76..0.88",
        rows: [20, 60]),
      BankKind(
        law: .clark, "N = 1e7..2e9 log; experts = 1|2|4|8|16|32|64|128|256|512",
        """
        a = -0.087..-0.085; b = -0.137..-0.128; c = 0.0094..0.0103; d = 1.09..1.13
        E_start = 2.3..3.7; E_max = 300..440
        """, rows: [60, 160]),
      BankKind(
        law: .jointMoE, "\(counts); experts = 1|2|4|8|16|32|64",
        """
        c = 1.2..1.5; a = 35..40; alpha = -0.19..-0.18; delta = -0.29..-0.2; gamma = 0.015..0.019
        b = 36..37; beta = -0.18..-0.17; omega = 0.34..0.53; zeta = -0.03..-0.023
        E_start = 2.2..3; E_max = 220..370
        """, rows: [160]),
      BankKind(
        law: .quantisation, "\(counts); P = 2|3|4|5|6|8",
        "CT = 0.054..0.089; gD = 0.46..0.53; gN = 0.52..0.6; gpost = 0.59..0.84", rows: [20, 160]),
      BankKind(
        law: .vocabulary,
        "\(counts); V = 4e3|8e3|1.6e4|3.2e4|6.4e4|1.28e5; d = 256|512|768|1024|2048",
        """
        E = 5.2..5.5; A1 = 1.7..1.9; A2 = 0.18..0.21; a2 = 0.62..0.75; B = 2.1..2.2
        beta = 0.42..0.48
        """, rows: [80]),
      BankKind(
        law: .stepLawLearningRate, counts, "k = 1.9..2.1; a = -0.71..-0.69; b = 0.31..0.33",
        rows: [14, 40, 160]),
      BankKind(law: .stepLawBatch, counts, "k = 0.5..0.6; c = 0.5..0.59", rows: [30, 60]),
      BankKind(
        law: .criticalBatch, "loss = 2..5 sorted", "B = 2e8..3e8 log; alpha = 0.2..0.22",
        rows: [40, 100]),
    ]

  private static let lossLaws: [BankKind] = [
    BankKind(
      law: .chinchilla, counts,
      """
      E = 1.65..1.9; alpha = 0.28..0.36; A = 1.4..2.2 * 3e7^alpha
      beta = 0.3..0.4; B = 1.9..4.2 * 1e8^beta
      """, rows: [20, 60, 100]),
    BankKind(
      law: .chinchillaTied, counts,
      """
      E = 1.65..1.9; alpha = 0.28..0.36; A = 1.1..2 * 3e7^alpha; B = 1.9..3.5 * 1e8^alpha
      """, rows: [20, 60, 100]),
    BankKind(
      law: .kaplan, counts,
      "Nc = 2.7e13..9.3e13 log; Dc = 7e12..1.7e13 log; alphaN = 0.07..0.076; alphaD = 0.085..0.1",
      rows: [24, 100]),
    power(.power, "x"), power(.powerParams, "N"), power(.powerData, "D"), power(.powerCompute, "C"),
    BankKind(
      law: .brokenPower, "x = 10..1e6 even log",
      """
      a = 0.24..0.29; b = 3.5..4; c0 = 0.07..0.14; c1 = 0.55..1.1; d1 = 1.4e4..2.5e4
      f1 = 0.12..0.45
      """, rows: [40]),
    BankKind(
      law: .dataConstrained, repeated,
      """
      E = 1.85..2; alpha = 0.35..0.38; A = 0.98..1.95 * 1e7^alpha
      beta = alpha + 0.01; B = 1.2..1.7 * 1e8^beta; Rd = 14..18; Rn = 3..7
      """, rows: [100]),
    BankKind(
      law: .farseer, counts,
      """
      s = -0.06..-0.055; q = 0.128..0.135; S = 0.11..0.14; B = 215..250; b = -0.18..-0.172
      Q = -1.75..-1.55; A = -1.8..-1.68; a = 0.0455..0.0485; E = 3.05..3.3
      """, rows: [160]),
    BankKind(
      law: .precision, "\(counts); P = \(bits)",
      """
      E = 1.7..1.85; alpha = 0.34..0.36; A = 1.2..1.7 * 3e7^alpha; gamma = 1.8..3.1
      beta = 0.35..0.4; B = 4..4.9 * 1e8^beta
      """, rows: [70]),
    BankKind(
      law: .precisionSplit, "\(counts); Pw = \(bits); Pa = \(bits); Pkv = \(bits)",
      """
      E = 1.66..1.82; alpha = 0.3..0.4; A = 1..1.6 * 3e7^alpha
      beta = 0.36..0.365; B = 3.9..4.3 * 1e8^beta; gw = 1.7..3.7; ga = 2.1..2.3; gkv = 1..1.85
      """, rows: [140]),
  ]

  private static func power(_ law: Law, _ column: String) -> BankKind {
    BankKind(
      law: law, "\(column) = 1e7..1e11 even log",
      "E = 1.5..1.95; alpha = 0.28..0.5; A = 1.1..3 * 1e7^alpha", rows: [24, 30, 40, 160])
  }
}
