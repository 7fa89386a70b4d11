/// The changes to a setup that are considered.
struct MemoryVariations {
  /// A recipe to try, in the order of preference.
  struct RecipeChoice {
    var recipe: MemoryRecipe
    var sacrifice: MemoryChange.Sacrifice
    /// What is changed; empty for the recipe as it is.
    var words: [String] = []
    /// The bits of the cache.
    var cacheBits: Double
    var rank = 0
  }

  private let setup: MemorySetup
  private let shape: ModelShape
  private let matrices: [WeightMatrix]
  private let layouts: [(parallelism: Parallelism, words: [String])]
  private let batches: [Double]
  private let activationRules: [(rule: ActivationRule, words: [String])]
  let recipes: [RecipeChoice]

  init(_ setup: MemorySetup, _ shape: ModelShape, mayTrainAdapters: Bool) {
    self.setup = setup
    self.shape = shape
    matrices = shape.matrices
    layouts = Self.layouts(setup, shape)
    batches = Self.batches(setup)
    activationRules = Self.activationRules(setup)
    recipes =
      setup.recipe.method == .serve
      ? Self.served(setup) : Self.trained(setup, mayTrainAdapters: mayTrainAdapters)
  }

  /// Each change by itself, cheapest first.
  var single: [MemoryChange] {
    var changes: [MemoryChange] = []
    for choice in recipes {
      combinations(choice, steps: 1...1) { changes.append(change($0, choice)) }
    }
    return changes.sorted { $0.isCheaper(than: $1) }
  }

  /// A combination of a recipe with a layout, a batch and a rule.
  struct Variation {
    var setup: MemorySetup
    var use: MemoryUse
    fileprivate var layoutWords: [String]
    fileprivate var ruleWords: [String]
  }

  /// Calls back with every combination of a recipe with other layouts and recomputations that is
  /// so many changes.
  func combinations(
    _ choice: RecipeChoice, steps range: ClosedRange<Int> = 1...Int.max,
    _ body: (Variation) -> Void
  ) {
    var changed = setup
    changed.recipe = choice.recipe
    changed.cacheBits = choice.cacheBits
    for layout in layouts {
      changed.parallelism = layout.parallelism
      for batch in batches {
        changed.batch = batch
        for rule in activationRules {
          changed.activations = rule.rule
          let steps =
            layout.words.count + choice.words.count + rule.words.count
            + (batch == setup.batch ? 0 : 1)
          guard range.contains(steps) else { continue }
          body(
            Variation(
              setup: changed, use: changed.use(of: shape, matrices),
              layoutWords: layout.words, ruleWords: rule.words))
        }
      }
    }
  }

  /// A combination with its words and its price.
  func change(_ variation: Variation, _ choice: RecipeChoice) -> MemoryChange {
    let batch = variation.setup.batch
    return MemoryChange(
      steps: variation.layoutWords + choice.words + variation.ruleWords
        + (batch == setup.batch ? [] : ["microbatch of \(Int(batch))"]),
      setup: variation.setup, use: variation.use,
      computeFactor: variation.setup.computeFactor(shape), sacrifice: choice.sacrifice,
      rank: choice.rank)
  }

  private static func batches(_ setup: MemorySetup) -> [Double] {
    guard setup.recipe.hasBackward else { return [setup.batch] }
    var batches = [setup.batch]
    while let last = batches.last, last >= 2 { batches.append((last / 2).rounded(.down)) }
    return batches
  }

  private static func activationRules(
    _ setup: MemorySetup
  ) -> [(rule: ActivationRule, words: [String])] {
    let now = setup.activations
    var rules: [(rule: ActivationRule, words: [String])] = [(now, [])]
    guard setup.recipe.hasBackward else { return rules }
    if !now.isFlash {
      var rule = now
      rule.isFlash = true
      rules.append((rule, ["FlashAttention"]))
      if now.recomputation == .none {
        rule = now
        rule.recomputation = .selective
        rules.append((rule, ["selective recomputation"]))
      }
    }
    if now.recomputation != .full {
      var rule = now
      rule.recomputation = .full
      rules.append((rule, ["full recomputation"]))
      if !now.isFlash {
        rule.isFlash = true
        rules.append((rule, ["FlashAttention", "full recomputation"]))
      }
    }
    return rules
  }

  /// The same GPUs used otherwise: matrices split over up to eight of those that were
  /// data-parallel, and more sharing among the rest.
  private static func layouts(
    _ setup: MemorySetup, _ shape: ModelShape
  ) -> [(parallelism: Parallelism, words: [String])] {
    let now = setup.parallelism
    let isTraining = setup.recipe.hasBackward
    var tensors: [(parallelism: Parallelism, words: [String])] = [(now, [])]
    if now.tensor > 1, !now.isSequenceParallel, isTraining {
      var layout = now
      layout.isSequenceParallel = true
      tensors.append((layout, ["sequence parallelism"]))
    }
    var factor = 2
    while now.data.isMultiple(of: factor), now.tensor * factor <= 8,
      shape.splits(over: now.tensor * factor)
    {
      var layout = now
      layout.data /= factor
      layout.tensor *= factor
      layout.isSequenceParallel = isTraining
      let kind = isTraining ? "tensor and sequence" : "tensor"
      tensors.append((layout, ["\(layout.tensor)-way \(kind) parallelism"]))
      factor *= 2
    }
    guard setup.recipe.method != .serve else { return tensors }
    return tensors.flatMap { parallelism, words in
      Parallelism.ZeRO.allCases.compactMap { zero in
        if zero == now.zero { return (parallelism, words) }
        guard zero.rawValue > now.zero.rawValue, parallelism.data > 1 else { return nil }
        var layout = parallelism
        layout.zero = zero
        return (layout, words + ["ZeRO \(zero.rawValue)"])
      }
    }
  }

  private static func trained(
    _ setup: MemorySetup, mayTrainAdapters: Bool
  ) -> [RecipeChoice] {
    let now = setup.recipe
    var choices = [RecipeChoice(recipe: now, sacrifice: .time, cacheBits: setup.cacheBits)]
    func append(
      _ method: MemoryRecipe.Method, _ words: [String], _ sacrifice: MemoryChange.Sacrifice,
      _ change: (inout MemoryRecipe) -> Void = { _ in }
    ) {
      var recipe = now
      if recipe.method != method { recipe.rank = nil }
      recipe.method = method
      change(&recipe)
      guard !choices.contains(where: { $0.recipe == recipe }) else { return }
      choices.append(
        RecipeChoice(
          recipe: recipe, sacrifice: sacrifice, words: words, cacheBits: setup.cacheBits,
          rank: choices.count))
    }
    if now.method == .lora {
      append(.qlora, ["QLoRA"], .optimizer)
    } else if now.hasBackward, !now.isAdapter {
      let precisions: [(precision: MemoryRecipe.Precision, word: String?)] =
        switch now.precision {
        case .fp32: [(.fp32, nil), (.mixed, "mixed precision"), (.bf16, "pure bf16")]
        case .mixed: [(.mixed, nil), (.bf16, "pure bf16")]
        case .bf16: [(.bf16, nil)]
        }
      var methods: [(method: MemoryRecipe.Method, word: String?)] = [(now.method, nil)]
      if [.adamW, .muon].contains(now.method) {
        // Before all others: it trains as AdamW does.
        append(.adam8bit, ["8-bit Adam"], .optimizer)
        methods.append((.adam8bit, "8-bit Adam"))
      }
      if now.method != .lomo {
        methods += [(.adafactor, "Adafactor"), (.galore8bit, "8-bit GaLore"), (.lomo, "LOMO")]
      }
      for (method, name) in methods {
        // LOMO has neither states nor a master copy: its 16 bits are the same in both.
        for (precision, word) in precisions where method != .lomo || word == nil {
          append(method, [name, word].compactMap { $0 }, .optimizer) { $0.precision = precision }
        }
      }
      if mayTrainAdapters {
        append(.lora, ["LoRA"], .weights)
        append(.qlora, ["QLoRA"], .weights)
      }
    }
    if mayTrainAdapters { append(.mezo, ["MeZO"], .gradients) }
    return choices
  }

  private static func served(_ setup: MemorySetup) -> [RecipeChoice] {
    let bits = setup.recipe.weightBits ?? 8 * setup.recipe.elementBytes
    let weights = [bits] + [8, 4].filter { $0 < bits }
    let caches = [setup.cacheBits] + [8].filter { $0 < setup.cacheBits }
    var choices: [RecipeChoice] = []
    for weight in weights {
      for cache in caches {
        var words: [String] = []
        var recipe = setup.recipe
        if weight != bits {
          recipe.weightBits = weight
          words.append("\(Int(weight))-bit weights")
        }
        if cache != setup.cacheBits { words.append("\(Int(cache))-bit cache") }
        choices.append(
          RecipeChoice(
            recipe: recipe, sacrifice: words.isEmpty ? .time : .optimizer, words: words,
            cacheBits: cache, rank: choices.count))
      }
    }
    return choices
  }
}
