/// What a layer keeps for the backward pass, after Korthikanti et al.
///
/// 2022.
///
/// For each token, with elements of e bytes, t-way tensor parallelism and dropout masks of a byte:
///
///     whole     e (4d + k d) + 2d                inputs of norms, attention, block; masks
///     split     e (q + 2 kv + o + hidden)        queries, keys, values, their output, the block's
///     scores    (2e + 1) a s                     softmax, its mask, its dropped-out form
///     none      whole + (split + scores) / t     whole / t as well with sequence parallelism
///     selective whole + split / t                scores are recomputed, as FlashAttention does
///     full      e d                              the layer's input alone; / t with the sequence
///     split
///
/// hidden is twice the hidden width, three times if gated (gate, up, product: what fused kernels
/// keep; an unfused block keeps a fourth), over all experts a token passes; k d are the copies sent
/// to the k routed experts. For e = 2, heads as wide as h / a and a hidden width of 4h this is
///
///     sbh (34 + 5as/h),  sbh (10 + 24/t + 5as/(ht)),  (sbh/t) (34 + 5as/h)
///     sbh (10 + 24/t),   34 sbh/t,                    2 sbh
///
/// Source: arXiv:2205.05198, section 4 and table 2; FlashAttention: arXiv:2205.14135.
public struct ActivationRule: Sendable, Hashable {
  /// What is computed again in the backward pass.
  public var recomputation: Recomputation
  /// Whether attention never writes its scores (FlashAttention).
  public var isFlash: Bool
  /// Whether dropout masks are kept, as in the models of the source.
  public var hasDropout: Bool

  /// Describes a rule.
  ///
  /// - Parameters:
  ///   - recomputation: what is computed again. The default is nothing.
  ///   - isFlash: whether attention never writes its scores. The default is true.
  ///   - hasDropout: whether dropout masks are kept, as in the source. The default is false: the
  ///     models of today have none.
  public init(
    _ recomputation: Recomputation = .none, isFlash: Bool = true, hasDropout: Bool = false
  ) {
    self.recomputation = recomputation
    self.isFlash = isFlash
    self.hasDropout = hasDropout
  }

  /// Bytes that a layer keeps for a microbatch.
  ///
  /// For a mixture this is a layer with experts.
  ///
  /// - Parameters:
  ///   - shape: the model.
  ///   - tokens: tokens in the microbatch, s b.
  ///   - sequence: tokens that attend to each other, s.
  ///   - elementBytes: bytes of an element. The default is 2.
  ///   - tensor: GPUs that share each matrix, t. The default is 1.
  ///   - isSequenceParallel: whether the rest is split along the sequence. The default is false.
  /// - Returns: bytes on one GPU.
  public func bytesPerLayer(
    _ shape: ModelShape, tokens: Double, sequence: Double, elementBytes: Double = 2,
    tensor: Int = 1, isSequenceParallel: Bool = false
  ) -> Double {
    let width = shape.width
    let parts = Double(tensor)
    let sequenceParts = isSequenceParallel ? parts : 1
    if recomputation == .full { return tokens * elementBytes * width / sequenceParts }
    var whole = elementBytes * 4 * width
    if hasDropout { whole += 2 * width }
    var hidden = shape.feedForwardWidth
    if let experts = shape.experts {
      hidden = (experts.active + experts.shared) * experts.width
      whole += elementBytes * experts.active * width
    }
    let values = shape.heads * shape.headWidth
    let queries = shape.heads * shape.queryWidth
    let split =
      switch shape.attention {
      case .grouped(let keyValueHeads): queries + 2 * keyValueHeads * shape.headWidth + values
      // Keys and values are unpacked from the latent for every head.
      case .latent(let queryRank, _, _):
        2 * queries + 2 * values + queryRank + shape.cacheElementsPerLayer
      }
    var shared = elementBytes * (split + (shape.isGated ? 3 : 2) * hidden)
    if recomputation == .none, !isFlash {
      shared += (hasDropout ? 2 * elementBytes + 1 : elementBytes) * shape.heads * sequence
    }
    return tokens * (whole / sequenceParts + shared / parts)
  }
}
