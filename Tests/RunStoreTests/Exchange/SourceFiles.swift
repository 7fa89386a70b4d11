import Foundation

/// A folder of foreign files for one test, removed with the value that holds it.
final class SourceFiles {
  let root: String

  /// Makes the folder and writes files into it, by their paths.
  init(_ files: [String: String] = [:]) throws {
    root =
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "exchange-\(UUID().uuidString)"
      ).path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    for (path, text) in files { try write(Array(text.utf8), to: path) }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ relative: String) -> String { root + "/" + relative }

  func write(_ bytes: [UInt8], to relative: String) throws {
    let url = URL(fileURLWithPath: path(relative))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func text(_ relative: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: path(relative)), encoding: .utf8)
  }

  /// Every file below the folder, by its path.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      let type = try FileManager.default.attributesOfItem(atPath: path(name))[.type]
      guard type as? FileAttributeType == .typeRegular else { continue }
      files[name] = Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }
    return files
  }
}
