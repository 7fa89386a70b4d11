extension Law {
  /// Chinchilla in effective parameters and tokens.
  ///
  /// Source: Muennighoff et al., arXiv:2305.16264.
  public static let dataConstrained = Law(
    name: "data-constrained",
    title: "Data-constrained: repeated tokens and excess parameters are worth less",
    summary: """
      Chinchilla in which repeats of U unique tokens, and parameters beyond what U tokens can use, \
      count for less and less. Use it when a run passes over its data more than once. It needs \
      runs with many epochs to identify Rd and oversized models to identify Rn; otherwise fix both \
      at published values. Up to four epochs it differs little from chinchilla.
      """,
    formula: """
      0 < alpha < 2
      0 < beta < 2
      A > 0; B > 0; E >= 0
      Rd > 0; Rn > 0
      UD = min(U, D)
      G = (alpha * A / (beta * B))^(1 / (alpha + beta))
      Nopt = G * (G * UD)^(beta / alpha)   # parameters that UD fresh tokens call for
      UN = min(N, Nopt)
      # -expm1(-x) is 1 - exp(-x) without the loss of digits that fakes a minimum at large Rn
      Deff = UD * (1 - Rd * expm1(-(D / UD - 1) / Rd))
      Neff = UN * (1 - Rn * expm1(-(N / UN - 1) / Rn))
      loss ~ E + A / Neff^alpha + B / Deff^beta
      """,
    citation: "Muennighoff et al. 2023, arXiv:2305.16264",
    variables: [.params, .tokens, .unique, .loss],
    parameters: [
      Parameter(
        "E", "loss of an infinite model on infinite data", unit: "nats per token",
        search: .floor),
      Parameter(
        "A", "amplitude of the parameter term", unit: "nats per token",
        search: .amplitude),
      Parameter("B", "amplitude of the data term", unit: "nats per token", search: .amplitude),
      Parameter("alpha", "exponent of effective parameters", search: .exponent),
      Parameter("beta", "exponent of effective tokens", search: .exponent),
      Parameter(
        "Rd", "repeats after which a repeat is worth 1/e of fresh data", unit: "epochs",
        search: .logarithmic(0.5, 200)),
      Parameter(
        "Rn", "like Rd, for parameters beyond the optimum of the unique data",
        search: .logarithmic(0.5, 200)),
    ],
    constants: [
      PublishedConstants(
        "muennighoff",
        citation: "Muennighoff et al. 2023, arXiv:2305.16264, notebook cells 25 and 29",
        values: [
          "E": 1.8691436784054858, "A": 520.8249516599187, "B": 1487.716093782861,
          "alpha": 0.3526596, "beta": 0.3526596, "Rd": 15.387756, "Rn": 5.309743,
        ],
        verification: .file,
        note: """
          C4; alpha = beta was imposed. A local minimum of its objective: Rd is not identified by \
          the published runs.
          """)
    ]
  )
}
