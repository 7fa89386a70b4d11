internal import Planning
public import ScalingLaws

extension Figure {
  /// N*, D* and tokens per parameter of the compute-optimal model against the budget, with the
  /// bands of the law and published laws beside it.
  ///
  /// - Parameters:
  ///   - law: a law of N and D.
  ///   - published: further laws of N and D, drawn as dashed lines.
  ///   - budgets: budgets to extrapolate to and mark. Without any the picture ends at a hundred
  ///     times the largest budget of the data.
  ///   - inputs: values of the law's further inputs, such as U.
  /// - Returns: three panels.
  /// - Throws: `AnalysisError` for a law that is no function of N and D or has no optimum.
  public static func frontier(
    _ law: EstimatedLaw, beside published: [EstimatedLaw] = [], budgets: [Double] = [],
    inputs: [String: Double] = [:]
  ) throws -> Figure {
    let span = try span(of: law, "C", runs: nil, asked: budgets)
    let compute = Axis(
      "compute C (FLOP)", covering: [span.lowerBound, span.upperBound], isLogarithmic: true,
      numbers: .powers)
    let own = try frontier(of: law, over: compute, inputs: inputs)
    // A line of its own needs no uncertainty, and few points where it bends little.
    let others = try published.map { other in
      (law: other, plan: try frontier(of: other, over: compute, inputs: [:]))
    }
    let asked =
      budgets.isEmpty ? [] : try AllocationPlan(law, budgets: budgets, inputs: inputs).allocations
    let range = law.ranges["C"]
    let quantities: [(name: String, label: String, value: (Allocation) -> Estimate)] = [
      ("params", "parameters N*", { $0.params }),
      ("tokens", "tokens D*", { $0.tokens }),
      ("tokens_per_param", "tokens per parameter D*/N*", { $0.tokensPerParam }),
    ]
    let panels = quantities.map { name, label, value in
      let seen =
        own.map(value).flatMap {
          [$0.value, $0.interval?.lower ?? $0.value, $0.interval?.upper ?? $0.value]
        }
        + others.flatMap { $0.plan.map { value($0).value } }
      let y = Axis(label, covering: seen, isLogarithmic: true, numbers: .quantities)
      var layers: [Layer] = []
      if let range {
        layers.append(
          Layer(
            .boxes, .shade, label: "budgets of the data",
            data: DataBlock(
              "data", columns: ["from", "to", "bottom", "top"],
              rows: [
                [
                  max(range.lower, compute.range.lowerBound),
                  min(range.upper, compute.range.upperBound),
                  y.range.lowerBound, y.range.upperBound,
                ]
              ]), isFine: true))
      }
      layers += band(
        own.map(\.flops), own.map(value), x: "flops", y: name, colour: .blue,
        level: law.uncertainty?.level)
      for (place, other) in others.enumerated() {
        layers += line(
          other.plan.map(\.flops), other.plan.map(value), x: "flops", y: name,
          colour: [.vermilion, .green, .purple, .orange][place % 4], label: other.law.name,
          name: "published", width: 1.6, dash: place % 2 == 0 ? .dashed : .dashDotted)
      }
      layers += line(
        own.map(\.flops), own.map(value), x: "flops", y: name, colour: .blue, label: law.name)
      if !asked.isEmpty {
        layers.append(
          Layer(
            .verticalBars(.rhombus, size: 0.8), .black, label: "budgets asked for",
            data: bars("asked", asked.map { ($0.flops, value($0)) }, x: "flops", y: name)))
      }
      return Panel(x: compute, y: y, layers: layers)
    }
    let names = published.map(\.name)
    return Figure(
      name: "frontier", title: "Compute-optimal model by \(law.name)",
      summary: "Parameters, tokens and tokens per parameter of the compute-optimal model by "
        + "\(law.name)\(law.uncertainty.map { ", with \(percent($0.level)) intervals" } ?? "")"
        + (names.isEmpty ? "." : ", beside \(names.joined(separator: ", "))."),
      panels: panels, columns: 3, width: 1080, height: 400)
  }
}
