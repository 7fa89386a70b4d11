/// Gathers the values of metrics from rows, and puts those of several segments together.
struct CurveBuilder {
  var scanner = RowScanner()
  /// The segment that is being read.
  var segment: Int32 = 0
  private let wanted: Set<String>?
  /// By metric of the scanner; nil for one that is not wanted.
  private var curves: [Curve?] = []
  private var hasTimes = false

  /// - Parameter wanted: the metrics to gather; nil for all.
  init(wanted: Set<String>?) { self.wanted = wanted }

  /// Takes the row that the scanner read last.
  @inline(__always)
  mutating func take(line: Int) {
    for place in scanner.metrics.indices {
      let metric = scanner.metrics[place]
      if metric >= curves.count { begin(through: metric) }
      guard curves[metric] != nil else { continue }
      append(metric, scanner.values[place], line)
    }
  }

  @inline(__always)
  private mutating func append(_ metric: Int, _ value: Double, _ line: Int) {
    if !scanner.time.isNaN { hasTimes = true }
    curves[metric]?.steps.append(scanner.step)
    curves[metric]?.values.append(value)
    curves[metric]?.times.append(scanner.time)
    curves[metric]?.segments.append(segment)
    curves[metric]?.lines.append(Int32(clamping: line))
  }

  private mutating func begin(through metric: Int) {
    while curves.count <= metric {
      let name = scanner.names[curves.count]
      let isWanted = wanted?.contains(name) ?? true
      curves.append(isWanted ? Curve(metric: name) : nil)
    }
  }

  /// The curves sorted by name and step, of each step the value that came last, and how many
  /// values gave way.
  consuming func finish() -> (curves: [Curve], superseded: Int) {
    var superseded = 0
    var finished: [Curve] = []
    for curve in curves {
      guard var curve else { continue }
      if !hasTimes { curve.times = [] }
      let before = curve.count
      curve.sort()
      superseded += before - curve.count
      finished.append(curve)
    }
    finished.sort { $0.metric.utf8.lexicographicallyPrecedes($1.metric.utf8) }
    return (finished, superseded)
  }
}

extension Curve {
  init(metric: String) {
    self.init(metric: metric, steps: [], values: [], times: [], segments: [], lines: [])
  }

  /// Sorts by step; of rows with the same step the last stays.
  fileprivate mutating func sort() {
    if zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 }) { return }
    let order = steps.indices.sorted { (steps[$0], $0) < (steps[$1], $1) }
    let kept = order.indices.filter { place in
      place + 1 == order.count || steps[order[place]] != steps[order[place + 1]]
    }.map { order[$0] }
    let unsorted = self
    steps = kept.map { unsorted.steps[$0] }
    values = kept.map { unsorted.values[$0] }
    if !times.isEmpty { times = kept.map { unsorted.times[$0] } }
    segments = kept.map { unsorted.segments[$0] }
    lines = kept.map { unsorted.lines[$0] }
  }

  /// The value at the largest step.
  var final: RunState.Final? {
    guard let value = values.last, let step = steps.last else { return nil }
    return RunState.Final(value: value, step: step)
  }
}
