import Planning
import Testing

/// FLOPs by every rule, against published counts.
struct FlopRuleTests {
  struct Table4: Sendable {
    var layers: Double
    var width: Double
    var hidden: Double
    var heads: Double
    var params: Double
    var ratio: Double
  }

  /// Hoffmann et al.
  ///
  /// 2022, appendix F, as recomputed in 2.5 of Karpathy's nanoGPT; printed digits.
  @Test(arguments: [
    Table4(layers: 10, width: 640, hidden: 2560, heads: 10, params: 73_825_280, ratio: 1.025),
    Table4(layers: 20, width: 1024, hidden: 4096, heads: 16, params: 305_707_008, ratio: 1.101),
    Table4(layers: 24, width: 1280, hidden: 5120, heads: 10, params: 552_604_160, ratio: 1.083),
    Table4(layers: 26, width: 1792, hidden: 7168, heads: 14, params: 1_143_453_696, ratio: 1.044),
    Table4(layers: 28, width: 2048, hidden: 8192, heads: 16, params: 1_593_126_912, ratio: 1.033),
    Table4(layers: 40, width: 3584, hidden: 14336, heads: 28, params: 6_796_274_688, ratio: 0.994),
  ])
  func hoffmann(_ row: Table4) {
    // Relative positions add a matrix of d^2 to a layer, which costs parameters but no FLOPs there.
    let (l, d, f) = (row.layers, row.width, row.hidden)
    let params = l * (5 * d * d + 11 * d + 2 * d * f + f) + 2 * d + d * 32000
    #expect(params == row.params)
    let model = ModelShape(
      layers: l, width: d, heads: row.heads, feedForwardWidth: f, isGated: false, isTied: true)
    let flops = FlopRule.hoffmannLayers.training(model, sequence: 2048)
    #expect(abs(flops / (6 * params) - row.ratio) <= 0.0005, "\(flops / (6 * params))")
    // Embeddings and logits: 2 s V d each, forward.
    let all = FlopRule.hoffmann.training(model, sequence: 2048)
    #expect(abs((all - flops) / (12 * 32000 * d) - 1) <= 1e-9)
  }

  private static func smallGPT() throws -> ModelShape {
    var model = try shape("gpt2")
    model.biases = .none
    return model
  }

  /// GPT-2 124M on 1024 tokens, exactly.
  @Test func gpt2() throws {
    let model = try Self.smallGPT()
    #expect(1024 * FlopRule.matrices.forward(model, sequence: 1024) == 291_648_307_200)
    #expect(1024 * FlopRule.matrices.training(model, sequence: 1024) == 874_944_921_600)
    #expect(1024 * FlopRule.palm.training(model, sequence: 1024) == 875_062_886_400)
    #expect(FlopRule.params.training(model, sequence: 1024) == 6 * 124_337_664)
  }

  /// 6N + 12 L H Q T for any model whose tables all multiply.
  @Test func palmIsSixNAndAttention() throws {
    var model = try shape("llama2-7b")
    model.isTied = true
    let flops = FlopRule.palm.training(model, sequence: 4096)
    #expect(flops == 6 * model.params + 12 * 32 * 4096 * 4096)
  }

  /// 72 B L s h^2 (1 + s/6h + v/12hL), equation 8 of arXiv:2205.05198.
  @Test(arguments: ["megatron-22b", "megatron-1t"])
  func megatron(name: String) throws {
    let model = try shape(name)
    let (l, h, s, v) = (model.layers, model.width, 2048.0, 51200.0)
    let expected = 72 * l * h * h * (1 + s / (6 * h) + v / (12 * h * l))
    #expect(abs(FlopRule.matrices.training(model, sequence: s) / expected - 1) <= 1e-12)
  }

  /// The overhead of selective recomputation: 2.7 and 1.6 % of the forward pass, 0.90 % of both.
  @Test func recomputation() throws {
    for (name, percent) in [("megatron-175b", 2.703), ("megatron-530b", 1.639)] {
      let share = FlopRule.attentionShare(try shape(name), sequence: 2048)
      #expect(abs(100 * share - percent) <= 0.0005)
    }
    let model = try shape("megatron-175b")
    let selective = Recomputation.selective.hardwareFactor(model, sequence: 2048)
    #expect(abs(100 * (selective - 1) - 0.90) <= 0.005)
    #expect(Recomputation.none.hardwareFactor(model, sequence: 2048) == 1)
    #expect(Recomputation.full.hardwareFactor(model, sequence: 2048) == 4.0 / 3)
  }

  /// MFU and HFU of the paper's runs, table 5: the batch, the seconds and the GPUs it prints.
  @Test(arguments: [
    ("megatron-22b", 4.0, 8.0, 1.10, 41.5, 43.7), ("megatron-175b", 64, 64, 13.75, 51.4, 52.8),
    ("megatron-530b", 280, 280, 37.83, 56.0, 57.0), ("megatron-1t", 512, 512, 71.49, 56.3, 57.0),
  ])
  func utilizations(
    name: String, batch: Double, gpus: Double, seconds: Double, mfu: Double, hfu: Double
  ) throws {
    let model = try shape(name)
    let flops = batch * 2048 * FlopRule.matrices.training(model, sequence: 2048)
    let reached = Cluster.utilization(
      flops, seconds: seconds, on: try .named("a100-80gb"), count: gpus)
    // Seconds are printed to half a per cent.
    #expect(abs(100 * reached / mfu - 1) <= 0.006, "\(reached)")
    // The paper's hardware FLOPs take the whole of attention three times more, s/3h for s/6h, where
    // one more forward pass of it is computed: its HFU is above ours.
    let hardware = reached * Recomputation.selective.hardwareFactor(model, sequence: 2048)
    #expect(hardware > reached && 100 * hardware < hfu + 0.1)
  }

  /// 6 N_active D of DeepSeek-V3: 3.286e24 FLOP by the paper's 37B.
  @Test func mixturesCountWhatIsActive() throws {
    let model = try shape("deepseek-v3")
    #expect(FlopRule.params.training(model, sequence: 4096) == 6 * model.activeParams)
    #expect(model.activeParams < model.params / 15)
  }
}
