internal import Crypto
internal import Tables

/// Reads one segment in blocks, in bounded memory.
struct SegmentReader {
  /// What a segment turned out to be.
  struct Summary {
    var header: SegmentHeader?
    var rows = 0
    /// Whether the last line says that the writer closed it.
    var isEnded = false
    /// A torn tail, and what was left out.
    var faults: [FileFault] = []
  }

  /// A longer row is refused.
  static let longestRow = 1 << 20
  private static let block = 1 << 18
  private static let lineFeed = UInt8(ascii: "\n")

  private let file: String
  private let run: RunID
  private let isSalvaging: Bool
  private var summary = Summary()
  /// The line that comes next, counted from 1.
  private var line = 1
  /// How many bytes were read.
  private var offset = 0
  private var hash: SHA256?

  /// Reads a segment.
  ///
  /// - Parameters:
  ///   - file: its name.
  ///   - directory: the directory of the run.
  ///   - run: the run.
  ///   - seal: its seal, if it has one; the bytes must then be those that were sealed.
  ///   - isSalvaging: whether what is wrong is left out and listed.
  ///   - rows: takes the rows.
  /// - Returns: what the segment turned out to be.
  /// - Throws: the first fault, unless it is to be listed.
  static func read(
    _ file: String, in directory: borrowing Directory, of run: RunID, seal: RunState.Seal?,
    isSalvaging: Bool, into rows: inout CurveBuilder
  ) throws(FileFault) -> Summary {
    var reader = try read(
      file, in: directory, of: run, hash: seal == nil ? nil : SHA256(), isSalvaging: isSalvaging,
      into: &rows)
    if let seal, let hash = reader.hash {
      do throws(FileFault) {
        try seal.check(bytes: reader.offset, hash)
      } catch {
        try reader.add(error)
      }
    }
    return reader.summary
  }

  private static func read(
    _ file: String, in directory: borrowing Directory, of run: RunID, hash: SHA256?,
    isSalvaging: Bool, into rows: inout CurveBuilder
  ) throws(FileFault) -> SegmentReader {
    var reader = SegmentReader(file: file, run: run, isSalvaging: isSalvaging, hash: hash)
    let opened = try reading(file) { () throws(SystemCalls.Failure) in try directory.open(file) }
    try reader.read(opened, &rows)
    return reader
  }

  /// Reads a whole segment and makes its seal; nil if it is torn.
  static func seal(
    _ file: String, in directory: borrowing Directory, of run: RunID
  ) throws(FileFault) -> RunState.Seal? {
    var rows = CurveBuilder(wanted: [])
    let reader = try read(
      file, in: directory, of: run, hash: SHA256(), isSalvaging: false, into: &rows)
    guard reader.summary.faults.isEmpty, let hash = reader.hash else { return nil }
    return RunState.Seal(
      file: file, bytes: reader.offset, rows: reader.summary.rows, sha256: hexadecimal(hash))
  }

  private init(file: String, run: RunID, isSalvaging: Bool, hash: SHA256?) {
    self.file = file
    self.run = run
    self.isSalvaging = isSalvaging
    self.hash = hash
  }

  private mutating func read(
    _ opened: borrowing OpenFile, _ rows: inout CurveBuilder
  ) throws(FileFault) {
    var buffer = [UInt8](repeating: 0, count: Self.block)
    var held = 0  // bytes at the start of the buffer that are no whole line yet
    var isSkipping = false  // inside a row that was too long
    while true {
      if held == buffer.count { buffer += [UInt8](repeating: 0, count: Self.block) }
      let got = try reading(file) { () throws(SystemCalls.Failure) in
        try opened.read(at: offset, into: &buffer, from: held)
      }
      if got == 0 { break }
      hash?.update(data: buffer[held..<held + got])
      offset += got
      let filled = held + got
      guard let last = buffer[held..<filled].lastIndex(of: Self.lineFeed) else {
        held = isSkipping ? 0 : filled
        if held > Self.longestRow, buffer[0] != 0 {
          try add(fault(at: offset - held, "longer than 1 MiB, which no row is"))
          isSkipping = true
          held = 0
        }
        // What power failed to write is zeros, however many.
        if held > Self.longestRow { break }
        continue
      }
      var start = 0
      if isSkipping, let first = buffer[..<filled].firstIndex(of: Self.lineFeed) {
        start = first + 1
        line += 1
        isSkipping = false
      }
      try takeLines(buffer, from: start, to: last + 1, fileOffset: offset - filled, &rows)
      held = filled - (last + 1)
      for place in 0..<held { buffer[place] = buffer[last + 1 + place] }
    }
    if held > 0 {
      let message = "ends in the middle of a row, which does not count"
      summary.faults.append(
        FileFault(.tornTail, file, line: line, offset: offset - held, message))
    }
    // A writer that died before it wrote the first line has written no row.
    if offset == 0 {
      summary.faults.append(
        FileFault(
          .tornTail, file, line: 1, offset: 0, "empty: its writer died before the first row"))
    }
  }

  /// Takes whole lines.
  private mutating func takeLines(
    _ buffer: [UInt8], from start: Int, to end: Int, fileOffset: Int, _ rows: inout CurveBuilder
  ) throws(FileFault) {
    let bytes = buffer.span
    var index = start
    while index < end {
      let place = fileOffset + index
      var fault: RowScanner.Fault?
      var next = index
      if line > 1, !summary.isEnded {
        do throws(RowScanner.Fault) {
          next = try rows.scanner.scan(bytes, from: index, to: end)
        } catch {
          fault = error
        }
      }
      if next == index {
        next = (buffer[index..<end].firstIndex(of: Self.lineFeed) ?? end) + 1
        try takeOther(Array(buffer[index..<next - 1]), at: place, fault)
      } else if next - index > Self.longestRow {
        try add(self.fault(at: place, "longer than 1 MiB, which no row is"))
      } else {
        rows.take(line: line)
        summary.rows += 1
      }
      index = next
      line += 1
    }
  }

  /// Takes a line that is no row: the header, the end, or one that should not be there.
  private mutating func takeOther(
    _ bytes: [UInt8], at offset: Int, _ fault: RowScanner.Fault?
  ) throws(FileFault) {
    if line == 1 {
      do throws(FileFault) {
        summary.header = try SegmentHeader(parsing: bytes, file: file, run: run)
      } catch {
        // Nothing of a file can be used that belongs to another run or format.
        guard isSalvaging, error.code == .badFile else { throw error }
        summary.faults.append(error)
      }
    } else if summary.isEnded {
      try add(self.fault(at: offset, "a line behind the end of the segment"))
    } else if case .object(let members)? = try? JSONValue(parsing: bytes),
      members["end"]?.string != nil, members["step"] == nil
    {
      summary.isEnded = true
      if let rows = members["rows"]?.int, rows != summary.rows {
        try add(self.fault(at: offset, "the end of \(rows) rows, but there are \(summary.rows)"))
      }
    } else {
      let expected = fault.map { "not a row: expected \($0.expected)" } ?? "not a row"
      try add(self.fault(at: offset, expected))
    }
  }

  private func fault(at offset: Int, _ message: String) -> FileFault {
    FileFault(.badRow, file, line: line, offset: offset, message)
  }

  /// Notes a fault, if what is wrong is to be left out.
  private mutating func add(_ fault: FileFault) throws(FileFault) {
    guard isSalvaging else { throw fault }
    summary.faults.append(fault)
  }
}

extension Directory {
  /// The seal of a file; nil for a segment that is not whole.
  func seal(_ file: String, of run: RunID) throws(FileFault) -> RunState.Seal? {
    guard SegmentHeader.number(of: file) != nil else {
      guard let bytes = try bytesIfPresent(file) else {
        throw FileFault(.missingFile, file, "missing; it cannot be sealed")
      }
      return RunState.Seal(file: file, bytes: bytes.count, sha256: hexadecimal(SHA256(of: bytes)))
    }
    return try SegmentReader.seal(file, in: self, of: run)
  }
}

extension SHA256 {
  init(of bytes: [UInt8]) {
    self.init()
    update(data: bytes)
  }
}
