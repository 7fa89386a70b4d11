/// What is computed again in the backward pass instead of kept (arXiv:2205.05198).
public enum Recomputation: String, Sendable, Hashable, CaseIterable {
  /// Nothing.
  case none
  /// The attention scores.
  case selective
  /// Each layer from its input.
  case full

  /// The FLOPs of the hardware relative to those of the model, forward and backward.
  ///
  ///     none       1
  ///     selective  1 + (s/6h) / (1 + s/6h) / 3    for heads of h/a and a hidden width of 4h
  ///     full       4/3
  ///
  /// Arxiv:2205.05198 quotes the selective overhead against the forward pass alone (2.7 % for
  /// GPT-3), which is ``FlopRule/attentionShare(_:sequence:)``; this is a third of it.
  public func hardwareFactor(_ shape: ModelShape, sequence: Double) -> Double {
    switch self {
    case .none: 1
    case .selective: 1 + FlopRule.attentionShare(shape, sequence: sequence) / 3
    case .full: 4.0 / 3
    }
  }
}
