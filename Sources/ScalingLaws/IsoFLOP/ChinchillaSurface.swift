internal import Tables

/// The loss surface `E + A / N^alpha + B / D^beta` with its closed optimum on C = 6ND.
///
///     G = (alpha A / (beta B))^(1/(alpha+beta)),  a = beta/(alpha+beta),  b = alpha/(alpha+beta)
///     N* = G (C/6)^a,   D* = (C/6)^b / G,   L* = E + K (C/6)^-gamma
///     gamma = alpha beta/(alpha+beta),   K = A G^-alpha + B G^beta
///
/// Source: Hoffmann et al. 2022, arXiv:2203.15556, equation 4.
public struct ChinchillaSurface: Sendable, Hashable {
  /// The loss of an infinite model on infinite data.
  public let E: Double
  /// The amplitude of the parameter term.
  public let A: Double
  /// The amplitude of the data term.
  public let B: Double
  /// The exponent of parameters.
  public let alpha: Double
  /// The exponent of tokens.
  public let beta: Double

  /// Makes a surface.
  ///
  /// - Throws: `AnalysisError` `badSetting` where an amplitude or exponent is not positive: there
  ///   is then no optimum.
  public init(
    E: Double, A: Double, B: Double, alpha: Double, beta: Double
  ) throws(AnalysisError) {
    for (name, value) in [("A", A), ("B", B), ("alpha", alpha), ("beta", beta)]
    where !(value > 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting,
        "\(name) is \(NumberText.shortest(value)): the law has no optimum between N and D unless it is positive"
      )
    }
    (self.E, self.A, self.B, self.alpha, self.beta) = (E, A, B, alpha, beta)
  }

  /// The surface of a fit of ``Law/chinchilla``.
  ///
  /// - Throws: `AnalysisError` `unsuitableLaw` for a law without these parameters, and as
  ///   ``init(E:A:B:alpha:beta:)``.
  public init(_ fit: LawFit) throws(AnalysisError) {
    try self.init(names: fit.parameters.map(\.name), values: fit.parameters.map(\.estimate))
  }

  init(names: [String], values: [Double]) throws(AnalysisError) {
    let found = ["E", "A", "B", "alpha", "beta"].compactMap { name in
      names.firstIndex(of: name).map { values[$0] }
    }
    guard found.count == 5 else {
      throw AnalysisError(
        .unsuitableLaw, "a law of the form E + A / N^alpha + B / D^beta is needed here")
    }
    try self.init(E: found[0], A: found[1], B: found[2], alpha: found[3], beta: found[4])
  }

  /// a, the exponent of N* in compute.
  public var paramsExponent: Double { beta / (alpha + beta) }
  /// b, the exponent of D* in compute.
  public var tokensExponent: Double { alpha / (alpha + beta) }
  /// The factor k in N* = k C^a.
  public var paramsCoefficient: Double { exponential(logG - paramsExponent * logarithm(6)) }
  /// The factor k in D* = k C^b.
  public var tokensCoefficient: Double { exponential(-logG - tokensExponent * logarithm(6)) }

  private var logG: Double { logarithm(alpha * A / (beta * B)) / (alpha + beta) }

  /// The loss of a model of N parameters trained on D tokens.
  public func loss(params: Double, tokens: Double) -> Double {
    E + A * exponential(-alpha * logarithm(params)) + B * exponential(-beta * logarithm(tokens))
  }

  /// The parameters of least loss at a budget in FLOP.
  public func optimalParams(flops: Double) -> Double {
    exponential(logG + paramsExponent * logarithm(flops / 6))
  }

  /// The tokens of least loss at a budget in FLOP.
  public func optimalTokens(flops: Double) -> Double {
    exponential(tokensExponent * logarithm(flops / 6) - logG)
  }

  /// The least compute that reaches a loss, in FLOP; infinite for a loss that is not above E.
  public func leastCompute(reaching loss: Double) -> Double {
    guard loss > E else { return .infinity }
    let K = A * exponential(-alpha * logG) + B * exponential(beta * logG)
    let gamma = alpha * beta / (alpha + beta)
    return 6 * exponential(logarithm(K / (loss - E)) / gamma)
  }

  /// The compute wasted by training N parameters on D tokens if this surface is true, in FLOP.
  ///
  ///     6 N D - 6 ((L(N, D) - E) / K)^(-1/gamma)
  ///
  /// What the run spends beyond the cheapest run of the same loss: never negative but for rounding.
  ///
  /// Source: "deadweight compute loss", Czech 2026, arXiv:2603.22339.
  public func deadweightCompute(params: Double, tokens: Double) -> Double {
    6 * params * tokens - leastCompute(reaching: loss(params: params, tokens: tokens))
  }
}
