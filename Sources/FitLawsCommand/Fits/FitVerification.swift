internal import RunStore
internal import ScalingLaws
internal import Tables

/// Whether a saved fit still holds: fitted again from its own data, and its data compared with
/// their source.
struct FitVerification: Sendable {
  /// How it ended; the raw value is the exit code.
  enum Verdict: Int32 {
    case identical = 0
    case different = 1
    case drifted = 2
    case damaged = 3

    var words: String {
      switch self {
      case .identical: "identical"
      case .different: "different"
      case .drifted: "data drifted"
      case .damaged: "damaged"
      }
    }
  }

  /// The fit.
  var id: String
  /// How it ended.
  var verdict: Verdict
  /// What is behind that: in words, the runs or rows first.
  var details: [String] = []
  /// The runs, or rows of a table, that are not what they were.
  var drifted: [String] = []
  /// What a reader should know that is no fault.
  var notes: [String] = []

  /// Verifies a fit of a store.
  ///
  /// - Throws: `RunStoreError` if the store itself cannot be read.
  static func verify(_ id: String, of store: RunStore) async throws -> FitVerification {
    let fit: StoredFit
    let rows: FitRows
    do {
      fit = try store.fit(id)
      guard let places = fit.spec["data"]?["places"]?.int,
        fit.spec["data"]?["sha256"]?.string == Digest.sha256(fit.data)
      else {
        throw InputFault(
          "fits/\(id)/data.csv: not the data of the question; restore it from a copy")
      }
      rows = try FitRows(parsing: fit.data, placeCount: places)
    } catch let error as RunStoreError where error.code == .system || error.code == .noSuchFit {
      throw error
    } catch {
      return FitVerification(id: id, verdict: .damaged, details: [InputFault.line(error)])
    }
    var result = FitVerification(id: id, verdict: .identical)
    do {
      let request = try FitRequest(fit.spec)
      await result.refit(fit, request, rows)
      result.compareData(fit, request, rows, of: store)
    } catch {
      result.setDifferent([error.message], fit)
    }
    return result
  }

  // MARK: - The answer

  private mutating func refit(_ fit: StoredFit, _ request: FitRequest, _ rows: FitRows) async {
    do {
      let fits = try await rows.fits(request, showsProgress: false)
      guard try SavedFit.result(fits, isGrouped: request.group != nil) != fit.result else {
        details.append(
          "the refit of \(rows.table.rowCount) rows has the bytes of result.json")
        return
      }
      setDifferent(try FitDifference.lines(from: LawFit.read(fit.result), to: fits), fit)
    } catch {
      setDifferent(["the refit failed: \(InputFault.line(error))"], fit)
    }
  }

  private mutating func setDifferent(_ lines: [String], _ fit: StoredFit) {
    verdict = .different
    details += lines
    let changes = FitEnvironment.changes(since: fit.spec["environment"])
    details.append(
      changes.isEmpty
        ? "program, Swift, GSL, C library and platform are the same as then"
        : "changed since: \(changes.joined(separator: "; "))")
  }

  // MARK: - The data

  private mutating func compareData(
    _ fit: StoredFit, _ request: FitRequest, _ rows: FitRows, of store: RunStore
  ) {
    guard let source = fit.spec["data"]?["source"] else { return }
    do {
      if source["kind"]?.string == "store" {
        try compareRuns(source, request, rows, of: store)
      } else {
        try compareTable(fit, source, request, rows)
      }
    } catch {
      drifted.append("all")
      details.append("the data cannot be made again: \(InputFault.line(error))")
    }
    if !drifted.isEmpty { verdict = .drifted }
  }

  private mutating func compareRuns(
    _ source: JSONValue, _ request: FitRequest, _ rows: FitRows, of store: RunStore
  ) throws {
    guard source["store"]?.string == store.id else {
      notes.append("the data came from another store, which was not looked at")
      return
    }
    let selection = RunSelection(
      metric: source["metric"]?.string ?? "",
      reduction: Reduction(source["reduce"]?.string ?? "") ?? .last, filter: request.spec.filter,
      takesExcluded: source["excluded"]?.bool ?? false,
      takesUnfinished: source["unfinished"]?.bool ?? false)
    let now = try selection.rows(of: store, for: request, name: store.root)
    let found = try FitRows(
      request, from: now.table, placeNames: RunSelection.placeNames, places: now.places)
    let cells = try (old: rows.cells(), new: found.cells())
    let digests = Dictionary(
      (source["runs"]?.array ?? []).map { ($0["id"]?.string ?? "", $0["sha256"]?.string) },
      uniquingKeysWith: { first, _ in first })
    for (row, place) in rows.places.enumerated() {
      guard let id = place.first, let run = RunID(id) else { continue }
      guard let other = now.runs.firstIndex(of: run) else {
        drifted.append(id)
        details.append("run \(id): \(Self.reason(run, now, store))")
        continue
      }
      let changes = Self.changes(
        rows.table.columnNames, cells.old[row], found.table.columnNames, cells.new[other])
      if !changes.isEmpty {
        drifted.append(id)
        details.append("run \(id): \(changes.joined(separator: ", ")) (\(Self.where(place)))")
      } else if let digest = digests[id], digest != (try? store.digest(of: run)) {
        drifted.append(id)
        details.append("run \(id): its files changed; the numbers that were fitted did not")
      }
    }
    let new = now.runs.filter { run in !rows.places.contains { $0.first == run.text } }
    if !new.isEmpty {
      notes.append(
        "\(new.count) run\(new.count == 1 ? "" : "s") would be fitted today that "
          + "\(new.count == 1 ? "was" : "were") not then: "
          + new.prefix(5).map(\.text).joined(separator: ", ") + (new.count > 5 ? ", …" : ""))
    }
  }

  private static func reason(_ run: RunID, _ now: RunSelection.Rows, _ store: RunStore) -> String {
    if let out = now.leftOut.first(where: { $0.run == run }) { return "now \(out.reason)" }
    if let problem = now.problems.first(where: { $0.run == run }) { return "\(problem)" }
    do {
      _ = try store.run(run)
      return "the filter no longer selects it"
    } catch {
      return InputFault.line(error)
    }
  }

  private mutating func compareTable(
    _ fit: StoredFit, _ source: JSONValue, _ request: FitRequest, _ rows: FitRows
  ) throws {
    let path = fit.meta["input"]?.string ?? ""
    guard path.hasPrefix("/"), let bytes = try? FileBytes.read(path) else {
      notes.append("the table is not where it was; its rows were not compared")
      return
    }
    if Digest.sha256(bytes) == source["sha256"]?.string { return }
    let table = try Table.read(csv: bytes, source: path)
    let now = try FitInput.table(path: path, table, sha256: "").used(by: request).rows
    let cells = try (old: rows.cells(), new: now.cells())
    let lines = Dictionary(
      now.places.enumerated().map { ($1[1], $0) }, uniquingKeysWith: { first, _ in first })
    for (row, place) in rows.places.enumerated() {
      let line = place[1]
      guard let other = lines[line] else {
        drifted.append(line)
        details.append("row \(line): no longer there, or not selected")
        continue
      }
      let changes = Self.changes(
        rows.table.columnNames, cells.old[row], now.table.columnNames, cells.new[other])
      if !changes.isEmpty {
        drifted.append(line)
        details.append("row \(line): \(changes.joined(separator: ", "))")
      }
    }
    if drifted.isEmpty {
      notes.append("the table has changed, but not in the rows and columns that were fitted")
    }
  }

  /// What changed in a row: `loss was 2.5, is 2.6`.
  private static func changes(
    _ names: [String], _ old: [String], _ newNames: [String], _ new: [String]
  ) -> [String] {
    names.enumerated().compactMap { column, name in
      let value = newNames.firstIndex(of: name).map { new[$0] } ?? "missing"
      guard value != old[column] else { return nil }
      if let a = JSONValue.string(old[column]).number, a == JSONValue.string(value).number {
        return nil
      }
      return "\(name) was \(old[column]), is \(value)"
    }
  }

  private static func `where`(_ place: [String]) -> String {
    place.count > 3 ? "\(place[1]):\(place[2]), step \(place[3])" : place.joined(separator: ":")
  }
}

extension JSONValue {
  /// The number that a text is, as a table reads it.
  fileprivate var number: Double? {
    guard let string else { return nil }
    return try? Table(columns: [(name: "x", values: .texts([string]))])
      .numbers("x", allowingNonFinite: true).first
  }
}
