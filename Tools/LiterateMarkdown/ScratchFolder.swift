import Foundation

/// A new folder in which the cells of one page run; removed at the end.
final class ScratchFolder {
  /// The folder that cells run in, without symbolic links on the way.
  let path: String
  /// The folder in which Swift cells are compiled, out of their sight.
  let build: String
  private let parent: URL

  init(_ workshop: Workshop) throws {
    let files = FileManager.default
    let temporary = files.temporaryDirectory.resolvingSymlinksInPath()
    parent = temporary.appendingPathComponent("notebook-\(UUID().uuidString)")
    path = parent.appendingPathComponent("data").path
    build = parent.appendingPathComponent("build").path
    portable = PortableText(folder: path)
    for folder in ["\(path)/figures", build] {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    // A copy: what a cell does to it must not reach the checkout.
    try files.copyItem(atPath: "\(workshop.root)/Datasets", toPath: "\(path)/Datasets")
  }

  /// What differs between two runs of a page, written alike.
  var portable: PortableText

  deinit { try? FileManager.default.removeItem(at: parent) }

  /// The files in `figures`, by name.
  func figures() throws -> [String: [UInt8]] {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(path)/figures")
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        FileManager.default.contents(atPath: "\(path)/figures/\(name)").map { (name, Array($0)) }
      })
  }
}
