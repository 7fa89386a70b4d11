extension Law {
  /// Chinchilla in effective parameters at P bits.
  ///
  /// Source: Kumar et al., arXiv:2411.04330.
  public static let precision = precisionLaw(
    name: "precision",
    title: "Precision: training with weights, activations and cache at P bits",
    detail: "Weights, activations and key-value cache share one width P and one sensitivity.",
    bounds: "gamma > 0",
    effective: "N * (-expm1(-P / gamma))^3",
    widths: [Variable("P", "bits of weights, activations and key-value cache", unit: "bits")],
    sensitivities: [
      Parameter(
        "gamma", "bits over which capacity is lost", unit: "bits",
        search: .logarithmic(0.3, 15))
    ])

  /// Chinchilla in effective parameters with three precisions.
  ///
  /// Source: Kumar et al., arXiv:2411.04330.
  public static let precisionSplit = precisionLaw(
    name: "precision-split",
    title: "Precision: separate bits for weights, activations and cache",
    detail: "Each of weights, activations and key-value cache has a width and a sensitivity.",
    bounds: "gw > 0; ga > 0; gkv > 0",
    effective: "N * (-expm1(-Pw / gw)) * (-expm1(-Pa / ga)) * (-expm1(-Pkv / gkv))",
    widths: [
      Variable("Pw", "bits of the weights", unit: "bits"),
      Variable("Pa", "bits of the activations", unit: "bits"),
      Variable("Pkv", "bits of the key-value cache", unit: "bits"),
    ],
    sensitivities: [
      Parameter("gw", "sensitivity of the weights", unit: "bits", search: .logarithmic(0.3, 15)),
      Parameter(
        "ga", "sensitivity of the activations", unit: "bits",
        search: .logarithmic(0.3, 15)),
      Parameter("gkv", "sensitivity of the cache", unit: "bits", search: .logarithmic(0.3, 15)),
    ])

  private static func precisionLaw(
    name: String, title: String, detail: String, bounds: String, effective: String,
    widths: [Variable], sensitivities: [Parameter]
  ) -> Law {
    Law(
      name: name, title: title,
      summary: """
        Low precision acts as if the model had fewer parameters. \(detail) Use it to choose the \
        training precision from runs at several widths; a width that no run varies leaves its \
        sensitivity undetermined. It does not describe quantisation after training. No constants \
        are given: none could be verified.
        """,
      formula: """
        0 < alpha < 2
        0 < beta < 2
        A > 0; B > 0; E >= 0
        \(bounds)
        Neff = \(effective)
        loss ~ E + A / Neff^alpha + B / D^beta
        """,
      citation: "Kumar et al. 2024, arXiv:2411.04330",
      variables: [.params, .tokens] + widths + [.loss],
      parameters: [
        Parameter(
          "E", "loss of an infinite model on infinite data", unit: "nats per token",
          search: .floor),
        Parameter(
          "A", "amplitude of the parameter term", unit: "nats per token",
          search: .amplitude),
        Parameter("B", "amplitude of the data term", unit: "nats per token", search: .amplitude),
        Parameter("alpha", "exponent of effective parameters", search: .exponent),
        Parameter("beta", "exponent of tokens", search: .exponent),
      ] + sensitivities)
  }
}
