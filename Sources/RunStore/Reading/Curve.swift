/// One metric of one run over its steps.
///
/// The arrays are equally long and sorted by step; no step is there twice.
public struct Curve: Sendable, Hashable {
  /// The metric.
  public var metric: String
  /// The steps, ascending.
  public var steps: [Int]
  /// The values.
  public var values: [Double]
  /// Seconds since 1970 of each row, NaN where the row does not say; empty if none does.
  public var times: [Double]
  /// The segment of each row, as an index into ``RunCurves/segments``.
  public var segments: [Int32]
  /// The line of each row in its segment, counted from 1.
  public var lines: [Int32]

  /// How many points there are.
  public var count: Int { steps.count }
}

/// The metrics of one run.
public struct RunCurves: Sendable {
  /// The run.
  public var run: RunID
  /// The files the rows were read from, in order of their numbers.
  public var segments: [String]
  /// The curves, sorted by name.
  public var curves: [Curve]
  /// How many values gave way to a later one of the same metric and step.
  public var superseded: Int
  /// Torn tails, and what was skipped.
  public var problems: [RunStoreProblem]

  /// The curve of a metric; nil if no row has it.
  public subscript(metric: String) -> Curve? { curves.first { $0.metric == metric } }
}
