import Foundation

/// The Swift cells of a notebook as one program, which stops before each until it is told to go on.
enum CellProgram {
  /// The text of `main.swift`: imports, then the cells, each under the line it has on its page.
  static func source(of notebook: Notebook) -> String {
    var imports: [String] = []
    var body = ""
    for (index, cell) in notebook.cells.enumerated() {
      guard cell.kind == .swift || cell.kind == .swiftCompiled else { continue }
      // A blank line in the place of an import keeps the lines that follow in theirs.
      let lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        guard line.hasPrefix("import ") else { return line }
        imports.append(
          "#sourceLocation(file: \"\(notebook.name)\", line: \(cell.line))\n\(line)\n")
        return ""
      }
      let runs = cell.kind == .swift
      body += runs ? "" : "@MainActor func compiledOnly\(index)() async throws {\n"
      body += "#sourceLocation(file: \"\(notebook.name)\", line: \(cell.line))\n"
      body += lines.joined(separator: "\n") + "\n#sourceLocation()\n"
      body += runs ? "endOfCell()\n" : "}\n"
    }
    return imports.joined() + "#sourceLocation()\nbeginCells()\n" + body
  }

  /// BoringSSL, behind the digests of data, is C++.
  #if canImport(Glibc)
    private static let cPlusPlus = "-lstdc++"
  #else
    private static let cPlusPlus = "-lc++"
  #endif

  /// Waits for a line before each cell, and marks its end; writes each line of output at once, so
  /// that nothing is lost where a cell crashes.
  private static let support = """
    #if canImport(Glibc)
      @preconcurrency import Glibc
    #else
      @preconcurrency import Darwin
    #endif

    func beginCells() {
      setvbuf(stdout, nil, _IOLBF, 0)
      _ = readLine()
    }

    func endOfCell() {
      print("\\u{1E}0")
      _ = readLine()
    }

    """

  /// Compiles the cells against the modules and objects that were built, and returns the program.
  static func build(
    _ notebook: Notebook, in workshop: Workshop, folder: String
  ) throws -> String {
    try source(of: notebook).write(
      toFile: "\(folder)/main.swift", atomically: true, encoding: .utf8)
    try support.write(toFile: "\(folder)/support.swift", atomically: true, encoding: .utf8)
    // What the command is linked from, less its own entry point.
    let list = "\(workshop.products)/fitlaws.product/Objects.LinkFileList"
    let objects = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
      .filter { !$0.contains("/fitlaws.build/") }
    try objects.joined(separator: "\n").write(
      toFile: "\(folder)/objects", atomically: true, encoding: .utf8)
    let shell = try Dialogue(
      "/bin/sh", folder: folder, environment: workshop.environment(folder: folder))
    let root = workshop.root
    try shell.say(
      """
      swiftc -swift-version 6 -warnings-as-errors -I '\(workshop.products)/Modules' \
      -Xcc -fmodule-map-file='\(root)/Sources/CGSL/module.modulemap' \
      -Xcc -fmodule-map-file='\(root)/Sources/CVectorMath/include/module.modulemap' \
      main.swift support.swift @objects $(pkg-config --cflags --libs gsl) \(cPlusPlus) \
      -o cells </dev/null
      printf '\\036%d\\n' "$?"

      """)
    let turn = shell.turn()
    guard turn.code == 0 else {
      throw NotebookError(
        place: notebook.name, message: "the Swift cells do not compile\n\(turn.text)")
    }
    return "\(folder)/cells"
  }
}
