/// A change to a setup that needs less memory, and what it costs.
public struct MemoryChange: Sendable, Hashable {
  /// What a change gives up, from least to most.
  public enum Sacrifice: Int, Sendable, Hashable, Comparable {
    /// Time at most: every update is the same.
    case time
    /// The optimizer, or the precision of what is stored.
    case optimizer
    /// Training all weights: only adapters are trained.
    case weights
    /// Gradients: many more steps.
    case gradients

    /// Whether a sacrifice is smaller than another.
    public static func < (a: Sacrifice, b: Sacrifice) -> Bool { a.rawValue < b.rawValue }
  }

  /// What is changed, in words: `full recomputation`, `ZeRO 2`.
  public var steps: [String]
  /// The changed setup.
  public var setup: MemorySetup
  /// What that needs.
  public var use: MemoryUse
  /// The FLOPs of a training token relative to those of the same model with nothing recomputed and
  /// all weights trained; that of serving is 1.
  public var computeFactor: Double
  /// What is given up.
  public var sacrifice: Sacrifice
  /// The place among recipes that give up the same.
  var rank: Int

  /// Whether a change is to be preferred: by what it gives up, then FLOPs, then the recipe, then
  /// communication, batch and number of steps.
  func isCheaper(than other: MemoryChange) -> Bool {
    if sacrifice != other.sacrifice { return sacrifice < other.sacrifice }
    if computeFactor != other.computeFactor { return computeFactor < other.computeFactor }
    if rank != other.rank { return rank < other.rank }
    let (mine, others) = (setup.parallelism, other.setup.parallelism)
    if mine.tensor != others.tensor { return mine.tensor < others.tensor }
    if mine.zero.communication != others.zero.communication {
      return mine.zero.communication < others.zero.communication
    }
    if setup.batch != other.setup.batch { return setup.batch > other.setup.batch }
    return steps.count < other.steps.count
  }
}

extension MemoryRecipe {
  /// FLOPs of forward and backward relative to training all weights, 6 N.
  ///
  /// Adapters save the gradients of frozen weights, 2 N; MeZO runs two forward passes, 4 N.
  public var computeFactor: Double { isAdapter || method == .mezo ? 2.0 / 3 : 1 }
}

extension MemorySetup {
  /// The FLOPs of the hardware relative to 3 forward passes of the model.
  public func computeFactor(_ shape: ModelShape) -> Double {
    guard recipe.hasBackward else { return recipe.method == .serve ? 1 : recipe.computeFactor }
    // What is recomputed is a share of the forward pass, whatever the backward pass leaves out.
    return recipe.computeFactor - 1
      + activations.recomputation.hardwareFactor(shape, sequence: sequence)
  }
}
