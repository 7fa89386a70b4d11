extension Law {
  /// `E + A / x^alpha` in any one variable: map `x` to a column.
  public static let power = powerLaw(
    name: "power", variable: Variable("x", "any positive quantity of scale", unit: "any"),
    constants: [])

  /// `E + A / N^alpha`: loss against parameters.
  public static let powerParams = powerLaw(
    name: "power-params", variable: .params,
    constants: [
      PublishedConstants(
        "kaplan",
        citation: "Kaplan et al. 2020, arXiv:2001.08361, equation 1.1",
        values: ["E": 0, "A": 11.475739550450955, "alpha": 0.076],
        verification: .secondary,
        note: "Published as (8.8e13/N)^0.076; N without embeddings, trained to convergence.")
    ])

  /// `E + A / D^alpha`: loss against tokens.
  public static let powerData = powerLaw(
    name: "power-data", variable: .tokens,
    constants: [
      PublishedConstants(
        "kaplan",
        citation: "Kaplan et al. 2020, arXiv:2001.08361, equation 1.2",
        values: ["E": 0, "A": 20.16403335564776, "alpha": 0.095],
        verification: .secondary,
        note: "Published as (5.4e13/D)^0.095; large models, stopped early.")
    ])

  /// `E + A / C^alpha`: loss against training compute.
  public static let powerCompute = powerLaw(
    name: "power-compute", variable: .compute,
    constants: [
      PublishedConstants(
        "cerebras",
        citation: "Dey et al. 2023, arXiv:2304.03208, equation 1",
        values: ["E": 0.5066, "A": 47.716027455717274, "alpha": 0.0737],
        verification: .secondary,
        note: """
          Published as (C/5.984e22)^-0.0737 + 0.5066 for the Pile, with the authors' own count of \
          FLOP. Very weakly identified: seven runs on one line.
          """),
      PublishedConstants(
        "kaplan",
        citation: "Kaplan et al. 2020, arXiv:2001.08361, equation 1.3",
        values: ["E": 0, "A": 26.387228133174904, "alpha": 0.05],
        verification: .secondary,
        note: "Published as (3.1e8/C)^0.050 with C in PF-days of 8.64e19 FLOP, optimal allocation."
      ),
    ])

  /// The floor enters linearly, and so does A, which is why this form and not (x/x0)^-alpha:
  /// a search then runs over alpha alone.
  private static func powerLaw(
    name: String, variable: Variable, constants: [PublishedConstants]
  ) -> Law {
    Law(
      name: name,
      title: "Power law with a floor in \(variable.name) (\(variable.meaning))",
      summary: """
        Loss falls as a power of one quantity towards a floor E. Use it along a line of runs \
        (one size of model, one budget rule, one data set). Runs that span under two decades \
        rarely identify the floor; E and alpha then trade off and extrapolation is a guess.
        """,
      formula: """
        0 < alpha < 2
        A > 0; E >= 0
        loss ~ E + A / \(variable.name)^alpha
        """,
      citation: "Hestness et al. 2017, arXiv:1712.00409; Kaplan et al. 2020, arXiv:2001.08361",
      variables: [variable, .loss],
      parameters: [
        Parameter(
          "E", "loss in the limit of unbounded \(variable.name)", unit: "nats per token",
          search: .floor),
        Parameter("A", "amplitude", unit: "nats per token", search: .logarithmic(1e-2, 1e12)),
        Parameter("alpha", "exponent", search: .linear(0.02, 1.2)),
      ],
      constants: constants)
  }
}
