extension Law {
  /// `((Nc/N)^(alphaN/alphaD) + Dc/D)^alphaD`.
  ///
  /// Source: Kaplan et al., arXiv:2001.08361.
  public static let kaplan = Law(
    name: "kaplan",
    title: "Kaplan: joint law in N and D without a floor",
    summary: """
      Loss falls without a floor until parameters or data become the bottleneck. N counts \
      parameters without embeddings and D the size of the data set of an early-stopped run, not \
      tokens of one pass. Of historical interest: it overstates how fast models should grow; \
      prefer chinchilla.
      """,
    formula: """
      0 < alphaN < 2
      0 < alphaD < 2
      Nc > 0; Dc > 0
      loss ~ ((Nc / N)^(alphaN / alphaD) + Dc / D)^alphaD
      """,
    citation: "Kaplan et al. 2020, arXiv:2001.08361, equation 1.5 and table 2",
    variables: [
      Variable("N", "model parameters without embeddings", unit: "parameters"),
      Variable("D", "size of the training set", unit: "tokens"), .loss,
    ],
    parameters: [
      Parameter("Nc", "scale of parameters", unit: "parameters", search: .logarithmic(1e8, 1e18)),
      Parameter("Dc", "scale of data", unit: "tokens", search: .logarithmic(1e8, 1e18)),
      Parameter("alphaN", "exponent of parameters", search: .linear(0.02, 0.5)),
      Parameter("alphaD", "exponent of data", search: .linear(0.02, 0.5)),
    ],
    constants: [
      PublishedConstants(
        "kaplan",
        citation: "Kaplan et al. 2020, arXiv:2001.08361, table 2",
        values: ["Nc": 6.4e13, "Dc": 1.8e13, "alphaN": 0.076, "alphaD": 0.103],
        verification: .secondary,
        note: "WebText2.")
    ]
  )

  /// `B / loss^(1/alpha)`.
  ///
  /// Source: Kaplan et al., arXiv:2001.08361.
  public static let criticalBatch = Law(
    name: "critical-batch",
    title: "Critical batch size from the loss",
    summary: """
      The batch at which time and compute are traded evenly grows as a power of the falling loss. \
      Larger batches waste compute, smaller ones waste steps. The measured quantity depends on \
      optimiser and data: refit it rather than carry constants over.
      """,
    formula: """
      B > 0
      0 < alpha < 2
      batch ~ B / loss^(1 / alpha)
      """,
    citation: "Kaplan et al. 2020, arXiv:2001.08361, equation 1.4; McCandlish et al. 2018, "
      + "arXiv:1812.06162",
    variables: [.loss, Variable("batch", "critical batch size", unit: "tokens")],
    parameters: [
      Parameter("B", "batch at a loss of 1", unit: "tokens", search: .logarithmic(1e4, 1e12)),
      Parameter("alpha", "inverse exponent of the loss", search: .linear(0.05, 1)),
    ],
    objective: .logLeastSquares,
    constants: [
      PublishedConstants(
        "kaplan",
        citation: "Kaplan et al. 2020, arXiv:2001.08361, section 5.1",
        values: ["B": 2e8, "alpha": 0.21],
        verification: .secondary)
    ]
  )
}
