internal import RunStore
internal import Tables

/// One run, in every format.
struct RunPresentation: Presentable {
  private let folder: String
  private let files: [(name: String, value: JSONValue)]
  private let curves: RunCurves

  /// Reads the small files of a run.
  init(_ id: RunID, _ curves: RunCurves, in store: RunStore) throws {
    folder = "\(store.root)/\(store.path(of: id))"
    self.curves = curves
    var files: [(name: String, value: JSONValue)] = []
    for name in ["run", "state", "labels"] {
      guard let bytes = try? FileBytes.read("\(folder)/\(name).json") else { continue }
      files.append((name, try JSONValue(parsing: bytes, source: "\(name).json")))
    }
    self.files = files
  }

  var warnings: [String] { [] }

  var blocks: [Block] {
    var metrics = TextTable(headers: ["metric", "points", "last step", "last", "least"])
    for curve in curves.curves {
      metrics.append([
        curve.metric.oneLine, String(curve.count), curve.steps.last.map(String.init) ?? "",
        curve.values.last.map { Rounding.significant($0, 6) } ?? "",
        curve.values.filter { !$0.isNaN }.min().map { Rounding.significant($0, 6) } ?? "",
      ])
    }
    var fields = TextTable(headers: ["field", "value"], alignments: [.left, .left])
    for (name, text) in self.fields { fields.append([name, text.oneLine]) }
    return [.line(folder), .line(""), .table(fields)]
      + (curves.curves.isEmpty ? [.line("no metrics")] : [.table(metrics)])
      + (curves.superseded > 0
        ? [.line("\(curves.superseded) values gave way to later ones of the same step")] : [])
  }

  var table: TextTable {
    var table = TextTable(headers: ["field", "value"])
    for (name, text) in fields { table.append([name, text]) }
    for curve in curves.curves {
      table.append(["final." + curve.metric, curve.values.last.map(NumberText.shortest) ?? ""])
    }
    return table
  }

  func json() -> String {
    var members: [String: JSONValue] = ["schema": "fitlaws.shown-run/1", "folder": .string(folder)]
    for file in files { members[file.name] = file.value }
    members["metrics"] = .object(
      Dictionary(
        curves.curves.map { curve in
          var part: [String: JSONValue] = ["points": JSONValue(curve.count)]
          part["last_step"] = curve.steps.last.map { JSONValue($0) }
          part["last"] = curve.values.last.map { JSONValue($0) }
          part["least"] = curve.values.filter { !$0.isNaN }.min().map { JSONValue($0) }
          return (curve.metric, .object(part))
        }, uniquingKeysWith: { $1 }))
    return JSONValue.object(members).text
  }

  /// What people ask for; the table of metrics and the seals are not among them.
  private var fields: [(String, String)] {
    let hidden: Set<String> = ["schema", "rev", "nonce", "seals", "final"]
    return files.flatMap { file in
      (file.value.object ?? [:]).filter { !hidden.contains($0.key) }
        .sorted { $0.key < $1.key }
        .flatMap { Self.flattened($0.value, $0.key) }
    }
  }

  private static func flattened(_ value: JSONValue, _ name: String) -> [(String, String)] {
    switch value {
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { flattened($0.value, "\(name).\($0.key)") }
    case .string(let text): [(name, text)]
    default: [(name, value.compactText)]
    }
  }
}

extension RunStore {
  /// The folder of a run, from the root.
  func path(of id: RunID) -> String { "runs/\(id.text.suffix(2))/\(id)" }
}
