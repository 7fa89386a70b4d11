internal import Tables

/// One pass over all runs of a store, through the index where it holds.
struct RunScan {
  private let store: RunStore
  private let usesIndex: Bool
  private var index: RunIndex
  /// The runs that could be read, in the order of their directories.
  private(set) var ids: [RunID] = []
  /// What was wrong with the others, and with the tails of segments.
  private(set) var problems: [RunStoreProblem] = []
  /// The lines for the next index: from the last, or new.
  private var lines: [Line] = []

  private enum Line {
    case kept(Range<Int>)
    case new([UInt8])
  }

  init(_ store: RunStore, usesIndex: Bool) {
    self.store = store
    self.usesIndex = usesIndex
    index = usesIndex ? RunIndex(of: store) : RunIndex()
  }

  /// Gathers the columns of every run.
  mutating func run(into columns: inout FieldColumns) throws(RunStoreError) {
    let began = UTCTime.now.milliseconds * 1_000_000
    var new = 0
    for (name, ids) in try store.shards(&problems) {
      let shard = try attempt("read the store", "runs/\(name)") {
        () throws(SystemCalls.Failure) in
        try Directory(at: store.root).directory("runs").directory(name)
      }
      for id in ids {
        do throws(FileFault) {
          if try take(id, in: shard, into: &columns) { new += 1 }
          self.ids.append(id)
        } catch {
          problems.append(error.problem(in: id))
        }
      }
    }
    // Not for every run that is being written: the file may be large.
    if usesIndex, new > lines.count / 64 { writeIndex(made: Int(began)) }
  }

  /// Takes one run.
  ///
  /// - Returns: whether its line is new.
  private mutating func take(
    _ id: RunID, in shard: borrowing Directory, into columns: inout FieldColumns
  ) throws(FileFault) -> Bool {
    let entry = index.entry(of: id)
    if let entry, index.isSettled(entry) {
      let files = try reading("") { () throws(SystemCalls.Failure) in
        var files = try RunFiles(of: id, in: shard)
        if !entry.isClosed {
          try files.addSegments(in: shard.directory(id.text))
        }
        return files
      }
      if index.agrees(entry, files) {
        columns.append(index.bytes.span, from: entry.fields)
        lines.append(.kept(entry.line))
        return false
      }
    }
    return try read(id, in: shard, into: &columns)
  }

  /// Reads a run's files.
  private mutating func read(
    _ id: RunID, in shard: borrowing Directory, into columns: inout FieldColumns
  ) throws(FileFault) -> Bool {
    let directory = try reading("") { () throws(SystemCalls.Failure) in
      try shard.directory(id.text)
    }
    // Before they are read: a change in between makes the line old, not wrong.
    var files: RunFiles?
    if usesIndex {
      files = try reading("") { () throws(SystemCalls.Failure) in try RunFiles(of: id, in: shard) }
    }
    let run = try Run(id, in: directory)
    var final = run.state.final
    var found: [RunStoreProblem] = []
    if !run.state.isClosed {
      try reading("") { () throws(SystemCalls.Failure) in
        try files?.addSegments(in: directory)
      }
      let curves = try RunCurves(
        id, run.state, in: directory, metrics: nil, isSalvaging: false)
      final = curves.final
      found = curves.problems
    }
    // A line of the index has them all.
    let fields = RunFields.of(run, final: final, wanted: usesIndex ? nil : columns.names)
    columns.append(fields)
    problems += found
    // A run with a problem is read again the next time, to say so again.
    guard let files, found.isEmpty else { return false }
    lines.append(
      .new(
        RunIndex.line(
          id, files: files.fingerprint.text, newest: files.newest, isClosed: run.state.isClosed,
          fields: fields)))
    return true
  }

  /// Writes the index anew; a store that may only be read keeps the old one.
  private func writeIndex(made: Int) {
    var bytes = RunIndex.header(store: store.id, made: made)
    for line in lines {
      switch line {
      case .kept(let range): bytes += index.bytes[range]
      case .new(let line): bytes += line
      }
    }
    guard let root = try? Directory(at: store.root) else { return }
    try? root.makeIfMissing(RunIndex.directory)
    try? root.directory(RunIndex.directory).replace(RunIndex.file, with: bytes)
  }
}
