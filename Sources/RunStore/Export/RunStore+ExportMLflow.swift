internal import Crypto
internal import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension RunStore {
  /// Writes runs as a file store of MLflow.
  ///
  /// One experiment holds all runs. Hyperparameters become text, N, D, U and C `n_params`,
  /// `n_tokens`, `unique_tokens` and `flops`. Names that MLflow does not take are written with
  /// escapes, the true ones are kept in tags, and ``importRuns(from:options:)`` gives them back.
  ///
  /// MLflow holds texts up to 6,000 characters; longer ones are cut and listed. Of one metric
  /// and step only the value that counts is written.
  ///
  /// - Parameters:
  ///   - path: a folder that does not exist, or is empty.
  ///   - runs: the runs; nil, the default, for all.
  ///   - experiment: the name of the experiment. The default is `fitlaws`.
  /// - Returns: what was written; damaged runs are left out and listed.
  /// - Throws: ``ExchangeError`` if the folder cannot be written, ``RunStoreError`` if the store
  ///   cannot be read.
  @discardableResult public func exportMLflow(
    to path: String, runs: [RunID]? = nil, experiment: String = "fitlaws"
  ) throws -> ExportReport {
    let ids = try runs ?? runIDs()
    var report = ExportReport()
    let writer = MLflowWriter(root: path, experiment: experiment, store: id)
    try ExportFolder.write(to: path) { folder in
      try writer.writeExperiment(in: folder)
      for id in ids {
        guard let (run, curves) = readable(id, &report) else { continue }
        try writer.write(run, curves, in: folder, &report.problems)
        report.runs += 1
      }
    }
    return report
  }

  /// A run and its curves; nil, with the reason in the report, if it is damaged.
  func readable(_ id: RunID, _ report: inout ExportReport) -> (Run, RunCurves)? {
    do throws(RunStoreError) {
      let run = try self.run(id)
      let curves = try self.curves(of: id)
      report.problems += curves.problems
      if curves.superseded > 0 {
        report.problems.append(
          RunStoreProblem(
            .badRow, run: id, path: id.path,
            "\(curves.superseded) values that a later one of the same step replaced were not "
              + "exported"))
      }
      return (run, curves)
    } catch {
      report.problems.append(
        RunStoreProblem(.unreadable, run: id, path: error.path, "left out: \(error.message)"))
      return nil
    }
  }
}

/// Writes the files of one experiment.
private struct MLflowWriter {
  /// The store's absolute path, for the addresses MLflow wants.
  let root: String
  let name: String
  /// Decimal digits: MLflow's databases keep it as an integer.
  let experiment: String

  private static let longestParam = 6000
  private static let longestTag = 8000

  init(root: String, experiment: String, store: String) {
    let here = FileManager.default.currentDirectoryPath
    self.root = root.hasPrefix("/") ? root : here + "/" + root
    name = experiment
    let hash = SHA256(of: Array((store + "\n" + experiment).utf8))
    // 18 digits, as MLflow makes them, the same for the same store and name.
    let digest = UInt64(hexadecimal(hash).prefix(15), radix: 16) ?? 0
    self.experiment = String(100_000_000_000_000_000 + digest % 900_000_000_000_000_000)
  }

  func writeExperiment(in folder: borrowing Directory) throws(SystemCalls.Failure) {
    try folder.create(
      "\(experiment)/meta.yaml",
      yaml([
        ("artifact_location", address(experiment)), ("creation_time", "0"),
        ("experiment_id", quoted(experiment)), ("last_update_time", "0"),
        ("lifecycle_stage", "active"), ("name", quoted(name)),
      ]))
  }

  func write(
    _ run: Run, _ curves: RunCurves, in folder: borrowing Directory,
    _ problems: inout [RunStoreProblem]
  ) throws(SystemCalls.Failure) {
    let id = run.id.text
    let place = "\(experiment)/\(id)"
    let created = run.record.created?.milliseconds ?? 0
    try folder.create(
      place + "/meta.yaml",
      yaml([
        ("artifact_uri", address("\(experiment)/\(id)/artifacts")),
        ("end_time", run.state.ended.map { String($0.milliseconds) } ?? "null"),
        ("entry_point_name", "''"), ("experiment_id", quoted(experiment)),
        ("lifecycle_stage", "active"), ("run_id", quoted(id)), ("run_name", quoted(run.name)),
        ("source_name", "''"), ("source_type", "4"), ("source_version", "''"),
        ("start_time", String(created)), ("status", String(status(run))),
        ("tags", "[]"), ("user_id", quoted(user(run))),
      ]))
    for name in ["params", "metrics", "tags", "artifacts"] {
      try folder.directory(experiment).directory(id).makeDirectory(name)
    }

    func cut(_ text: String, _ limit: Int, _ what: String) -> String {
      guard text.unicodeScalars.count > limit else { return text }
      problems.append(
        RunStoreProblem(
          .badRow, run: run.id, path: run.id.path,
          "\(what) was cut to \(limit) characters, which is all MLflow holds"))
      return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit)))
    }

    let params = params(run)
    let paramNames = ExportedNames(params.keys, kind: .param)
    for (name, value) in params.sorted(by: { $0.key < $1.key }) {
      try folder.create(
        "\(place)/params/\(paramNames.exported[name] ?? name)",
        cut(value, Self.longestParam, "hyperparameter \"\(name)\""))
    }

    let metricNames = ExportedNames(curves.curves.map(\.metric), kind: .metric)
    for curve in curves.curves {
      try folder.create(
        "\(place)/metrics/\(metricNames.exported[curve.metric] ?? curve.metric)",
        lines(curve, created: created))
    }

    let tagNames = ExportedNames(run.labels.tags.keys, kind: .tag)
    var tags: [String: String] = [:]
    for (name, value) in run.labels.tags { tags[tagNames.exported[name] ?? name] = value }
    for names in [paramNames, metricNames, tagNames] { tags.merge(names.tags) { $1 } }
    tags["mlflow.runName"] = run.name
    tags["mlflow.note.content"] = run.labels.notes
    tags["fitlaws.run"] = id
    for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
      try folder.create("\(place)/tags/\(name)", cut(value, Self.longestTag, "tag \"\(name)\""))
    }
  }

  private func params(_ run: Run) -> [String: String] {
    var params: [String: String] = [:]
    flatten(run.record.config, prefix: "", into: &params)
    let record = run.record
    for (name, value) in [
      ("n_params", record.model.params.map { String($0) }),
      ("n_tokens", record.data.plannedTokens.map { String($0) }),
      ("unique_tokens", record.data.uniqueTokens.map { String($0) }),
      ("flops", record.compute.flops.map { NumberText.shortest($0) }),
    ] {
      guard let value, params[name] != value else { continue }
      // Where a run has a hyperparameter of the name already, that one stays.
      params[params[name] == nil ? name : "fitlaws.\(name)"] = value
    }
    return params
  }

  /// Hyperparameters as texts; objects inside each other have dotted names.
  private func flatten(
    _ object: [String: JSONValue], prefix: String, into params: inout [String: String]
  ) {
    for (key, value) in object.sorted(by: { $0.key < $1.key }) {
      var name = prefix + key
      if case .object(let inner) = value, !inner.isEmpty {
        flatten(inner, prefix: name + ".", into: &params)
        continue
      }
      // `a.b` beside `a: {b: …}`.
      while params[name] != nil { name += "_" }
      params[name] = value.scalarText ?? (value == .null ? "" : value.compactText)
    }
  }

  private func lines(_ curve: Curve, created: Int64) -> String {
    var text = ""
    for index in curve.steps.indices {
      let seconds = index < curve.times.count ? curve.times[index] : .nan
      let milliseconds = seconds.isNaN ? created : Int64((seconds * 1000).rounded())
      let value = curve.values[index]
      let number =
        value.isNaN
        ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : NumberText.shortest(value)
      text += "\(milliseconds) \(number) \(curve.steps[index])\n"
    }
    return text
  }

  private func status(_ run: Run) -> Int {
    switch run.state.status {
    case .running: 1
    // MLflow has no word for not knowing how a run ended.
    case .imported: run.record.source?.other["status"] == "running" ? 1 : 3
    case .finished: 3
    case .failed: 4
    case .killed: 5
    }
  }

  private func user(_ run: Run) -> String {
    run.record.source?.other["user"]?.string ?? "unknown"
  }

  // MARK: - YAML

  private func yaml(_ members: [(String, String)]) -> String {
    members.map { "\($0.0): \($0.1)\n" }.joined()
  }

  /// A text in double quotes; whatever YAML does not print is escaped.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The address of something in the store.
  private func address(_ path: String) -> String {
    var result = "file://"
    for byte in (root + "/" + path).utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80, scalar.properties.isAlphabetic || "0123456789/-_.~".utf8.contains(byte) {
        result.unicodeScalars.append(scalar)
      } else {
        result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
    return quoted(result)
  }
}
