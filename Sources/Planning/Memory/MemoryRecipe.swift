/// What is kept for every weight: how it is trained, and in which precision.
public struct MemoryRecipe: Sendable, Hashable {
  /// How the weights are trained, or that they are served.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// AdamW: two moments.
    case adamW = "adamw"
    /// AdamW with both moments in 8 bits, a 32-bit constant for every 2048 (arXiv:2110.02861).
    case adam8bit
    /// Stochastic gradient descent: no state.
    case sgd
    /// Stochastic gradient descent with momentum: one state.
    case momentum
    /// Lion: one state (arXiv:2302.06675).
    case lion
    /// Adafactor without momentum: a sum for every row and column (arXiv:1804.04235).
    case adafactor
    /// Muon: one state for the matrices of the layers, AdamW for all else (Jordan et al. 2024).
    case muon
    /// Gradients applied as they arrive: no state, no master copy (arXiv:2306.09782).
    case lomo
    /// Moments in a subspace of rank r of each matrix of the layers (arXiv:2403.03507).
    case galore
    /// GaLore with moments in 8 bits.
    case galore8bit
    /// Adapters of rank r beside each frozen matrix of the layers (arXiv:2106.09685).
    case lora
    /// LoRA on matrices quantised to NF4 with double quantisation (arXiv:2305.14314).
    case qlora
    /// No backward pass: gradients are estimated from two forward passes (arXiv:2305.17333).
    case mezo
    /// Serving: weights and a cache, nothing trained.
    case serve
  }

  /// In which precision weights, gradients and states are.
  public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// 16-bit weights and gradients; a 32-bit master copy and 32-bit states (arXiv:1910.02054).
    case mixed
    /// All in bfloat16, without a master copy.
    case bf16
    /// All in 32 bits.
    case fp32
  }

  /// How the weights are trained.
  public var method: Method
  /// The precision.
  public var precision: Precision
  /// The rank of LoRA, QLoRA and GaLore; nil is ``defaultLoRARank``, or a quarter of the width.
  public var rank: Double?
  /// Bytes of a gradient's element; nil is the precision's.
  public var gradientBytes: Double?
  /// Bits of the weights that are not trained, when served or under LoRA; nil is the precision's.
  public var weightBits: Double?
  /// Whether each matrix is updated as soon as its gradient is there, so that one gradient is alive
  /// at a time.
  ///
  /// Always so under ``Method/lomo``; excludes accumulation.
  public var updatesPerMatrix: Bool

  /// Describes a recipe.
  ///
  /// - Parameters:
  ///   - method: how the weights are trained. The default is AdamW.
  ///   - precision: the precision. The default is mixed.
  ///   - rank: the rank of LoRA, QLoRA and GaLore.
  ///   - gradientBytes: bytes of a gradient's element. The default is the precision's.
  ///   - weightBits: bits of the weights that are not trained. The default is the precision's.
  ///   - updatesPerMatrix: whether a gradient is applied as it arrives. The default is false.
  public init(
    _ method: Method = .adamW, _ precision: Precision = .mixed, rank: Double? = nil,
    gradientBytes: Double? = nil, weightBits: Double? = nil, updatesPerMatrix: Bool = false
  ) {
    self.method = method
    self.precision = precision
    self.rank = rank
    self.gradientBytes = gradientBytes
    self.weightBits = weightBits
    self.updatesPerMatrix = updatesPerMatrix
  }

  /// The rank of LoRA and QLoRA where none is given, 64: that of arXiv:2305.14314, appendix B.2.
  public static let defaultLoRARank = 64.0

  /// The bits of quantisation constants for a weight of QLoRA.
  ///
  ///     one 32-bit constant for 64 weights           32/64             = 0.5
  ///     8-bit constants, one 32-bit for 256 of them  8/64 + 32/(64*256) = 0.127
  ///
  /// Source: Dettmers et al. 2023, arXiv:2305.14314, section 3.
  ///
  /// - Parameter isDouble: whether the constants are quantised too.
  /// - Returns: bits a weight.
  public static func constantBits(doubleQuantisation isDouble: Bool) -> Double {
    isDouble ? 8.0 / 64 + 32.0 / (64 * 256) : 32.0 / 64
  }

  /// The bits of a weight in NF4 with double quantisation, 4.127.
  public static let nf4Bits = 4 + constantBits(doubleQuantisation: true)

  /// Whether gradients are computed, so that activations wait for the backward pass.
  public var hasBackward: Bool { method != .mezo && method != .serve }

  /// Whether only adapters are trained.
  public var isAdapter: Bool { method == .lora || method == .qlora }

  /// Bytes of an element of the weights in use, and of the activations.
  public var elementBytes: Double { precision == .fp32 ? 4 : 2 }

  /// The rank used for a model of a width.
  public func rank(forWidth width: Double) -> Double {
    if let rank { return rank }
    switch method {
    // The ranks of the pre-training table of arXiv:2403.03507: 512 of 2048, 256 of 1024.
    case .galore, .galore8bit: return width / 4
    default: return Self.defaultLoRARank
    }
  }
}
