import Foundation

/// What happened when all cells of a page ran, in its order, in a new folder.
///
/// The folder has the package's `Datasets` in it and an empty folder `figures`; outputs call it
/// `/data`. All commands of a page are one shell session, all its Swift cells one program.
public struct NotebookRun: Sendable {
  /// What the page shows and the cells did not do.
  public let differences: [Difference]
  /// The page with the outputs that the cells had; one within tolerance stays as it is.
  public let promoted: String
  /// The files that the cells left in `figures`, by name.
  public let figures: [String: [UInt8]]

  /// Runs the cells of a page.
  ///
  /// - Throws: ``NotebookError`` where Swift cells do not compile, or where one ended the program.
  public init(_ notebook: Notebook, in workshop: Workshop) throws {
    let scratch = try ScratchFolder(workshop)
    var outputs: [[String]?] = []
    var differences: [Difference] = []
    let environment = workshop.environment(folder: scratch.path)
    let shell = try Dialogue("/bin/sh", folder: scratch.path, environment: environment)
    var program: Dialogue?
    if notebook.cells.contains(where: { $0.kind == .swift || $0.kind == .swiftCompiled }) {
      let path = try CellProgram.build(notebook, in: workshop, folder: scratch.build)
      program = try Dialogue(path, folder: scratch.path, environment: environment)
    }
    for cell in notebook.cells {
      var output: [String]?
      switch cell.kind {
      case .swiftCompiled: break
      case .file(let name):
        try (cell.code + "\n").write(
          toFile: "\(scratch.path)/\(name)", atomically: true, encoding: .utf8)
      case .command:
        // Behind the brace on a line of its own, a comment at the end of a command does no harm.
        try shell.say("{ \(cell.code)\n} </dev/null 2>&1\nprintf '\\036%d\\n' \"$?\"\n")
        output = try Self.lines(of: shell.turn(), cell, notebook, scratch)
      case .swift:
        try program?.say("\n")
        output = try program.map { try Self.lines(of: $0.turn(), cell, notebook, scratch) }
      }
      if let actual = output {
        let expected = cell.expected?.text ?? []
        if OutputComparison.matches(actual, expected, tolerance: cell.expected?.tolerance ?? 0) {
          output = nil
        } else {
          differences.append(
            Difference(
              place: "\(notebook.name):\(cell.line)", title: cell.title,
              lines: OutputComparison.difference(actual, expected)))
        }
      }
      outputs.append(output)
    }
    let figures = try scratch.figures()
    differences += try FigureFolder(notebook, in: workshop).differences(figures)
    self.differences = differences
    promoted = notebook.replacingOutputs(outputs)
    self.figures = figures
  }

  /// The output of a turn, with what a page may not show replaced, and its exit code if it is not
  /// 0.
  private static func lines(
    of turn: Dialogue.Turn, _ cell: Cell, _ notebook: Notebook, _ scratch: ScratchFolder
  ) throws -> [String] {
    let text = scratch.portable(turn.text)
    guard let code = turn.code else {
      throw NotebookError(
        place: "\(notebook.name):\(cell.line)",
        message: "\(cell.title): this ended the program, and no later cell ran\n\(text)")
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines + (code == 0 ? [] : ["[exit \(code)]"])
  }
}

/// A place where a page shows something else than its cells do.
public struct Difference: Sendable, CustomStringConvertible {
  /// The page and the line: `Notebooks-md/01-first-fit.md:12`.
  public var place: String
  /// The cell or figure.
  public var title: String
  /// What stands on the page behind `-`, what came out behind `+`.
  public var lines: [String]

  /// Place, title and lines.
  public var description: String {
    "\(place): \(title)\n" + lines.map { "    \($0)\n" }.joined()
  }
}
