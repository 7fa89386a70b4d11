internal import Planning
internal import ScalingLaws
internal import Tables

// What several kinds of figures have in common.

extension Figure {
  typealias Estimate = Allocation.Estimate

  /// The intervals of estimates along a line as a band; none without intervals.
  static func band(
    _ places: [Double], _ estimates: [Estimate?], x: String, y: String, colour: Colour,
    level: Double?, name: String = "band", isLabelled: Bool = true
  ) -> [Layer] {
    let rows = zip(places, estimates).compactMap { place, estimate in
      estimate?.interval.map { [place, $0.lower, $0.upper] }
    }
    guard rows.count > 1, let level else { return [] }
    return [
      Layer(
        .band, colour, label: isLabelled ? "\(percent(level)) interval" : nil,
        data: DataBlock(name, columns: [x, "\(y)_lower", "\(y)_upper"], rows: rows))
    ]
  }

  /// Estimates along a line.
  static func line(
    _ places: [Double], _ estimates: [Estimate?], x: String, y: String, colour: Colour,
    label: String?, name: String = "line", width: Double = 2, dash: Layer.Dash = .solid
  ) -> [Layer] {
    let rows = zip(places, estimates).map { [$0, $1?.value ?? .nan] }
    return [
      Layer(
        .line(width: width, dash: dash), colour, label: label,
        data: DataBlock(name, columns: [x, y], rows: rows))
    ]
  }

  /// Estimates at places, each with its interval.
  static func bars(
    _ name: String, _ values: [(place: Double, estimate: Estimate)], x: String, y: String
  ) -> DataBlock {
    DataBlock(
      name, columns: [x, y, "\(y)_lower", "\(y)_upper"],
      rows: values.map { place, estimate in
        [
          place, estimate.value, estimate.interval?.lower ?? estimate.value,
          estimate.interval?.upper ?? estimate.value,
        ]
      })
  }

  /// A level or share for people: `95 %`.
  static func percent(_ share: Double) -> String { "\(Rounding.significant(100 * share, 4)) %" }
}
