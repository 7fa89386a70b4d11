/// The changes to a setup that are considered.
struct MemoryVariations {
  /// A recipe to try, in the order of preference.
  struct RecipeChoice {
    var recipe: MemoryRecipe
    var sacrifice: MemoryChange.Sacrifice
    /// Nil for the recipe as it is.
    var words: String?
    /// The bits of the cache, when serving.
    var cacheBits: Double
    var rank: Int
  }

  private let setup: MemorySetup
  private let shape: ModelShape
  let recipes: [RecipeChoice]

  init(_ setup: MemorySetup, _ shape: ModelShape, mayTrainAdapters: Bool) {
    self.setup = setup
    self.shape = shape
    recipes =
      setup.recipe.method == .serve
      ? Self.served(setup) : Self.trained(setup, mayTrainAdapters: mayTrainAdapters)
  }

  /// Each change by itself, cheapest first.
  var single: [MemoryChange] {
    var changes: [MemoryChange] = []
    for choice in recipes {
      combinations(choice) { change in
        if change.steps.count == 1 { changes.append(change) }
      }
    }
    return changes.sorted { $0.isCheaper(than: $1) }
  }

  /// Calls back with every combination of a recipe with other layouts and recomputations.
  func combinations(_ choice: RecipeChoice, _ body: (MemoryChange) -> Void) {
    var changed = setup
    changed.recipe = choice.recipe
    changed.cacheBits = choice.cacheBits
    for layout in layouts {
      changed.parallelism = layout.parallelism
      for batch in batches {
        changed.batch = batch
        for rule in activationRules {
          changed.activations = rule.rule
          var steps = layout.words + [choice.words, rule.words].compactMap { $0 }
          if batch != setup.batch { steps.append("microbatch of \(Int(batch))") }
          guard !steps.isEmpty else { continue }
          body(
            MemoryChange(
              steps: steps, setup: changed, use: changed.use(of: shape),
              computeFactor: changed.computeFactor(shape), sacrifice: choice.sacrifice,
              rank: choice.rank))
        }
      }
    }
  }

  private var isTraining: Bool { setup.recipe.hasBackward }

  private var batches: [Double] {
    guard isTraining else { return [setup.batch] }
    var batches = [setup.batch]
    while let last = batches.last, last >= 2 { batches.append((last / 2).rounded(.down)) }
    return batches
  }

  private var activationRules: [(rule: ActivationRule, words: String?)] {
    let now = setup.activations
    var rules: [(rule: ActivationRule, words: String?)] = [(now, nil)]
    guard isTraining else { return rules }
    if !now.isFlash {
      var rule = now
      rule.isFlash = true
      rules.append((rule, "FlashAttention"))
      if now.recomputation == .none {
        rule = now
        rule.recomputation = .selective
        rules.append((rule, "selective recomputation"))
      }
    }
    if now.recomputation != .full {
      var rule = now
      rule.recomputation = .full
      rules.append((rule, "full recomputation"))
      if !now.isFlash {
        rule.isFlash = true
        rules.append((rule, "full recomputation and FlashAttention"))
      }
    }
    return rules
  }

  /// The same GPUs used otherwise: matrices split over up to eight of those that were
  /// data-parallel, and more sharing among the rest.
  private var layouts: [(parallelism: Parallelism, words: [String])] {
    let now = setup.parallelism
    var tensors: [(parallelism: Parallelism, words: [String])] = [(now, [])]
    if now.tensor > 1, !now.isSequenceParallel, isTraining {
      var layout = now
      layout.isSequenceParallel = true
      tensors.append((layout, ["sequence parallelism"]))
    }
    var factor = 2
    while now.data.isMultiple(of: factor), now.tensor * factor <= 8,
      shape.heads.truncatingRemainder(dividingBy: Double(now.tensor * factor)) == 0
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
    var choices = [
      RecipeChoice(
        recipe: now, sacrifice: .time, words: nil, cacheBits: setup.cacheBits, rank: 0)
    ]
    func append(
      _ method: MemoryRecipe.Method, _ words: String, _ sacrifice: MemoryChange.Sacrifice,
      _ change: (inout MemoryRecipe) -> Void = { _ in }
    ) {
      var recipe = now
      if recipe.method != method { recipe.rank = nil }
      recipe.method = method
      change(&recipe)
      guard recipe != now else { return }
      choices.append(
        RecipeChoice(
          recipe: recipe, sacrifice: sacrifice, words: words, cacheBits: setup.cacheBits,
          rank: choices.count))
    }
    if now.method == .lora {
      append(.qlora, "QLoRA", .optimizer)
    } else if now.hasBackward, !now.isAdapter {
      if now.precision == .fp32 {
        append(now.method, "mixed precision", .optimizer) {
          $0.precision = .mixed
        }
      }
      if [.adamW, .muon].contains(now.method) { append(.adam8bit, "8-bit Adam", .optimizer) }
      if now.precision != .bf16 {
        append(now.method, "pure bf16", .optimizer) { $0.precision = .bf16 }
        append(.adam8bit, "8-bit Adam in pure bf16", .optimizer) { $0.precision = .bf16 }
      }
      if now.method != .lomo {
        append(.adafactor, "Adafactor in pure bf16", .optimizer) { $0.precision = .bf16 }
        append(.galore8bit, "8-bit GaLore in pure bf16, updates per matrix", .optimizer) {
          $0.precision = .bf16
          $0.updatesPerMatrix = true
        }
        append(.lomo, "LOMO", .optimizer)
      }
      if mayTrainAdapters {
        append(.lora, "LoRA", .weights)
        append(.qlora, "QLoRA", .weights)
      }
    }
    if mayTrainAdapters { append(.mezo, "MeZO", .gradients) }
    return choices
  }

  private static func served(_ setup: MemorySetup) -> [RecipeChoice] {
    let bits = setup.recipe.weightBits ?? 8 * setup.recipe.elementBytes
    var choices: [RecipeChoice] = []
    for cache in [setup.cacheBits, 8] where cache == setup.cacheBits || cache < setup.cacheBits {
      for weight in [bits, 8, 4] where weight == bits || weight < bits {
        guard
          !choices.contains(where: {
            $0.cacheBits == cache && $0.recipe.weightBits ?? bits == weight
          })
        else { continue }
        var recipe = setup.recipe
        if weight != bits { recipe.weightBits = weight }
        let words = [
          weight == bits ? nil : "\(Int(weight))-bit weights",
          cache == setup.cacheBits ? nil : "\(Int(cache))-bit cache",
        ].compactMap { $0 }
        choices.append(
          RecipeChoice(
            recipe: recipe, sacrifice: words.isEmpty ? .time : .optimizer,
            words: words.isEmpty ? nil : words.joined(separator: " and "), cacheBits: cache,
            rank: choices.count))
      }
    }
    return choices
  }
}
