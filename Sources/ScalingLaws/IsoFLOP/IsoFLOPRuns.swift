internal import Formulas
internal import Tables

/// The runs of an isoFLOP analysis: checked numbers, one of each kind per row.
struct IsoFLOPRuns: Sendable {
  var params: [Double]
  var tokens: [Double]
  var flops: [Double]
  var loss: [Double]
  /// Where compute comes from: the column, or nil for 6ND.
  var flopsColumn: String?
  /// For N, D, C and loss, what each stands for.
  var columns: [String: String]
  var source: String

  var count: Int { loss.count }

  init(_ input: Table, _ options: IsoFLOPOptions) throws {
    guard input.rowCount > 0 else {
      throw AnalysisError(
        .tooFewRows, "\(input.source): a header and no rows; the analysis needs runs")
    }
    var table = input
    if let filter = options.filter {
      let rows = try RowFilter(filter).rows(of: input)
      guard !rows.isEmpty else {
        throw AnalysisError(
          .tooFewRows,
          "\(input.source): no row of \(input.rowCount) passes the filter \(filter); loosen it (--where)"
        )
      }
      table = input.selecting(rows: rows)
    }
    let names = ["N", "D", "C", "loss"]
    for name in options.columns.keys.sorted() where !names.contains(name) {
      throw AnalysisError(
        .missingColumn,
        "'\(name)' is none of what isoFLOP analysis reads: \(names.joined(separator: ", "))")
    }
    var found: [String: String] = [:]
    for name in names {
      found[name] = try ColumnMapping.find(name, stated: options.columns, table: table)
    }
    // With compute, one of N and D is enough; without, or with neither, the mapping's own error
    // says what is missing.
    let known = found["C"] != nil && (found["N"] != nil || found["D"] != nil)
    let inputs =
      (known ? names.filter { found[$0] != nil || $0 == "loss" } : ["N", "D", "loss"])
    let mapping = try ColumnMapping(
      inputs: inputs, of: "the analysis",
      stated: options.columns.filter { inputs.contains($0.key) },
      table: table)
    let values = try mapping.values(in: table)
    for name in inputs {
      for (row, value) in (values[name] ?? []).enumerated() where !(value > 0 && value.isFinite) {
        throw AnalysisError(
          .badValue,
          "\(table.source):\(table.lineNumber(ofRow: row)): column \"\(mapping.columns[name] ?? name)\": "
            + "\(NumberText.shortest(value)) is no positive number; drop the row with --where")
      }
    }
    let loss = values["loss"] ?? []
    let flops = values["C"]
    func derived(_ other: [Double]?) -> [Double] {
      zip(flops ?? [], other ?? []).map { $0 / (6 * $1) }
    }
    let params = values["N"] ?? derived(values["D"])
    let tokens = values["D"] ?? derived(values["N"])
    self.init(
      params: params, tokens: tokens, flops: flops ?? zip(params, tokens).map { 6 * $0 * $1 },
      loss: loss, flopsColumn: mapping.columns["C"], columns: mapping.columns, source: table.source)
    if columns["N"] == nil { columns["N"] = "C/(6D)" }
    if columns["D"] == nil { columns["D"] = "C/(6N)" }
    if columns["C"] == nil { columns["C"] = "6ND" }
  }

  init(
    params: [Double], tokens: [Double], flops: [Double], loss: [Double], flopsColumn: String?,
    columns: [String: String], source: String
  ) {
    (self.params, self.tokens, self.flops, self.loss) = (params, tokens, flops, loss)
    (self.flopsColumn, self.columns, self.source) = (flopsColumn, columns, source)
  }

  /// A table of N, D and loss: what the joint law is fitted to.
  var table: Table {
    Table(
      columns: [("N", .numbers(params)), ("D", .numbers(tokens)), ("loss", .numbers(loss))],
      source: source)
  }

  /// The largest relative difference between the compute given and 6ND.
  var largestExcess: Double {
    (0..<count).reduce(0) { max($0, abs(flops[$1] / (6 * params[$1] * tokens[$1]) - 1)) }
  }

  /// Rows whose values chain: each within a share of the one before; sorted.
  static func chains(of values: [Double], gap: Double) -> [[Int]] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var chains: [[Int]] = []
    for row in order {
      if let last = chains.last?.last, values[row] <= values[last] * (1 + gap) {
        chains[chains.count - 1].append(row)
      } else {
        chains.append([row])
      }
    }
    return chains
  }
}
