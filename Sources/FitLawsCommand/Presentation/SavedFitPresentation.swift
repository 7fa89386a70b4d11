internal import RunStore
internal import Tables

/// What a verification found, in every format.
struct VerificationPresentation: Presentable {
  private let verification: FitVerification

  init(_ verification: FitVerification) { self.verification = verification }

  var warnings: [String] { verification.notes }

  var blocks: [Block] {
    [.line("\(verification.id): \(verification.verdict.words)")]
      + verification.details.map { .line("  \($0)") }
  }

  var table: TextTable {
    var table = TextTable(headers: ["fit", "verdict", "detail"])
    for detail in verification.details {
      table.append([verification.id, verification.verdict.words, detail])
    }
    return table
  }

  func json() -> String {
    func texts(_ words: [String]) -> JSONValue { .array(words.map { .string($0) }) }
    let value: JSONValue = [
      "schema": "fitlaws.verification/1", "fit": .string(verification.id),
      "verdict": .string(verification.verdict.words), "details": texts(verification.details),
      "drifted": texts(verification.drifted), "notes": texts(verification.notes),
    ]
    return value.text
  }
}

/// Saved fits, in every format.
struct FitListPresentation: Presentable {
  private(set) var table = TextTable(headers: ["id", "law", "rows", "source", "made"])

  var warnings: [String] { [] }

  mutating func append(_ fit: StoredFit) {
    let data = fit.spec["data"]
    let source = data?["source"]
    let isTable = source?["kind"]?.string == "table"
    table.append([
      fit.id, fit.spec["law"]?["name"]?.string ?? "formula",
      data?["rows"]?.int.map(String.init) ?? "",
      isTable
        ? source?["file"]?.string ?? ""
        : "\(source?["metric"]?.string ?? ""), \(source?["reduce"]?.string ?? "")",
      fit.meta["made"]?.string ?? "",
    ])
  }

  var blocks: [Block] {
    let count = "\(table.rows.count) fit\(table.rows.count == 1 ? "" : "s")"
    return table.rows.isEmpty ? [.line(count)] : [.table(table), .line(count)]
  }

  func json() -> String {
    let fits = table.rows.map { row in
      JSONValue.object(
        Dictionary(zip(table.headers, row.map { .string($0) }), uniquingKeysWith: { $1 }))
    }
    let value: JSONValue = ["schema": "fitlaws.fit-list/1", "fits": .array(fits)]
    return value.text
  }
}
