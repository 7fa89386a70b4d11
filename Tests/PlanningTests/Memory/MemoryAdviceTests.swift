import Planning
import ScalingLaws
import Testing

/// Which model fits, and what makes one fit.
struct MemoryAdviceTests {
  private static let layouts = [
    Parallelism(), Parallelism(data: 8, zero: .states), Parallelism(data: 8, zero: .weights),
    Parallelism(data: 2, tensor: 4, pipeline: 2, zero: .gradients, isSequenceParallel: true),
  ]

  /// Every recipe on every layout: memory grows with N, and the largest N is where it is full.
  @Test(arguments: MemoryRecipe.Method.allCases, layouts.indices)
  func largestModelFillsTheGPU(method: MemoryRecipe.Method, layout: Int) throws {
    let setup = MemorySetup(
      recipe: MemoryRecipe(method), parallelism: Self.layouts[layout],
      activations: ActivationRule(.full))
    let params = try #require(setup.largestParams(in: 80e9))
    func use(_ params: Double) -> MemoryUse { setup.use(of: ModelShape(params: params)) }
    #expect(use(params).fits(80e9))
    #expect(!use(params * (1 + 1e-8)).fits(80e9))
    var last = 0.0
    for params in sequence(first: 1e6, next: { $0 < 1e15 ? 1.7 * $0 : nil }) {
      let total = use(params).total
      #expect(total > last)
      last = total
    }
  }

  @Test func nothingFitsInNothing() {
    #expect(MemorySetup().largestParams(in: 3e9) == nil)
  }

  /// A larger vocabulary leaves room for less.
  @Test func vocabularyCounts() throws {
    let small = try #require(MemorySetup().largestParams(in: 24e9))
    let large = try #require(MemorySetup().largestParams(in: 24e9, vocabulary: 128_256))
    #expect(large < small)
  }

  /// Cutting the states alone leaves the activations, and the other way round.
  @Test func oneChangeMovesTheBottleneck() throws {
    let setup = MemorySetup(batch: 4)
    let advice = MemoryAdvice(setup, try shape("llama-7b"), memory: 40e9)
    #expect(advice.use.largest == .optimizer)
    let lora = try #require(advice.single.first { $0.steps == ["LoRA"] })
    #expect(lora.use.largest == .activations)
    #expect(lora.use.activations == advice.use.activations)
    let full = try #require(advice.single.first { $0.steps == ["full recomputation"] })
    #expect(full.use.largest == .optimizer)
    #expect(!lora.use.fits(40e9) && !full.use.fits(40e9))
    #expect(advice.single.allSatisfy { $0.use.total < advice.use.total })
  }

  /// What fits with the same updates is preferred, however little memory another recipe needs.
  @Test func updatesAreKeptWherePossible() throws {
    let llama = try shape("llama-7b")
    let eight = MemorySetup(parallelism: Parallelism(data: 8))
    let sharded = try #require(MemoryAdvice(eight, llama, memory: 80e9).remedy)
    #expect(sharded.sacrifice == .time && sharded.steps == ["ZeRO 1"])
    #expect(sharded.setup.recipe == eight.recipe)
    let one = MemorySetup()
    let remedies = try [100e9, 40e9, 24e9, 20e9].map { memory in
      try #require(MemoryAdvice(one, llama, memory: memory).remedy)
    }
    #expect(remedies.map(\.sacrifice) == [.optimizer, .optimizer, .optimizer, .optimizer])
    #expect(remedies[0].steps == ["8-bit Adam"])
    #expect(remedies[3].steps == ["LOMO", "full recomputation"])
    for (remedy, memory) in zip(remedies, [100e9, 40e9, 24e9, 20e9]) {
      #expect(remedy.use.fits(memory))
      #expect(remedy.use == remedy.setup.use(of: llama))
    }
    // Below the weights in 16 bits only quantised ones fit.
    let small = try #require(MemoryAdvice(one, llama, memory: 12e9).remedy)
    #expect(small.sacrifice == .weights && small.setup.recipe.method == .qlora)
    #expect(MemoryAdvice(one, llama, memory: 12e9, mayTrainAdapters: false).remedy == nil)
  }

  /// Fitting, it needs no advice.
  @Test func whatFitsIsLeftAlone() throws {
    let advice = MemoryAdvice(
      MemorySetup(recipe: MemoryRecipe(.qlora)), try shape("llama-7b"), memory: 80e9)
    #expect(advice.remedy == nil && advice.leanest == nil && advice.layoutNeeded == nil)
  }

  /// Where nothing fits, the leanest and the number of GPUs that would do.
  @Test func whatWouldFit() throws {
    let model = try shape("llama3-405b")
    let advice = MemoryAdvice(MemorySetup(sequence: 8192), model, memory: 80e9)
    #expect(advice.remedy == nil)
    let leanest = try #require(advice.leanest)
    #expect(!leanest.use.fits(80e9))
    #expect(advice.single.allSatisfy { $0.use.total >= leanest.use.total })
    let gpus = try #require(advice.layoutNeeded).gpus
    // By hand: every split of half as many over matrices and data.
    func fits(_ gpus: Int) -> Bool {
      [1, 2, 4, 8].contains { tensor in
        guard gpus.isMultiple(of: tensor) else { return false }
        var setup = leanest.setup
        setup.parallelism = Parallelism(
          data: gpus / tensor, tensor: tensor, zero: .weights, isSequenceParallel: tensor > 1)
        return setup.use(of: model).fits(80e9)
      }
    }
    #expect(fits(gpus) && !fits(gpus / 2))
    // A sequence is not spread over more than eight GPUs: of one too long no number is enough.
    let long = MemorySetup(sequence: 1e9)
    #expect(MemoryAdvice(long, model, memory: 80e9).layoutNeeded == nil)
  }

  @Test func servingRoundsWeightsOrSharesThem() throws {
    let model = try shape("llama3-70b")
    let serve = MemorySetup(recipe: MemoryRecipe(.serve), sequence: 8192)
    let use = serve.use(of: model)
    #expect(use.weights == 2 * model.params && use.gradients == 0 && use.optimizer == 0)
    #expect(use.cache == 8192 * 327_680)
    let advice = MemoryAdvice(serve, model, memory: 80e9)
    #expect(advice.remedy?.steps == ["8-bit weights"])
    #expect(advice.layoutNeeded == Parallelism(tensor: 2))
    // Eight key-value heads on sixteen GPUs: each of them is held twice.
    var wide = serve
    wide.parallelism.tensor = 16
    #expect(wide.use(of: model).cache == 8192 * 327_680 / 8)
    // A latent is on all GPUs.
    wide.recipe = MemoryRecipe(.serve, weightBits: 8)
    let latent = wide.use(of: try shape("deepseek-v2"))
    #expect(latent.cache == 8192 * 34_560 * 2)
    wide.cacheBits = 8
    #expect(wide.use(of: try shape("deepseek-v2")).cache == 8192 * 34_560)
  }

  /// FLOPs of the hardware over those of the model.
  @Test func compute() throws {
    let llama = try shape("llama-7b")
    func factor(_ method: MemoryRecipe.Method, _ recomputation: Recomputation) -> Double {
      MemorySetup(recipe: MemoryRecipe(method), activations: ActivationRule(recomputation))
        .computeFactor(llama)
    }
    #expect(factor(.adamW, .none) == 1)
    #expect(abs(factor(.adamW, .full) - 4.0 / 3) <= 1e-15)
    #expect(abs(factor(.lora, .none) - 2.0 / 3) <= 1e-15)
    #expect(abs(factor(.lora, .full) - 1) <= 1e-15)
    #expect(factor(.mezo, .full) == 2.0 / 3)
    #expect(factor(.serve, .none) == 1)
  }
}

/// Amounts of memory as typed.
struct ByteCountTests {
  @Test(arguments: [
    ("80GB", 80e9), ("80 gb", 80e9), ("80GiB", 85_899_345_920), ("1.5TB", 1.5e12),
    ("512MiB", 536_870_912), ("2tib", 2_199_023_255_552), ("640MB", 640e6),
  ])
  func amounts(text: String, bytes: Double) throws {
    #expect(try ByteCount.parse(text, place: "memory") == bytes)
  }

  @Test(arguments: [
    ("80", "80GB or 80GiB"), ("80G", "80GB"), ("80 kg", "no unit 'kg'"), ("GB", "write 80GB"),
    ("0GB", "not positive"), ("-1GB", "not positive"), ("", "no amount"), ("8O GB", "no unit"),
  ])
  func faultsSayWhatToWrite(text: String, says: String) {
    let error = #expect(throws: AnalysisError.self) {
      try ByteCount.parse(text, place: "--gpu-memory")
    }
    let message = error?.message ?? ""
    #expect(message.contains(says) && message.hasPrefix("--gpu-memory: "), "\(message)")
  }

  @Test func printed() {
    #expect(ByteCount.format(80e9) == "80 GB")
    #expect(ByteCount.format(80e9, in: .gibibyte) == "74.5 GiB")
  }
}
