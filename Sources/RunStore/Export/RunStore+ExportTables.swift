internal import Crypto
internal import Tables

/// The two shapes of an exported table.
public enum ExportShape: String, Sendable, Hashable, CaseIterable {
  /// A row a run, with the last value of each metric.
  case wide
  /// A row a point: run, step, time, metric, value.
  case long
}

extension RunStore {
  /// Writes runs as one table of comma-separated values.
  ///
  /// Infinite values are `INF` and `-INF`, NaN is `NaN`; times of points are seconds since 1970.
  ///
  /// - Parameters:
  ///   - path: the file, which is replaced whole.
  ///   - shape: a row a run, or a row a point.
  ///   - runs: the runs; nil, the default, for all.
  /// - Returns: what was written; damaged runs are left out and listed.
  /// - Throws: `FileError` if the file cannot be written, ``RunStoreError`` if the store cannot
  ///   be read.
  @discardableResult public func exportTable(
    to path: String, shape: ExportShape, runs: [RunID]? = nil
  ) throws -> ExportReport {
    var report = ExportReport()
    var points = ExportTables.pointColumns.joined(separator: ",") + "\n"
    let tables = try tables(runs, &report) { (id, curves) in
      if shape == .long { points += ExportTables.points(id, curves) }
    }
    try AtomicFile.write(shape == .long ? points : tables.text, to: path)
    return report
  }

  /// Writes runs as a data package after the Frictionless standard: `runs.csv`, `points.csv` and
  /// `datapackage.json`, which names their columns, sizes and SHA-256.
  ///
  /// - Parameters:
  ///   - path: a folder that does not exist, or is empty.
  ///   - runs: the runs; nil, the default, for all.
  ///   - name: the name of the package: lower case, digits and `-_.`. The default is `runs`.
  /// - Returns: what was written; damaged runs are left out and listed.
  /// - Throws: ``ExchangeError`` if the folder cannot be written, ``RunStoreError`` if the store
  ///   cannot be read.
  @discardableResult public func exportDataPackage(
    to path: String, runs: [RunID]? = nil, name: String = "runs"
  ) throws -> ExportReport {
    var report = ExportReport()
    try ExportFolder.write(to: path) { folder in
      var package = DataPackage(name: name)
      let file = try folder.createForAppending("points.csv")
      let header = Array((ExportTables.pointColumns.joined(separator: ",") + "\n").utf8)
      var hash = SHA256(of: header)
      var size = header.count
      try file.append(header)
      let tables = try tables(runs, &report) { (id, curves) in
        let bytes = Array(ExportTables.points(id, curves).utf8)
        hash.update(data: bytes)
        size += bytes.count
        try file.append(bytes)
      }
      try file.synchronize()
      try file.close()
      let text = Array(tables.text.utf8)
      try folder.replace("runs.csv", with: text)
      package.addRuns(tables.columns, bytes: text.count, sha256: hexadecimal(SHA256(of: text)))
      package.addPoints(bytes: size, sha256: hexadecimal(hash))
      try folder.replace("datapackage.json", with: Array(package.value.text.utf8))
    }
    return report
  }

  /// The table of runs; the curves of each are handed over once, so that not all are held.
  private func tables(
    _ runs: [RunID]?, _ report: inout ExportReport, points: (RunID, RunCurves) throws -> Void
  ) throws -> ExportTables {
    var rows: [(run: Run, final: [String: RunState.Final])] = []
    for id in try runs ?? runIDs() {
      guard let (run, curves) = readable(id, &report) else { continue }
      try points(id, curves)
      rows.append((run, curves.final))
    }
    report.runs = rows.count
    return ExportTables(rows)
  }
}

/// The description of an exported data package: `datapackage.json`.
private struct DataPackage {
  private let name: String
  private var resources: [JSONValue] = []

  init(name: String) { self.name = name }

  var value: JSONValue {
    [
      "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
      "name": .string(name), "resources": .array(resources),
    ]
  }

  mutating func addRuns(_ columns: [ExportTables.Column], bytes: Int, sha256: String) {
    let fields = columns.map { (name: $0.name, type: $0.kind.rawValue) }
    add("runs", fields, ["primaryKey": ["id"]], bytes: bytes, sha256: sha256)
  }

  mutating func addPoints(bytes: Int, sha256: String) {
    let fields = zip(
      ExportTables.pointColumns, ["string", "integer", "number", "string", "number"]
    ).map { (name: $0, type: $1) }
    let key: JSONValue = [
      "fields": ["id"], "reference": ["resource": "runs", "fields": ["id"]],
    ]
    add(
      "points", fields,
      ["primaryKey": ["id", "metric", "step"], "foreignKeys": .array([key])],
      bytes: bytes, sha256: sha256)
  }

  private mutating func add(
    _ name: String, _ fields: [(name: String, type: String)], _ keys: [String: JSONValue],
    bytes: Int, sha256: String
  ) {
    var schema = keys
    schema["fields"] = .array(
      fields.map { ["name": .string($0.name), "type": .string($0.type)] })
    schema["missingValues"] = [""]
    resources.append([
      "name": .string(name), "path": .string(name + ".csv"), "type": "table", "format": "csv",
      "mediatype": "text/csv", "encoding": "utf-8", "bytes": JSONValue(bytes),
      "hash": .string("sha256:" + sha256), "schema": .object(schema),
    ])
  }
}
