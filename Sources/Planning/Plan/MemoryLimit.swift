/// The memory of a GPU, and the ways to lay a model out in it.
public struct MemoryLimit: Sendable, Hashable {
  /// Bytes of a GPU.
  public var bytes: Double
  /// Setups in the order of preference; each later one costs no less.
  public var setups: [MemorySetup]
  /// Tokens in the vocabulary, for the shape of a model of N parameters.
  public var vocabulary: Double

  /// Memory under one or several setups.
  ///
  /// - Parameters:
  ///   - bytes: bytes of a GPU.
  ///   - setups: setups in the order of preference, at least one.
  ///   - vocabulary: tokens in the vocabulary. The default is 32,000.
  /// - Precondition: at least one setup.
  public init(bytes: Double, setups: [MemorySetup], vocabulary: Double = 32_000) {
    precondition(!setups.isEmpty, "a model lies in memory in some way")
    (self.bytes, self.setups, self.vocabulary) = (bytes, setups, vocabulary)
  }

  /// The shape of a dense model of N parameters.
  func shape(_ params: Double) -> ModelShape { ModelShape(params: params, vocabulary: vocabulary) }

  /// Setups that take the same work, with the most parameters that each holds, ascending.
  struct Group {
    var setups: [(setup: MemorySetup, largest: Double)]
    /// FLOP of the hardware relative to those of the model.
    var work: Double

    var largest: Double { setups[setups.count - 1].largest }
  }

  /// The setups without those that hold no more than one before, by the work they take.
  func groups() -> [Group] {
    var groups: [Group] = []
    for setup in setups {
      guard let largest = setup.largestParams(in: bytes, vocabulary: vocabulary),
        largest > groups.last?.largest ?? 0
      else { continue }
      let work = setup.computeFactor(shape(largest))
      if let last = groups.last, last.work == work {
        groups[groups.count - 1].setups.append((setup, largest))
      } else {
        groups.append(Group(setups: [(setup, largest)], work: work))
      }
    }
    return groups
  }

  /// How many parameters more a byte more holds, at the largest model of a setup.
  func slope(_ setup: MemorySetup, largest: Double) -> Double {
    // The memory of a derived shape is smooth in N; the step trades rounding for curvature.
    let step = 1e-4
    let more = setup.use(of: shape(largest * (1 + step))).total
    let less = setup.use(of: shape(largest * (1 - step))).total
    return 2 * step * largest / (more - less)
  }
}

extension MemorySetup {
  /// This setup and all that train in the same way on the same GPUs: sharded, split over GPUs, in
  /// smaller microbatches or with recomputation; the cheapest first.
  ///
  /// - Parameter shape: a model as large as what is planned.
  /// - Returns: the setups.
  public func alternatives(for shape: ModelShape) -> [MemorySetup] {
    let variations = MemoryVariations(self, shape, mayTrainAdapters: false)
    guard let recipe = variations.recipes.first else { return [self] }
    var changes: [MemoryChange] = []
    variations.combinations(recipe, steps: 0...Int.max) {
      changes.append(variations.change($0, recipe))
    }
    return changes.sorted { $0.isCheaper(than: $1) }.map(\.setup)
  }
}
