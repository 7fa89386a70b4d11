internal import Formulas
internal import ScalingLaws
internal import Tables

extension FitChapter {
  /// Where the rows come from, how many there are, and how far they reach.
  func data() -> [Report.Item] {
    var facts = TextTable(headers: ["what", "value"], alignments: [.left, .left])
    facts.append(["source", fit.data.source])
    facts.append(["SHA-256", fit.data.sha256])
    facts.append(["rows used", "\(fit.data.rows)"])
    facts.append(["rows dropped", dropped])
    if let weights = fit.objective.weights { facts.append(["weights", "column \(weights)"]) }
    if let cluster = fit.interval.cluster {
      facts.append(["rows that belong together", "those with one value of \(cluster)"])
    }
    return [
      .table(facts, caption: "The rows."),
      .table(
        spans,
        caption:
          "What the rows span, smallest to largest value used. Here and below, k, M, B and T "
          + "stand for 1e3, 1e6, 1e9 and 1e12, and 1e21 for ten to the power of 21."),
    ]
  }

  /// How many rows were left out, and why.
  var dropped: String {
    guard let filter = fit.data.where else {
      return "none: no filter was set"
    }
    guard let table = source.table else {
      return "those that fail \(filter); how many the file does not say"
    }
    let count = table.rowCount - fit.data.rows
    if count == 0 { return "none: all of \(table.rowCount) pass \(filter)" }
    return "\(count) of \(table.rowCount): those that fail \(filter)"
  }

  private var spans: TextTable {
    var table = TextTable(
      headers: ["quantity", "column", "from", "to", "unit"],
      alignments: [.left, .left, .right, .right, .left])
    func append(_ name: String, _ column: String, _ low: Double, _ high: Double, _ unit: String?) {
      table.append([
        name, column, Self.number(low), Self.number(high), unit ?? "not recorded",
      ])
    }
    for name in names {
      guard let range = fit.data.ranges[name] else { continue }
      let column = fit.data.columns[name] ?? (name == "C" ? "6 N D" : "")
      append(meaning(of: name), column, range.lower, range.upper, unit(of: name))
      if name == "D", let ratio {
        append("D/N: tokens per parameter", "D / N", ratio.0, ratio.1, "–")
      }
    }
    return table
  }

  /// Counts as people write them, others with the digits that differ.
  private static func number(_ value: Double) -> String {
    abs(value) >= 1e4
      ? Quantity.format(value, digits: 3) : Rounding.significant(value, 4, keepingZeros: true)
  }

  /// N and D, the other inputs of the law, compute, then the response.
  private var names: [String] {
    let response = Set(law.formula.responseNames)
    let first = ["N", "D"].filter(law.inputs.contains)
    let inputs =
      first + law.inputs.filter { !first.contains($0) } + (law.inputs.contains("C") ? [] : ["C"])
    let others = fit.data.ranges.keys.filter { !inputs.contains($0) && !response.contains($0) }
    return inputs + others.sorted() + response.sorted()
  }

  /// The span of D/N, where the rows or the design check tell.
  private var ratio: (Double, Double)? {
    if let span = fit.design?.spans.first(where: { $0.name == "D/N" }) {
      return (span.lower, span.upper)
    }
    guard let params = source.runs?.inputs["N"], let tokens = source.runs?.inputs["D"] else {
      return nil
    }
    let ratios = zip(params, tokens).map { $1 / $0 }
    guard let low = ratios.min(), let high = ratios.max() else { return nil }
    return (low, high)
  }

  /// What a name stands for.
  private func meaning(of name: String) -> String {
    if let variable = known?.variables.first(where: { $0.name == name }) {
      return "\(name): \(variable.meaning)"
    }
    let words = ["N": "parameters", "D": "tokens", "C": "compute", "U": "unique tokens"]
    return words[name].map { "\(name): \($0)" } ?? name
  }

  /// Its unit, where it is known.
  func unit(of name: String) -> String? {
    known?.variables.first { $0.name == name }?.unit
      ?? ["N": "parameters", "D": "tokens", "C": "FLOP", "U": "tokens"][name]
  }
}
