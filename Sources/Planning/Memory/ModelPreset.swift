/// A known model: its name, its shape and where that was published.
public struct ModelPreset: Sendable, Hashable {
  /// The name to give to `--model`.
  public var name: String
  /// Its dimensions.
  public var shape: ModelShape
  /// The tokens of context it was trained on.
  public var context: Double
  /// Where the dimensions were published.
  public var source: String

  /// The preset of a name, ignoring case.
  public static func named(_ name: String) -> ModelPreset? {
    all.first { $0.name == name.lowercased() }
  }

  /// All presets, by family and size.
  public static let all: [ModelPreset] = [
    gpt("gpt2", 12, 768, 12), gpt("gpt2-xl", 48, 1600, 25),
    ModelPreset(
      name: "gpt3-175b",
      shape: ModelShape(
        layers: 96, width: 12288, heads: 96, isGated: false, vocabulary: 50257, isTied: true,
        positions: 2048, biases: .all),
      context: 2048, source: "Brown et al. 2020, arXiv:2005.14165, table 2.1"),
    ModelPreset(
      name: "pythia-6.9b",
      shape: ModelShape(
        layers: 32, width: 4096, heads: 32, isGated: false, vocabulary: 50432, biases: .all),
      context: 2048, source: "Biderman et al. 2023, arXiv:2304.01373; EleutherAI/pythia-6.9b"),
    megatron("megatron-22b", 48, 6144, 64), megatron("megatron-175b", 96, 12288, 96),
    megatron("megatron-530b", 105, 20480, 128), megatron("megatron-1t", 128, 25600, 160),
    llama("llama-7b", 32, 4096, 32, 32, 11008, 32000, 2048, llama1),
    llama("llama-13b", 40, 5120, 40, 40, 13824, 32000, 2048, llama1),
    llama("llama-65b", 80, 8192, 64, 64, 22016, 32000, 2048, llama1),
    llama("llama2-7b", 32, 4096, 32, 32, 11008, 32000, 4096, llama2),
    llama("llama2-13b", 40, 5120, 40, 40, 13824, 32000, 4096, llama2),
    llama("llama2-70b", 80, 8192, 64, 8, 28672, 32000, 4096, llama2),
    llama("llama3-1b", 16, 2048, 32, 8, 8192, 128256, 8192, llama32, isTied: true),
    llama("llama3-3b", 28, 3072, 24, 8, 8192, 128256, 8192, llama32, isTied: true),
    llama("llama3-8b", 32, 4096, 32, 8, 14336, 128256, 8192, llama3),
    llama("llama3-70b", 80, 8192, 64, 8, 28672, 128256, 8192, llama3),
    llama("llama3-405b", 126, 16384, 128, 8, 53248, 128256, 8192, llama3),
    llama(
      "mistral-7b", 32, 4096, 32, 8, 14336, 32000, 8192,
      "Jiang et al. 2023, arXiv:2310.06825, table 1"),
    ModelPreset(
      name: "mixtral-8x7b",
      shape: ModelShape(
        layers: 32, width: 4096, heads: 32, attention: .grouped(keyValueHeads: 8),
        feedForwardWidth: 14336, vocabulary: 32000,
        experts: ModelShape.Experts(count: 8, active: 2, width: 14336)),
      context: 32768, source: "Jiang et al. 2024, arXiv:2401.04088, table 1"),
    ModelPreset(
      name: "qwen2.5-7b",
      shape: ModelShape(
        layers: 28, width: 3584, heads: 28, attention: .grouped(keyValueHeads: 4),
        feedForwardWidth: 18944, vocabulary: 152064, biases: .attentionInputs),
      context: 32768, source: "Yang et al. 2024, arXiv:2412.15115; Qwen/Qwen2.5-7B"),
    ModelPreset(
      name: "deepseek-v2",
      shape: ModelShape(
        layers: 60, width: 5120, heads: 128, headWidth: 128,
        attention: .latent(queryRank: 1536, cacheRank: 512, ropeWidth: 64),
        feedForwardWidth: 12288, vocabulary: 102400,
        experts: ModelShape.Experts(
          count: 160, active: 6, shared: 2, width: 1536, denseLayers: 1)),
      context: 4096, source: "DeepSeek-AI 2024, arXiv:2405.04434, section 3.1.2"),
    ModelPreset(
      name: "deepseek-v3",
      shape: ModelShape(
        layers: 61, width: 7168, heads: 128, headWidth: 128,
        attention: .latent(queryRank: 1536, cacheRank: 512, ropeWidth: 64),
        feedForwardWidth: 18432, vocabulary: 129280,
        experts: ModelShape.Experts(
          count: 256, active: 8, shared: 1, width: 2048, denseLayers: 3)),
      context: 4096, source: "DeepSeek-AI 2024, arXiv:2412.19437, section 4.2"),
  ]

  private static let llama1 = "Touvron et al. 2023, arXiv:2302.13971, table 2"
  private static let llama2 = "Touvron et al. 2023, arXiv:2307.09288; meta-llama/Llama-2"
  private static let llama3 = "Llama team 2024, arXiv:2407.21783, table 3"
  private static let llama32 = "Llama 3.2 model card; meta-llama/Llama-3.2"

  private static func llama(
    _ name: String, _ layers: Double, _ width: Double, _ heads: Double, _ keyValueHeads: Double,
    _ feedForwardWidth: Double, _ vocabulary: Double, _ context: Double, _ source: String,
    isTied: Bool = false
  ) -> ModelPreset {
    ModelPreset(
      name: name,
      shape: ModelShape(
        layers: layers, width: width, heads: heads,
        attention: .grouped(keyValueHeads: keyValueHeads), feedForwardWidth: feedForwardWidth,
        vocabulary: vocabulary, isTied: isTied),
      context: context, source: source)
  }

  private static func gpt(
    _ name: String, _ layers: Double, _ width: Double, _ heads: Double
  ) -> ModelPreset {
    ModelPreset(
      name: name,
      shape: ModelShape(
        layers: layers, width: width, heads: heads, isGated: false, vocabulary: 50257,
        isTied: true, positions: 1024, biases: .all),
      context: 1024, source: "Radford et al. 2019, table 2; openai-community/\(name)")
  }

  private static func megatron(
    _ name: String, _ layers: Double, _ width: Double, _ heads: Double
  ) -> ModelPreset {
    ModelPreset(
      name: name,
      shape: ModelShape(
        layers: layers, width: width, heads: heads, isGated: false, vocabulary: 51200,
        isTied: true, positions: 2048, biases: .all),
      context: 2048, source: "Korthikanti et al. 2022, arXiv:2205.05198, table 3")
  }
}
