/// How a model is trained or served: all that its memory depends on besides its shape.
///
///     let setup = MemorySetup(recipe: MemoryRecipe(.adamW), sequence: 4096)
///     setup.use(of: llama).total             // bytes on a GPU
///     setup.largestParams(in: 80e9)          // parameters that an 80 GB GPU holds
public struct MemorySetup: Sendable, Hashable {
  /// What is kept for every weight.
  public var recipe: MemoryRecipe
  /// How the model is spread over GPUs.
  public var parallelism: Parallelism
  /// What is kept of every layer for the backward pass.
  public var activations: ActivationRule
  /// Sequences in a microbatch on one GPU, b; when serving, sequences served at once.
  public var batch: Double
  /// Tokens in a sequence, s.
  public var sequence: Double
  /// Tokens kept in a cache of keys and values; when serving, b s unless given.
  public var cachedTokens: Double?
  /// Bits of an element of that cache.
  public var cacheBits: Double
  /// What the driver, libraries and fragmentation take, from and to, in bytes.
  public var overhead: ClosedRange<Double>

  /// Describes a setup.
  ///
  /// - Parameters:
  ///   - recipe: what is kept for every weight. The default is AdamW in mixed precision.
  ///   - parallelism: how the model is spread. The default is one GPU.
  ///   - activations: what is kept of every layer. The default is all, with FlashAttention.
  ///   - batch: sequences in a microbatch. The default is 1.
  ///   - sequence: tokens in a sequence. The default is 2048.
  ///   - cachedTokens: tokens in a cache. The default is none, or b s when serving.
  ///   - cacheBits: bits of an element of the cache. The default is 16.
  ///   - overhead: what nothing here accounts for. The default is ``defaultOverhead``.
  /// - Precondition: batch and sequence are positive.
  public init(
    recipe: MemoryRecipe = MemoryRecipe(), parallelism: Parallelism = Parallelism(),
    activations: ActivationRule = ActivationRule(), batch: Double = 1, sequence: Double = 2048,
    cachedTokens: Double? = nil, cacheBits: Double = 16,
    overhead: ClosedRange<Double> = MemorySetup.defaultOverhead
  ) {
    precondition(batch > 0 && sequence > 0, "a batch has tokens")
    self.recipe = recipe
    self.parallelism = parallelism
    self.activations = activations
    self.batch = batch
    self.sequence = sequence
    self.cachedTokens = cachedTokens
    self.cacheBits = cacheBits
    self.overhead = overhead
  }

  /// Half a gigabyte to three: driver, communication libraries, fragmentation.
  ///
  /// An allowance of this package, not a published number: measured peaks lie a few GiB above the
  /// formulas.
  public static let defaultOverhead = 0.5e9...3e9

  /// Elements of the buckets of ZeRO 1 and 2: DeepSpeed's `reduce_bucket_size`.
  public static let bucketElements = 5e8

  /// The memory of the GPU that needs most: on the first stage of a pipeline, or on the last.
  ///
  /// - Parameter shape: the model.
  /// - Returns: bytes, by term.
  /// - Complexity: about a microsecond.
  public func use(of shape: ModelShape) -> MemoryUse { use(of: shape, shape.matrices) }

  /// The same with the matrices at hand, for many setups of one model.
  func use(of shape: ModelShape, _ matrices: [WeightMatrix]) -> MemoryUse {
    guard parallelism.pipeline > 1 else {
      return use(of: shape, matrices, isFirst: true, isLast: true)
    }
    let first = use(of: shape, matrices, isFirst: true, isLast: false)
    let last = use(of: shape, matrices, isFirst: false, isLast: true)
    return first.total >= last.total ? first : last
  }

  /// The largest dense model that a GPU holds, in parameters; shapes are
  /// ``ModelShape/init(params:vocabulary:)``.
  ///
  /// - Parameters:
  ///   - memory: bytes of a GPU; the largest overhead is subtracted.
  ///   - vocabulary: tokens in the vocabulary. The default is 32,000.
  /// - Returns: parameters; nil if not even a million fit.
  /// - Complexity: about fifty evaluations of ``use(of:)``.
  public func largestParams(in memory: Double, vocabulary: Double = 32_000) -> Double? {
    func fits(_ params: Double) -> Bool {
      use(of: ModelShape(params: params, vocabulary: vocabulary)).fits(memory)
    }
    var low = 1e6
    guard fits(low) else { return nil }
    var high = 2 * low
    while fits(high), high < 1e18 { (low, high) = (high, 2 * high) }
    // Every term grows with N, so there is one place where it stops to fit.
    while high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }
}

extension MemorySetup {
  private func use(
    of shape: ModelShape, _ matrices: [WeightMatrix], isFirst: Bool, isLast: Bool
  ) -> MemoryUse {
    let tensor = Double(parallelism.tensor)
    let stages = Double(parallelism.pipeline)
    let held = matrices.compactMap { matrix -> (matrix: WeightMatrix, share: Double)? in
      switch matrix.role {
      case .layer: (matrix, 1 / (tensor * stages))
      case .embedding: isFirst || shape.isTied ? (matrix, 1 / tensor) : nil
      case .head: isLast ? (matrix, 1 / tensor) : nil
      case .positions: isFirst ? (matrix, 1) : nil
      }
    }
    var states = ModelStates(
      recipe, matrices: held, vectors: shape.vectorParams / stages, width: shape.width)
    let buffers = shardedBuffers(states, held, shape)
    let ranks = Double(parallelism.data)
    if parallelism.zero.rawValue >= 1 { states.optimizer /= ranks }
    if parallelism.zero.rawValue >= 2 { states.gradients /= ranks }
    if parallelism.zero.rawValue >= 3 { states.weights /= ranks }
    let isServing = recipe.method == .serve
    return MemoryUse(
      weights: states.weights, gradients: states.gradients, optimizer: states.optimizer,
      activations: activationBytes(shape, isFirst: isFirst, isLast: isLast),
      cache: (cachedTokens ?? (isServing ? batch * sequence : 0)) * cacheBytesPerToken(shape)
        / stages,
      buffers: buffers, overhead: overhead)
  }

  /// Bytes of the cache for a token on one GPU, all stages together.
  ///
  /// Key-value heads are split over tensor-parallel GPUs until each has one; a latent is on all.
  func cacheBytesPerToken(_ shape: ModelShape) -> Double {
    let split: Double =
      switch shape.attention {
      case .grouped(let keyValueHeads): max(1, min(Double(parallelism.tensor), keyValueHeads))
      case .latent: 1
      }
    return shape.cacheElementsPerToken * cacheBits / 8 / split
  }

  /// What sharded training holds for a moment: a layer's gathered weights under ZeRO 3, a bucket
  /// of gradients under ZeRO 1 and 2.
  private func shardedBuffers(
    _ states: ModelStates, _ held: [(matrix: WeightMatrix, share: Double)], _ shape: ModelShape
  ) -> Double {
    guard parallelism.data > 1 else { return 0 }
    switch parallelism.zero {
    case .none: return 0
    case .states, .gradients:
      return min(states.gradients, Self.bucketElements * recipe.elementBytes)
    case .weights:
      let tensor = Double(parallelism.tensor)
      var layer = 0.0
      var table = 0.0
      for (matrix, _) in held {
        if matrix.role == .layer {
          layer += matrix.params / shape.layers / tensor
        } else {
          table = max(table, matrix.params / tensor)
        }
      }
      return max(layer, table) * recipe.elementBytes
    }
  }

  private func activationBytes(_ shape: ModelShape, isFirst: Bool, isLast: Bool) -> Double {
    // Serving reads prompts one at a time, and writes a token of each answer.
    let isServing = recipe.method == .serve
    let tokens = isServing ? max(sequence, batch) : batch * sequence
    let (tensor, stages) = (Double(parallelism.tensor), Double(parallelism.pipeline))
    func perLayer(_ rule: ActivationRule) -> Double {
      rule.bytesPerLayer(
        shape, tokens: tokens, sequence: sequence, elementBytes: recipe.elementBytes,
        tensor: parallelism.tensor, isSequenceParallel: parallelism.isSequenceParallel)
    }
    var bytes: Double
    if recipe.hasBackward {
      // The first stage has as many microbatches in flight as there are stages, the last one.
      var inFlight = isFirst ? stages : 1
      if stages > 1, isFirst, parallelism.interleaving > 1 {
        inFlight *= 1 + (stages - 1) / (stages * Double(parallelism.interleaving))
      }
      bytes = shape.layers / stages * inFlight * perLayer(activations)
      // A layer that is recomputed needs all of its activations for that moment.
      if activations.recomputation == .full {
        bytes += perLayer(
          ActivationRule(
            .none, isFlash: activations.isFlash, hasDropout: activations.hasDropout))
      }
    } else {
      bytes = perLayer(ActivationRule(.none, isFlash: activations.isFlash))
    }
    if isLast {
      // Inputs of the last norm and of the head, and 32-bit logits: 4sbh (1 + v/h) / t in
      // arXiv:2205.05198, section 4.3. Serving needs the logits of one position a sequence.
      let split = parallelism.isSequenceParallel ? tensor : 1
      let positions = isServing ? batch : tokens
      bytes += positions * 4 * shape.vocabulary / tensor
      if recipe.hasBackward { bytes += tokens * 2 * recipe.elementBytes * shape.width / split }
    }
    return bytes
  }
}
