import Planning
import Testing

/// Activations against Korthikanti et al.
///
/// 2022 and the table of section 4.2.
struct ActivationTests {
  private static let gibibyte = 1_073_741_824.0

  private static func perLayer(
    _ recomputation: Recomputation, _ name: String, batch: Double = 1, tensor: Int = 8,
    sequenceParallel: Bool = false
  ) throws -> Double {
    ActivationRule(recomputation, isFlash: false, hasDropout: true).bytesPerLayer(
      try shape(name), tokens: batch * 2048, sequence: 2048, tensor: tensor,
      isSequenceParallel: sequenceParallel)
  }

  struct Row: Sendable {
    var name: String
    var batch: Double
    var gibibytes: [Double]
    var saved: Double
  }

  /// To half a unit of the last digit; the paper's own 70 and 65 % as well.
  @Test(arguments: [
    Row(
      name: "megatron-22b", batch: 4, gibibytes: [1.2344, 0.8242, 0.6094, 0.1992, 0.0938],
      saved: 75.8),
    Row(
      name: "megatron-175b", batch: 1, gibibytes: [0.5391, 0.3340, 0.3047, 0.0996, 0.0469],
      saved: 70.2),
    Row(
      name: "megatron-530b", batch: 1, gibibytes: [0.8203, 0.4785, 0.5078, 0.1660, 0.0781],
      saved: 65.3),
    Row(
      name: "megatron-1t", batch: 1, gibibytes: [1.0254, 0.5981, 0.6348, 0.2075, 0.0977],
      saved: 65.3),
  ])
  func bytesOfALayer(_ row: Row) throws {
    let bytes = [
      try Self.perLayer(.none, row.name, batch: row.batch),
      try Self.perLayer(.none, row.name, batch: row.batch, sequenceParallel: true),
      try Self.perLayer(.selective, row.name, batch: row.batch),
      try Self.perLayer(.selective, row.name, batch: row.batch, sequenceParallel: true),
      try Self.perLayer(.full, row.name, batch: row.batch),
    ]
    for (bytes, expected) in zip(bytes, row.gibibytes) {
      #expect(abs(bytes / Self.gibibyte - expected) <= 0.000051, "\(bytes / Self.gibibyte)")
    }
    #expect(abs(100 * (1 - bytes[3] / bytes[1]) - row.saved) <= 0.05)
  }

  /// sbh (34 + 5as/h) on one GPU, exactly; FlashAttention is the selective rule.
  @Test func closedForms() throws {
    let (s, h, a) = (2048.0, 12288.0, 96.0)
    #expect(
      try Self.perLayer(.none, "megatron-175b", tensor: 1) == s * h * (34 + 5 * a * s / h))
    #expect(try Self.perLayer(.selective, "megatron-175b", tensor: 1) == 34 * s * h)
    let flash = ActivationRule(.none, isFlash: true, hasDropout: true)
    #expect(
      flash.bytesPerLayer(try shape("megatron-175b"), tokens: s, sequence: s) == 34 * s * h)
    // A layer's input, which sequence parallelism has split already.
    #expect(
      try Self.perLayer(.full, "megatron-175b", sequenceParallel: true) == 2 * s * h / 8)
    // 23 sbh against 4.25 sbh with everything split eight ways: "5x".
    #expect(try Self.perLayer(.none, "megatron-175b") == 23 * s * h)
    #expect(
      try Self.perLayer(.selective, "megatron-175b", sequenceParallel: true) == 4.25 * s * h)
  }

  /// sb (18h + 4 d_ff + 5as) for another hidden width; with a gate and fused kernels sb (18h + 6
  /// d_ff).
  @Test func hiddenWidths() {
    var wide = ModelShape(
      layers: 1, width: 1024, heads: 16, feedForwardWidth: 2816, isGated: false)
    let rule = ActivationRule(.none, isFlash: false, hasDropout: true)
    let scores = 5 * 16 * 512.0
    func bytes() -> Double { rule.bytesPerLayer(wide, tokens: 512, sequence: 512) }
    #expect(bytes() == 512 * (18 * 1024 + 4 * 2816 + scores))
    wide.isGated = true
    #expect(bytes() == 512 * (18 * 1024 + 6 * 2816 + scores))
    // Four key-value heads in place of sixteen: 2 x 12 x 64 elements less.
    wide.attention = .grouped(keyValueHeads: 4)
    #expect(bytes() == 512 * (18 * 1024 - 2 * 2 * 12 * 64 + 6 * 2816 + scores))
    // Without dropout: two masks of the width less, and the softmax alone of the scores.
    let plain = ActivationRule(.none, isFlash: false).bytesPerLayer(
      wide, tokens: 512, sequence: 512)
    #expect(bytes() - plain == 512 * (2 * 1024 + 3 * 16 * 512))
  }

  /// The first of p stages holds p microbatches of L/p layers; interleaving adds (p-1)/(pm).
  @Test func pipelines() throws {
    let large = try shape("megatron-530b")
    func total(_ parallelism: Parallelism) -> Double {
      MemorySetup(
        parallelism: parallelism, activations: ActivationRule(.selective, hasDropout: true)
      )
      .use(of: large).activations
    }
    let layer = try Self.perLayer(.selective, "megatron-530b", sequenceParallel: true)
    let plain = Parallelism(tensor: 8, pipeline: 35, isSequenceParallel: true)
    #expect(abs(total(plain) / (105 * layer) - 1) <= 1e-12)
    var interleaved = plain
    interleaved.interleaving = 3
    #expect(abs(total(interleaved) / (105 * layer * (1 + 34.0 / 105)) - 1) <= 1e-12)
  }

  /// Outside the layers: inputs of the last norm and of the head, and 32-bit logits,
  /// 4sbh (1 + v/h) / t.
  @Test func logits() throws {
    let model = try shape("megatron-22b")
    let setup = MemorySetup(
      parallelism: Parallelism(tensor: 8, isSequenceParallel: true),
      activations: ActivationRule(.none, isFlash: false, hasDropout: true), batch: 4)
    let (s, b, h, v) = (2048.0, 4.0, 6144.0, 51200.0)
    let layers =
      try 48
      * Self.perLayer(
        .none, "megatron-22b", batch: 4, sequenceParallel: true)
    let rest = setup.use(of: model).activations - layers
    #expect(abs(rest / (4 * s * b * h * (1 + v / h) / 8) - 1) <= 1e-9)
  }

  /// Recomputing everything needs one layer whole for a moment.
  @Test func recomputedLayerIsCounted() throws {
    let llama = try shape("llama-7b")
    func activations(_ rule: ActivationRule) -> Double {
      MemorySetup(activations: rule, sequence: 4096).use(of: llama).activations
    }
    let (s, h) = (4096.0, 4096.0)
    let outside = s * (4 * 32000 + 4 * h)
    let layer = s * (16 * h + 6 * 11008)
    #expect(activations(ActivationRule(.none)) == 32 * layer + outside)
    #expect(activations(ActivationRule(.full)) == 32 * 2 * s * h + layer + outside)
  }

  /// LoRA leaves activations as they are; without a backward pass one layer is enough.
  @Test func recipesThatLeaveActivations() throws {
    let llama = try shape("llama-7b")
    func activations(_ method: MemoryRecipe.Method) -> Double {
      MemorySetup(recipe: MemoryRecipe(method)).use(of: llama).activations
    }
    #expect(activations(.lora) == activations(.adamW))
    #expect(activations(.qlora) == activations(.adamW))
    #expect(activations(.mezo) < activations(.adamW) / 10)
    #expect(activations(.serve) < activations(.mezo))
  }
}
