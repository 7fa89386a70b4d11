internal import ArgumentParser
internal import Planning

/// Which GPU: one of the catalogue, or its memory alone.
struct GPUOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The GPU, such as a100-80gb or h100-80gb.", valueName: "name"))
  var gpu: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "The memory of a GPU, if not that of --gpu: 80GB (1e9 bytes) or 80GiB.", valueName: "size"))
  var gpuMemory: String?

  /// The GPU that was named, with the memory that was given; nil where none is named.
  func accelerator() throws -> Accelerator? {
    guard var accelerator = try gpu.map(Accelerator.named) else { return nil }
    if let memory = try bytes() { accelerator.memory = memory }
    return accelerator
  }

  /// The memory as it was given.
  func bytes() throws -> Double? { try Resources.bytes(gpuMemory, option: "--gpu-memory") }
}
