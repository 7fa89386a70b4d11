/// How a model is spread over GPUs.
public struct Parallelism: Sendable, Hashable {
  /// What data-parallel ranks share of the model's states (arXiv:1910.02054).
  public enum ZeRO: Int, Sendable, Hashable, CaseIterable {
    /// Nothing: each holds all.
    case none = 0
    /// Optimizer states.
    case states = 1
    /// Optimizer states and gradients.
    case gradients = 2
    /// Optimizer states, gradients and weights.
    case weights = 3

    /// The communication relative to plain data parallelism.
    public var communication: Double { self == .weights ? 1.5 : 1 }
  }

  /// Data-parallel ranks.
  public var data: Int
  /// GPUs that share each matrix, t.
  public var tensor: Int
  /// Stages of layers, p.
  public var pipeline: Int
  /// Groups of layers on each stage, m; above 1 the schedule is interleaved.
  public var interleaving: Int
  /// What the data-parallel ranks share.
  public var zero: ZeRO
  /// Whether what tensor parallelism leaves whole is split along the sequence.
  public var isSequenceParallel: Bool

  /// Describes a layout.
  ///
  /// - Parameters:
  ///   - data: data-parallel ranks. The default is 1.
  ///   - tensor: GPUs that share each matrix. The default is 1.
  ///   - pipeline: stages of layers. The default is 1.
  ///   - interleaving: groups of layers on each stage. The default is 1.
  ///   - zero: what the data-parallel ranks share. The default is nothing.
  ///   - isSequenceParallel: whether the rest is split along the sequence. The default is false.
  /// - Precondition: all numbers are at least 1.
  public init(
    data: Int = 1, tensor: Int = 1, pipeline: Int = 1, interleaving: Int = 1, zero: ZeRO = .none,
    isSequenceParallel: Bool = false
  ) {
    precondition(
      data >= 1 && tensor >= 1 && pipeline >= 1 && interleaving >= 1, "at least one of each")
    self.data = data
    self.tensor = tensor
    self.pipeline = pipeline
    self.interleaving = interleaving
    self.zero = zero
    self.isSequenceParallel = isSequenceParallel
  }

  /// GPUs in all.
  public var gpus: Int { data * tensor * pipeline }
}
