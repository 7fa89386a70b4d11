import Foundation

extension Workshop {
  /// Runs a page and writes what its cells did into it, and its figures beside it.
  ///
  /// Returns whether anything changed. A page whose cells cannot all run is left as it is.
  public func promote(_ name: String) throws -> Bool {
    let page = try notebook(name)
    let run = try NotebookRun(page, in: self)
    let changed = run.promoted != page.text
    if changed {
      try run.promoted.write(toFile: "\(root)/\(name)", atomically: true, encoding: .utf8)
    }
    return try FigureFolder(page, in: self).promote(run.figures) || changed
  }
}
