internal import Planning
internal import Tables

extension MemoryVerb {
  /// Where every default that was used is from.
  func sources(
    _ choice: ModelOptions.Choice, _ setup: MemorySetup, _ device: MemoryPresentation.Device?
  ) -> [MemoryPresentation.Source] {
    var sources: [MemoryPresentation.Source] = []
    func add(_ what: String, _ value: String, _ source: String) {
      sources.append(MemoryPresentation.Source(what: what, value: value, source: source))
    }
    let recipe = setup.recipe
    if choice.source != "given" { add("dimensions", choice.name, choice.source) }
    if let device, device.source != "given" {
      add("GPU memory", ByteCount.format(device.memory), device.source)
    }
    if recipe.hasBackward {
      add(
        "bytes of a weight",
        recipe.precision == .mixed ? "2 + 2 + 4 and the states" : recipe.precision.rawValue,
        "Rajbhandari et al. 2020, arXiv:1910.02054, section 3.1")
      if let source = recipe.method.source { add("states", recipe.method.rawValue, source) }
      add(
        "activations", "what a layer keeps",
        "Korthikanti et al. 2022, arXiv:2205.05198, table 2")
      if setup.activations.isFlash {
        add("attention", "scores not kept", "Dao et al. 2022, arXiv:2205.14135")
      }
      if choice.shape.isGated {
        add(
          "gated block", "3 tensors kept",
          "derived: gate, up and product; an unfused block keeps a fourth")
      }
    } else if let source = recipe.method.source {
      add("recipe", recipe.method.rawValue, source)
    }
    if self.recipe.rank == nil {
      switch recipe.method {
      case .lora, .qlora:
        add("rank", "64", "Dettmers et al. 2023, arXiv:2305.14314, appendix B.2")
      case .galore, .galore8bit:
        add("rank", "a quarter of the width", "Zhao et al. 2024, arXiv:2403.03507, table 2")
      default: break
      }
    }
    if setup.use(of: choice.shape).buffers > 0, setup.parallelism.zero != .weights {
      add("bucket", "5e8 gradients", "DeepSpeed, reduce_bucket_size")
    }
    if setup.use(of: choice.shape).cache > 0 {
      add(
        "cache", "\(NumberText.shortest(setup.cacheBits))-bit elements",
        "Pope et al. 2022, arXiv:2211.05102; Ainslie et al. 2023, arXiv:2305.13245 (GQA)")
    }
    if batch.sequence == nil {
      add(
        "sequence", "\(NumberText.shortest(setup.sequence)) tokens",
        choice.context == nil ? "Llama 2's context, arXiv:2307.09288" : choice.source)
    }
    if batch.overhead == nil {
      add("overhead", "0.5 to 3 GB", "an allowance of this package; measured peaks vary")
    }
    return sources
  }
}

extension MemoryRecipe.Method {
  /// Where the recipe was published; nil for what needs no source.
  fileprivate var source: String? {
    switch self {
    case .adamW, .sgd, .momentum, .serve: nil
    case .adam8bit: "Dettmers et al. 2022, arXiv:2110.02861, section 2.1"
    case .lion: "Chen et al. 2023, arXiv:2302.06675"
    case .adafactor: "Shazeer and Stern 2018, arXiv:1804.04235"
    case .muon: "Jordan et al. 2024, Muon"
    case .lomo: "Lv et al. 2023, arXiv:2306.09782"
    case .galore, .galore8bit: "Zhao et al. 2024, arXiv:2403.03507, table 1"
    case .lora: "Hu et al. 2021, arXiv:2106.09685"
    case .qlora: "Dettmers et al. 2023, arXiv:2305.14314, section 3"
    case .mezo: "Malladi et al. 2023, arXiv:2305.17333"
    }
  }
}
