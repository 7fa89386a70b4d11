extension Law {
  /// Loss added by rounding the weights after training.
  ///
  /// Source: Kumar et al., arXiv:2411.04330.
  public static let quantisation = Law(
    name: "quantisation",
    title: "Quantisation after training: the loss it adds",
    summary: """
      Rounding the weights of a trained model to P bits adds to its loss, more so for models \
      trained on many tokens per parameter. Fit it to differences of the loss before and after \
      rounding, several widths and token counts together. No constants are given: none could be \
      verified.
      """,
    formula: """
      CT > 0; gD > 0; gN > 0; gpost > 0
      penalty ~ CT * D^gD / N^gN * exp(-P / gpost)
      """,
    citation: "Kumar et al. 2024, arXiv:2411.04330",
    variables: [
      .params, .tokens, Variable("P", "bits of the weights after training", unit: "bits"),
      Variable("penalty", "loss after rounding less that before", unit: "nats per token"),
    ],
    parameters: [
      Parameter("CT", "amplitude", unit: "nats per token", search: .logarithmic(1e-6, 1e6)),
      Parameter("gD", "exponent of tokens", search: .linear(0.05, 1.5)),
      Parameter("gN", "exponent of parameters", search: .linear(0.05, 1.5)),
      Parameter(
        "gpost", "bits over which the penalty falls by e", unit: "bits",
        search: .logarithmic(0.1, 10)),
    ],
    objective: .logLeastSquares)
}
