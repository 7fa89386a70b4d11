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
  /// The GPUs on which it fits with everything sharded (ZeRO 3), or, when serving, with more GPUs
  /// sharing each matrix: the recipe as it is, or the leanest where nothing fits on these GPUs.
  ///
  /// Nil when it fits as it is, or if no number of GPUs suffices.
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
    let variations = MemoryVariations(setup, shape, mayTrainAdapters: mayTrainAdapters)
    single = variations.single.filter { [use] in $0.use.total < use.total }
    guard !use.fits(memory) else { return }
    var least: MemoryChange?
    var best: MemoryChange?
    for recipe in variations.recipes {
      // What gives up less has been found already.
      if let best, best.sacrifice < recipe.sacrifice { break }
      variations.combinations(recipe) { change in
        if least.map({ change.use.total < $0.use.total }) ?? true { least = change }
        guard change.use.fits(memory) else { return }
        if best.map({ change.isCheaper(than: $0) }) ?? true { best = change }
      }
    }
    remedy = best
    if best == nil { leanest = least }
    gpusNeeded = Self.gpusNeeded((best == nil ? least?.setup : nil) ?? setup, shape, memory)
  }

  /// Doubles the GPUs: those that share everything, or, when serving, those that share a matrix.
  private static func gpusNeeded(
    _ setup: MemorySetup, _ shape: ModelShape, _ memory: Double
  ) -> Int? {
    var larger = setup
    let isServing = setup.recipe.method == .serve
    if !isServing { larger.parallelism.zero = .weights }
    while larger.parallelism.gpus < 1 << 20 {
      if larger.use(of: shape).fits(memory) { return larger.parallelism.gpus }
      if isServing {
        larger.parallelism.tensor *= 2
        guard Double(larger.parallelism.tensor) <= shape.heads else { return nil }
      } else {
        larger.parallelism.data *= 2
      }
    }
    return nil
  }
}
