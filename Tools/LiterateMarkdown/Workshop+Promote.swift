import Foundation

extension Workshop {
  /// The folder of the figures that a page shows, beside the page.
  func figuresFolder(of page: String) -> String {
    URL(fileURLWithPath: "\(root)/\(page)").deletingLastPathComponent()
      .appendingPathComponent("figures").path
  }

  /// Runs a page and writes what its cells did into it, and its figures beside it.
  ///
  /// Returns whether anything changed. A page whose cells cannot all run is left as it is.
  public func promote(_ name: String) throws -> Bool {
    let page = try notebook(name)
    let run = try NotebookRun(page, in: self)
    let folder = figuresFolder(of: name)
    var written = [("\(root)/\(name)", Array(run.promoted.utf8))]
    written += run.figures.map { ("\(folder)/\($0)", $1) }
    written.removeAll { path, bytes in
      FileManager.default.contents(atPath: path)?.elementsEqual(bytes) == true
    }
    if !run.figures.isEmpty {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    for (path, bytes) in written {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
    return !written.isEmpty
  }
}
