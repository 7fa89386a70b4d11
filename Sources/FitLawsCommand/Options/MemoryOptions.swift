public import ArgumentParser
public import Planning
internal import Tables

// Words of the command line are the cases' own; a conformance of a public type is public.
extension MemoryRecipe.Method: ExpressibleByArgument {}
extension MemoryRecipe.Precision: ExpressibleByArgument {}
extension Recomputation: ExpressibleByArgument {}
extension ByteCount.Unit: ExpressibleByArgument {
  /// The unit of a name, in any case.
  public init?(argument: String) {
    guard
      let unit = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() })
    else { return nil }
    self = unit
  }
}

/// What is kept for every weight: `--recipe`, `--precision` and what belongs to them.
struct RecipeOptions: ParsableArguments {
  @Option(name: .long, help: "How the weights are trained, or that they are served.")
  var recipe = MemoryRecipe.Method.adamW

  @Option(
    name: .long,
    help: "mixed: 16-bit with a 32-bit master copy; bf16: no copy; fp32: all in 32 bits.")
  var precision = MemoryRecipe.Precision.mixed

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "The rank of LoRA and QLoRA (64 by default) or of GaLore (a quarter of the width).",
      valueName: "number"))
  var rank: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Bits of weights that are served, or frozen under LoRA.", valueName: "number"))
  var weightBits: String?

  @Flag(name: .long, help: "Gradients in 32 bits.")
  var fp32Gradients = false

  @Flag(name: .long, help: "Update each matrix as its gradient arrives: one gradient at a time.")
  var updatesPerMatrix = false

  /// The recipe.
  func choice() throws -> MemoryRecipe {
    let rank = try Resources.whole(rank, option: "--rank")
    guard rank == nil || [.lora, .qlora, .galore, .galore8bit].contains(recipe) else {
      throw ValidationError("--rank goes with --recipe lora, qlora, galore or galore8bit.")
    }
    let bits = try Resources.positive(weightBits, option: "--weight-bits")
    guard bits == nil || recipe == .serve || recipe == .lora else {
      throw ValidationError("--weight-bits goes with --recipe serve or lora.")
    }
    if let bits, bits > 32 {
      throw InputFault("--weight-bits: \(NumberText.shortest(bits)) bits; 16, 8 or 4 are usual")
    }
    return MemoryRecipe(
      recipe, precision, rank: rank, gradientBytes: fp32Gradients ? 4 : nil, weightBits: bits,
      updatesPerMatrix: updatesPerMatrix)
  }
}

/// What is in memory at once besides the weights: batch, sequence, what is recomputed, the cache.
struct BatchOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Sequences in a microbatch on one GPU, or served at once; 1 by default.",
      valueName: "number"))
  var batch: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Tokens in a sequence; the model's context, or 4096.", valueName: "number"))
  var sequence: String?

  @Option(name: .long, help: "What is computed again in the backward pass; none by default.")
  var recompute: Recomputation?

  @Flag(name: .long, help: "Attention writes its scores (no FlashAttention).")
  var noFlash = false

  @Flag(name: .long, help: "Dropout masks are kept.")
  var dropout = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Tokens in a cache of keys and values; batch times sequence when serving.",
      valueName: "number"))
  var cachedTokens: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Bits of an element of the cache; 16 by default.", valueName: "number"))
  var cacheBits: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Memory for driver, libraries and fragmentation; 0.5 to 3 GB by default.",
      valueName: "size"))
  var overhead: String?

  /// The setup of all three groups of options.
  func setup(
    _ recipe: RecipeOptions, _ layout: LayoutOptions, context: Double?
  ) throws -> MemorySetup {
    var setup = MemorySetup(
      recipe: try recipe.choice(), parallelism: try layout.choice(),
      activations: ActivationRule(recompute ?? .none, isFlash: !noFlash, hasDropout: dropout),
      batch: try Resources.whole(batch, option: "--batch") ?? 1,
      sequence: try Resources.whole(sequence, option: "--sequence") ?? context ?? 4096,
      cachedTokens: try Resources.whole(cachedTokens, option: "--cached-tokens"),
      cacheBits: try Resources.positive(cacheBits, option: "--cache-bits") ?? 16)
    if let overhead = try Resources.bytes(overhead, option: "--overhead") {
      setup.overhead = overhead...overhead
    }
    return setup
  }
}

/// How the model is spread: `--gpus`, `--tensor`, `--pipeline`, `--zero`.
struct LayoutOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("GPUs in all; those of one copy by default.", valueName: "number"))
  var gpus: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("GPUs that share each matrix; 1 by default.", valueName: "number"))
  var tensor: String?

  @Flag(name: .long, help: "Split what tensor parallelism leaves whole along the sequence.")
  var sequenceParallel = false

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Stages of layers; 1 by default.", valueName: "number"))
  var pipeline: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Groups of layers on each stage; 1 by default.", valueName: "number"))
  var interleave: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "What data-parallel GPUs share: 0 nothing, 1 optimizer states, 2 gradients too, 3 weights too; 0 by default.",
      valueName: "stage"))
  var zero: Int?

  /// The layout.
  func choice() throws -> Parallelism {
    guard let zero = Parallelism.ZeRO(rawValue: self.zero ?? 0) else {
      throw ValidationError("--zero takes 0, 1, 2 or 3, not \(self.zero ?? 0).")
    }
    let tensor = try Resources.count(tensor, option: "--tensor")
    let pipeline = try Resources.count(pipeline, option: "--pipeline")
    let copy = tensor * pipeline
    let all = gpus == nil ? copy : try Resources.count(gpus, option: "--gpus")
    guard all.isMultiple(of: copy) else {
      throw InputFault(
        "--gpus: \(all) is no multiple of the \(copy) GPUs of one copy "
          + "(--tensor \(tensor) times --pipeline \(pipeline))")
    }
    return Parallelism(
      data: all / copy, tensor: tensor, pipeline: pipeline,
      interleaving: try Resources.count(interleave, option: "--interleave"), zero: zero,
      isSequenceParallel: sequenceParallel)
  }
}
