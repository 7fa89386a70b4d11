internal import ArgumentParser
internal import Planning
internal import ScalingLaws
internal import Tables

/// What there is of each resource; every limit is optional.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Compute for selection, training and serving.", valueName: "number"))
  var flops: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Days for selection and training.", valueName: "number"))
  var days: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("US dollars for selection, training and serving.", valueName: "number"))
  var dollars: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Kilowatt-hours for selection and training.", valueName: "number"))
  var kwh: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Unique tokens; more than these are repeats.", valueName: "number"))
  var uniqueTokens: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The most passes over the unique tokens.", valueName: "number"))
  var maxEpochs: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Parameters, where they are not to be chosen.", valueName: "number"))
  var params: String?

  /// Fills in the limits.
  func apply(to problem: inout PlanProblem) throws {
    problem.flops = try Resources.positive(flops, option: "--flops")
    problem.days = try Resources.positive(days, option: "--days")
    problem.dollars = try Resources.positive(dollars, option: "--dollars")
    problem.kilowattHours = try Resources.positive(kwh, option: "--kwh")
    problem.maximumEpochs = try Resources.positive(maxEpochs, option: "--max-epochs")
    problem.params = try Resources.positive(params, option: "--params")
  }
}

/// What is trained on: a GPU of the catalogue, changed or made up by flags.
struct ClusterOptions: ParsableArguments {
  @OptionGroup var gpu: GPUOptions

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Its peak of dense 16-bit products in FLOP/s, if not that of --gpu.", valueName: "number"))
  var gpuPeak: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("US dollars for an hour of a GPU.", valueName: "number"))
  var gpuPrice: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Power of a GPU in watts.", valueName: "number"))
  var gpuWatts: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "The share of the peak that training reaches; 0.4 by default.", valueName: "share"))
  var mfu: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Energy of the building relative to that of the GPUs; 1.1 by default.", valueName: "factor"))
  var pue: String?

  /// The GPU; nil where none is given.
  func accelerator() throws -> Accelerator? {
    let peak = try Resources.positive(gpuPeak, option: "--gpu-peak")
    let price = try Resources.positive(gpuPrice, option: "--gpu-price")
    let watts = try Resources.positive(gpuWatts, option: "--gpu-watts")
    guard var accelerator = try gpu.accelerator() else {
      guard let peak else {
        guard price == nil, watts == nil, mfu == nil else {
          throw ValidationError("--gpu-price, --gpu-watts and --mfu need --gpu or --gpu-peak.")
        }
        return nil
      }
      // Its bandwidth is not asked: nothing in a plan depends on it.
      return try Accelerator(
        name: "the GPU", memory: gpu.bytes() ?? .infinity, peakFlops: peak, bandwidth: .infinity,
        watts: watts, hourlyPrice: price)
    }
    if let peak { accelerator.peakFlops = peak }
    if let price { (accelerator.hourlyPrice, accelerator.priceSource) = (price, nil) }
    if let watts { accelerator.watts = watts }
    return accelerator
  }

  /// So many of them at work.
  func cluster(_ accelerator: Accelerator, count: Int) throws -> Cluster {
    try Cluster(
      accelerator, count: Double(count),
      utilization: try Resources.positive(mfu, option: "--mfu") ?? Cluster.defaultUtilization,
      powerOverhead: try Resources.positive(pue, option: "--pue") ?? Cluster.defaultPowerOverhead)
  }
}

/// What the model is to serve, and on what.
struct ServingOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Tokens served over the model's life.", valueName: "number"))
  var inferenceTokens: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "How many of these are read, not written; none by default.", valueName: "number"))
  var promptTokens: String?

  @Option(
    name: .long,
    help: ArgumentHelp("The GPU that serves; that of training by default.", valueName: "name"))
  var servingGpu: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("US dollars for an hour of that GPU.", valueName: "number"))
  var servingPrice: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "The share of its peak reached on tokens read; --mfu by default.", valueName: "share"))
  var promptMfu: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("The share reached on tokens written; --mfu by default.", valueName: "share")
  )
  var outputMfu: String?

  /// The demand; nil where nothing is served.
  func demand(_ cluster: Cluster?) throws -> ServingDemand? {
    let isPriced =
      servingGpu != nil || servingPrice != nil || promptMfu != nil || outputMfu != nil
    guard let tokens = try Resources.positive(inferenceTokens, option: "--inference-tokens") else {
      guard !isPriced, promptTokens == nil else {
        throw ValidationError("Options of serving go with --inference-tokens.")
      }
      return nil
    }
    let read = try Resources.positive(promptTokens, option: "--prompt-tokens") ?? 0
    guard read <= tokens else {
      throw InputFault(
        "--prompt-tokens: \(Quantity.format(read)) of \(Quantity.format(tokens)) tokens served; "
          + "there are at most as many")
    }
    guard isPriced else {
      return try ServingDemand(promptTokens: read, outputTokens: tokens - read)
    }
    guard var accelerator = try servingGpu.map(Accelerator.named) ?? cluster?.accelerator else {
      throw ValidationError("The price of serving needs --serving-gpu or --gpu.")
    }
    if let price = try Resources.positive(servingPrice, option: "--serving-price") {
      accelerator.hourlyPrice = price
    }
    func share(_ text: String?, _ option: String) throws -> Double {
      let share =
        try Resources.positive(text, option: option) ?? cluster?.utilization
        ?? Cluster.defaultUtilization
      guard share <= 1 else {
        throw InputFault("\(option): \(text ?? "") is no share of the peak; write 0.4")
      }
      return share
    }
    return try ServingDemand(
      promptTokens: read, outputTokens: tokens - read,
      cost: ServingCost(
        accelerator: accelerator, promptUtilization: share(promptMfu, "--prompt-mfu"),
        outputUtilization: share(outputMfu, "--output-mfu")))
  }
}
