extension Law {
  /// Loss of routed models in base parameters and experts.
  ///
  /// Source: Clark et al., arXiv:2202.01169.
  public static let clark = Law(
    name: "clark",
    title: "Clark: routed (mixture-of-experts) models at a fixed number of tokens",
    summary: """
      log10 of the loss is bilinear in log10 of the parameters that one token uses and log10 of \
      an effective number of experts that saturates at E_max. For one router, all runs on the same \
      number of tokens (130B in the paper). E_start and E_max are weakly identified even there; \
      a, b, c and d are not. With data of varying length use joint-moe.
      """,
    formula: """
      1 <= E_start <= 20
      20 <= E_max <= 1e6
      Ehat = 1 / (1 / (experts - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max)
      logN = log10(N)
      logE = log10(Ehat)
      log10(loss) ~ a * logN + b * logE + c * logN * logE + d
      """,
    citation: "Clark et al. 2022, arXiv:2202.01169, table 3",
    variables: [
      Variable(
        "N", "parameters of the dense model without its further experts",
        unit: "parameters"),
      .experts, .loss,
    ],
    parameters: [
      Parameter("a", "slope in log10 N of a dense model", search: .linear(-0.3, 0)),
      Parameter("b", "slope in log10 of the effective experts", search: .linear(-0.5, 0)),
      Parameter("c", "how far scale weakens the gain from experts", search: .linear(-0.05, 0.05)),
      Parameter(
        "d", "log10 of the loss at N = 1 with one effective expert",
        search: .linear(0, 3)),
      Parameter("E_start", "effective experts of a dense model", search: .logarithmic(1.01, 10)),
      Parameter("E_max", "effective experts of infinitely many", search: .logarithmic(50, 5000)),
    ],
    objective: .leastSquares,
    constants: [
      clark("s-base", router: "S-BASE", [-0.082, -0.108, 0.009, 1.104, 1.847, 314.478]),
      clark("rl-r", router: "RL-R", [-0.083, -0.126, 0.012, 1.111, 1.880, 469.982]),
      clark("hash", router: "Hash", [-0.087, -0.136, 0.012, 1.157, 4.175, 477.741]),
      clarkRefit(
        "s-base-refit", router: "S-BASE",
        [-0.08302529, -0.11804367, 0.009924831, 1.113580, 2.074568, 238.6749]),
      clarkRefit(
        "rl-r-refit", router: "RL-R",
        [-0.08272954, -0.12341671, 0.011232568, 1.107013, 1.721926, 470.0534]),
      clarkRefit(
        "hash-refit", router: "Hash",
        [-0.08735670, -0.13836389, 0.012635230, 1.159531, 4.268770, 427.3230]),
    ]
  )

  /// Loss of routed models in active parameters, tokens and experts (arXiv:2502.05172).
  public static let jointMoE = Law(
    name: "joint-moe",
    title: "Joint law of routed models in active parameters, tokens and experts",
    summary: """
      Chinchilla whose amplitudes and exponents depend on the number of experts, so that one fit \
      covers dense and routed models. N counts active parameters. It has eleven parameters: fit \
      it only to a sweep that varies all three of N, D and experts; E_start and E_max may have to \
      be fixed.
      """,
    formula: """
      a > 0; b > 0; c >= 0
      -2 < alpha < 0
      -2 < beta < 0
      -3 < delta < 3
      -3 < omega < 3
      -1 < gamma < 1
      -1 < zeta < 1
      1 <= E_start <= 20
      20 <= E_max <= 1e6
      Ehat = 1 / (1 / (experts - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max)
      lnE = log(Ehat)
      paramTerm = Ehat^delta * N^(alpha + gamma * lnE)
      dataTerm = Ehat^omega * D^(beta + zeta * lnE)
      loss ~ c + a * paramTerm + b * dataTerm
      """,
    citation: "Ludziejewski et al. 2025, arXiv:2502.05172",
    variables: [
      Variable("N", "parameters active for one token", unit: "parameters"), .tokens, .experts,
      .loss,
    ],
    parameters: [
      Parameter("c", "irreducible loss", unit: "nats per token", search: .floor),
      Parameter(
        "a", "amplitude of the parameter term", unit: "nats per token",
        search: .amplitude),
      Parameter("alpha", "exponent of parameters, negative", search: .linear(-0.6, -0.03)),
      Parameter("delta", "power of experts in the parameter term", search: .linear(-1, 1)),
      Parameter("gamma", "change of alpha with ln of experts", search: .linear(-0.05, 0.05)),
      Parameter("b", "amplitude of the data term", unit: "nats per token", search: .amplitude),
      Parameter("beta", "exponent of tokens, negative", search: .linear(-0.6, -0.03)),
      Parameter("omega", "power of experts in the data term", search: .linear(-1, 1)),
      Parameter("zeta", "change of beta with ln of experts", search: .linear(-0.05, 0.05)),
      Parameter("E_start", "effective experts of a dense model", search: .logarithmic(1.01, 10)),
      Parameter("E_max", "effective experts of infinitely many", search: .logarithmic(50, 5000)),
    ],
    constants: [
      PublishedConstants(
        "ludziejewski",
        citation: "Ludziejewski et al. 2025, arXiv:2502.05172",
        values: [
          "a": 35.91, "alpha": -0.1889, "delta": -0.2285, "gamma": 0.0098, "b": 35.98,
          "beta": -0.1775, "omega": 0.5529, "zeta": -0.0259, "E_start": 2.0732,
          "E_max": 290.4521, "c": 1.3637,
        ],
        verification: .secondary,
        note: "No worked example was found to check them against.")
    ]
  )

  private static func clark(
    _ name: String, router: String, _ values: [Double]
  ) -> PublishedConstants {
    PublishedConstants(
      name, citation: "Clark et al. 2022, arXiv:2202.01169, table 3",
      values: clarkValues(values), verification: .secondary,
      note: "\(router) router, 130B tokens. Three digits: cut-offs computed from them are rough.")
  }

  private static func clarkRefit(
    _ name: String, router: String, _ values: [Double]
  ) -> PublishedConstants {
    PublishedConstants(
      name, citation: "Least squares on the published runs of Clark et al. 2022, arXiv:2202.01169",
      values: clarkValues(values), verification: .refit,
      note: """
        \(router) router, 130B tokens. E_start and E_max are weakly identified; the paper chose \
        them by cross-validation.
        """)
  }

  private static func clarkValues(_ values: [Double]) -> [String: Double] {
    let names = ["a", "b", "c", "d", "E_start", "E_max"]
    return Dictionary(uniqueKeysWithValues: zip(names, values))
  }
}
