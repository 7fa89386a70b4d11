extension Law {
  /// Every law of the catalogue, in the order in which `fitlaws laws` lists them.
  public static let all: [Law] = [
    .chinchilla, .chinchillaTied, .kaplan,
    .power, .powerParams, .powerData, .powerCompute, .brokenPower,
    .dataConstrained, .overtraining, .downstreamError,
    .clark, .jointMoE, .farseer, .precision, .precisionSplit, .quantisation, .vocabulary,
    .stepLawLearningRate, .stepLawBatch, .criticalBatch,
  ]

  /// The law of that name, or nil.
  ///
  /// - Parameter name: A name such as `chinchilla`; case matters.
  /// - Returns: The law, or nil if the catalogue has none of that name.
  /// - Complexity: O(n) in the number of laws.
  public static func named(_ name: String) -> Law? {
    all.first { $0.name == name }
  }
}

extension Law.Variable {
  static let params = Law.Variable("N", "model parameters", unit: "parameters")
  static let tokens = Law.Variable("D", "training tokens seen", unit: "tokens")
  static let unique = Law.Variable("U", "unique tokens available", unit: "tokens")
  static let compute = Law.Variable("C", "training compute", unit: "FLOP")
  static let experts = Law.Variable("experts", "experts per routed layer, 1 if dense", unit: "1")
  static let loss = Law.Variable("loss", "cross-entropy on held-out text", unit: "nats per token")
}

extension Law.SearchInterval {
  /// Exponents of loss laws: published ones lie between 0.05 and 0.75.
  static let exponent = Law.SearchInterval.linear(0.03, 1.2)
  /// Floors of loss laws in nats per token.
  static let floor = Law.SearchInterval.linear(0, 2.5)
  /// Amplitudes A, B of loss laws in N and D.
  static let amplitude = Law.SearchInterval.logarithmic(1, 1e7)
}
