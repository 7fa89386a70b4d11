internal import Tables

/// Reads a file store of MLflow: the whole store, one experiment or one run.
///
/// Experiments are folders with a `meta.yaml` that names an `experiment_id`, runs those in them
/// with a `run_id`; `tags`, `models`, `traces`, `datasets` and what begins with a dot are neither.
/// A damaged file hides nothing but itself; a run whose `meta.yaml` is not whole is left out,
/// because nothing else says how it ended.
struct MLflowReader {
  private let folder: SourceFolder
  private let options: ImportOptions
  private var found = ImportedRuns()

  /// Reads the store at a path.
  static func read(_ root: String, options: ImportOptions) throws(ExchangeError) -> ImportedRuns {
    var reader = MLflowReader(folder: SourceFolder(root: root), options: options)
    try reader.readStore()
    return reader.found
  }

  /// Whether a folder looks like such a store, an experiment or a run.
  static func recognises(_ folder: SourceFolder) -> Bool {
    folder.kind("meta.yaml") == .regular
      || (folder.entries() ?? []).contains {
        $0.kind == .directory && folder.kind($0.name + "/meta.yaml") == .regular
      }
  }

  private init(folder: SourceFolder, options: ImportOptions) {
    self.folder = folder
    self.options = options
  }

  private static let notRuns: Set<String> = [
    "tags", "models", "traces", "datasets", "meta.yaml", "params", "metrics", "artifacts",
    "inputs", "outputs",
  ]

  private static func mayBeRun(_ name: String) -> Bool {
    !name.hasPrefix(".") && !notRuns.contains(name)
  }

  private mutating func readStore() throws(ExchangeError) {
    guard let entries = folder.entries() else {
      throw ExchangeError(.unreadable, path: folder.root, "the folder cannot be read")
    }
    if entries.contains(where: { $0.name == "meta.yaml" }) {
      guard let meta = meta("") else { return }
      if meta["run_id"] != nil {
        readRun("", meta: meta, experiment: nil)
      } else {
        readExperiment("", meta: meta)
      }
      return
    }
    for entry in entries {
      let name = entry.name
      switch entry.kind {
      case .directory where name == ".trash":
        for experiment in folder.entries(name) ?? [] {
          skip(
            "\(name)/\(experiment.name)", "a deleted experiment; restore it in MLflow to import it")
        }
      case .directory where Self.mayBeRun(name):
        if let meta = meta(name) { readExperiment(name, meta: meta) }
      case .other: report(.unreadable, name, "a link, pipe or device; not followed")
      default: break
      }
    }
  }

  private mutating func readExperiment(_ path: String, meta: [String: JSONValue]) {
    if meta["lifecycle_stage"]?.string == "deleted", !options.includesDeleted {
      skip(path, "a deleted experiment; --include-deleted imports it")
      return
    }
    for entry in folder.entries(path) ?? [] where Self.mayBeRun(entry.name) {
      let place = join(path, entry.name)
      switch entry.kind {
      case .directory:
        guard let run = self.meta(place) else { continue }
        readRun(place, meta: run, experiment: meta)
      case .other: report(.unreadable, place, "a link, pipe or device; not followed")
      default: break
      }
    }
  }

  // MARK: - One run

  private mutating func readRun(
    _ path: String, meta: [String: JSONValue], experiment: [String: JSONValue]?
  ) {
    let file = join(path, "meta.yaml")
    // Keys are written in this order; the last of them shows that the file is whole.
    for key in ["experiment_id", "lifecycle_stage", "run_id", "user_id"] where meta[key] == nil {
      report(.badFile, file, "no \"\(key)\": the file was cut short; the run was left out")
      return
    }
    guard let id = meta["run_id"]?.scalarText, let store = meta["experiment_id"]?.scalarText,
      let status = Self.status(meta["status"])
    else {
      report(.badFile, file, "run_id, experiment_id or status make no sense; the run was left out")
      return
    }
    if !path.isEmpty, path.split(separator: "/").last.map(String.init) != id {
      report(.badFile, file, "says it is run \(id), which the folder is not; it was left out")
      return
    }
    var run = ImportedRun(format: .mlflow, store: store, id: id, place: path.isEmpty ? id : path)
    run.isDeleted = meta["lifecycle_stage"]?.string == "deleted"
    if run.isDeleted, !options.includesDeleted {
      skip(path, "a deleted run; --include-deleted imports it")
      return
    }
    run.status = status
    run.started = time(meta, "start_time", file)
    run.ended = time(meta, "end_time", file)
    run.origin["experiment_id"] = .string(store)
    if let name = experiment?["name"]?.scalarText { run.origin["experiment"] = .string(name) }
    if let user = meta["user_id"]?.scalarText, !user.isEmpty { run.origin["user"] = .string(user) }
    run.tags = texts(join(path, "tags"))
    for (key, value) in texts(join(path, "params")) { run.config[key] = .string(value) }
    run.name = run.tags.removeValue(forKey: "mlflow.runName") ?? meta["run_name"]?.scalarText ?? ""
    run.notes = run.tags.removeValue(forKey: "mlflow.note.content")
    readMetrics(&run, path)
    ExportedNames.restore(&run)
    found.runs.append(run)
  }

  private mutating func readMetrics(_ run: inout ImportedRun, _ path: String) {
    let metrics = join(path, "metrics")
    guard folder.kind(metrics) != nil else { return }
    for name in folder.files(below: metrics, problems: &found.problems) {
      let file = metrics + "/" + name
      guard
        let bytes = folder.read(file, limit: SourceFolder.largeFile, problems: &found.problems)
      else { continue }
      let (points, problems) = MLflowMetricFile.read(bytes, path: file)
      found.problems += problems
      if !points.isEmpty { run.metrics[name] = points }
    }
  }

  /// The files of a folder, each a text under its name.
  private mutating func texts(_ path: String) -> [String: String] {
    guard folder.kind(path) != nil else { return [:] }
    var texts: [String: String] = [:]
    for name in folder.files(below: path, problems: &found.problems) {
      texts[name] = folder.text(path + "/" + name, problems: &found.problems)
    }
    return texts
  }

  private mutating func meta(_ path: String) -> [String: JSONValue]? {
    let file = join(path, "meta.yaml")
    guard folder.kind(file) != nil else {
      report(.missingFile, path, "no meta.yaml; the folder was left out")
      return nil
    }
    guard let bytes = folder.read(file, limit: YAMLReader.largest, problems: &found.problems)
    else { return nil }
    do throws(YAMLReader.Fault) {
      if let object = try YAMLReader.read(bytes).object { return object }
      report(.badFile, file, "not the description of a run or experiment")
    } catch {
      report(.badFile, file, line: error.line, "\(error.message); the file was not read")
    }
    return nil
  }

  private mutating func time(
    _ meta: [String: JSONValue], _ key: String, _ file: String
  ) -> UTCTime? {
    guard let value = meta[key], value != .null else { return nil }
    guard let milliseconds = value.int else {
      report(.badFile, file, "\(key) is no time in milliseconds")
      return nil
    }
    return UTCTime(milliseconds: Int64(milliseconds))
  }

  /// A status by MLflow's numbers or names; a run that has none counts as running there too.
  private static func status(_ value: JSONValue?) -> RunState.Status? {
    switch value {
    case nil: .running
    case .string(let name)?:
      [
        "RUNNING": .running, "SCHEDULED": .running, "FINISHED": .finished, "FAILED": .failed,
        "KILLED": .killed,
      ][name]
    case let value?:
      value.int.flatMap { [1: .running, 2: .running, 3: .finished, 4: .failed, 5: .killed][$0] }
    }
  }

  private mutating func report(
    _ code: RunStoreProblem.Code, _ path: String, line: Int? = nil, _ message: String
  ) {
    found.problems.append(RunStoreProblem(code, path: path, line: line, message))
  }

  private mutating func skip(_ path: String, _ reason: String) {
    found.skipped.append(.init(place: path, reason: reason))
  }

  private func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder + "/" + name
  }
}

extension JSONValue {
  /// The text of a scalar, whatever type it was taken for; nil for null, arrays and objects.
  var scalarText: String? {
    switch self {
    case .string(let text): text
    case .number(let number): number.text
    case .bool(let bool): bool ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
