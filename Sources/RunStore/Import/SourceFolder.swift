internal import Tables

/// A foreign folder, read without leaving it and without trusting it.
///
/// Symbolic links are not followed, pipes and devices not opened. Paths are relative to the root
/// and are what problems name.
struct SourceFolder {
  let root: String

  /// The largest file read whole: a hyperparameter or a description is text of a person's size.
  static let smallFile = 16 << 20
  /// The largest file of metrics.
  static let largeFile = 1 << 30

  /// What lies at a path; nil if nothing does.
  func kind(_ path: String) -> FileStatus.Kind? {
    guard let place = try? place(path) else { return nil }
    return (try? place.directory.status(of: place.name))?.kind
  }

  /// What is in a folder, sorted by name; nil if it cannot be read.
  func entries(_ path: String = "") -> [Directory.Entry]? {
    try? directory(path.split(separator: "/")).entries()
  }

  /// The bytes of a file; nil, with the reason among `problems`, if it cannot be read.
  func read(
    _ path: String, limit: Int = smallFile, problems: inout [RunStoreProblem]
  ) -> [UInt8]? {
    do throws(SystemCalls.Failure) {
      let place = try place(path)
      return try place.directory.read(place.name, limit: limit)
    } catch {
      problems.append(
        RunStoreProblem(
          .unreadable, path: path, "cannot read: \(SystemCalls.message(error.number))"))
      return nil
    }
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
    var pending = [(path: "", depth: 0)]
    while let next = pending.popLast() {
      let path = next.path.isEmpty ? folder : folder + "/" + next.path
      guard let entries = entries(path) else {
        problems.append(RunStoreProblem(.unreadable, path: path, "the folder cannot be read"))
        continue
      }
      for entry in entries {
        let relative = next.path.isEmpty ? entry.name : next.path + "/" + entry.name
        switch entry.kind {
        case .regular: found.append(relative)
        // Deeper than any name of 250 characters can be split.
        case .directory where next.depth < 128: pending.append((relative, next.depth + 1))
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

  private struct Place: ~Copyable {
    var directory: Directory
    var name: String
  }

  /// The folder that holds a path, opened step by step so that no link is followed.
  private func place(_ path: String) throws(SystemCalls.Failure) -> Place {
    let parts = path.split(separator: "/")
    return Place(
      directory: try directory(parts.dropLast()), name: parts.last.map(String.init) ?? ".")
  }

  private func directory(_ parts: [Substring]) throws(SystemCalls.Failure) -> Directory {
    var directory = try Directory(at: root)
    for part in parts { directory = try directory.directory(String(part)) }
    return directory
  }
}
