/// Which change makes a model fit: each one alone, and the cheapest combination.
///
/// A change alone shows where the bottleneck moves; often none suffices, because memory is the sum
/// of its terms.
public struct MemoryAdvice: Sendable, Hashable {
  /// The setup as it is.
  public var use: MemoryUse
  /// Bytes of a GPU.
  public var memory: Double
  /// Each change by itself, cheapest first.
  public var single: [MemoryChange]
  /// The cheapest combination that fits; nil if none does, or if no change is needed.
  public var remedy: MemoryChange?
  /// The combination that needs least, where none fits.
  public var leanest: MemoryChange?
  /// The GPUs on which the recipe as it is fits with everything sharded (ZeRO 3), if more GPUs can
  /// do it; nil when it fits as it is, or when serving.
  public var gpusNeeded: Int?

  /// Finds the changes.
  ///
  /// - Parameters:
  ///   - setup: the setup as it is.
  ///   - shape: the model.
  ///   - memory: bytes of a GPU.
  ///   - mayTrainAdapters: whether recipes that do not train all weights by gradients are
  ///     considered. The default is true.
  /// - Complexity: one evaluation of the memory for each combination, some hundreds.
  public init(
    _ setup: MemorySetup, _ shape: ModelShape, memory: Double, mayTrainAdapters: Bool = true
  ) {
    self.memory = memory
    use = setup.use(of: shape)
    single = MemoryVariations(setup, shape, mayTrainAdapters: mayTrainAdapters).single
      .filter { [use] in $0.use.total < use.total }
    guard !use.fits(memory) else { return }
    var least: MemoryChange?
    let variations = MemoryVariations(setup, shape, mayTrainAdapters: mayTrainAdapters)
    for recipe in variations.recipes {
      var best: MemoryChange?
      variations.combinations(recipe) { change in
        if least.map({ change.use.total < $0.use.total }) ?? true { least = change }
        guard change.use.fits(memory) else { return }
        if best.map({ change.isCheaper(than: $0) }) ?? true { best = change }
      }
      if let best {
        remedy = best
        break
      }
    }
    if remedy == nil { leanest = least }
    if setup.recipe.method != .serve {
      gpusNeeded = Self.gpusNeeded(setup, shape, memory)
    }
  }

  private static func gpusNeeded(
    _ setup: MemorySetup, _ shape: ModelShape, _ memory: Double
  ) -> Int? {
    var sharded = setup
    sharded.parallelism.zero = .weights
    while sharded.parallelism.gpus < 1 << 20 {
      sharded.parallelism.data *= 2
      if sharded.use(of: shape).fits(memory) { return sharded.parallelism.gpus }
    }
    return nil
  }
}
