/// The bytes of weights, gradients and optimizer states, before any sharding over data-parallel
/// ranks.
struct ModelStates {
  var weights = 0.0
  var gradients = 0.0
  var optimizer = 0.0
  /// The largest gradient of one matrix: what is alive where gradients are applied as they arrive.
  private var largestGradient = 0.0

  /// The states of a number of copies of each matrix.
  ///
  /// - Parameters:
  ///   - recipe: what is kept for every weight.
  ///   - matrices: the matrices of a rank, with the share of each that the rank holds.
  ///   - vectors: parameters of norms and biases on the rank.
  ///   - width: the model's width, for the default rank of GaLore.
  init(
    _ recipe: MemoryRecipe, matrices: [(matrix: WeightMatrix, share: Double)], vectors: Double,
    width: Double
  ) {
    let rank = recipe.rank(forWidth: width)
    let isFrozen = !recipe.hasBackward
    for (matrix, share) in matrices {
      let params = matrix.params * share
      if recipe.isAdapter || isFrozen {
        weights += params * recipe.frozenBytes(isLayer: matrix.role == .layer)
        guard recipe.isAdapter, matrix.role == .layer else { continue }
        let adapters = rank * (matrix.rows + matrix.columns) * matrix.count * share
        add(adapters, states: recipe.stateBytes(isLayer: true) * adapters, recipe)
        continue
      }
      let count = matrix.count * share
      var states = params * recipe.stateBytes(isLayer: matrix.role == .layer)
      switch recipe.method {
      case .adafactor:
        states = 4 * (matrix.rows + matrix.columns) * count
      case .galore where matrix.role == .layer, .galore8bit where matrix.role == .layer:
        let (short, long) = (
          min(matrix.rows, matrix.columns), max(matrix.rows, matrix.columns)
        )
        let rank = min(rank, short)
        // The projection is in the precision of the gradients it is made from.
        states =
          count
          * (short * rank * recipe.elementBytes
            + long * rank * recipe.stateBytes(isLayer: true))
      default: break
      }
      add(params, states: states, recipe)
      largestGradient = max(
        largestGradient, matrix.rows * matrix.columns * share * recipe.bytesOfGradient)
    }
    if recipe.isAdapter || isFrozen {
      weights += vectors * recipe.frozenBytes(isLayer: false)
    } else {
      let states = recipe.method == .adafactor ? 4 : recipe.stateBytes(isLayer: false)
      add(vectors, states: vectors * states, recipe)
    }
    if recipe.method == .lomo || recipe.updatesPerMatrix && !recipe.isAdapter && !isFrozen {
      gradients = largestGradient
    }
  }

  private mutating func add(_ params: Double, states: Double, _ recipe: MemoryRecipe) {
    weights += params * recipe.elementBytes
    gradients += params * recipe.bytesOfGradient
    optimizer += states + params * recipe.masterBytes
  }
}

extension MemoryRecipe {
  /// Bytes of an element of the gradients.
  fileprivate var bytesOfGradient: Double { gradientBytes ?? elementBytes }

  /// Bytes of the 32-bit copy that is updated in place of 16-bit weights.
  fileprivate var masterBytes: Double { precision == .mixed && method != .lomo ? 4 : 0 }

  /// Bytes of a weight that is not trained.
  fileprivate func frozenBytes(isLayer: Bool) -> Double {
    if let weightBits, isLayer || method == .serve { return weightBits / 8 }
    return method == .qlora && isLayer ? Self.nf4Bits / 8 : elementBytes
  }

  /// Bytes of the optimizer's states for a trained element, the master copy apart.
  ///
  /// - Parameter isLayer: whether the element is in a matrix of a layer.
  /// - Returns: bytes.
  fileprivate func stateBytes(isLayer: Bool) -> Double {
    let full = precision == .bf16 ? 2.0 : 4.0
    // One 32-bit constant for a block of 2048: arXiv:2110.02861, section 2.1.
    let eightBit = 1 + 4.0 / 2048
    return switch method {
    case .adamW, .lora, .qlora, .galore: 2 * full
    case .adam8bit, .galore8bit: 2 * eightBit
    case .momentum, .lion: full
    case .muon: isLayer ? full : 2 * full
    case .sgd, .adafactor, .lomo, .mezo, .serve: 0
    }
  }
}
