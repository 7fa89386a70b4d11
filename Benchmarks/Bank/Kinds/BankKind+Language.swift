extension BankKind {
  /// Parameters and tokens, two to three hundred of them a parameter.
  static let counts = "N = 3e7..1e10 log * unit; D = 2..300 log * N"
  /// Repeated data, as in the study of data-constrained models.
  static let repeated = """
    U = 1e8|4e8|1.5e9|4e9|1.2e10 * unit; N = 5e6..5e9 log * unit; D = 1|2|4|8|16|30|60 * U
    """
  static let bits = "2|3|4|6|8|12|16"

  /// Laws of language models in parameters, tokens and what else shapes a run.
  static let language: [BankKind] = [
    BankKind(
      "chinchilla-free", "y ~ E + A/N^a + B/D^b", counts,
      """
      E = 1.65..2; a = 0.26..0.47; A = 1.4..2.2 * (3e7*unit)^a
      b = 0.25..0.44; B = 1.9..3.9 * (1e8*unit)^b
      """, rows: [20, 40, 60, 160], units: countUnits),
    BankKind(
      "farrel-interaction",
      "y ~ E + A/N^a + B/D^b + G/(N^g*D^h); A > 0; B > 0; G > 0; a > 0; b > 0; g > 0; h > 0",
      counts,
      """
      E = 1.25..1.5; a = 0.3..0.32; A = 0.75..0.95 * (3e7*unit)^a
      b = 0.29..0.37; B = 1.1..2 * (1e8*unit)^b
      g = 1; h = 0.6; G = 2..3 * (3e7*unit)^g * (1e8*unit)^h
      """, rows: [60], units: countUnits
    ).with(noise: 0.004),
    BankKind(
      "downstream-sigmoid",
      "y ~ c + h*sigmoid(k*(l0 - (A/N^a + B/D^b))); A > 0; B > 0; a > 0; b > 0; k > 0", counts,
      """
      c = 0.25; h = 0.43..0.64; k = 1; l0 = 2..2.5
      a = 0.34..0.4; A = 5.4..6 * (3e7*unit)^a; b = 0.36..0.4; B = 7.4..12.6 * (1e8*unit)^b
      """, rows: [50, 60], units: countUnits
    ).with(noise: 0.004),
    BankKind(
      "moe-sparsity", "y ~ E + A/(N*x^g)^a + B/D^b*(1 + h*log(x))",
      "\(counts); x = 1|2|4|8|16|32|64|128",
      """
      E = 1.75..1.95; a = 0.31..0.37; g = 0.27..0.49; A = 1.1..2 * (3e7*unit)^a
      b = 0.27..0.37; B = 2.3..3.4 * (1e8*unit)^b; h = 0.055..0.07
      """, rows: [70], units: countUnits),
    BankKind(
      "precision-free", "y ~ E + A/(N*(1-exp(-P/g)))^a + B/D^b; g > 0",
      "\(counts); P = \(bits)",
      """
      E = 1.6..2; a = 0.35..0.41; A = 1..1.4 * (3e7*unit)^a; g = 2.8..4
      b = 0.35..0.39; B = 2.5..4.3 * (1e8*unit)^b
      """, rows: [70, 100], units: countUnits),
    BankKind(
      "dc-rho",
      """
      RD = D/U - 1; UN = min(rho*U, N); RN = max(N/UN - 1, 0)
      Neff = UN + tN*UN*(1 - exp(-RN/tN)); Deff = U + tD*U*(1 - exp(-RD/tD))
      0.001 <= A <= 1e7; 0.001 <= tN <= 500; 0.001 <= B <= 1e7; 0.001 <= tD <= 500
      0.05 <= alpha <= 2; -3 <= C <= 10; 0.001 <= rho <= 100
      y ~ A*Neff^(-alpha) + B*Deff^(-alpha) + C
      """, repeated,
      """
      alpha = 0.36..0.42; A = 1..2 * (1e7*unit)^alpha; B = 2.1..4.1 * (1e8*unit)^alpha
      tN = 0.6..2.8; tD = 7..20; C = 1.5..1.75; rho = 0.05..0.31 log
      """, rows: [90, 100], units: [1, 1e-3]
    ).with(noise: 0.004),
    BankKind(
      "dc-f",
      """
      R = D/U; f = 1 + C*max(R - 1, 0)^c*N^d; -3 <= E <= 10; 0.001 <= A <= 1e11
      0.05 <= a <= 2; 0.001 <= B <= 1e12; 0.05 <= b <= 2; 0 <= C <= 1e4; 0 <= c <= 2; -1 <= d <= 1
      y ~ E + A*N^(-a) + B*(D/f)^(-b)
      """, repeated,
      """
      E = 1.6..1.95; a = 0.33..0.37; A = 1.2..2 * (1e7*unit)^a
      b = 0.33..0.44; B = 2.8..4.6 * (1e8*unit)^b
      d = 0.15..0.25; C = 0.05..0.11 / (1e8*unit)^d; c = 0.84..1.02
      """, rows: [90, 100], units: [1, 1e-3]
    ).with(noise: 0.004),
  ]
}
