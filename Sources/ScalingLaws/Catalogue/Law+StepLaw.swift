extension Law {
  /// Best peak learning rate against N and D, Step Law (arXiv:2503.04715).
  public static let stepLawLearningRate = Law(
    name: "steplaw-lr",
    title: "Step law: best peak learning rate",
    summary: """
      The learning rate at which the final loss is lowest, as a power law in N and D. Fit it to \
      one row per (N, D) that holds the best rate found. The constants hold for AdamW with a \
      cosine schedule to a small fixed final rate; another optimiser or schedule needs its own.
      """,
    formula: """
      k > 0
      -2 < a < 2
      -2 < b < 2
      lr ~ k * N^a * D^b
      """,
    citation: "Li et al. 2025, arXiv:2503.04715",
    variables: [
      Variable("N", "model parameters without embeddings", unit: "parameters"), .tokens,
      Variable("lr", "best peak learning rate", unit: "1"),
    ],
    parameters: [
      Parameter("k", "learning rate at N = D = 1", search: .logarithmic(1e-4, 1e4)),
      Parameter("a", "exponent of parameters", search: .linear(-1.2, 0.2)),
      Parameter("b", "exponent of tokens", search: .linear(-0.5, 0.8)),
    ],
    objective: .logLeastSquares,
    constants: [
      PublishedConstants(
        "steplaw",
        citation: "Li et al. 2025, arXiv:2503.04715, mean of the 1000 released bootstrap fits",
        values: ["k": 1.7973, "a": -0.712922, "b": 0.307491],
        verification: .file,
        note: "Printed rounded as 1.79 N^-0.713 D^0.307.")
    ]
  )

  /// Best batch size against D, Step Law (arXiv:2503.04715).
  public static let stepLawBatch = Law(
    name: "steplaw-batch",
    title: "Step law: best batch size",
    summary: """
      The batch in tokens at which the final loss is lowest, as a power law in D alone. Fit it to \
      one row per (N, D) that holds the best batch found. It says nothing of the largest batch \
      that still saves time: see critical-batch.
      """,
    formula: """
      k > 0
      -2 < c < 2
      batch ~ k * D^c
      """,
    citation: "Li et al. 2025, arXiv:2503.04715",
    variables: [.tokens, Variable("batch", "best batch size", unit: "tokens")],
    parameters: [
      Parameter("k", "batch at D = 1", unit: "tokens", search: .logarithmic(1e-4, 1e6)),
      Parameter("c", "exponent of tokens", search: .linear(0, 1.2)),
    ],
    objective: .logLeastSquares,
    constants: [
      PublishedConstants(
        "steplaw",
        citation: "Li et al. 2025, arXiv:2503.04715, mean of the 1000 released bootstrap fits",
        values: ["k": 0.580688, "c": 0.570944],
        verification: .file,
        note: "Printed rounded as 0.58 D^0.571.")
    ]
  )
}
