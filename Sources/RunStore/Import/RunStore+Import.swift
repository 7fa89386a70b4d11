internal import Crypto
internal import Tables

/// What an import did.
public struct ImportReport: Sendable, Hashable {
  /// A run that the store has already, and differently.
  public struct Conflict: Sendable, Hashable, CustomStringConvertible {
    /// The run in the store.
    public var run: RunID
    /// The file or folder of the source.
    public var place: String
    /// What differs and what to do about it; the wording is not stable.
    public var message: String

    /// One line: `mlruns/1/…: …`.
    public var description: String { "\(place): \(message)" }
  }

  /// The runs that were added, in the order of the sources.
  public var imported: [RunID] = []
  /// The runs that were there already, the same.
  public var unchanged: [RunID] = []
  /// The runs that were there already and have changed in the source since; left as they were.
  public var conflicts: [Conflict] = []
  /// What was left out on purpose.
  public var skipped: [ImportedRuns.Skipped] = []
  /// What could not be read.
  public var problems: [RunStoreProblem] = []
  /// Which column was taken for `params`, `tokens`, `unique_tokens` and `flops`.
  public var columns: [String: String] = [:]
}

extension RunStore {
  /// Imports runs from foreign folders and files; see ``ImportedRuns/read(_:options:)``.
  @discardableResult public func importRuns(
    from paths: [String], options: ImportOptions = ImportOptions()
  ) throws -> ImportReport {
    try add(ImportedRuns.read(paths, options: options), options: options)
  }

  /// Adds runs that were read from a foreign source.
  ///
  /// A run's identifier follows from its source, so that importing twice changes nothing. A run
  /// that has changed in the source since is listed as a conflict and left as it was.
  ///
  /// - Throws: ``ExchangeError`` if two columns could be one quantity, before anything is written;
  ///   ``RunStoreError`` if the store cannot be written.
  @discardableResult public func add(
    _ source: ImportedRuns, options: ImportOptions = ImportOptions()
  ) throws -> ImportReport {
    let quantities = try RunQuantities(source.runs, options: options)
    var report = ImportReport()
    report.skipped = source.skipped
    report.problems = source.problems
    report.columns = quantities.columns
    for var run in source.runs {
      run.renameReserved(problems: &report.problems)
      var record = run.record
      quantities.fill(&record, from: run, problems: &report.problems)
      do throws(RunStoreError) {
        switch try add(record, state: run.state, labels: run.labels, rows: run.rows) {
        case .added: report.imported.append(record.id)
        case .unchanged: report.unchanged.append(record.id)
        }
      } catch {
        switch error.code {
        case .conflict:
          report.conflicts.append(
            .init(
              run: record.id, place: run.place,
              message: "run \(run.id) is in the store as \(record.id) and has changed in the "
                + "source, or is read with other columns; it was left as it is. Remove it there "
                + "to import it anew, or give the source another name"))
        case .badRow:
          report.problems.append(
            RunStoreProblem(
              .badRow, run: record.id, path: run.place, "not imported: \(error.message)"))
        default: throw error
        }
      }
    }
    return report
  }
}

extension ImportedRun {
  /// The run as the store describes it, without N, D and C.
  fileprivate var record: RunRecord {
    var source = RunRecord.Source(kind: format.kind, id: id, isSampled: isSampled, other: origin)
    if status == .running { source.other["status"] = .string(status.rawValue) }
    if !store.isEmpty { source.other["store"] = .string(store) }
    // What may change in the source and is kept where the store lets it change too.
    source.other["state_sha256"] = .string(stateDigest)
    return RunRecord(id: runID, name: name, created: started, source: source, config: config)
  }

  /// Nothing writes the run here: one that still ran in the source is no running run.
  fileprivate var state: RunState {
    RunState(status: status == .running ? .imported : status, ended: ended)
  }

  /// Gives metrics other names whose own mean something else in a row.
  fileprivate mutating func renameReserved(problems: inout [RunStoreProblem]) {
    for name in metrics.keys.sorted() where name.isEmpty || RowEncoder.reserved.contains(name) {
      var other = name + "_"
      while metrics[other] != nil { other += "_" }
      metrics[other] = metrics.removeValue(forKey: name)
      problems.append(
        RunStoreProblem(
          .badRow, run: runID, path: place,
          "metric \"\(name)\" has a name that is taken in the store; imported as \"\(other)\""))
    }
  }

  fileprivate var labels: RunLabels? {
    guard !tags.isEmpty || notes != nil || isDeleted else { return nil }
    return RunLabels(
      tags: tags, notes: notes,
      exclusion: isDeleted ? .init(reason: "deleted in \(format.kind)", by: "import") : nil)
  }

  /// A digest of what is kept in `state.json` and `labels.json`.
  private var stateDigest: String {
    let state: JSONValue = .object([
      "status": .string(status.rawValue),
      "ended": ended.map { .string($0.description) } ?? .null,
      "tags": .object(tags.mapValues { .string($0) }),
      "notes": notes.map { .string($0) } ?? .null,
      "deleted": .bool(isDeleted),
    ])
    return hexadecimal(SHA256(of: Array(state.compactText.utf8)))
  }
}
