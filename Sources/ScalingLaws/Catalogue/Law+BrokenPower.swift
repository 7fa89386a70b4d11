extension Law {
  /// A power law that bends once into another one.
  ///
  /// Source: Caballero et al., arXiv:2210.14891.
  public static let brokenPower = Law(
    name: "bnsl",
    title: "Broken neural scaling law with one break",
    summary: """
      A power law in x of exponent c0 that turns at d1 into one of exponent c0 + c1, smoothly over \
      a width f1, above a floor a. Use it for metrics with a visible bend, such as tasks that \
      appear at a scale. A break cannot be seen before it starts: data that end below d1 say \
      nothing about it.
      """,
    formula: """
      # (1 + (x/d1)^(1/f1))^(-c1 f1), written so that a sharp break cannot overflow
      a >= 0
      -5 <= c0 <= 5
      -50 <= c1 <= 50
      d1 > 0
      0 < f1 <= 10
      bend = exp(-c1 * f1 * softplus(log(x / d1) / f1))
      loss ~ a + b * x^(-c0) * bend
      """,
    citation: "Caballero et al. 2022, arXiv:2210.14891, equation 1 with n = 1",
    variables: [
      Variable("x", "the quantity that is scaled", unit: "any"),
      Variable("loss", "loss or error", unit: "any"),
    ],
    parameters: [
      Parameter("a", "limit for large x", unit: "of loss", search: .linear(0, 2)),
      Parameter("b", "amplitude", unit: "of loss", search: .logarithmic(1e-3, 1e6)),
      Parameter("c0", "exponent before the break", search: .linear(0, 1)),
      Parameter("c1", "change of exponent at the break", search: .linear(-2, 8)),
      Parameter(
        "d1", "position of the break", unit: "of x"),
      Parameter("f1", "width of the break in ln x", search: .logarithmic(0.01, 3)),
    ],
    objective: .logLeastSquares,
    constants: [
      PublishedConstants(
        "addition",
        citation: "Caballero et al. 2022, arXiv:2210.14891, four-digit addition",
        values: [
          "a": 0.41388453, "b": 2.27727229, "c0": 0.05507735, "c1": 5.66290382,
          "d1": 612.58361729, "f1": 0.05919304,
        ],
        verification: .file,
        note: "x is the number of training examples.")
    ]
  )
}
