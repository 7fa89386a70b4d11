extension Law {
  /// `E + A / N^alpha + B / D^beta`.
  ///
  /// Source: Hoffmann et al., arXiv:2203.15556.
  public static let chinchilla = Law(
    name: "chinchilla",
    title: "Chinchilla: additive power laws in N and D",
    summary: """
      Loss is a floor E plus one term that falls with parameters and one that falls with tokens. \
      The first law to try for a sweep over model size and data in which no token is repeated. \
      It needs runs at several ratios D/N: with D a fixed multiple of N, alpha and beta cannot be \
      told apart. Do not use it for repeated data (data-constrained) or routed models (joint-moe).
      """,
    formula: """
      0 < alpha < 2
      0 < beta < 2
      A > 0; B > 0; E >= 0
      loss ~ E + A / N^alpha + B / D^beta
      """,
    citation: "Hoffmann et al. 2022, arXiv:2203.15556, equation 2 and approach 3",
    variables: [.params, .tokens, .loss],
    parameters: [
      Parameter(
        "E", "loss of an infinite model on infinite data", unit: "nats per token",
        search: .floor),
      Parameter(
        "A", "amplitude of the parameter term", unit: "nats per token",
        search: .amplitude),
      Parameter("B", "amplitude of the data term", unit: "nats per token", search: .amplitude),
      Parameter("alpha", "exponent of parameters", search: .exponent),
      Parameter("beta", "exponent of tokens", search: .exponent),
    ],
    constants: [
      PublishedConstants(
        "besiroglu",
        citation: "Besiroglu et al. 2024, arXiv:2404.10102, as printed",
        values: ["E": 1.8172, "A": 482.01, "B": 2085.43, "alpha": 0.3478, "beta": 0.3658],
        verification: .secondary,
        note: """
          Refit of 240 points of Chinchilla's figure 4; tokens per parameter near 20. \
          The unrounded values are besiroglu-unrounded.
          """),
      PublishedConstants(
        "besiroglu-unrounded",
        citation: "Besiroglu et al. 2024, arXiv:2404.10102, notebook cell 24",
        values: [
          "E": 1.81686, "A": 482.00572, "B": 2085.4342, "alpha": 0.34781303, "beta": 0.36585412,
        ],
        verification: .file,
        note: "0.036 % above the minimum of its own objective; see besiroglu-minimum."),
      PublishedConstants(
        "besiroglu-minimum",
        citation: "Minimum of the objective of arXiv:2404.10102 on its 240 points",
        values: [
          "E": 1.8172180990100613, "A": 477.8258682340573, "B": 2143.417363358733,
          "alpha": 0.34731049888177445, "beta": 0.36717243262772203,
        ],
        verification: .refit,
        note: "Summed Huber loss with delta 1e-3 on log residuals: 0.00101827402."),
      PublishedConstants(
        "hoffmann",
        citation: "Hoffmann et al. 2022, arXiv:2203.15556, unrounded from its TeX source",
        values: [
          "E": 1.6933736809989528, "A": 406.4010175194737, "B": 410.7228269450398,
          "alpha": 0.33917084, "beta": 0.2849083,
        ],
        verification: .file,
        note: """
          The optimiser stopped early (loss averaged, not summed), so it does not fit the paper's \
          own points and disagrees with the paper's approaches 1 and 2.
          """),
      PublishedConstants(
        "hoffmann-rounded",
        citation: "Hoffmann et al. 2022, arXiv:2203.15556, as printed",
        values: ["E": 1.69, "A": 406.4, "B": 410.7, "alpha": 0.34, "beta": 0.28],
        verification: .secondary,
        note: "Two-digit exponents move the data term by about 13 % at 1e11 tokens. Use hoffmann."
      ),
      PublishedConstants(
        "sardana",
        citation: "Constants behind Sardana et al. 2024, arXiv:2401.00448",
        values: ["E": 1.69, "A": 406.4, "B": 410.7, "alpha": 0.336, "beta": 0.283],
        verification: .refit,
        note: "Identified by reproducing the inference-aware examples of that paper."),
      PublishedConstants(
        "llama3",
        citation: "Refit of the points of Llama 3 figure 2, arXiv:2407.21783",
        values: [
          "E": 0.6046695140215766, "A": 59.14106487671697, "B": 155.1141564003453,
          "alpha": 0.31000608543347496, "beta": 0.31364306732696734,
        ],
        verification: .refit,
        note: """
          Least squares on 133 digitised points. The loss of that figure is normalised and is \
          not nats per token.
          """),
      PublishedConstants(
        "gemstones-hot",
        citation: "McLeish et al. 2025, arXiv:2502.06857, repository fit hot, delta 1e-3",
        values: [
          "E": 2.1431220979212906, "A": 213.01015416302005, "B": 4955430.138701336,
          "alpha": 0.2928686863, "beta": 0.712872206,
        ],
        verification: .file,
        note: "Checkpoints before cooldown. A, B and E are the exponentials of the stored values."
      ),
      PublishedConstants(
        "gemstones-cool-end",
        citation: "McLeish et al. 2025, arXiv:2502.06857, repository fit cool_end, delta 1e-3",
        values: [
          "E": 2.074637271528755, "A": 225.8149903173696, "B": 272093.1829270063,
          "alpha": 0.3002728205, "beta": 0.580241077,
        ],
        verification: .file,
        note: "Checkpoints after cooldown. A, B and E are the exponentials of the stored values."
      ),
    ],
    closedForm: .chinchilla(E: "E", A: "A", alpha: "alpha", B: "B", beta: "beta")
  )

  /// `E + A / N^alpha + B / D^alpha`: Chinchilla with one exponent for both terms.
  public static let chinchillaTied = Law(
    name: "chinchilla-tied",
    title: "Chinchilla with one exponent for N and D",
    summary: """
      Chinchilla with alpha = beta, so that parameters and tokens grow alike with compute. \
      Use it with few runs, or when an unrestricted fit gives exponents within their errors of \
      each other. Do not use it to find out how N and D should grow: it assumes the answer.
      """,
    formula: """
      0 < alpha < 2
      A > 0; B > 0; E >= 0
      loss ~ E + A / N^alpha + B / D^alpha
      """,
    citation: "Muennighoff et al. 2023, arXiv:2305.16264",
    variables: [.params, .tokens, .loss],
    parameters: [
      Parameter(
        "E", "loss of an infinite model on infinite data", unit: "nats per token",
        search: .floor),
      Parameter(
        "A", "amplitude of the parameter term", unit: "nats per token",
        search: .amplitude),
      Parameter("B", "amplitude of the data term", unit: "nats per token", search: .amplitude),
      Parameter("alpha", "exponent of parameters and of tokens", search: .exponent),
    ],
    constants: [
      PublishedConstants(
        "muennighoff",
        citation: "Muennighoff et al. 2023, arXiv:2305.16264, notebook cell 29",
        values: [
          "E": 1.8691436784054858, "A": 520.8249516599187, "B": 1487.716093782861,
          "alpha": 0.3526596,
        ],
        verification: .file,
        note: "C4, without repetition.")
    ],
    closedForm: .chinchilla(E: "E", A: "A", alpha: "alpha", B: "B", beta: "alpha")
  )
}
