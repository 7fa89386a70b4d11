internal import Tables

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A foreign folder, read without leaving it and without trusting it.
///
/// Symbolic links are not followed, pipes and devices not opened. Paths are relative to the root
/// and are what problems name.
struct SourceFolder {
  let root: String

  enum Kind { case file, folder, link, other, missing }

  /// The largest file read whole: a hyperparameter or a description is text of a person's size.
  static let smallFile = 16 << 20
  /// The largest file of metrics.
  static let largeFile = 1 << 30

  func kind(_ path: String) -> Kind {
    // Attributes of the link itself, not of what it leads to.
    guard let type = attributes(path)?[.type] as? FileAttributeType else { return .missing }
    return switch type {
    case .typeRegular: .file
    case .typeDirectory: .folder
    case .typeSymbolicLink: .link
    default: .other
    }
  }

  /// The names in a folder, sorted; nil if it cannot be read.
  func names(_ path: String = "") -> [String]? {
    guard path.isEmpty || kind(path) == .folder else { return nil }
    return (try? FileManager.default.contentsOfDirectory(atPath: absolute(path)))?.sorted()
  }

  /// The bytes of a file; nil, with the reason among `problems`, if it cannot be read.
  func read(
    _ path: String, limit: Int = smallFile, problems: inout [RunStoreProblem]
  ) -> [UInt8]? {
    let fault: String
    switch kind(path) {
    case .file:
      let size = (attributes(path)?[.size] as? UInt64).map(Int.init(clamping:)) ?? 0
      guard size > limit else {
        do throws(FileError) {
          return try FileBytes.read(absolute(path))
        } catch {
          problems.append(RunStoreProblem(.unreadable, path: path, "cannot read: \(error)"))
          return nil
        }
      }
      fault = "\(size) bytes are too many for this file; at most \(limit) are read"
    case .missing: fault = "no such file"
    case .folder: fault = "a folder where a file should be"
    case .link: fault = "a symbolic link, which is not followed; copy the file itself"
    case .other: fault = "no regular file"
    }
    problems.append(RunStoreProblem(.unreadable, path: path, fault))
    return nil
  }

  /// A file as text; nil, with the reason among `problems`, if it cannot be read or is not UTF-8.
  func text(_ path: String, problems: inout [RunStoreProblem]) -> String? {
    guard let bytes = read(path, problems: &problems) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      problems.append(RunStoreProblem(.badFile, path: path, "not UTF-8; its value was not read"))
      return nil
    }
    return text
  }

  /// All files below a folder, as paths relative to it, sorted; links and devices are reported.
  func files(below folder: String, problems: inout [RunStoreProblem]) -> [String] {
    var found: [String] = []
    // Deeper than any name of 250 characters can be split.
    var pending = [(path: "", depth: 0)]
    while let next = pending.popLast() {
      let path = next.path.isEmpty ? folder : folder + "/" + next.path
      guard let names = names(path) else {
        problems.append(RunStoreProblem(.unreadable, path: path, "the folder cannot be read"))
        continue
      }
      for name in names {
        let relative = next.path.isEmpty ? name : next.path + "/" + name
        switch kind(folder + "/" + relative) {
        case .file: found.append(relative)
        case .folder where next.depth < 128: pending.append((relative, next.depth + 1))
        default:
          problems.append(
            RunStoreProblem(
              .unreadable, path: folder + "/" + relative,
              "a link, pipe or device, or nested too deeply; not read"))
        }
      }
    }
    return found.sorted()
  }

  private func absolute(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

  private func attributes(_ path: String) -> [FileAttributeKey: Any]? {
    try? FileManager.default.attributesOfItem(atPath: absolute(path))
  }
}
