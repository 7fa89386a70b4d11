import Foundation

/// The folder `figures` beside a page, with what its cells are to draw.
///
/// Another version of gnuplot draws the same figure in other bytes. The file `gnuplot.txt` says
/// which version drew; only under that are figures compared byte for byte.
struct FigureFolder {
  /// Where the version of gnuplot stands.
  private static let versionFile = "gnuplot.txt"

  let path: String
  private let notebook: Notebook
  private let workshop: Workshop

  init(_ notebook: Notebook, in workshop: Workshop) {
    path =
      URL(fileURLWithPath: "\(workshop.root)/\(notebook.name)").deletingLastPathComponent()
      .appendingPathComponent("figures").path
    (self.notebook, self.workshop) = (notebook, workshop)
  }

  /// What these figures, by name, are not: to the byte those of the folder; and what the page shows
  /// and no cell draws.
  func differences(_ figures: [String: [UInt8]]) throws -> [Difference] {
    var differences: [Difference] = []
    if !figures.isEmpty {
      let recorded = contents(Self.versionFile)
      let isComparable = try recorded == nil || recorded == version()
      for (name, bytes) in figures.sorted(by: { $0.key < $1.key }) {
        let committed = contents(name)
        let message =
          committed == nil ? "is not beside the page" : "is not what the cell draws"
        if committed == nil || (isComparable && committed != bytes) {
          differences.append(
            Difference(place: notebook.name, title: "figures/\(name)", lines: [message]))
        }
      }
    }
    for (index, line) in notebook.lines.enumerated() {
      for match in line.matches(of: /\]\(figures\/([^)]+)\)/)
      where figures[String(match.output.1)] == nil {
        differences.append(
          Difference(
            place: "\(notebook.name):\(index + 1)", title: "figures/\(match.output.1)",
            lines: ["no cell draws it"]))
      }
    }
    return differences
  }

  /// Writes figures that are not there to the byte; returns whether there were any.
  func promote(_ figures: [String: [UInt8]]) throws -> Bool {
    if figures.isEmpty { return false }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var files = figures
    files[Self.versionFile] = try version()
    files = files.filter { contents($0.key) != $0.value }
    for (name, bytes) in files {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"), options: .atomic)
    }
    return !files.isEmpty
  }

  private func contents(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
  }

  private func version() throws -> [UInt8]? {
    try workshop.gnuplotVersion().map { Array("\($0)\n".utf8) }
  }
}

extension Workshop {
  /// The gnuplot that `fitlaws plot` would call, as it names itself; nil where there is none.
  public func gnuplotVersion() throws -> String? {
    let shell = try Dialogue("/bin/sh", folder: root, environment: environment(folder: root))
    try shell.say(
      "\"${FITLAWS_GNUPLOT:-gnuplot}\" --version </dev/null 2>/dev/null\nprintf '\\036%d\\n' $?\n")
    let turn = shell.turn()
    return turn.code == 0 ? turn.text.split(separator: "\n").first.map(String.init) : nil
  }
}
