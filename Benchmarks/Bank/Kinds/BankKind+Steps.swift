extension BankKind {
  /// Steps, bumps, hinges and waves in one column.
  static let steps: [BankKind] = [
    BankKind(
      "sigmoid-k", "y ~ b + a*sigmoid(k*(x-x0))", "x = 0.02..1 even * unit",
      "b = 0.15..0.4; a = 0.2..0.6; k = 5..20 log / unit; x0 = 0.25..0.75 * unit"),
    BankKind(
      "sigmoid-s", "y ~ b + a*sigmoid((x-x0)/s)", "x = 0.02..1 even * unit",
      "b = 0.15..0.4; a = 0.2..0.6; s = 0.025..0.15 log * unit; x0 = 0.25..0.75 * unit"),
    BankKind(
      "logistic-exp", "y ~ b + a/(1+exp(-k*(x-x0)))", "x = 0..1 even * unit",
      "b = 0.1..0.3; a = 0.2..0.6; k = 5..25 log / unit; x0 = 0.25..0.75 * unit"),
    BankKind(
      "logistic-exp-w", "y ~ b + a/(1+exp(-(x-x0)/w))", "x = 0.02..1 even * unit",
      "b = 0.2..0.4; a = 0.2..0.6; w = 0.05..0.13 log * unit; x0 = 0.25..0.75 * unit"),
    BankKind(
      "logistic-log10", "y ~ b + a*sigmoid(k*(log10(x)-m))", "x = 1e-5..1 even log * unit",
      "b = 0.2..0.3; a = 0.3..0.4; k = 2.5..4.5; m = -1.9..-1.1 + log10(unit)"),
    BankKind(
      "tanh", "y ~ b + a*tanh((x-m)/s)", "x = 0.02..1 even * unit",
      "b = 1..3; a = 0.3..0.85; m = 0.3..0.65 * unit; s = 0.05..0.3 log * unit"),
    BankKind(
      "atan-step", "y ~ b + a*atan((x-m)/s)", "x = 0..1 even * unit",
      "b = 1.8..2.1; a = 0.25..0.32; m = 0.3..0.6 * unit; s = 0.08..0.15 log * unit"),
    BankKind(
      "gaussian", "y ~ b + a*exp(-((x-m)/s)^2)", "x = 0..1 even * unit",
      "b = 0.15..0.4; a = 0.4..0.9; m = 0.25..0.65 * unit; s = 0.1..0.25 log * unit"),
    BankKind(
      "two-gaussians", "y ~ b + a*exp(-((x-m)/s)^2) + c*exp(-((x-p)/t)^2)",
      "x = 0..1 even * unit",
      """
      b = 0.2..0.3; a = 0.65..0.85; m = 0.2..0.4 * unit; s = 0.05..0.1 log * unit
      c = 0.65..0.8; p = 0.6..0.85 * unit; t = 0.05..0.1 log * unit
      """, rows: [60, 100]
    ).with(noise: 0.004),
    BankKind(
      "softplus", "y ~ b + a*softplus(k*(x-x0))", "x = 0.02..1 even * unit",
      "b = 0.25..0.4; a = 0.18..0.3; k = 5..12 log / unit; x0 = 0.3..0.65 * unit"),
    BankKind(
      "hinge", "y ~ E + A*max(x,x0)^(-a)", "x = 0.001..1 even log * unit",
      """
      E = 1.3..2; a = 0.24..0.47; x0 = 0.005..0.03 log * unit; A = 0.15..0.9 log * unit^a
      """),
    BankKind(
      "hinge-linear", "y ~ c + a*max(x-t,0) + b*x", "x = 0.02..1 even * unit",
      "c = 1..2; a = 2.2..3 / unit; b = -0.8..-0.3 / unit; t = 0.3..0.7 * unit"),
    BankKind(
      "sine", "y ~ b + a*sin(w*x+p)", "x = 0..1 sorted * unit",
      "b = 1.5..1.9; a = 0.6..0.87; w = 15..30 / unit; p = 0..3", rows: [40, 60, 100]),
    BankKind(
      "sine-trend", "y ~ b + c*exp(-k*x) + a*sin(2*pi*x/T)", "x = 0..1 sorted * unit",
      """
      b = 1.4..1.7; c = 1.6..2; k = 3.5..8.5 / unit; a = 0.2..0.36; T = 0.09..0.19 * unit
      """, rows: [50, 100]),
    BankKind(
      "sigmoid-of-loss", "y ~ c + h/(1+exp(k*(loss-l0)))", "loss = 1.8..4 sorted",
      "c = 0.25; h = 0.55..0.7; k = 3.8..9.6; l0 = 2.4..3.2", rows: [24, 60, 100], units: [1]),
  ]
}
