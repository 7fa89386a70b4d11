public import ScalingLaws
internal import Planning
internal import Tables

extension Figure {
  /// Loss against compute: the runs, the law at fixed sizes, and the loss of the compute-optimal
  /// model with its interval.
  ///
  /// A law of one variable is drawn against that variable.
  ///
  /// - Parameters:
  ///   - law: a law of N and D, or of one variable.
  ///   - runs: the rows it was fitted to; nil draws the law alone.
  ///   - budgets: budgets to extrapolate to and mark, or values of the one variable. Without any
  ///     the picture ends at a hundred times the largest of the runs.
  ///   - inputs: values of the law's further inputs, such as U.
  /// - Returns: one panel.
  /// - Throws: `AnalysisError` for a law that is neither, and for one without runs and budgets.
  /// - Complexity: some forty optima per draw of the law.
  public static func fit(
    _ law: EstimatedLaw, runs: FittedRuns? = nil, budgets: [Double] = [],
    inputs: [String: Double] = [:]
  ) throws -> Figure {
    guard law.inputs.contains("N"), law.inputs.contains("D") else {
      return try curve(law, runs: runs, values: budgets)
    }
    let span = try span(of: law, "C", runs: runs, asked: budgets)
    let compute = Axis(
      "compute C (FLOP)", covering: [span.lowerBound, span.upperBound], isLogarithmic: true,
      numbers: .powers)
    let grid = try frontier(of: law, over: compute, inputs: inputs)
    let sizes = Self.sizes(law, runs: runs, grid)
    let contours = try contours(of: law, sizes: sizes, over: compute, inputs: inputs)
    let asked =
      budgets.isEmpty
      ? []
      : try AllocationPlan(law, budgets: budgets, inputs: inputs)
        .allocations
    let seen =
      (runs?.observed ?? contours.filter { !$0.isEmpty }.map { $0[1] })
      + grid.flatMap { [$0.loss.value, $0.loss.interval?.lower ?? $0.loss.value] }
    let loss = Axis(
      law.responseName, covering: seen, isLogarithmic: seen.allSatisfy { $0 > 0 })
    let params = Axis(
      "parameters N", covering: (runs?.inputs["N"] ?? []) + sizes, isLogarithmic: true,
      numbers: .quantities, margin: 0.02)
    var layers = band(
      grid.map(\.flops), grid.map(\.loss), x: "flops", y: "loss", colour: .black,
      level: law.uncertainty?.level)
    layers.append(
      Layer(
        .line(width: 1), .scale, label: "\(law.name) at fixed N",
        data: DataBlock("contours", columns: ["flops", "loss", "params"], rows: contours),
        isFine: true))
    if let runs, let flops = runs.inputs["C"], let size = runs.inputs["N"] {
      layers.append(
        Layer(
          .points(size: 0.55), .scale, label: "\(runs.count) runs",
          data: DataBlock(
            "runs", columns: ["flops", "loss", "params"],
            rows: runs.observed.indices.map { [flops[$0], runs.observed[$0], size[$0]] })))
    }
    layers += line(
      grid.map(\.flops), grid.map(\.loss), x: "flops", y: "loss", colour: .black,
      label: "compute-optimal", width: 1.6)
    if !asked.isEmpty {
      layers.append(
        Layer(
          .verticalBars(.rhombus, size: 0.8), .vermilion, label: "budgets asked for",
          data: bars("asked", asked.map { ($0.flops, $0.loss) }, x: "flops", y: "loss")))
    }
    return Figure(
      name: "fit", title: "Loss against compute by \(law.name)",
      summary: fitSummary(law, runs, span.upperBound),
      panels: [Panel(x: compute, y: loss, layers: layers, colours: ColourScale(params))])
  }

  private static func fitSummary(
    _ law: EstimatedLaw, _ runs: FittedRuns?, _ end: Double
  ) -> String {
    let rows = runs.map { "\($0.count) runs, coloured by parameters, and " } ?? ""
    let level = law.uncertainty.map { " with its \(percent($0.level)) interval" } ?? ""
    return "\(rows)the loss of the compute-optimal model by \(law.name)\(level), up to "
      + "\(Quantity.format(end)) FLOP; thin lines are models of one size trained ever longer."
  }

  /// A law of one variable.
  private static func curve(
    _ law: EstimatedLaw, runs: FittedRuns?, values: [Double]
  ) throws -> Figure {
    guard law.inputs.count == 1 else {
      throw AnalysisError(
        .unsuitableLaw,
        "a picture of loss against compute takes a law of N and D, or of one variable; \(law.name) "
          + "reads \(law.inputs.joined(separator: ", ")) (--kind residuals draws any)")
    }
    let name = law.inputs[0]
    let span = try span(of: law, name, runs: runs, asked: values)
    let x = Axis(
      words[name] ?? name, covering: [span.lowerBound, span.upperBound],
      isLogarithmic: span.lowerBound > 0,
      numbers: name == "C" ? .powers : .quantities)
    let places = x.places(81)
    let predictions = try law.predict([name: places], rowCount: places.count)
    let estimates = predictions.map { Estimate(value: $0.value, interval: $0.interval) }
    let seen = (runs?.observed ?? []) + predictions.map(\.value)
    let y = Axis(
      law.responseName, covering: seen, isLogarithmic: seen.allSatisfy { $0 > 0 })
    var layers = band(
      places, estimates, x: name, y: law.responseName, colour: .blue,
      level: law.uncertainty?.level)
    if let runs, let column = runs.inputs[name] {
      layers.append(
        Layer(
          .points(size: 0.6), .grey, label: "\(runs.count) runs",
          data: DataBlock(
            "runs", columns: [name, law.responseName],
            rows: zip(column, runs.observed).map { [$0, $1] })))
    }
    layers += line(
      places, estimates, x: name, y: law.responseName, colour: .blue, label: law.name)
    return Figure(
      name: "fit", title: "\(law.responseName) against \(name) by \(law.name)",
      summary: "\(runs.map { "\($0.count) runs and " } ?? "")\(law.name) from "
        + "\(Quantity.format(span.lowerBound)) to \(Quantity.format(span.upperBound)).",
      panels: [Panel(x: x, y: y, layers: layers)])
  }

  // MARK: - Parts

  /// From the smallest value of a variable to the largest that is asked for.
  static func span(
    of law: EstimatedLaw, _ name: String, runs: FittedRuns?, asked: [Double]
  ) throws(AnalysisError) -> ClosedRange<Double> {
    let data = runs?.inputs[name] ?? law.ranges[name].map { [$0.lower, $0.upper] } ?? []
    for value in asked where !(value > 0 && value.isFinite) {
      throw AnalysisError(
        .badSetting,
        "a budget of \(NumberText.shortest(value)): a budget is positive, such as 1e24")
    }
    let ends = data + asked
    guard let low = ends.min(), let high = ends.max() else {
      throw AnalysisError(
        .badSetting,
        "no range of \(name) is known of \(law.name); give it with budgets, such as --flops "
          + "1e20,1e24")
    }
    let end = asked.isEmpty && name == "C" ? 100 * high : high
    return data.isEmpty && low == end ? low / 1000...end : low...max(end, low * 1.01)
  }

  /// The optimum at places along an axis of compute.
  static func frontier(
    of law: EstimatedLaw, over axis: Axis, inputs: [String: Double]
  ) throws -> [Allocation] {
    // Where every optimum is a search of its own, fewer will do.
    let count = law.closedForm == nil && law.uncertainty != nil ? 17 : 41
    return try AllocationPlan(law, budgets: axis.places(count), inputs: inputs).allocations
  }

  /// 1, 3, 10, … over the sizes of the runs and of the frontier.
  private static func sizes(
    _ law: EstimatedLaw, runs: FittedRuns?, _ frontier: [Allocation]
  ) -> [Double] {
    let known =
      (runs?.inputs["N"] ?? law.ranges["N"].map { [$0.lower, $0.upper] } ?? [])
      + frontier.map(\.params.value)
    guard let low = known.min(), let high = known.max() else { return [] }
    let all = (0..<20).flatMap { exponent in
      [1, 3].compactMap { Double("\($0)e\(exponent)") }
    }.filter { (low...high).contains($0) }
    return all.count <= 12 ? all : all.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
  }

  /// Loss over compute of models of fixed sizes, from one token a parameter to a thousand.
  private static func contours(
    of law: EstimatedLaw, sizes: [Double], over axis: Axis, inputs: [String: Double]
  ) throws -> [[Double]] {
    var law = law
    law.uncertainty = nil
    var rows: [[Double]] = []
    for size in sizes {
      let low = max(axis.range.lowerBound, 6 * size * size)
      let high = min(axis.range.upperBound, 6000 * size * size)
      guard low < high else { continue }
      let flops = Axis.places(from: low, to: high, 31, isLogarithmic: true)
      var columns = inputs.mapValues { Array(repeating: $0, count: flops.count) }
      columns["N"] = flops.map { _ in size }
      columns["D"] = flops.map { $0 / 6 / size }
      if law.inputs.contains("C") { columns["C"] = flops }
      let losses = try law.predict(columns, rowCount: flops.count)
      rows += zip(flops, losses).map { [$0, $1.value, size] } + [[]]
    }
    return rows
  }
}
