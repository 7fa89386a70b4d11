internal import Tables

/// Which parts of imported runs are N, D, U and C, and their values.
struct RunQuantities {
  /// The quantities by the names that options use, each with its letter in laws.
  private static let letters: [(name: String, letter: String)] = [
    ("params", "N"), ("tokens", "D"), ("unique_tokens", "U"), ("flops", "C"),
  ]

  /// The column of each quantity that was found.
  private(set) var columns: [String: String] = [:]

  /// Finds the columns: those that were named, and of the others those with a usual name.
  init(_ runs: [ImportedRun], options: ImportOptions) throws(ExchangeError) {
    let keys = Set(runs.flatMap(\.config.keys)).sorted()
    for (name, letter) in Self.letters {
      if let stated = options.columns[name] {
        guard runs.isEmpty || runs.contains(where: { Self.cell(stated, of: $0) != nil }) else {
          let hint = nearest(stated, among: keys.flatMap { [$0, "params." + $0] })
          throw ExchangeError(
            .missingColumn, path: runs.first?.place ?? "",
            "no run has \"\(stated)\"" + (hint.map { "; did you mean \"\($0)\"?" } ?? ""))
        }
        columns[name] = stated
        continue
      }
      let found = ColumnSynonyms.candidates(ColumnSynonyms.words[letter] ?? [], among: keys)
      guard found.count < 2 else {
        throw ExchangeError(
          .ambiguousColumn, path: runs.first?.place ?? "",
          "\(found.joined(separator: " and ")) could both be \(name); "
            + "say which with \(name)=\(found[0])")
      }
      columns[name] = found.first
    }
  }

  /// Fills N, D, U and C of a record; what makes no sense is reported and stays empty.
  func fill(
    _ record: inout RunRecord, from run: ImportedRun, problems: inout [RunStoreProblem]
  ) {
    record.model.params = whole("params", run, &problems)
    record.data.plannedTokens = whole("tokens", run, &problems)
    record.data.uniqueTokens = whole("unique_tokens", run, &problems)
    record.compute.flops = number("flops", run, &problems)
  }

  private func whole(
    _ name: String, _ run: ImportedRun, _ problems: inout [RunStoreProblem]
  ) -> Int? {
    guard let column = columns[name], let value = number(name, run, &problems) else { return nil }
    // Exactly as written where that is an integer: a Double holds them up to 2^53 only.
    let cell = Self.cell(column, of: run)
    if let exact = cell?.int ?? cell?.string.flatMap({ Int($0) }) { return exact }
    if let whole = MetricText.whole(value) { return whole }
    problems.append(
      RunStoreProblem(
        .badRow, run: run.runID, path: run.place,
        "\(name) (\(column)) is \(NumberText.shortest(value)), no whole number; left empty"))
    return nil
  }

  private func number(
    _ name: String, _ run: ImportedRun, _ problems: inout [RunStoreProblem]
  ) -> Double? {
    guard let column = columns[name], let cell = Self.cell(column, of: run), cell != .null
    else { return nil }
    if let value = cell.double ?? cell.string.flatMap({ Quantity.parse($0) }), value.isFinite {
      return value
    }
    problems.append(
      RunStoreProblem(
        .badRow, run: run.runID, path: run.place,
        "\(name) (\(column)) is \"\(cell.scalarText ?? cell.compactText)\", no number such as "
          + "7e9 or 7B; left empty"))
    return nil
  }

  /// A hyperparameter, tag or last value of a run by the name of its column.
  private static func cell(_ column: String, of run: ImportedRun) -> JSONValue? {
    if let value = member(column, of: run.config) { return value }
    func key(_ prefix: String) -> String? {
      column.hasPrefix(prefix) ? String(column.dropFirst(prefix.count)) : nil
    }
    if let value = key("params.").flatMap({ member($0, of: run.config) }) { return value }
    if let value = key("tags.").flatMap({ run.tags[$0] }) { return .string(value) }
    return key("metrics.").flatMap { run.metrics[$0] }
      .flatMap { points in points.max { $0.step < $1.step } }.map { JSONValue($0.value) }
  }

  /// A member by its key, or by the keys of objects inside each other joined with dots.
  private static func member(_ name: String, of object: [String: JSONValue]) -> JSONValue? {
    if let value = object[name] { return value }
    guard let dot = name.firstIndex(of: "."), let inner = object[String(name[..<dot])]?.object
    else { return nil }
    return member(String(name[name.index(after: dot)...]), of: inner)
  }
}
