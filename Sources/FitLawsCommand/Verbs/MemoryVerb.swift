internal import ArgumentParser
internal import Planning
internal import Tables

/// `fitlaws memory`.
struct MemoryVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "memory",
    abstract: "Say what fills a GPU, and what would make a model fit.",
    usage: """
      fitlaws memory --model <name> [--gpu <name>] [<options>]
      fitlaws memory --params <number> [--gpu <name>] [<options>]
      fitlaws memory --layers <n> --width <n> --heads <n> [<options>]
      """,
    discussion: """
      Adds up weights, gradients, optimizer states, activations, cache and buffers of one GPU. With a GPU it says \
      whether that fits, where each change alone moves the bottleneck, and which combination is the cheapest that \
      fits: the one that changes training least, and of those the one with the least compute.

      EXAMPLES
        fitlaws memory --model llama2-7b --gpu a100-80gb
        fitlaws memory --params 7B --recipe qlora --rank 16 --gpu-memory 24GB
      """)

  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Recipe") var recipe: RecipeOptions
  @OptionGroup(title: "Batch") var batch: BatchOptions
  @OptionGroup(title: "Layout") var layout: LayoutOptions
  @OptionGroup(title: "GPU") var gpu: GPUOptions

  @Flag(name: .long, help: "Only changes that train all weights by their gradients.")
  var trainAll = false

  @Flag(name: .long, help: "Name the source of every default used.")
  var explain = false

  @Option(name: .long, help: "In what sizes are shown: GB (1e9 bytes) or GiB (2^30).")
  var unit = ByteCount.Unit.gigabyte

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let choice = try model.choice()
    let device = try device()
    let setup = try batch.setup(recipe, layout, context: choice.context)
    let stages = Double(setup.parallelism.pipeline)
    guard stages <= choice.shape.layers else {
      throw InputFault(
        "--pipeline: \(setup.parallelism.pipeline) stages for "
          + "\(Rounding.significant(choice.shape.layers, 3)) layers; there are at most as many")
    }
    guard choice.shape.splits(over: setup.parallelism.tensor) else {
      throw InputFault(
        "--tensor: \(setup.parallelism.tensor) GPUs cannot share "
          + "\(Rounding.significant(choice.shape.heads, 4)) heads evenly; give a divisor")
    }
    let advice = device.map {
      MemoryAdvice(setup, choice.shape, memory: $0.memory, mayTrainAdapters: !trainAll)
    }
    try output.deliver(
      MemoryPresentation(
        model: choice, setup: setup, use: setup.use(of: choice.shape), device: device,
        advice: advice,
        largestParams: device.flatMap {
          setup.largestParams(in: $0.memory, vocabulary: choice.shape.vocabulary)
        },
        unit: unit, sources: explain ? sources(choice, setup, device) : []))
  }

  private func device() throws -> MemoryPresentation.Device? {
    let memory = try gpu.bytes()
    if let accelerator = try gpu.accelerator() {
      return MemoryPresentation.Device(
        name: accelerator.name, memory: accelerator.memory,
        source: memory == nil ? accelerator.source : "given")
    }
    return memory.map { MemoryPresentation.Device(name: nil, memory: $0, source: "given") }
  }
}
