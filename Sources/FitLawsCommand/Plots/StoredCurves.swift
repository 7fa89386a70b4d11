internal import ArgumentParser
internal import Figures
internal import RunStore
internal import Tables

/// Curves of stored runs to draw.
struct StoredCurves: ParsableArguments {
  @OptionGroup var query: QueryOptions
  @Option(name: .long) var metric = "loss"
  @Option(name: .long) var against: String?

  static func plot(_ words: PlotWords) throws -> Plot {
    let options = try words.parse(as: StoredCurves.self)
    let store = try options.query.store.open()
    let answer = try store.table(
      RunQuery(
        filter: try options.query.filter(), columns: ["id", "name", "params"],
        usesIndex: !options.query.noIndex))
    let names = try answer.table.texts("name")
    let params = try answer.table.numbers("params", allowingNonFinite: true)
    var problems = answer.problems
    let against = options.against
    var curves: [Figure.RunCurve] = []
    var isByTokens = against == nil
    var found: [(row: Int, curves: RunCurves)] = []
    for (row, id) in answer.runs.enumerated() {
      let wanted = Set([options.metric, against ?? "tokens"])
      let run = try store.curves(of: id, metrics: wanted, salvaging: true)
      problems += run.problems
      guard run[options.metric] != nil else { continue }
      found.append((row, run))
      if run["tokens"] == nil { isByTokens = false }
    }
    guard !found.isEmpty else {
      throw InputFault(
        "\(store.root): no run of \(answer.runs.count) has the metric \(options.metric); "
          + "'fitlaws runs show ID' lists those of a run")
    }
    let other = against ?? (isByTokens ? "tokens" : "steps")
    for (row, run) in found {
      guard let curve = run[options.metric] else { continue }
      let (x, y) = Self.pairs(curve, against: other == "steps" ? nil : run[other])
      curves.append(
        Figure.RunCurve(
          name: names[row].isEmpty ? answer.runs[row].text : names[row],
          params: params[row].isFinite ? params[row] : nil, x: x, y: y))
    }
    return Plot(
      figure: try .curves(curves, metric: options.metric, against: other),
      notes: problems.map { "problem: \($0)" }, isPartial: !problems.isEmpty)
  }

  /// The values of a curve beside those of another at the same steps, or beside the steps.
  private static func pairs(_ curve: Curve, against other: Curve?) -> ([Double], [Double]) {
    guard let other else { return (curve.steps.map(Double.init), curve.values) }
    let known = Dictionary(
      zip(other.steps, other.values), uniquingKeysWith: { first, _ in first })
    let both = zip(curve.steps, curve.values).compactMap { step, value in
      known[step].map { ($0, value) }
    }
    return (both.map(\.0), both.map(\.1))
  }
}
