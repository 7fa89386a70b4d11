extension Law {
  /// Loss against vocabulary size.
  ///
  /// Source: Tao et al., arXiv:2407.13623.
  public static let vocabulary = Law(
    name: "vocabulary",
    title: "Vocabulary: parameters outside and inside the vocabulary, and tokens",
    summary: """
      Embedding parameters V d have an exponent of their own, so there is a best vocabulary for a \
      size of model. The loss is normalised by a unigram model, which makes vocabularies \
      comparable and the loss negative: fit raw residuals, not logs. Use it for sweeps that vary \
      V; with a single vocabulary A2 and a2 cannot be told from E.
      """,
    formula: """
      0 < beta < 2
      0 < a2 < 2
      A1 > 0; A2 > 0; B > 0
      millionN = N / 1e6           # the scales of the paper keep amplitudes near 1
      millionVd = V / 1e3 * d / 1e3
      billionD = D / 1e9
      loss ~ A1 / millionN^beta + A2 / millionVd^a2 + B / billionD^beta - E
      """,
    citation: "Tao et al. 2024, arXiv:2407.13623, approach 3",
    variables: [
      Variable("N", "parameters outside the vocabulary", unit: "parameters"),
      Variable("V", "size of the vocabulary", unit: "tokens"),
      Variable("d", "width of the embedding", unit: "1"),
      .tokens,
      Variable("loss", "cross-entropy minus that of a unigram model", unit: "nats per token"),
    ],
    parameters: [
      Parameter(
        "E", "gain over a unigram model in the limit", unit: "nats per token",
        search: .linear(1, 10)),
      Parameter(
        "A1", "amplitude per million parameters", unit: "nats per token",
        search: .logarithmic(0.01, 100)),
      Parameter(
        "A2", "amplitude per million embedding parameters", unit: "nats per token",
        search: .logarithmic(0.001, 100)),
      Parameter("a2", "exponent of embedding parameters", search: .exponent),
      Parameter(
        "B", "amplitude per billion tokens", unit: "nats per token",
        search: .logarithmic(0.01, 100)),
      Parameter("beta", "exponent of parameters and of tokens", search: .exponent),
    ],
    objective: .leastSquares,
    constants: [
      PublishedConstants(
        "tao",
        citation: "Tao et al. 2024, arXiv:2407.13623, script optimal_Nv_predict.py",
        values: [
          "E": 5.5327846803337435, "A1": 1.8313851559554126, "A2": 0.19584238398665638,
          "a2": 0.6707374679896795, "B": 2.1241123120064955, "beta": 0.44660634152009615,
        ],
        verification: .file,
        note: """
          When fitting, the authors' script turns characters into tokens with the vocabulary in \
          thousands, which makes D about three times the tokens of a 16k vocabulary; when \
          deciding it uses tokens. Trust the optimum in V, not the level of the loss.
          """)
    ]
  )
}
