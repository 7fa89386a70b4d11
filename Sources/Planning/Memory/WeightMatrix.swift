/// Equal weight matrices of a model.
struct WeightMatrix {
  /// What a matrix does, which decides how a recipe treats it and which stage of a pipeline has it.
  enum Role {
    /// The table of tokens.
    case embedding
    /// The table of learned positions.
    case positions
    /// A map inside a layer.
    case layer
    /// The map to the logits, where it is not the embedding.
    case head
  }

  var role: Role
  var rows: Double
  var columns: Double
  /// How many there are in the model.
  var count: Double
  /// The share of them that one token passes.
  var activeShare = 1.0

  var params: Double { rows * columns * count }
}

extension ModelShape {
  /// All matrices; norms and biases are ``vectorParams``.
  var matrices: [WeightMatrix] {
    var matrices = [
      WeightMatrix(role: .embedding, rows: vocabulary, columns: width, count: 1)
    ]
    if positions > 0 {
      matrices.append(WeightMatrix(role: .positions, rows: positions, columns: width, count: 1))
    }
    func append(_ rows: Double, _ columns: Double, _ count: Double, active: Double = 1) {
      guard count > 0 else { return }
      matrices.append(
        WeightMatrix(
          role: .layer, rows: rows, columns: columns, count: count, activeShare: active))
    }
    switch attention {
    case .grouped(let keyValueHeads):
      append(width, heads * headWidth, layers)
      append(width, keyValueHeads * headWidth, 2 * layers)
    case .latent(let queryRank, let cacheRank, let ropeWidth):
      append(width, queryRank, layers)
      append(queryRank, heads * queryWidth, layers)
      append(width, cacheRank + ropeWidth, layers)
      append(cacheRank, 2 * heads * headWidth, layers)
    }
    append(heads * headWidth, width, layers)
    let maps = isGated ? 3.0 : 2.0
    if let experts {
      let mixtures = layers - experts.denseLayers
      append(width, feedForwardWidth, maps * experts.denseLayers)
      append(
        width, experts.width, maps * experts.count * mixtures,
        active: experts.active / experts.count)
      append(width, experts.width, maps * experts.shared * mixtures)
      append(width, experts.count, mixtures)
    } else {
      append(width, feedForwardWidth, maps * layers)
    }
    if !isTied {
      matrices.append(WeightMatrix(role: .head, rows: vocabulary, columns: width, count: 1))
    }
    return matrices
  }

  /// Parameters of the norms and biases.
  var vectorParams: Double {
    let norms = (2 * layers + 1) * width
    switch attention {
    case .latent(let queryRank, let cacheRank, _):
      // Both compressed vectors are normalised.
      return norms + layers * (queryRank + cacheRank)
    case .grouped(let keyValueHeads):
      let inputs = (heads + 2 * keyValueHeads) * headWidth
      return switch biases {
      case .none: norms
      case .attentionInputs: norms + layers * inputs
      case .all:
        2 * norms + layers * (inputs + 2 * width + feedForwardWidth * (isGated ? 2 : 1))
      }
    }
  }
}
