public import Planning
internal import ScalingLaws
internal import Tables

extension Figure {
  /// A plan: how much of each limit is used, what a tenth more of each buys, and what fills the
  /// memory of a GPU.
  ///
  /// - Parameters:
  ///   - plan: the plan.
  ///   - memory: the memory of a GPU by its terms, and how much it has; nil without that panel.
  /// - Returns: two or three panels.
  public static func plan(_ plan: Plan, memory: (use: MemoryUse, bytes: Double)? = nil) -> Figure {
    // The first limit stands on top.
    let limits = plan.limits.enumerated().map { place, limit in
      (place: Double(plan.limits.count - place), limit: limit)
    }
    let names = limits.map { Axis.Name($0.place, $0.limit.resource.words) }
    let rows = Axis("", 0.4...(Double(limits.count) + 0.6), numbers: .names(names))
    var panels = [used(limits, rows), gains(limits, rows, level: plan.level)]
    if let memory { panels.append(Self.memory(memory.use, of: memory.bytes)) }
    let first = plan.limits.first { $0.binds }?.resource.words
    return Figure(
      name: "plan", title: "Plan by \(plan.law)",
      summary: "How much is used of \(plan.limits.map(\.resource.words).joined(separator: ", ")), "
        + "and by how much 10 % more lowers the loss"
        + (first.map { "; the bottleneck is \($0)." } ?? "; nothing holds the loss back."),
      panels: panels, columns: panels.count, width: panels.count == 2 ? 860 : 1180,
      height: 130 + 34 * Double(max(limits.count, memory == nil ? 4 : 7)))
  }

  private typealias Limits = [(place: Double, limit: Plan.Limit)]

  private static func bar(_ place: Double, to value: Double) -> [Double] {
    [0, value, place - 0.32, place + 0.32]
  }

  private static func used(_ limits: Limits, _ rows: Axis) -> Panel {
    let columns = ["from", "used_percent", "bottom", "top"]
    func layer(_ binds: Bool, _ colour: Colour, _ label: String) -> Layer {
      Layer(
        .boxes, colour, label: label,
        data: DataBlock(
          binds ? "binding" : "slack", columns: columns,
          rows: limits.filter { $0.limit.binds == binds }.map {
            bar($0.place, to: min(100 * $0.limit.used.value / $0.limit.amount, 100))
          }))
    }
    let layers = [layer(true, .vermilion, "binds"), layer(false, .sky, "does not bind")]
      .filter { !$0.data.rows.isEmpty }
    return Panel(
      x: Axis("used of each limit (%)", 0...104), y: rows,
      layers: layers + [
        Layer(
          .texts(.right, size: 10), .black,
          data: DataBlock(
            "percent", columns: ["x", "y", "used"], rows: limits.map { [0, $0.place] },
            texts: limits.map {
              "\(Rounding.significant(100 * $0.limit.used.value / $0.limit.amount, 3)) % of "
                + $0.limit.resource.text($0.limit.amount)
            }))
      ])
  }

  private static func gains(_ limits: Limits, _ rows: Axis, level: Double?) -> Panel {
    let values = limits.map { place, limit in
      let gain = limit.gain
      return [
        1000 * max(gain.value, 0), place, 1000 * max(gain.interval?.lower ?? gain.value, 0),
        1000 * max(gain.interval?.upper ?? gain.value, 0),
      ]
    }
    let highest = max(values.flatMap { [$0[0], $0[3]] }.max() ?? 0, 1e-3)
    return Panel(
      x: Axis("10 % more lowers the loss by (thousandths of a nat)", 0...(1.06 * highest)),
      y: rows,
      layers: [
        Layer(
          .boxes, .faint,
          data: DataBlock(
            "gains", columns: ["from", "gain", "bottom", "top"],
            rows: values.map { bar($0[1], to: $0[0]) })),
        Layer(
          .horizontalBars(.disc, size: 0.7), .black,
          label: "what 10 % more buys" + (level.map { ", \(percent($0)) interval" } ?? ""),
          data: DataBlock(
            "intervals", columns: ["gain", "y", "gain_lower", "gain_upper"], rows: values)),
      ])
  }

  private static func memory(_ use: MemoryUse, of bytes: Double) -> Panel {
    var terms = MemoryUse.Term.allCases.map { (name: $0.rawValue, bytes: use[$0]) }
      .filter { $0.bytes > 0 }
    terms.append((name: "overhead, at most", bytes: use.overhead.upperBound))
    let count = Double(terms.count)
    let bars = terms.enumerated().map { (place: count - Double($0.offset), term: $0.element) }
    // One after the other: together they reach to what is needed.
    var start = 0.0
    var boxes: [[Double]] = []
    for (place, term) in bars {
      boxes.append([start / 1e9, (start + term.bytes) / 1e9, place - 0.32, place + 0.32])
      start += term.bytes
    }
    let highest = max(bytes, start) / 1e9
    return Panel(
      x: Axis("memory of a GPU (GB)", 0...(1.06 * highest)),
      y: Axis(
        "", 0.4...(count + 0.6), numbers: .names(bars.map { Axis.Name($0.place, $0.term.name) })),
      layers: [
        Layer(
          .boxes, .green, label: "memory, term by term",
          data: DataBlock("memory", columns: ["from_GB", "to_GB", "bottom", "top"], rows: boxes)),
        Layer(
          .line(width: 1.6, dash: .dashed), .black, label: "what a GPU has",
          data: DataBlock(
            "limit", columns: ["GB", "y"], rows: [[bytes / 1e9, 0.4], [bytes / 1e9, count + 0.6]])),
      ])
  }
}
