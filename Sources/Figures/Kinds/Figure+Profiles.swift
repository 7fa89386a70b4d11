public import ScalingLaws
internal import Tables

extension Figure {
  /// The objective along each parameter, all others fitted again, with the profile interval: where
  /// it has risen by one unit of what chance explains.
  ///
  /// - Parameters:
  ///   - law: the law.
  ///   - profiles: its profiles, at least one.
  ///   - level: the level of the intervals.
  /// - Returns: a panel for each parameter.
  /// - Throws: `AnalysisError` `undetermined` without a profile.
  public static func profiles(
    _ law: EstimatedLaw, _ profiles: [ParameterProfile], level: Double
  ) throws -> Figure {
    guard !profiles.isEmpty else {
      throw AnalysisError(
        .undetermined, "\(law.name): every parameter is fixed or at a bound; there is no profile")
    }
    let highest = 1.7
    let y = Axis("rise of the objective / limit", 0...highest)
    let panels = profiles.map { profile in
      let curve = profile.points.map { point in
        [point.value, (point.objective - profile.minimum) / profile.rise]
      }.filter { $0[1].isFinite }
      let ends = [profile.interval.lower, profile.interval.upper].compactMap { $0 }
      let values = curve.filter { $0[1] <= highest * 1.2 }.map { $0[0] } + ends
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      let x = Axis(
        profile.name, covering: values, isLogarithmic: low > 0 && high / low > 5,
        numbers: high >= 1e5 ? .quantities : .plain)
      let shown =
        ends.count == 2
        ? "\(text(profile.estimate, ends)) (\(text(ends[0], ends)) to \(text(ends[1], ends)))"
        : "\(text(profile.estimate, [low, high])), open to one side"
      return Panel(
        title: "\(profile.name) = \(shown)", x: x, y: y,
        layers: [
          Layer(
            .line(width: 1.2, dash: .dashed), .grey,
            label: "limit of the \(percent(level)) interval",
            data: DataBlock(
              "limit", columns: [profile.name, "rise"],
              rows: [[x.range.lowerBound, 1], [x.range.upperBound, 1]])),
          Layer(
            .line(width: 1.2, dash: .dotted), .vermilion, label: "its ends",
            data: DataBlock(
              "ends", columns: [profile.name, "rise"],
              rows: ends.flatMap { [[$0, 0], [$0, 1], []] })),
          Layer(
            .line(), .blue, label: "objective, the other parameters fitted again",
            data: DataBlock("curve", columns: [profile.name, "rise"], rows: curve)),
          Layer(
            .points(.disc, size: 0.9), .black, label: "estimate",
            data: DataBlock(
              "estimate", columns: [profile.name, "rise"], rows: [[profile.estimate, 0]])),
        ])
    }
    let columns = panels.count <= 2 ? panels.count : panels.count == 4 ? 2 : 3
    let rows = (panels.count + columns - 1) / columns
    return Figure(
      name: "profile", title: "Profiles of the parameters of \(law.name)",
      summary:
        "The objective along \(profiles.map(\.name).joined(separator: ", ")), in units of the "
        + "rise that bounds the \(percent(level)) interval. "
        + panels.compactMap(\.title).joined(separator: "; ") + ".",
      panels: panels, columns: columns, width: Double(columns) * 330 + 20,
      height: Double(rows) * 250 + 40)
  }

  /// A number rounded by how far the ends of its interval lie apart.
  private static func text(_ value: Double, _ ends: [Double]) -> String {
    let length = (ends.max() ?? value) - (ends.min() ?? value)
    if abs(value) >= 1e5 { return Quantity.format(value, digits: 3) }
    // Beyond a third of the number its error says nothing about single decimals.
    return length / 4 < abs(value) / 3
      ? Rounding.byUncertainty(value, error: length / 4).value : Rounding.significant(value, 2)
  }
}
