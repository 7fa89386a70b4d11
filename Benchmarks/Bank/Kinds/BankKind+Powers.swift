extension BankKind {
  /// Powers of one column, plain, shifted and broken.
  static let powers: [BankKind] = [
    BankKind(
      "loglaw", "y ~ E + A/x^a", "x = 1e-4..1 even log * unit",
      "E = 1.55..1.9; a = 0.2..0.45; A = 1.5..3 * (1e-4*unit)^a"),
    BankKind(
      "xc-power", "y ~ E + (xc/x)^a; xc > 0; a > 0", "x = 1e-4..1 even log * unit",
      "E = 1.55..1.95; xc = 2e-4..6e-3 log * unit; a = 0.28..0.46"),
    BankKind(
      "shifted-power", "y ~ a/(x+b)^n", "x = 0.01..1 even log * unit",
      "b = 0.03..0.2 log * unit; n = 0.55..1.2; a = 0.1..2 log * unit^n"),
    BankKind(
      "shifted-power-floor", "y ~ c + a*(x+b)^-n", "x = 0.001..1 even log * unit",
      "c = 1..2; b = 0.003..0.1 log * unit; n = 0.4..1; a = 0.07..0.8 log * unit^n"),
    BankKind(
      "double-power", "y ~ E + A/x^a + B/x^b; A > 0; B > 0; a > 0; b > 0",
      "x = 1e-6..1 even log * unit",
      """
      E = 1.65..2; a = 0.12..0.17; A = 0.17..0.31 * unit^a
      b = 0.74..0.89; B = 3..5 * (1e-6*unit)^b
      """, rows: [60, 160]
    ).with(noise: 0.004),
    BankKind(
      "pow4", "y ~ c - (a*x+b)^(-al)", "x = 0.01..1 even log * unit",
      "c = 0.8..1; a = 34..110 log / unit; b = 1.7..2.75; al = 0.65..1.05"),
    BankKind(
      "ilog2", "y ~ c - a/log(x/s+b); s > 0; b > 1", "x = 0.001..1 even log * unit",
      "c = 0.85..1; a = 0.38..0.45; s = 0.001..0.003 log * unit; b = 2.9..4"),
    BankKind(
      "bnsl1", "y ~ a + b*x^(-c0)*(1+(x/d1)^(1/f1))^(-c1*f1); d1 > 0; f1 > 0",
      "x = 1e-5..1 even log * unit",
      """
      a = 0.1..0.32; c0 = 0.035..0.15; b = 0.6..2 log * unit^c0
      c1 = 0.35..0.52; d1 = 0.009..0.045 log * unit; f1 = 0.19..0.49
      """, rows: [40]),
    BankKind(
      "bnsl2",
      "y ~ a + b*x^(-c0)*(1+(x/d1)^(1/f1))^(-c1*f1)*(1+(x/d2)^(1/f2))^(-c2*f2); "
        + "d1 > 0; 0.02 <= f1 <= 3; d2 > 0; 0.02 <= f2 <= 3",
      "x = 1e-6..1 even log * unit",
      """
      a = 0.055..0.1; c0 = 0.06..0.1; b = 0.65..1.6 log * unit^c0
      c1 = 0.55..0.75; d1 = 2e-4..5e-4 log * unit; f1 = 0.12..0.27
      c2 = -0.39..-0.3; d2 = 0.02..0.05 log * unit; f2 = 0.1..0.28
      """, rows: [70, 100]
    ).with(noise: 0.004),
    BankKind(
      "curve-anneal", "y ~ E + A*(x+b)^(-a) - c*z^g; A > 0; a > 0; b > 0; g > 0",
      "x = 0.001..1 even log * unit; z = max(x/unit - 0.6, 0) / 0.4",
      """
      E = 1.95..2.15; b = 0.0045..0.015 log * unit; a = 0.44..0.7
      A = 1.2..1.75 * (0.006*unit)^a; c = 0.14..0.21; g = 0.6..1.3
      """, rows: [40, 100, 160]
    ).with(noise: 0.004),
  ]
}
