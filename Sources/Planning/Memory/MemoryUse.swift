/// The memory of one GPU, by what it is for.
public struct MemoryUse: Sendable, Hashable {
  /// What memory is used for.
  public enum Term: String, Sendable, Hashable, CaseIterable {
    /// Weights, adapters included.
    case weights
    /// Gradients.
    case gradients
    /// Optimizer states and the master copy of the weights.
    case optimizer = "optimizer states"
    /// What waits for the backward pass, and the logits.
    case activations
    /// Keys and values of tokens already read.
    case cache = "KV cache"
    /// Gathered weights and buckets of sharded training.
    case buffers
  }

  /// Weights.
  public var weights: Double
  /// Gradients.
  public var gradients: Double
  /// Optimizer states.
  public var optimizer: Double
  /// Activations.
  public var activations: Double
  /// The cache.
  public var cache: Double
  /// Buffers.
  public var buffers: Double
  /// What the driver, libraries and fragmentation take beside the terms, from and to.
  public var overhead: ClosedRange<Double>

  /// The bytes of a term.
  public subscript(term: Term) -> Double {
    switch term {
    case .weights: weights
    case .gradients: gradients
    case .optimizer: optimizer
    case .activations: activations
    case .cache: cache
    case .buffers: buffers
    }
  }

  /// The sum of the terms, in bytes.
  public var total: Double {
    weights + gradients + optimizer + activations + cache + buffers
  }

  /// The largest term.
  public var largest: Term {
    Term.allCases.max { self[$0] < self[$1] } ?? .weights
  }

  /// What a GPU must have: the terms and the lower, or the upper, end of the overhead.
  public var needed: ClosedRange<Double> {
    (total + overhead.lowerBound)...(total + overhead.upperBound)
  }

  /// Whether a GPU of a size holds it, even with the largest overhead.
  public func fits(_ memory: Double) -> Bool { needed.upperBound <= memory }
}

extension Plan {
  /// What fills a GPU under the plan, and how much it has.
  ///
  /// - Parameter limit: the limit of memory that the plan was made under.
  /// - Returns: nil for a plan without a layout in memory.
  public func memory(within limit: MemoryLimit) -> (use: MemoryUse, bytes: Double)? {
    guard let setup, let params = self[.params]?.value else { return nil }
    return (setup.use(of: limit.shape(params)), limit.bytes)
  }
}
