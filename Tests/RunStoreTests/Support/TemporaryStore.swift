import Foundation
import RunStore
import Testing

/// Runs a test with a directory of its own, removed after it.
///
/// In memory where there is such a disk: the death of a process leaves the same on any, and what
/// the tests ask of a disk would take minutes on a busy one.
func withDirectory<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  let memory = "/dev/shm"
  let isThere = FileManager.default.isWritableFile(atPath: memory)
  let parent = isThere ? URL(filePath: memory) : FileManager.default.temporaryDirectory
  let directory = parent.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: directory) }
  return try await body(directory.path)
}

/// Runs a test with a store of its own.
func withStore<Value>(_ body: (RunStore) async throws -> Value) async throws -> Value {
  try await withDirectory { try await body(RunStore.create(at: $0 + "/store")) }
}

extension RunStore {
  /// The directory of a run.
  func path(of id: RunID) -> String { "\(root)/runs/\(id.text.suffix(2))/\(id)" }

  /// The names in a run's directory, sorted.
  func files(of id: RunID) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(of: id)).sorted()
  }

  /// The path of a run's first segment.
  func segment(of id: RunID) throws -> String {
    let name = try files(of: id).first { $0.hasPrefix("log-") }
    return path(of: id) + "/" + (try #require(name))
  }
}

func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

func write(_ bytes: [UInt8], to path: String) throws {
  try Data(bytes).write(to: URL(filePath: path))
}

func append(_ text: String, to path: String) throws {
  try write(try bytes(path) + Array(text.utf8), to: path)
}

/// Every file below a directory with its content, to see whether anything changed.
func contents(_ directory: String) throws -> [String: [UInt8]] {
  var contents: [String: [UInt8]] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: directory) {
    let path = directory + "/" + name
    let type = try FileManager.default.attributesOfItem(atPath: path)[.type]
    if type as? FileAttributeType == .typeRegular { contents[name] = try bytes(path) }
  }
  return contents
}
