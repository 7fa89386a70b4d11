internal import ArgumentParser
internal import Tables

/// In which format, and where to: `--format`, `--output`.
struct OutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv, markdown
  }

  @Option(
    name: .long,
    help: "The default is text, or what the ending of --output says.")
  var format: Format?

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp(
      "Write the result to this file, all or nothing; a table is still shown.", valueName: "file"),
    completion: .file())
  var output: String?

  /// Writes a result: to the file, if there is one, and to standard output.
  ///
  /// - Parameters:
  ///   - result: what to write.
  ///   - inputs: the files it was made from, which it must not replace.
  /// - Throws: `InputFault` for such a file, `FileError` for one that cannot be written.
  func deliver(_ result: some Presentable, from inputs: [String?] = []) throws {
    let console = Console.current
    if let output, inputs.contains(output) {
      throw InputFault("--output \(output): that is the input; write the result to another file")
    }
    guard let output else {
      let format = format ?? .text
      try console.write(result.text(as: format))
      if format == .csv { result.warnings.forEach { console.error("warning: \($0)\n") } }
      return
    }
    let written = format ?? Self.format(of: output)
    try AtomicFile.write(try result.text(as: written), to: output)
    try console.write(result.text(as: .text))
    console.error("wrote \(output)\n")
  }

  private static func format(of path: String) -> Format {
    switch path.split(separator: ".").last {
    case "json": .json
    case "csv": .csv
    case "md", "markdown": .markdown
    default: .text
    }
  }
}

/// A result that can be shown in every format.
protocol Presentable {
  /// What a reader should know; shown in every format.
  var warnings: [String] { get }
  /// The blocks of the text and Markdown forms.
  var blocks: [Block] { get }
  /// The table of the CSV form.
  var table: TextTable { get }
  /// The JSON form, with its final newline.
  func json() throws -> String
}

/// A piece of a text or Markdown result.
enum Block {
  case line(String)
  case paragraph(String)
  case table(TextTable)
  case code(String)
}

extension Presentable {
  func text(as format: OutputOptions.Format) throws -> String {
    switch format {
    case .json: return try json()
    case .csv: return table.csv()
    case .text:
      var text = (blocks + warnings.map { .line("warning: \($0)") }).map(\.text).joined()
      while text.hasSuffix("\n\n") { text.removeLast() }
      return text
    case .markdown:
      return
        (blocks.map(\.markdown)
        + warnings.map { "**Warning:** " + Block.line($0).markdown })
        .filter { $0 != "\n" }.joined(separator: "\n")
    }
  }
}

extension Block {
  var text: String {
    switch self {
    case .line(let line): line + "\n"
    case .paragraph(let words): Self.wrapped(words)
    case .table(let table): table.text() + "\n"
    case .code(let code): code.split(separator: "\n").map { "    \($0)\n" }.joined() + "\n"
    }
  }

  var markdown: String {
    switch self {
    case .line(let line), .paragraph(let line): Self.escaped(line) + "\n"
    case .table(let table): table.markdown()
    case .code(let code): "```\n\(code)\n```\n"
    }
  }

  /// Lines of at most a hundred characters.
  private static func wrapped(_ words: String) -> String {
    var lines: [String] = []
    for word in words.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= 100 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Formulas and filters hold characters that Markdown would take for its own.
  static func escaped(_ line: String) -> String {
    line.reduce(into: "") { text, character in
      if "\\*`<|~[".contains(character) { text += "\\" }
      text.append(character)
    }
  }
}
