/// How the FLOPs of a token are counted.
///
/// Forward; the backward pass costs twice as much, so that training costs three times this. Of a
/// mixture of experts the active parameters count.
public enum FlopRule: String, Sendable, Hashable, CaseIterable {
  /// `2 N`: C = 6 N D (arXiv:2001.08361).
  case params = "6nd"
  /// `2 N + 4 L a w s`: 6N + 12 L H Q T per token, N without tables that are only looked up.
  ///
  /// Source: Chowdhery et al. 2022, arXiv:2204.02311, appendix B.
  case palm
  /// The matrix products one by one, those of attention included; norms and softmax left out.
  ///
  /// For a hidden width of 4h this is 24 L h^2 (1 + s/6h + V/12hL), a third of equation 8 of
  /// arXiv:2205.05198.
  case matrices
  /// Appendix F of arXiv:2203.15556: embeddings, layers with softmax, logits.
  case hoffmann
  /// Appendix F without embeddings and logits, which is how its table A4 was computed.
  case hoffmannLayers = "hoffmann-layers"

  /// FLOPs of the forward pass for one token.
  ///
  /// - Parameters:
  ///   - shape: the model.
  ///   - sequence: tokens that attend to each other, s; all pairs are counted, as all sources do.
  /// - Returns: FLOPs a token.
  public func forward(_ shape: ModelShape, sequence: Double) -> Double {
    switch self {
    case .params: return 2 * shape.activeParams
    case .palm:
      return 2 * (shape.activeParams - shape.lookupParams)
        + Self.attention(shape, sequence: sequence)
    case .matrices:
      let products = shape.matrices.reduce(0) { $0 + $1.params * $1.activeShare }
      return 2 * (products - shape.lookupParams) + Self.attention(shape, sequence: sequence)
    case .hoffmann, .hoffmannLayers:
      let inLayers = shape.matrices.filter { $0.role == .layer }
        .reduce(0) { $0 + $1.params * $1.activeShare }
      let softmax = 3 * shape.layers * shape.heads * sequence
      let layers = 2 * inLayers + Self.attention(shape, sequence: sequence) + softmax
      return layers + (self == .hoffmann ? 4 * shape.vocabulary * shape.width : 0)
    }
  }

  /// FLOPs of forward and backward pass for one token.
  ///
  /// - Parameters:
  ///   - shape: the model.
  ///   - sequence: tokens that attend to each other, s.
  /// - Returns: FLOPs a token.
  public func training(_ shape: ModelShape, sequence: Double) -> Double {
    3 * forward(shape, sequence: sequence)
  }

  /// FLOPs of scores and weighted values for one token, forward: 4 L d s where heads fill the
  /// width.
  static func attention(_ shape: ModelShape, sequence: Double) -> Double {
    2 * shape.layers * shape.heads * (shape.queryWidth + shape.headWidth) * sequence
  }

  /// The share of attention's scores and values in the forward pass of the layers.
  ///
  ///     (s/6h) / (1 + s/6h)    for heads of h/a and a hidden width of 4h
  ///
  /// Source: Korthikanti et al. 2022, arXiv:2205.05198, section 5.
  ///
  /// - Parameters:
  ///   - shape: the model.
  ///   - sequence: tokens that attend to each other, s.
  /// - Returns: a share between 0 and 1.
  public static func attentionShare(_ shape: ModelShape, sequence: Double) -> Double {
    let scores = attention(shape, sequence: sequence)
    let products = shape.matrices.filter { $0.role == .layer }
      .reduce(0) { $0 + 2 * $1.params * $1.activeShare }
    return scores / (scores + products)
  }
}

extension ModelShape {
  /// Parameters of tables that are only looked up: positions, and an embedding that is not the
  /// head as well.
  var lookupParams: Double { (positions + (isTied ? 0 : vocabulary)) * width }
}
