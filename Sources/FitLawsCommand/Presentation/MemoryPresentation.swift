internal import Planning
internal import Tables

/// The memory of a GPU in every format.
struct MemoryPresentation: Presentable {
  /// What the memory is compared with.
  struct Device {
    /// The name in the catalogue; nil where only its memory was given.
    var name: String?
    var memory: Double
    var source: String
  }
  /// Where a default is from.
  struct Source: Encodable {
    var what: String
    var value: String
    var source: String
  }

  let model: ModelOptions.Choice
  let setup: MemorySetup
  let use: MemoryUse
  let device: Device?
  let advice: MemoryAdvice?
  let largestParams: Double?
  let unit: ByteCount.Unit
  let sources: [Source]

  var warnings: [String] {
    guard let advice, let device, use.total > device.memory, advice.remedy == nil else {
      return []
    }
    let least = advice.leanest.map {
      "the least needs \(size($0.use.needed.upperBound)), by \(Self.list($0.steps)); "
    }
    let more = advice.layoutNeeded.map { "\($0.words) would hold it" }
    return [
      "nothing makes \(model.name) fit on \(place(device)): \(least ?? "")"
        + (more ?? "take a larger GPU or a smaller model")
    ]
  }

  private func place(_ device: Device) -> String {
    let gpus = setup.parallelism.gpus
    let count = gpus == 1 ? "one" : "\(gpus)"
    return "\(count) \(device.name ?? (gpus == 1 ? "GPU" : "GPUs")) of \(size(device.memory))"
  }

  var blocks: [Block] {
    var blocks: [Block] = [
      .line(heading), .line(setup.words), .line(""), .table(terms),
    ]
    blocks += verdict.map(Block.paragraph)
    if let advice, !use.fits(advice.memory), !advice.single.isEmpty {
      blocks += [.line(""), .table(people(advice.single))]
    }
    if let remedy = advice?.remedy {
      let share = remedy.use[remedy.use.largest] / remedy.use.total
      blocks.append(
        .paragraph(
          "The cheapest that fits: \(Self.list(remedy.steps)), \(size(remedy.use.total)) in all"
            + Self.price(remedy, setup.computeFactor(model.shape))
            + ". The next bottleneck: \(remedy.use.largest.rawValue), "
            + "\(Rounding.significant(100 * share, 2)) %."))
    }
    if let advice, advice.remedy != nil, let layout = advice.layoutNeeded,
      layout.gpus > setup.parallelism.gpus
    {
      blocks.append(.paragraph("The recipe as it is fits on \(layout.words)."))
    }
    if let device, let largestParams {
      blocks.append(
        .paragraph(
          "The largest dense model that this setup holds in \(size(device.memory)) has "
            + "\(Quantity.format(largestParams, digits: 3)) parameters."))
    }
    if !sources.isEmpty {
      var table = TextTable(
        headers: ["default", "value", "source"], alignments: [.left, .left, .left])
      for source in sources { table.append([source.what, source.value, source.source]) }
      blocks += [.line(""), .table(table)]
    }
    return blocks
  }

  private var heading: String {
    let shape = model.shape
    let active =
      shape.experts == nil ? "" : ", \(Quantity.format(shape.activeParams)) active"
    return "memory per GPU of \(model.name): \(Quantity.format(shape.params)) parameters\(active), "
      + "\(Rounding.significant(shape.layers, 3)) layers of width "
      + Rounding.significant(shape.width.rounded(), 6)
  }

  /// The terms as they are now.
  private var terms: TextTable {
    var table = TextTable(
      headers: ["term", unit.rawValue, "share"], alignments: [.left, .right, .right])
    for term in MemoryUse.Term.allCases where use[term] > 0 {
      table.append([
        term.rawValue, number(use[term]),
        "\(Rounding.significant(100 * use[term] / use.total, 2)) %",
      ])
    }
    table.append(["total", number(use.total), ""])
    let needed = use.needed
    table.append([
      "with overhead",
      needed.lowerBound == needed.upperBound
        ? number(needed.upperBound)
        : "\(number(needed.lowerBound)) to \(number(needed.upperBound))", "",
    ])
    return table
  }

  private var verdict: [String] {
    let share = Rounding.significant(100 * use[use.largest] / use.total, 2)
    let largest = "The largest term: \(use.largest.rawValue), \(share) %."
    guard let device else { return [largest] }
    let place = place(device)
    if use.fits(device.memory) {
      return [
        "It fits on \(place), \(size(device.memory - use.needed.upperBound)) to spare. \(largest)"
      ]
    }
    if use.total < device.memory {
      return [
        "It fits on \(place) only if driver, libraries and fragmentation take less than "
          + "\(size(device.memory - use.total)). \(largest)"
      ]
    }
    return [
      "It does not fit on \(place): \(size(use.needed.upperBound - device.memory)) short. \(largest)"
    ]
  }

  private func people(_ changes: [MemoryChange]) -> TextTable {
    var table = TextTable(
      headers: [
        "one change alone", "total \(unit.rawValue)", "fits", "largest term then", "compute",
      ],
      alignments: [.left, .right, .left, .left, .right])
    for change in changes {
      table.append([
        change.steps[0], number(change.use.total),
        change.use.fits(advice?.memory ?? 0) ? "yes" : "no",
        change.use.largest.rawValue, Rounding.significant(change.computeFactor, 3),
      ])
    }
    return table
  }

  /// What a change costs beside what it is.
  private static func price(_ change: MemoryChange, _ before: Double) -> String {
    var prices: [String] = []
    if change.computeFactor > before {
      let more = 100 * (change.computeFactor / before - 1)
      prices.append("\(Rounding.significant(more, 2)) % more compute")
    }
    if change.setup.parallelism.zero == .weights { prices.append("half as much more traffic") }
    switch change.sacrifice {
    case .time: break
    case .optimizer:
      prices.append(change.setup.recipe.hasBackward ? "other updates" : "rounded values")
    case .weights: prices.append("only adapters trained")
    case .gradients: prices.append("no gradients, many more steps")
    }
    return prices.isEmpty ? "" : ", at the price of " + list(prices)
  }

  static func list(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  private func number(_ bytes: Double) -> String {
    Rounding.significant(bytes / unit.bytes, bytes >= 100 * unit.bytes ? 4 : 3, keepingZeros: true)
  }

  private func size(_ bytes: Double) -> String { ByteCount.format(bytes, in: unit) }
}

extension MemorySetup {
  /// The setup in a line.
  var words: String {
    var words = [
      recipe.method.words
        + (recipe.isAdapter || recipe.method == .serve
          ? "" : ", \(recipe.precision == .mixed ? "mixed precision" : recipe.precision.rawValue)")
    ]
    if let bits = recipe.weightBits { words.append("\(NumberText.shortest(bits))-bit weights") }
    let kind = recipe.method == .serve ? "" : "microbatch of "
    words.append("\(kind)\(NumberText.shortest(batch)) x \(NumberText.shortest(sequence)) tokens")
    if recipe.hasBackward {
      switch activations.recomputation {
      case .none: words.append(activations.isFlash ? "FlashAttention" : "scores kept")
      case .selective: words.append("selective recomputation")
      case .full: words.append("full recomputation")
      }
    }
    if parallelism.gpus > 1 { words.append(parallelism.words) }
    return words.joined(separator: "; ")
  }
}

extension Parallelism {
  /// The layout in words: `16 GPUs (tensor 8, data 2, ZeRO 3)`.
  var words: String {
    var parts: [String] = []
    if tensor > 1 { parts.append("tensor \(tensor)") }
    if pipeline > 1 { parts.append("pipeline \(pipeline)") }
    if data > 1 { parts.append("data \(data)") }
    if data > 1, zero != .none { parts.append("ZeRO \(zero.rawValue)") }
    return "\(gpus) GPUs" + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
  }
}

extension MemoryRecipe.Method {
  fileprivate var words: String {
    switch self {
    case .adamW: "AdamW"
    case .adam8bit: "8-bit Adam"
    case .sgd: "SGD"
    case .momentum: "SGD with momentum"
    case .lion: "Lion"
    case .adafactor: "Adafactor"
    case .muon: "Muon"
    case .lomo: "LOMO"
    case .galore: "GaLore"
    case .galore8bit: "8-bit GaLore"
    case .lora: "LoRA"
    case .qlora: "QLoRA"
    case .mezo: "MeZO"
    case .serve: "serving"
    }
  }
}
