internal import ScalingLaws
internal import Tables

extension PlanProblem {
  /// Why there is no plan: two limits that cannot be met together, and by how much they fail.
  func conflict(_ chooser: PlanChooser) -> AnalysisError {
    if let memory, chooser.candidates.isEmpty { return Self.nothingFits(memory) }
    if let params, let memory,
      let group = chooser.candidates.compactMap(\.group).max(by: { $0.largest < $1.largest }),
      params > group.largest
    {
      return Self.tooLarge(params, memory, group)
    }
    for candidate in chooser.candidates {
      for limit in candidate.limits where limit.fixed >= limit.amount {
        return Self.together(
          "selecting \(data[candidate.recipe].name)", limit, takes: limit.fixed)
      }
      for limit in candidate.limits {
        let served = limit.fixed + limit.perParam * (params ?? 0)
        guard let params, served >= limit.amount else { continue }
        return Self.together(
          "serving \(Quantity.format(serving?.tokens ?? 0)) tokens with "
            + "\(Quantity.format(params)) parameters",
          limit, takes: served)
      }
    }
    let name = data[0].law.name
    guard chooser.candidates.contains(where: { $0.limits.contains { $0.perProduct > 0 } }) else {
      return AnalysisError(
        .badSetting,
        "nothing bounds the parameters: by \(name) more are better at these epochs; give compute, "
          + "time, money or the memory of a GPU")
    }
    return AnalysisError(
      .unsuitableLaw,
      "\(name) has no optimum between N and D under these limits: its loss falls all the way to "
        + "one end")
  }

  private static func together(
    _ what: String, _ limit: TokenLimit, takes: Double
  ) -> AnalysisError {
    AnalysisError(
      .badSetting,
      "\(what) and the limit on \(limit.resource.rawValue) cannot be met together: "
        + "it takes \(amount(takes, limit.resource)) by itself, "
        + "\(amount(takes - limit.amount, limit.resource)) more than the "
        + "\(amount(limit.amount, limit.resource)) there are")
  }

  private static func amount(_ value: Double, _ resource: PlanResource) -> String {
    let unit = resource.unit + (resource == .compute || resource == .energy ? "" : "s")
    return "\(Quantity.format(value, digits: 3)) \(unit)"
  }

  private static func nothingFits(_ memory: MemoryLimit) -> AnalysisError {
    let setup = memory.setups[memory.setups.count - 1]
    let needed = setup.use(of: memory.shape(1e6)).needed
    return AnalysisError(
      .badSetting,
      "nothing fits in \(ByteCount.format(memory.bytes)): a model of a million parameters takes "
        + "\(ByteCount.format(needed.upperBound)), \(ByteCount.format(setup.overhead.upperBound)) of "
        + "overhead included; give a larger GPU or --overhead")
  }

  private static func tooLarge(
    _ params: Double, _ memory: MemoryLimit, _ group: MemoryLimit.Group
  ) -> AnalysisError {
    let setup = group.setups[group.setups.count - 1].setup
    let shape = memory.shape(params)
    let over = setup.use(of: shape).needed.upperBound - memory.bytes
    let advice = MemoryAdvice(setup, shape, memory: memory.bytes, mayTrainAdapters: false)
    let steps = (advice.remedy ?? advice.leanest)?.steps.joined(separator: " and ") ?? ""
    let remedy: String
    if advice.remedy != nil {
      remedy = "\(steps) would make them fit"
    } else if let layout = advice.layoutNeeded {
      remedy = "\(layout.gpus) GPUs\(steps.isEmpty ? "" : " with \(steps)") would hold them"
    } else {
      remedy = "\(Quantity.format(group.largest, digits: 3)) fit"
    }
    return AnalysisError(
      .badSetting,
      "\(Quantity.format(params)) parameters and \(ByteCount.format(memory.bytes)) of memory cannot be "
        + "met together: they take \(ByteCount.format(over)) more; \(remedy)")
  }

  /// What would hold the model that is best without a limit of memory.
  func memoryRelief(
    _ candidate: PlanCandidate, _ choice: PlanChooser.Choice, _ draw: [[Double]]
  ) -> Plan.MemoryRelief? {
    guard choice.point.isAtMemory, let memory, let setup = candidate.group?.setups.last?.setup,
      let free = candidate.makeSolver(scaling: [.memory: 1e9])?.solve(draw[candidate.recipe])
    else { return nil }
    let advice = MemoryAdvice(
      setup, memory.shape(free.params), memory: memory.bytes, mayTrainAdapters: false)
    return Plan.MemoryRelief(
      params: free.params, loss: free.loss,
      steps: (advice.remedy ?? advice.leanest)?.steps ?? [],
      layout: advice.remedy == nil ? advice.layoutNeeded : nil)
  }
}
