extension BankKind {
  /// Decays, growth and saturation in one column.
  static let curves: [BankKind] = [
    BankKind(
      "exp-decay", "y ~ c + a*exp(-k*x)", "x = 0..1 even * unit",
      "c = 1..3; a = 0.6..3; k = 2..14 log / unit"),
    BankKind(
      "exp-tau-shift", "y ~ c + a*exp(-x/tau); a > 0; tau > 0", "x = 0..1 even * unit",
      "c = 1.2..2.8; a = 0.9..3; tau = 0.05..0.13 * unit"),
    BankKind(
      "biexponential", "y ~ c + a*exp(-k*x) + b*exp(-l*x)", "x = 0..1 even * unit",
      """
      c = 1..2; a = 1..1.7; k = 2..3.5 / unit; b = 1.1..1.5; l = 20..50 log / unit
      """, rows: [40, 100, 160]
    ).with(noise: 0.004),
    BankKind(
      "stretched-exp", "y ~ c + a*exp(-(x/t)^b); b > 0; t > 0", "x = 0.001..1 even log * unit",
      "c = 1..1.9; a = 1.2..1.9; t = 0.05..0.3 log * unit; b = 0.45..1.15"),
    BankKind(
      "hill", "y ~ b + a*x^n/(x^n+K^n)", "x = 0.001..1 even log * unit",
      "b = 0.1..0.3; a = 0.75..1.4; n = 1..2.8; K = 0.02..0.11 log * unit"),
    BankKind(
      "gompertz", "y ~ a*exp(-exp(-k*(x-m)))", "x = 0.02..1 even * unit",
      "a = 0.7..1.65; k = 5..20 log / unit; m = 0.2..0.6 * unit"
    ).with(isPositive: false),
    BankKind(
      "weibull", "y ~ a - b*exp(-(x/s)^k)", "x = 0.02..1 even * unit",
      "a = 0.8..1.2; b = 0.5..0.7; s = 0.23..0.5 * unit; k = 1.8..3.9"),
    BankKind(
      "michaelis", "y ~ V*x/(K+x)", "x = 0.02..1 even * unit",
      "V = 0.6..1.7; K = 0.05..0.2 log * unit"),
    BankKind(
      "mmf", "y ~ (a*b + c*x^d)/(b + x^d)", "x = 0.001..1 even log * unit",
      "a = 0.14..0.24; c = 0.7..0.92; d = 0.68..1.1; b = 0.02..0.2 log * unit^d"),
    BankKind(
      "janoschek", "y ~ a - (a-b)*exp(-k*x^d)", "x = 0.001..1 even log * unit",
      "a = 0.8..1; b = 0.13..0.2; d = 0.57..1.1; k = 2.5..8 log / unit^d"),
    BankKind(
      "vapor", "y ~ exp(a + b/x + c*log(x))", "x = 0.03..1 even log * unit",
      "c = -0.15..-0.05; a = 0.2..0.8 - c*log(unit); b = 0.024..0.047 * unit", rows: [60, 160]),
    BankKind(
      "rational", "y ~ (a + b*x)/(1 + c*x + d*x^2)", "x = 0..1 even * unit",
      "a = 0.5..0.9; b = 1.3..3.5 / unit; c = -0.9..0.6 / unit; d = 3.2..7 / unit^2",
      rows: [24, 40, 160]
    ).with(noise: 0.004),
  ]
}
