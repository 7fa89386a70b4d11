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
  /// The smallest layout on which it fits, weights sharded (ZeRO 3) or matrices shared: the recipe
  /// as it is, or the leanest where nothing fits on these GPUs.
  ///
  /// Nil when it fits as it is, or if no number of GPUs suffices.
  public var layoutNeeded: Parallelism?

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
    let variations = MemoryVariations(setup, shape, mayTrainAdapters: mayTrainAdapters)
    single = variations.single.filter { [use] in $0.use.total < use.total }
    guard !use.fits(memory) else { return }
    var least: MemoryChange?
    var best: MemoryChange?
    for recipe in variations.recipes {
      // What gives up less has been found already.
      if let best, best.sacrifice < recipe.sacrifice { break }
      variations.combinations(recipe) { variation in
        let isLeast = least.map { variation.use.total < $0.use.total } ?? true
        let fits = variation.use.fits(memory)
        guard isLeast || fits else { return }
        let change = variations.change(variation, recipe)
        if isLeast { least = change }
        if fits, best.map({ change.isCheaper(than: $0) }) ?? true { best = change }
      }
    }
    remedy = best
    if best == nil { leanest = least }
    layoutNeeded = Self.layoutNeeded((best == nil ? least?.setup : nil) ?? setup, shape, memory)
  }

  private static func layoutNeeded(
    _ setup: MemorySetup, _ shape: ModelShape, _ memory: Double
  ) -> Parallelism? {
    let isServing = setup.recipe.method == .serve
    var copies = 1
    while copies < 1 << 20 {
      let ranks = setup.parallelism.data * copies
      // As few GPUs sharing a matrix as possible: they talk within every layer.
      var tensor = 1
      while ranks.isMultiple(of: tensor),
        setup.parallelism.tensor * tensor <= (isServing ? 1 << 10 : 8),
        shape.splits(over: setup.parallelism.tensor * tensor)
      {
        var larger = setup
        larger.parallelism.tensor *= tensor
        larger.parallelism.data = ranks / tensor
        if !isServing { larger.parallelism.zero = .weights }
        if tensor > 1, !isServing { larger.parallelism.isSequenceParallel = true }
        if larger.use(of: shape).fits(memory) { return larger.parallelism }
        tensor *= 2
      }
      copies *= 2
    }
    return nil
  }
}
