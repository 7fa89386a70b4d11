extension Law {
  /// Loss of over-trained models with one exponent.
  ///
  /// Source: Gadre et al., arXiv:2403.08540.
  public static let overtraining = Law(
    name: "overtraining",
    title: "Over-training: loss at a token multiplier M = D/N",
    summary: """
      Along a fixed ratio M = D/N the loss is a power law of compute with the same exponent for \
      every M. Use it to extrapolate over-trained models from a handful of small runs. It is \
      chinchilla with tied exponents in other symbols, so it cannot show that N and D should \
      grow at different rates.
      """,
    formula: """
      0 < q < 2
      p > 0; r > 0; E >= 0
      M = D / N
      # equal to E + (a M^eta + b M^-eta) C^-eta with eta = q/2, C = 6ND, p = a 6^-eta, r = b
      loss ~ E + p / N^q + r * 6^(-q / 2) / (M * N)^q
      """,
    citation: "Gadre et al. 2024, arXiv:2403.08540, in the form of the authors' code",
    variables: [.params, .tokens, .loss],
    parameters: [
      Parameter("E", "irreducible loss", unit: "nats per token", search: .floor),
      Parameter(
        "p", "amplitude of the parameter term", unit: "nats per token",
        search: .amplitude),
      Parameter(
        "r", "amplitude of the data term, before the factor 6^(-q/2)",
        unit: "nats per token", search: .amplitude),
      Parameter("q", "exponent, twice that of compute", search: .exponent),
    ],
    objective: .leastSquares,
    constants: [
      PublishedConstants(
        "gadre-redpajama",
        citation: "Gadre et al. 2024, arXiv:2403.08540, refit of the published runs",
        values: [
          "E": 1.8366483785768928, "p": 166.2109837502142, "r": 366.68717389203874,
          "q": 0.27285070252505433,
        ],
        verification: .refit,
        note: "Trained on RedPajama, loss on C4: the five runs of the authors."),
      PublishedConstants(
        "gadre-c4",
        citation: "Gadre et al. 2024, arXiv:2403.08540, refit of the published runs",
        values: [
          "E": 1.5082605391878035, "p": 113.69260250128602, "r": 189.51551934785508,
          "q": 0.24247223872137944,
        ],
        verification: .refit,
        note: "Trained on C4, loss on C4: the five runs of the authors."),
      PublishedConstants(
        "gadre-refinedweb",
        citation: "Gadre et al. 2024, arXiv:2403.08540, refit of the published runs",
        values: [
          "E": 1.7344620998285831, "p": 125.09569749334766, "r": 246.2066914258752,
          "q": 0.25439484580692506,
        ],
        verification: .refit,
        note: "Trained on RefinedWeb, loss on C4: the five runs of the authors."),
    ]
  )

  /// Average task error from loss.
  ///
  /// Source: Gadre et al., arXiv:2403.08540.
  public static let downstreamError = Law(
    name: "downstream-error",
    title: "Downstream error from loss",
    summary: """
      The error averaged over many tasks falls exponentially in the loss, from a ceiling eps. Use \
      it after a loss law to predict benchmarks. It holds for averages over tasks, seldom for one \
      task, and only for one pre-training corpus at a time.
      """,
    formula: """
      eps > 0; k > 0
      0 < g < 10
      error ~ eps - k * exp(-g * loss)
      """,
    citation: "Gadre et al. 2024, arXiv:2403.08540",
    variables: [.loss, Variable("error", "top-1 error averaged over tasks", unit: "1")],
    parameters: [
      Parameter("eps", "error of a model that knows nothing", search: .linear(0.3, 1)),
      Parameter("k", "amplitude", search: .logarithmic(0.05, 100)),
      Parameter("g", "rate", unit: "1/nat", search: .linear(0.05, 3)),
    ],
    objective: .leastSquares,
    constants: [
      PublishedConstants(
        "gadre-redpajama",
        citation: "Gadre et al. 2024, arXiv:2403.08540, refit of the published runs",
        values: ["eps": 0.8569919067677836, "k": 2.2064906384823146, "g": 0.7145906623853213],
        verification: .refit,
        note: "Trained on RedPajama: mean error over 17 tasks against loss on C4, six runs."),
      PublishedConstants(
        "gadre-c4",
        citation: "Gadre et al. 2024, arXiv:2403.08540, refit of the published runs",
        values: ["eps": 0.8497422902788823, "k": 2.078899218912729, "g": 0.7561191505706638],
        verification: .refit,
        note: "Trained on C4: mean error over 17 tasks against loss on C4, six runs."),
      PublishedConstants(
        "gadre-refinedweb",
        citation: "Gadre et al. 2024, arXiv:2403.08540, refit of the published runs",
        values: ["eps": 0.8652794955053512, "k": 2.2148158494890002, "g": 0.7070487053833677],
        verification: .refit,
        note: "Trained on RefinedWeb: mean error over 17 tasks against loss on C4, six runs."),
    ]
  )
}
