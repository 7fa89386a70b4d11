/// A Markdown page with cells: fenced blocks that run, with their output below them.
///
///     ```swift                what it prints stands in the next block
///     print(1 + 1)
///     ```
///
///     ```output               or: output approx=1e-6
///     2
///     ```
///
///     ```console              commands behind "$ ", each with its output
///     $ fitlaws --version
///     0.1.0
///     $ false
///     [exit 1]
///     ```
///
/// `no-run` behind `swift` compiles only, behind `console` does nothing. `file=NAME` behind any
/// word writes the text to that file. Other blocks are prose.
public struct Notebook: Sendable {
  /// What messages call it: a path from the root of the package.
  public let name: String
  let lines: [String]
  let cells: [Cell]

  /// Whether anything on the page can be checked.
  public var isEmpty: Bool { cells.isEmpty }

  /// Whether a command draws a figure, for which gnuplot is needed.
  public var drawsFigures: Bool {
    cells.contains { $0.kind == .command && $0.code.hasPrefix("fitlaws plot ") }
  }

  /// The whole page.
  var text: String { lines.joined(separator: "\n") }

  /// Reads a page.
  ///
  /// - Throws: ``NotebookError`` where a fence is not closed, has an unknown word behind it, or
  ///   stands where it means nothing.
  public init(_ text: String, name: String) throws(NotebookError) {
    self.name = name
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var reader = CellReader(name: name, lines: lines)
    cells = try reader.cells()
  }

  /// The page with these outputs, one a cell; nil leaves what is there.
  func replacingOutputs(_ outputs: [[String]?]) -> String {
    var lines = lines
    for (cell, output) in zip(cells, outputs).reversed() {
      guard let output else { continue }
      if let expected = cell.expected {
        lines.replaceSubrange(expected.lines, with: output)
      } else if cell.kind == .swift {
        lines.insert(contentsOf: ["", cell.fence + "output"] + output + [cell.fence], at: cell.end)
      }
    }
    return lines.joined(separator: "\n")
  }
}
