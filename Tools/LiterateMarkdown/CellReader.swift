/// Finds the cells of a page.
struct CellReader {
  let name: String
  let lines: [String]
  private var position = 0
  private var found: [Cell] = []

  init(name: String, lines: [String]) {
    self.name = name
    self.lines = lines
  }

  /// Behind the backquotes of a fence.
  private struct Info {
    var word: Substring = ""
    var runs = true
    var tolerance: Double?
    var file: String?
  }

  mutating func cells() throws(NotebookError) -> [Cell] {
    while position < lines.count {
      let fence = lines[position].prefix { $0 == "`" }
      if fence.count >= 3 { try readBlock(String(fence)) } else { position += 1 }
    }
    return found
  }

  private func error(_ line: Int, _ message: String) -> NotebookError {
    NotebookError(place: "\(name):\(line + 1)", message: message)
  }

  private mutating func readBlock(_ fence: String) throws(NotebookError) {
    let opening = position
    let info = try info(lines[opening].dropFirst(fence.count), at: opening)
    let text = (opening + 1)..<lines.count
    guard let closing = text.first(where: { lines[$0].hasPrefix(fence) }) else {
      throw error(opening, "this fence is not closed")
    }
    let body = (opening + 1)..<closing
    position = closing + 1
    func cell(_ kind: Cell.Kind) -> Cell {
      Cell(
        kind: kind, line: body.lowerBound + 1, code: lines[body].joined(separator: "\n"),
        end: closing + 1, fence: fence)
    }
    if let file = info.file {
      found.append(cell(.file(name: file)))
      return
    }
    switch info.word {
    case "swift": found.append(cell(info.runs ? .swift : .swiftCompiled))
    case "output":
      guard let last = found.last, last.kind == .swift, last.expected == nil,
        lines[last.end..<opening].allSatisfy({ $0.allSatisfy(\.isWhitespace) })
      else { throw error(opening, "an output block belongs right below a swift block that runs") }
      found[found.count - 1].expected = Cell.Expectation(
        lines: body, text: Array(lines[body]), tolerance: info.tolerance ?? 0)
    case "console" where info.runs:
      try readCommands(body, fence: fence, tolerance: info.tolerance ?? 0)
    default: break
    }
  }

  /// The commands of a console block, each with the lines up to the next as its output.
  private mutating func readCommands(
    _ body: Range<Int>, fence: String, tolerance: Double
  ) throws(NotebookError) {
    var line = body.lowerBound
    guard line < body.upperBound, lines[line].hasPrefix("$ ") else {
      throw error(line, "a console block begins with a command behind '$ '")
    }
    while line < body.upperBound {
      let start = line
      var code = String(lines[start].dropFirst(2))
      line += 1
      while line < body.upperBound {
        if lines[line].hasPrefix("> ") {
          code += "\n" + lines[line].dropFirst(2)
        } else if code.hasSuffix("\\") {
          code += "\n" + lines[line]
        } else {
          break
        }
        line += 1
      }
      let output = line..<(body[line...].first { lines[$0].hasPrefix("$ ") } ?? body.upperBound)
      line = output.upperBound
      found.append(
        Cell(
          kind: .command, line: start + 1, code: code,
          expected: Cell.Expectation(
            lines: output, text: Array(lines[output]), tolerance: tolerance),
          end: line, fence: fence))
    }
  }

  private func info(_ text: Substring, at line: Int) throws(NotebookError) -> Info {
    let words = text.split(separator: " ")
    var info = Info(word: words.first ?? "")
    // What other blocks say behind their first word is not ours to judge.
    let isCell = ["swift", "output", "console"].contains(info.word)
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1)
      switch (info.word, parts[0], parts.count > 1 ? String(parts[1]) : nil) {
      case ("swift", "no-run", nil), ("console", "no-run", nil): info.runs = false
      case ("output", "approx", let value?), ("console", "approx", let value?):
        guard let tolerance = Double(value), tolerance > 0 else {
          throw error(line, "'\(value)' is no share, such as 1e-6")
        }
        info.tolerance = tolerance
      case (_, "file", let file?):
        guard !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else {
          throw error(line, "'\(file)' is outside the folder of the notebook")
        }
        info.file = file
      default:
        if isCell {
          throw error(
            line,
            "'\(word)' means nothing here; swift and console take no-run, output and console "
              + "approx=1e-6, every block file=NAME")
        }
      }
    }
    return info
  }
}
