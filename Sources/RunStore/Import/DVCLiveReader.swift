internal import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a folder written by DVCLive: `params.yaml`, a curve a metric in `plots/metrics`, and the
/// last values in `metrics.json`.
///
/// A metric that has a curve is taken from there; of the others the last value is all there is.
/// The folder does not say which run it is: its name does, or that of the folder around it if it
/// is called `dvclive`.
struct DVCLiveReader {
  private let folder: SourceFolder
  private var found = ImportedRuns()

  /// Whether a folder looks like one.
  static func recognises(_ folder: SourceFolder) -> Bool {
    folder.kind("metrics.json") == .regular || folder.kind("plots/metrics") == .directory
  }

  /// Reads the folder at a path.
  static func read(_ root: String, options: ImportOptions) -> ImportedRuns {
    var reader = DVCLiveReader(folder: SourceFolder(root: root))
    reader.readRun(name: options.sourceName ?? name(of: root))
    return reader.found
  }

  private static func name(of root: String) -> String {
    let here = FileManager.default.currentDirectoryPath
    let parts = (root.hasPrefix("/") ? root : here + "/" + root).split(separator: "/")
      .filter { $0 != "." }
    guard parts.count > 1, parts.last == "dvclive" else { return String(parts.last ?? "dvclive") }
    return String(parts[parts.count - 2])
  }

  private init(folder: SourceFolder) { self.folder = folder }

  private mutating func readRun(name: String) {
    var run = ImportedRun(format: .dvclive, store: "", id: name, place: name)
    run.name = name
    readParams(&run)
    let curves = "plots/metrics"
    if folder.kind(curves) != nil {
      for file in folder.files(below: curves, problems: &found.problems)
      where file.hasSuffix(".tsv") {
        let path = curves + "/" + file
        guard
          let bytes = folder.read(path, limit: SourceFolder.largeFile, problems: &found.problems)
        else { continue }
        let points = self.points(bytes, path: path)
        if !points.isEmpty { run.metrics[String(file.dropLast(4))] = points }
      }
    }
    readLastValues(&run)
    found.runs.append(run)
  }

  private mutating func readParams(_ run: inout ImportedRun) {
    let path = "params.yaml"
    guard folder.kind(path) != nil,
      let bytes = folder.read(path, limit: YAMLReader.largest, problems: &found.problems)
    else { return }
    do throws(YAMLReader.Fault) {
      switch try YAMLReader.read(bytes) {
      case .object(let object): run.config = object
      case .null: break
      default: report(.badFile, path, "no mapping; not read")
      }
    } catch {
      report(.badFile, path, line: error.line, "\(error.message); the file was not read")
    }
  }

  private mutating func readLastValues(_ run: inout ImportedRun) {
    let path = "metrics.json"
    guard folder.kind(path) != nil,
      let bytes = folder.read(path, problems: &found.problems)
    else { return }
    let values: JSONValue
    do throws(JSONTextError) {
      values = try JSONValue(parsing: PythonNumbers.quoted(bytes[...]), source: path)
    } catch {
      // DVCLive replaces the file in place: a run that was killed often leaves an empty one.
      report(.badFile, path, line: error.line, "\(error.message); last values were not read")
      return
    }
    let step = values["step"]?.int ?? 0
    var pending = [(name: "", value: values)]
    while let (name, value) = pending.popLast() {
      if case .object(let members) = value {
        for (key, member) in members.sorted(by: { $0.key < $1.key })
        where !(name.isEmpty && key == "step") {
          pending.append((name.isEmpty ? key : name + "/" + key, member))
        }
      } else if run.metrics[name] == nil {
        guard let number = SourceRows.number(value) else {
          report(.badRow, path, "\"\(name)\" is no number; not read")
          continue
        }
        run.metrics[name] = [.init(step: step, value: number)]
      }
    }
  }

  /// The points of a curve: columns `step`, perhaps `timestamp`, and the value.
  private mutating func points(_ bytes: [UInt8], path: String) -> [ImportedRun.Point] {
    let file = LineFile(bytes)
    var problems = LineProblems(path: path)
    defer { found.problems += problems.all }
    if let line = file.tornLine {
      problems.add(
        .tornTail, line: line, "the last line has no line feed: it was cut off and not read")
    }
    let header = file.lines.first.map { fields($0) } ?? []
    guard let step = header.firstIndex(of: "step"), header.count == step + 2,
      step == 0 || header[0] == "timestamp"
    else {
      problems.add(.badFile, line: 1, "expected a header such as \"step<TAB>loss\"; not read")
      return []
    }
    var points: [ImportedRun.Point] = []
    for (index, line) in file.lines.enumerated().dropFirst() {
      let fields = fields(line)
      guard fields.count == header.count, let whole = MetricText.whole(fields[step]),
        let value = MetricText.number(fields[step + 1]),
        step == 0 || Int64(fields[0]) != nil
      else {
        problems.add(.badRow, line: index + 1, "no row of step and value; not read")
        continue
      }
      let time = step == 0 ? nil : Int64(fields[0]).map { UTCTime(milliseconds: $0) }
      points.append(.init(step: whole, time: time, value: value))
    }
    return points
  }

  private func fields(_ line: ArraySlice<UInt8>) -> [String] {
    guard let text = String(validating: line, as: UTF8.self) else { return [] }
    return text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func report(
    _ code: RunStoreProblem.Code, _ path: String, line: Int? = nil, _ message: String
  ) {
    found.problems.append(RunStoreProblem(code, path: path, line: line, message))
  }
}
