internal import Tables

extension ImportedRuns {
  /// Reads foreign folders and files into memory; nothing is written.
  ///
  /// Several exports of Weights & Biases are put together by the names of their runs: a chart a
  /// metric and a table of hyperparameters make whole runs.
  ///
  /// - Parameters:
  ///   - paths: folders of MLflow or DVCLive, tables in CSV or JSON Lines.
  ///   - options: what they are and what their columns are called.
  /// - Returns: the runs, and what could not be read.
  /// - Throws: ``ExchangeError`` for a source that is none, could be of two kinds, or lacks a
  ///   column.
  public static func read(
    _ paths: [String], options: ImportOptions = ImportOptions()
  ) throws(ExchangeError) -> ImportedRuns {
    var all = ImportedRuns()
    for path in paths {
      let found = try read(path, options: options)
      all.skipped += found.skipped
      all.problems += found.problems
      for run in found.runs {
        if run.format.kind == ImportFormat.wandbChart.kind,
          let place = all.runs.firstIndex(where: { $0.runID == run.runID })
        {
          all.runs[place].join(run)
        } else {
          all.runs.append(run)
        }
      }
    }
    return all
  }

  private static func read(
    _ path: String, options: ImportOptions
  ) throws(ExchangeError) -> ImportedRuns {
    let folder = SourceFolder(root: path)
    guard folder.entries() != nil else { return try readTable(path, options: options) }
    switch try folderFormat(folder, options: options) {
    case .dvclive: return DVCLiveReader.read(path, options: options)
    default: return try MLflowReader.read(path, options: options)
    }
  }

  private static func folderFormat(
    _ folder: SourceFolder, options: ImportOptions
  ) throws(ExchangeError) -> ImportFormat {
    if let stated = options.format {
      guard stated == .mlflow || stated == .dvclive else {
        throw ExchangeError(
          .unknownFormat, path: folder.root, "a folder, and \(stated.rawValue) is a file")
      }
      return stated
    }
    switch (MLflowReader.recognises(folder), DVCLiveReader.recognises(folder)) {
    case (true, false): return .mlflow
    case (false, true): return .dvclive
    case (true, true):
      throw ExchangeError(
        .ambiguousFormat, path: folder.root,
        "could be mlflow (it has a meta.yaml) or dvclive (it has a metrics.json); say which")
    case (false, false):
      throw ExchangeError(
        .unknownFormat, path: folder.root,
        "no store of MLflow (a folder of experiments, each with a meta.yaml) and no folder of "
          + "DVCLive (with a metrics.json); name the right folder, or the format")
    }
  }

  private static func readTable(
    _ path: String, options: ImportOptions
  ) throws(ExchangeError) -> ImportedRuns {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      let reason = SystemCalls.message(error.errorNumber)
      throw ExchangeError(.unreadable, path: path, "cannot read: \(reason); \(error.remedy)")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let isJSON: Bool
    switch options.format {
    case nil: isJSON = bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
    case .jsonLines?: isJSON = true
    case .csv?, .wandbChart?, .wandbTable?: isJSON = false
    case let stated?:
      throw ExchangeError(
        .unknownFormat, path: path, "a file, and \(stated.rawValue) is a folder")
    }
    let store = options.sourceName ?? name
    if isJSON {
      let rows = SourceRows.jsonLines(bytes, path: name)
      return try RunTableReader.read(rows, format: .jsonLines, store: store, options: options)
    }
    let rows = try SourceRows.csv(bytes, path: name)
    let format: ImportFormat
    if let stated = options.format {
      format = stated
    } else {
      format = try tableFormat(rows, path: path)
    }
    switch format {
    case .wandbChart: return try WandBChartReader.read(rows, options: options)
    case .wandbTable: return try WandBTableReader.read(rows, options: options)
    default: return try RunTableReader.read(rows, format: .csv, store: store, options: options)
    }
  }

  private static func tableFormat(
    _ rows: SourceRows, path: String
  ) throws(ExchangeError) -> ImportFormat {
    let isChart = WandBChartReader.recognises(rows.columns)
    let isTable = WandBTableReader.recognises(rows.columns)
    guard !(isChart && isTable) else {
      throw ExchangeError(
        .ambiguousFormat, path: path,
        "its header could be that of \(ImportFormat.wandbChart.rawValue) or of "
          + "\(ImportFormat.wandbTable.rawValue); say which")
    }
    return isChart ? .wandbChart : isTable ? .wandbTable : .csv
  }
}

extension ImportedRun {
  /// Adds what another export tells of the same run.
  ///
  /// A table has only the last value of a metric: the curve of a chart takes its place.
  fileprivate mutating func join(_ other: ImportedRun) {
    let isTable = format == .wandbTable
    if isTable == (other.format == .wandbTable) {
      metrics.merge(other.metrics) { $0 + $1 }
    } else {
      metrics.merge(other.metrics) { isTable ? $1 : $0 }
    }
    if other.format == .wandbTable {
      format = other.format
      name = other.name
      status = other.status
      started = other.started
      ended = other.ended
      notes = other.notes
    }
    isSampled = isSampled || other.isSampled
    config.merge(other.config) { $1 }
    tags.merge(other.tags) { $1 }
    origin.merge(other.origin) { $1 }
    place += " and " + other.place
  }
}
