import Planning
import Testing

/// Shapes: parameters and caches of known models, and the shape derived from a bare N.
struct ModelShapeTests {
  /// The elements in the released weights, exactly.
  @Test(arguments: [
    ("gpt2", 124_439_808), ("gpt2-xl", 1_557_611_200), ("pythia-6.9b", 6_857_302_016),
    ("llama-7b", 6_738_415_616), ("llama-13b", 13_015_864_320), ("llama-65b", 65_285_660_672),
    ("llama2-70b", 68_976_648_192), ("llama3-1b", 1_235_814_400), ("llama3-3b", 3_212_749_824),
    ("llama3-8b", 8_030_261_248), ("llama3-70b", 70_553_706_496),
    ("llama3-405b", 405_853_388_800), ("mistral-7b", 7_241_732_096),
    ("mixtral-8x7b", 46_702_792_704), ("qwen2.5-7b", 7_615_616_512),
    ("deepseek-v2", 235_741_434_880),
  ])
  func parametersOfReleasedModels(name: String, params: Double) throws {
    #expect(try shape(name).params == params)
  }

  /// What the papers print: to half a unit of the last digit, and Megatron's sizes to theirs.
  @Test(arguments: [
    ("deepseek-v3", 671e9, 0.5e9), ("gpt3-175b", 175e9, 0.5e9), ("megatron-22b", 22e9, 0.5e9),
    ("megatron-175b", 175e9, 0.5e9), ("megatron-530b", 530e9, 0.5e9), ("megatron-1t", 1e12, 9e9),
  ])
  func parametersAsPrinted(name: String, params: Double, tolerance: Double) throws {
    let counted = try shape(name).params
    #expect(abs(counted - params) <= tolerance, "\(counted)")
  }

  /// 12.9B, 21B and 37B of the papers; the last two leave out the table of tokens or not, 1e9.
  @Test(arguments: [
    ("mixtral-8x7b", 12.9e9, 0.05e9), ("deepseek-v2", 21e9, 0.5e9), ("deepseek-v3", 37e9, 1e9),
  ])
  func activeParameters(name: String, params: Double, tolerance: Double) throws {
    #expect(abs(try shape(name).activeParams - params) <= tolerance)
  }

  @Test func denseModelsAreActiveWhole() throws {
    #expect(try shape("llama3-8b").activeParams == shape("llama3-8b").params)
  }

  /// GPT-2 without biases, as it is trained today.
  @Test func biasesAreCounted() throws {
    var small = try shape("gpt2")
    small.biases = .none
    #expect(small.params == 124_337_664)
    // Weights and two moments in 32 bits: what a checkpoint holds, 1.49 GB.
    let use = MemorySetup(recipe: MemoryRecipe(.adamW, .fp32)).use(of: small)
    #expect(use.weights + use.optimizer == 1_492_051_968)
  }

  @Test(arguments: [1e6, 1e8, 6.738415616e9, 70e9, 1e12], [32_000.0, 128_256])
  func derivedShapeHasTheParameters(params: Double, vocabulary: Double) {
    let shape = ModelShape(params: params, vocabulary: vocabulary)
    // A root found to the last bits.
    #expect(abs(shape.params / params - 1) <= 1e-12)
    #expect(shape.vocabulary == vocabulary)
  }

  /// The true widths and layers of Llama 2 7B and 13B, to the 3 % that rounding to whole layers
  /// and multiples of 256 moves them.
  @Test(arguments: ["llama2-7b", "llama2-13b"])
  func derivedShapeIsLlama(name: String) throws {
    let real = try shape(name)
    let derived = ModelShape(params: real.params)
    #expect(abs(derived.width / real.width - 1) <= 0.03)
    #expect(abs(derived.layers / real.layers - 1) <= 0.03)
  }

  /// Section 4.3 of the domain reference: bytes or elements of the cache.
  @Test func caches() throws {
    #expect(try 2 * shape("llama3-70b").cacheElementsPerToken == 327_680)
    #expect(try 2 * 2048 * shape("llama-7b").cacheElementsPerToken == 1_073_741_824)
    #expect(try 2 * 2048 * shape("gpt3-175b").cacheElementsPerToken == 9 * 1_073_741_824)
    #expect(try shape("deepseek-v2").cacheElementsPerToken == 34_560)
  }

  @Test func presetsAreFoundByNameAndSayWhereTheyAreFrom() throws {
    #expect(Set(ModelPreset.all.map(\.name)).count == ModelPreset.all.count)
    #expect(ModelPreset.named("LLaMA2-7B")?.name == "llama2-7b")
    #expect(ModelPreset.named("llama") == nil)
    #expect(ModelPreset.all.allSatisfy { !$0.source.isEmpty })
  }
}

func shape(_ name: String) throws -> ModelShape { try #require(ModelPreset.named(name)).shape }
