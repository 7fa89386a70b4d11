internal import Planning
internal import ScalingLaws
internal import Tables

/// Where compute stops being worth its price, in every format.
struct StopPresentation: Presentable {
  enum Answer {
    case frontier(StoppingPlan, group: String?)
    case run(RunStop, group: String?)
  }

  let answers: [Answer]
  let sources: [String]

  var warnings: [String] {
    answers.flatMap { answer in
      answer.warnings.map { (answer.group.map { "group \($0): " } ?? "") + $0 }
    }
  }

  // MARK: - Text

  var blocks: [Block] {
    answers.enumerated().flatMap { index, answer -> [Block] in
      var blocks: [Block] = index > 0 ? [.line("")] : []
      let level = answer.level.map { "; \(Rounding.significant(100 * $0, 6)) % intervals" } ?? ""
      let price =
        answer.price.map { "; price \(Quantity.format($0.natsPerFLOP)) nats per FLOP" } ?? ""
      blocks += [.line("marginal value of compute by \(answer.law)\(price)\(level)"), .line("")]
      switch answer {
      case .frontier(let plan, _): blocks += Self.blocks(plan)
      case .run(let run, _): blocks += Self.blocks(run)
      }
      return blocks
    } + sources.map { .line("source: \($0)") }
  }

  private static func blocks(_ plan: StoppingPlan) -> [Block] {
    var blocks: [Block] = []
    if !plan.budgets.isEmpty {
      let isJudged = plan.budgets.contains { $0.worthIt != nil }
      var table = TextTable(
        headers: ["flops", "loss", "nats per FLOP", "twice the budget brings"]
          + (isJudged ? ["worth it"] : []),
        alignments: [.right, .left, .left, .left])
      for point in plan.budgets {
        table.append(
          [
            Quantity.format(point.flops),
            AllocationPresentation.show(point.loss) {
              Rounding.significant($0, 4, keepingZeros: true)
            },
            AllocationPresentation.show(point.marginal) { Rounding.significant($0, 3) },
            AllocationPresentation.show(point.doubling) { Rounding.significant($0, 3) },
          ] + (isJudged ? [point.worthIt.map { share($0) } ?? ""] : []))
      }
      blocks.append(.table(table))
    }
    guard let stop = plan.stop else { return blocks }
    blocks.append(
      .table(
        quantities([
          ("stop at, FLOP", stop.flops), ("params", stop.params), ("tokens", stop.tokens),
          ("loss", stop.loss),
        ])))
    blocks.append(
      .line(
        "Beyond \(AllocationPresentation.count(stop.flops)) FLOP more compute is not worth its price."
      ))
    return blocks
  }

  private static func blocks(_ run: RunStop) -> [Block] {
    var rows: [(String, Allocation.Estimate)] = []
    if let marginal = run.marginal, let seen = run.seen {
      rows.append(("nats per FLOP at \(Quantity.format(seen)) tokens", marginal))
    }
    if let tokens = run.stopTokens, let loss = run.stopLoss {
      rows += [("stop at, tokens", tokens), ("loss there", loss)]
    }
    var blocks: [Block] = [
      .line("a model of \(Quantity.format(run.params)) parameters"), .line(""),
      .table(quantities(rows)),
    ]
    if let seen = run.seen, let tokens = run.stopTokens {
      blocks.append(
        .line(
          (seen < tokens.value
            ? "Worth training for \(Quantity.format(tokens.value - seen)) tokens more"
            : "Past the point where more tokens are worth their price")
            + (run.worthIt.map { "; worth it in \(share($0)) of draws." } ?? ".")))
    }
    return blocks
  }

  private static func share(_ share: Double) -> String {
    "\(Rounding.significant(100 * share, 3)) %"
  }

  private static func quantities(_ rows: [(String, Allocation.Estimate)]) -> TextTable {
    let hasIntervals = rows.contains { $0.1.interval != nil }
    let ends = hasIntervals ? ["from", "to"] : []
    var table = TextTable(
      headers: ["quantity", "estimate"] + ends,
      alignments: [.left, .right] + ends.map { _ in .right })
    for (name, estimate) in rows {
      table.append(
        [name]
          + [estimate.value, estimate.interval?.lower, estimate.interval?.upper]
          .prefix(1 + ends.count)
          .map { $0.map { Quantity.format($0, digits: hasIntervals ? 3 : 4) } ?? "" })
    }
    return table
  }

  // MARK: - Files

  /// A row of numbers, each with its interval; what does not belong to it is nil.
  private struct Row: Encodable {
    var what: String
    var flops: NumberPart?
    var params: NumberPart?
    var tokens: NumberPart?
    var loss: NumberPart?
    var marginal: NumberPart?
    var doubling: NumberPart?
    var worthIt: Double?
  }

  private static func rows(_ answer: Answer) -> [Row] {
    switch answer {
    case .frontier(let plan, _):
      return plan.budgets.map { point in
        Row(
          what: "budget", flops: NumberPart(point.flops), loss: NumberPart(point.loss),
          marginal: NumberPart(point.marginal), doubling: NumberPart(point.doubling),
          worthIt: point.worthIt)
      }
        + (plan.stop.map { stop in
          [
            Row(
              what: "stop", flops: NumberPart(stop.flops), params: NumberPart(stop.params),
              tokens: NumberPart(stop.tokens), loss: NumberPart(stop.loss))
          ]
        } ?? [])
    case .run(let run, _):
      var rows: [Row] = []
      if let seen = run.seen {
        rows.append(
          Row(
            what: "run", params: NumberPart(run.params), tokens: NumberPart(seen),
            marginal: run.marginal.map(NumberPart.init), worthIt: run.worthIt))
      }
      if let tokens = run.stopTokens {
        rows.append(
          Row(
            what: "stop", params: NumberPart(run.params), tokens: NumberPart(tokens),
            loss: run.stopLoss.map(NumberPart.init)))
      }
      return rows
    }
  }

  var table: TextTable {
    let isGrouped = answers.contains { $0.group != nil }
    let names = ["flops", "params", "tokens", "loss", "nats_per_flop", "doubling"]
    var table = TextTable(
      headers: (isGrouped ? ["group"] : []) + ["what"]
        + names.flatMap { [$0, "\($0)_lower", "\($0)_upper"] } + ["worth_it", "warnings"])
    for answer in answers {
      for row in Self.rows(answer) {
        let cells =
          [row.flops, row.params, row.tokens, row.loss, row.marginal, row.doubling]
          .flatMap { [$0?.value, $0?.lower, $0?.upper] } + [row.worthIt]
        table.append(
          (isGrouped ? [answer.group ?? ""] : []) + [row.what]
            + cells.map { $0.map(NumberText.shortest) ?? "" }
            + [answer.warnings.joined(separator: "; ")])
      }
    }
    return table
  }

  func json() throws -> String {
    try JSONText.encode(
      File(
        schema: "fitlaws.stop/1", version: fitLawsVersion,
        answers: answers.map { answer in
          File.Part(
            group: answer.group, law: answer.law, level: answer.level,
            natsPerFlop: answer.price?.natsPerFLOP, rows: Self.rows(answer),
            warnings: answer.warnings)
        }, sources: sources.isEmpty ? nil : sources))
  }

  private struct File: Encodable {
    struct Part: Encodable {
      var group: String?
      var law: String
      var level: Double?
      var natsPerFlop: Double?
      var rows: [Row]
      var warnings: [String]
    }
    var schema: String
    var version: String
    var answers: [Part]
    var sources: [String]?
  }
}

extension StopPresentation.Answer {
  fileprivate var group: String? {
    switch self {
    case .frontier(_, let group), .run(_, let group): group
    }
  }

  fileprivate var law: String {
    switch self {
    case .frontier(let plan, _): plan.law
    case .run(let run, _): run.law
    }
  }

  fileprivate var level: Double? {
    switch self {
    case .frontier(let plan, _): plan.level
    case .run(let run, _): run.level
    }
  }

  fileprivate var price: ComputePrice? {
    switch self {
    case .frontier(let plan, _): plan.price
    case .run(let run, _): run.price
    }
  }

  fileprivate var warnings: [String] {
    switch self {
    case .frontier(let plan, _): plan.warnings
    case .run(let run, _): run.warnings
    }
  }
}
