extension Law {
  /// A law whose data exponent depends on N, Farseer (arXiv:2506.10972).
  public static let farseer = Law(
    name: "farseer",
    title: "Farseer: the data term depends on the size of the model",
    summary: """
      Floor, amplitude and exponent of the data term are each a stretched exponential in N, so the \
      best ratio D/N can drift with scale, which chinchilla excludes. It has nine parameters, none \
      of them linear: use it with a hundred runs or more, and compare its extrapolation with \
      chinchilla's. Names follow the paper: capitals and small letters differ.
      """,
    formula: """
      -10 < s < 0
      0 < q < 1
      -20 < S < 20
      0 < B < 1e6
      -1 < b < 0
      -50 < Q < 50
      -50 < A < 0
      0 < a < 1
      -50 < E < 50
      base = exp(s * N^q + S)
      logAmplitude = B * N^b + Q
      exponent = exp(A * N^a + E)
      loss ~ base + exp(logAmplitude - exponent * log(D))
      """,
    citation: "Li et al. 2025, arXiv:2506.10972",
    variables: [
      .params, .tokens, Variable("loss", "loss, normalised as in the fitted runs", unit: "any"),
    ],
    parameters: [
      Parameter("s", "slope of the log floor in N^q, negative", search: .linear(-1, -1e-3)),
      Parameter("q", "power of N in the log floor", search: .linear(0.02, 0.5)),
      Parameter("S", "log floor at N = 0", search: .linear(-3, 3)),
      Parameter("B", "slope of the log amplitude in N^b", search: .logarithmic(1, 1e4)),
      Parameter("b", "power of N in the log amplitude, negative", search: .linear(-0.5, -0.02)),
      Parameter("Q", "log amplitude of an infinite model", search: .linear(-5, 5)),
      Parameter("A", "slope of the log exponent in N^a, negative", search: .linear(-5, -0.01)),
      Parameter("a", "power of N in the log exponent", search: .linear(0.01, 0.3)),
      Parameter("E", "log exponent at N = 0", search: .linear(-3, 8)),
    ],
    constants: [
      PublishedConstants(
        "farseer",
        citation: "Li et al. 2025, arXiv:2506.10972",
        values: [
          "s": -0.062465473, "q": 0.13, "S": 0.1284880679, "B": 230.73437076, "b": -0.1729,
          "Q": -1.544209554, "A": -1.665630816, "a": 0.0459, "E": 3.1333471988,
        ],
        verification: .secondary,
        note: """
          The loss is in the authors' normalised unit (about 0.43 to 0.68 over their runs), not \
          nats per token. No worked example was found to check them against.
          """)
    ]
  )
}
