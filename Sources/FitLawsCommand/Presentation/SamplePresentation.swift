internal import Planning
internal import ScalingLaws
internal import Tables

/// Coverage over samples, and where to spend them, in every format.
struct SamplePresentation: Presentable {
  struct Allocated {
    var queries: [SampleAllocation.Query]
    var budget: Double
    var allocation: SampleAllocation
  }

  var analyses: [(name: String, analysis: CoverageAnalysis)] = []
  var allocation: Allocated?
  var comparison: TrainingOrSampling?
  var sources: [String] = []

  var warnings: [String] {
    analyses.flatMap { name, analysis in analysis.warnings.map { "\(name): \($0)" } }
  }

  // MARK: - Text

  var blocks: [Block] {
    analyses.flatMap { name, analysis in Self.blocks(name, analysis) }
      + (allocation.map(Self.blocks) ?? []) + (comparison.map(Self.blocks) ?? [])
      + sources.map { .line("source: \($0)") }
  }

  private static func share(_ estimate: Allocation.Estimate?) -> String {
    estimate.map {
      AllocationPresentation.show($0) { Rounding.significant($0, 3, keepingZeros: true) }
    } ?? ""
  }

  private static func blocks(_ name: String, _ analysis: CoverageAnalysis) -> [Block] {
    let level =
      analysis.level.map { "; \(Rounding.significant(100 * $0, 6)) % intervals" } ?? ""
    let names = analysis.curves.map(\.estimate.name)
    var table = TextTable(
      headers: ["samples", "observed"] + names,
      alignments: [.right, .left] + names.map { _ in .left })
    for point in analysis.coverages {
      table.append(
        [Quantity.format(point.k), share(point.observed)] + point.fitted.map(share))
    }
    var blocks: [Block] = [
      .line("coverage of \(analysis.problems) problems in \(name)\(level)"), .line(""),
      .table(table),
    ]
    blocks += analysis.curves.map { .line("\($0.estimate.name): \($0.estimate.formula)") }
    guard !analysis.targets.isEmpty else { return blocks + [.line("")] }
    var needs = TextTable(
      headers: ["coverage", "observed"] + names,
      alignments: [.right, .right] + names.map { _ in .left })
    for target in analysis.targets {
      needs.append(
        [
          Rounding.significant(target.coverage, 6),
          target.observed.map { Quantity.format(Double($0)) } ?? "",
        ] + target.samples.map { $0.map { AllocationPresentation.count($0) } ?? "more than 1e15" })
    }
    return blocks + [.line(""), .line("samples needed"), .line(""), .table(needs)]
  }

  /// Rows of the table of queries for people; the files hold all.
  private static let shown = 20

  private static func blocks(_ allocated: Allocated) -> [Block] {
    let result = allocated.allocation
    let count = allocated.queries.count
    var table = TextTable(
      headers: ["problem", "samples", "solved with chance"],
      alignments: [.left, .right, .right])
    let order = result.samples.indices.sorted {
      (result.samples[$0], $1) > (result.samples[$1], $0)
    }
    for place in order.prefix(Self.shown) {
      table.append([
        allocated.queries[place].name, String(result.samples[place]),
        Rounding.significant(
          allocated.queries[place].utility.value(result.samples[place]), 3, keepingZeros: true),
      ])
    }
    let rest = count > Self.shown ? " (the first \(Self.shown) of \(count))" : ""
    return [
      .line("\(Quantity.format(allocated.budget)) samples over \(count) problems\(rest)"),
      .line(""),
      .table(table),
      .line(
        "\(Rounding.significant(result.value, 4)) problems solved on average, "
          + "\(Rounding.significant(result.uniformValue, 4)) if spread evenly; one more sample brings "
          + "\(Rounding.significant(result.price, 3))."),
      .line(
        result.abandoned.isEmpty
          ? "No problem is abandoned."
          : "\(result.abandoned.count) abandoned: their first sample brings less."),
    ]
  }

  private static func blocks(_ comparison: TrainingOrSampling) -> [Block] {
    var blocks: [Block] = [
      .line(
        "training or sampling, \(Quantity.format(comparison.queries)) queries, equal total compute"),
      .line(""),
    ]
    if !comparison.budgets.isEmpty {
      var table = TextTable(
        headers: ["flops", "model", "samples", "coverage", "best"],
        alignments: [.right, .left, .right, .left, .left])
      for point in comparison.budgets {
        for (place, option) in point.options.enumerated() {
          let probability = point.probabilities.map {
            "\(Rounding.significant(100 * $0[place], 3)) %"
          }
          table.append([
            Quantity.format(point.flops), comparison.models[place],
            option.map { Quantity.format($0.samples, digits: 3) } ?? "not one",
            share(option?.coverage),
            probability ?? (point.best == place ? "yes" : ""),
          ])
        }
      }
      blocks.append(.table(table))
    }
    blocks += comparison.changes.map { change in
      let ends = [change.lower, change.upper].map { $0.map { Quantity.format($0, digits: 3) } }
      let interval =
        ends.allSatisfy { $0 == nil }
        ? "" : " (\(ends[0] ?? "below") to \(ends[1] ?? "above"))"
      return .line(
        "From \(Quantity.format(change.budget, digits: 3))\(interval) FLOP on, "
          + "\(comparison.models[change.to]) is better than \(comparison.models[change.from]).")
    }
    if comparison.changes.isEmpty {
      blocks.append(.line("One model is the best at every budget looked at."))
    }
    for need in comparison.needs {
      let parts = zip(comparison.models, need.flops).map { name, flops in
        "\(name) \(flops.map { AllocationPresentation.count($0) } ?? "never")"
      }
      blocks.append(
        .line(
          "coverage \(Rounding.significant(need.coverage, 6)) takes, in FLOP: "
            + parts.joined(separator: ", ")))
    }
    return blocks
  }

  // MARK: - Files

  /// What a number is, of whom, and at what.
  private struct Row: Encodable {
    var what: String
    var of: String
    var at: Double?
    var value: Double?
    var lower: Double?
    var upper: Double?

    init(_ what: String, _ of: String, at: Double, _ estimate: Allocation.Estimate?) {
      (self.what, self.of, self.at) = (what, of, at)
      value = estimate?.value
      lower = estimate?.interval?.lower
      upper = estimate?.interval?.upper
    }

    init(_ what: String, _ of: String, _ value: Int) {
      (self.what, self.of, self.value) = (what, of, Double(value))
    }
  }

  private var rows: [(source: String, row: Row)] {
    var rows: [(source: String, row: Row)] = []
    for (source, analysis) in analyses {
      let names = analysis.curves.map(\.estimate.name)
      for point in analysis.coverages {
        if let observed = point.observed {
          rows.append((source, Row("coverage", "observed", at: point.k, observed)))
        }
        rows += zip(names, point.fitted).map { (source, Row("coverage", $0, at: point.k, $1)) }
      }
      for target in analysis.targets {
        rows += zip(names, target.samples).map {
          (source, Row("samples needed", $0, at: target.coverage, $1))
        }
      }
    }
    if let allocation, let source = analyses.first?.name {
      rows += zip(allocation.queries, allocation.allocation.samples).map {
        (source, Row("samples given", $0.name, $1))
      }
    }
    if let comparison {
      for point in comparison.budgets {
        rows += zip(comparison.models, point.options).map {
          ($0, Row("coverage at compute", $0, at: point.flops, $1?.coverage))
        }
      }
      for need in comparison.needs {
        rows += zip(comparison.models, need.flops).map {
          ($0, Row("compute needed", $0, at: need.coverage, $1))
        }
      }
    }
    return rows
  }

  var table: TextTable {
    var table = TextTable(
      headers: ["source", "what", "of", "at", "value", "lower", "upper", "warnings"])
    let warnings = warnings.joined(separator: "; ")
    for (source, row) in rows {
      table.append(
        [source, row.what, row.of]
          + [row.at, row.value, row.lower, row.upper].map { $0.map(NumberText.shortest) ?? "" }
          + [warnings])
    }
    return table
  }

  func json() throws -> String {
    try JSONText.encode(
      File(
        schema: "fitlaws.sample/1", version: fitLawsVersion, level: analyses.first?.analysis.level,
        analyses: analyses.map { name, analysis in
          File.Analysis(
            source: name, problems: analysis.problems,
            curves: analysis.curves.map {
              File.Curve(name: $0.estimate.name, formula: $0.estimate.formula)
            },
            rows: rows.filter { $0.source == name }.map(\.row))
        },
        allocation: allocation.map {
          File.Result(
            budget: $0.budget, value: $0.allocation.value, bound: $0.allocation.bound,
            uniformValue: $0.allocation.uniformValue, price: $0.allocation.price,
            abandoned: $0.allocation.abandoned.count)
        },
        changes: comparison.map { comparison in
          comparison.changes.map {
            File.Change(
              flops: $0.budget, from: comparison.models[$0.from], to: comparison.models[$0.to],
              lower: $0.lower, upper: $0.upper)
          }
        }, sources: sources.isEmpty ? nil : sources, warnings: warnings))
  }

  private struct File: Encodable {
    struct Curve: Encodable {
      var name: String
      var formula: String
    }
    struct Analysis: Encodable {
      var source: String
      var problems: Int
      var curves: [Curve]
      var rows: [Row]
    }
    struct Result: Encodable {
      var budget: Double
      var value: Double
      var bound: Double
      var uniformValue: Double
      var price: Double
      var abandoned: Int
    }
    struct Change: Encodable {
      var flops: Double
      var from: String
      var to: String
      var lower: Double?
      var upper: Double?
    }
    var schema: String
    var version: String
    var level: Double?
    var analyses: [Analysis]
    var allocation: Result?
    var changes: [Change]?
    var sources: [String]?
    var warnings: [String]
  }
}
