/// The dimensions of a decoder-only transformer: what its memory and its FLOPs follow from.
///
/// Dimensions are real numbers, so that a shape derived from a bare N,
/// ``init(params:vocabulary:)``, moves smoothly with N; those of a real model are whole.
public struct ModelShape: Sendable, Hashable {
  /// How keys and values are made and cached.
  public enum Attention: Sendable, Hashable {
    /// As many key and value heads as given: all heads (MHA), fewer (GQA, arXiv:2305.13245) or one.
    case grouped(keyValueHeads: Double)
    /// Keys and values from a latent vector, which is all that is cached (MLA, arXiv:2405.04434).
    ///
    /// The ranks of the compressed queries and of the latent, and the part of each head that
    /// carries positions, in elements. Values are as wide as a head.
    case latent(queryRank: Double, cacheRank: Double, ropeWidth: Double)
  }

  /// Which linear maps and norms have a bias.
  public enum Biases: String, Sendable, Hashable {
    /// None.
    case none
    /// Queries, keys and values, as in Qwen 2.
    case attentionInputs
    /// All linear maps of the layers, and the norms, as in GPT-2.
    case all
  }

  /// The experts of a mixture; their hidden width replaces that of the feed-forward block.
  public struct Experts: Sendable, Hashable {
    /// Routed experts in a layer.
    public var count: Double
    /// Routed experts that a token passes.
    public var active: Double
    /// Experts that every token passes.
    public var shared: Double
    /// The hidden width of an expert.
    public var width: Double
    /// The first layers, which have an ordinary feed-forward block.
    public var denseLayers: Double

    /// Describes the experts of a mixture.
    public init(
      count: Double, active: Double, shared: Double = 0, width: Double, denseLayers: Double = 0
    ) {
      self.count = count
      self.active = active
      self.shared = shared
      self.width = width
      self.denseLayers = denseLayers
    }
  }

  /// Layers, L.
  public var layers: Double
  /// The width of the residual stream, d or h.
  public var width: Double
  /// Attention heads, a.
  public var heads: Double
  /// The width of a head without the part that carries positions apart.
  public var headWidth: Double
  /// How keys and values are made.
  public var attention: Attention
  /// The hidden width of the feed-forward block.
  public var feedForwardWidth: Double
  /// Whether that block is gated (SwiGLU: three matrices, not two).
  public var isGated: Bool
  /// Tokens in the vocabulary.
  public var vocabulary: Double
  /// Whether the output head is the embedding.
  public var isTied: Bool
  /// Rows of a learned table of positions; 0 without one.
  public var positions: Double
  /// Which maps have a bias.
  public var biases: Biases
  /// The experts of a mixture; nil for a dense model.
  public var experts: Experts?

  /// Describes a shape.
  ///
  /// - Parameters:
  ///   - layers: layers.
  ///   - width: the width of the residual stream.
  ///   - heads: attention heads.
  ///   - headWidth: the width of a head. The default is `width / heads`.
  ///   - attention: how keys and values are made. The default is as many heads as queries have.
  ///   - feedForwardWidth: the hidden width. The default is four times the width, or 8/3 if gated.
  ///   - isGated: whether that block is gated. The default is true.
  ///   - vocabulary: tokens in the vocabulary. The default is 32,000, that of Llama 2.
  ///   - isTied: whether the head is the embedding. The default is false.
  ///   - positions: rows of a learned table of positions. The default is none.
  ///   - biases: which maps have a bias. The default is none.
  ///   - experts: the experts of a mixture. The default is none.
  /// - Precondition: layers, width, heads and vocabulary are positive.
  public init(
    layers: Double, width: Double, heads: Double, headWidth: Double? = nil,
    attention: Attention? = nil, feedForwardWidth: Double? = nil, isGated: Bool = true,
    vocabulary: Double = 32_000, isTied: Bool = false, positions: Double = 0,
    biases: Biases = .none, experts: Experts? = nil
  ) {
    precondition(
      layers > 0 && width > 0 && heads > 0 && vocabulary > 0, "dimensions are positive")
    self.layers = layers
    self.width = width
    self.heads = heads
    self.headWidth = headWidth ?? width / heads
    self.attention = attention ?? .grouped(keyValueHeads: heads)
    self.feedForwardWidth = feedForwardWidth ?? width * (isGated ? 8 / 3 : 4)
    self.isGated = isGated
    self.vocabulary = vocabulary
    self.isTied = isTied
    self.positions = positions
    self.biases = biases
    self.experts = experts
  }

  /// The shape of a dense model of a given number of parameters, in the proportions of Llama 2.
  ///
  /// Heads of 128, one layer for every 128 of width, a gated block of 8/3 the width, RMS norms,
  /// untied embeddings; the width solves
  ///
  ///     12 d^3 / 128 + 2 d^2 / 128 + (2V + 1) d = N
  ///
  /// which gives 4102 for the 6.738e9 parameters of Llama 2 7B (true: 4096, and 32 layers).
  /// Source of the proportions: Touvron et al. 2023, arXiv:2302.13971, table 2 (7B and 13B).
  ///
  /// - Parameters:
  ///   - params: parameters, embeddings included, N > 0.
  ///   - vocabulary: tokens in the vocabulary. The default is 32,000.
  public init(params: Double, vocabulary: Double = 32_000) {
    precondition(params > 0 && vocabulary > 0, "parameters and vocabulary are positive")
    // Newton's method from above descends monotonically: the cubic is convex and increasing.
    let linear = 2 * vocabulary + 1
    var width = params / linear + 1
    while 12 * width * width * width / 128 > 8 * params { width /= 2 }
    for _ in 0..<100 {
      let value = ((12 * width + 2) * width / 128 + linear) * width - params
      let step = value / ((36 * width + 4) * width / 128 + linear)
      width -= step
      if abs(step) <= 1e-14 * width { break }
    }
    self.init(
      layers: width / 128, width: width, heads: width / 128, headWidth: 128,
      vocabulary: vocabulary)
  }
}

extension ModelShape {
  /// Parameters, N: all weights, embeddings and norms included.
  public var params: Double {
    vectorParams + matrices.reduce(0) { $0 + $1.params }
  }

  /// Parameters that a token passes: those of a mixture's active experts, and all that is not an
  /// expert.
  public var activeParams: Double {
    vectorParams + matrices.reduce(0) { $0 + $1.params * $1.activeShare }
  }

  /// The width of queries and keys of one head, with the part that carries positions.
  var queryWidth: Double {
    if case .latent(_, _, let ropeWidth) = attention { return headWidth + ropeWidth }
    return headWidth
  }

  /// Whether tensor parallelism can share the heads out evenly.
  ///
  /// The real-valued heads of a derived shape count as if they could be rounded to it.
  ///
  /// - Parameter gpus: GPUs that share each matrix.
  /// - Returns: whether each has the same number of heads, at least one.
  public func splits(over gpus: Int) -> Bool {
    heads == heads.rounded()
      ? heads.truncatingRemainder(dividingBy: Double(gpus)) == 0 : heads >= Double(gpus)
  }

  /// Elements that the cache keeps for a token in one layer.
  ///
  /// Keys and values of every key-value head; or a latent and one key that carries positions.
  public var cacheElementsPerLayer: Double {
    switch attention {
    case .grouped(let keyValueHeads): 2 * keyValueHeads * headWidth
    case .latent(_, let cacheRank, let ropeWidth): cacheRank + ropeWidth
    }
  }

  /// Elements that the cache keeps for a token in all layers.
  public var cacheElementsPerToken: Double { layers * cacheElementsPerLayer }
}
