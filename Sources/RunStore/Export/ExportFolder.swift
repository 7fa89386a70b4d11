internal import Tables

/// What an export wrote, and what it could not.
public struct ExportReport: Sendable, Hashable {
  /// How many runs were written.
  public var runs = 0
  /// Runs that could not be read and were left out, and what the format cannot hold.
  public var problems: [RunStoreProblem] = []
}

/// A folder that is written whole or not at all.
enum ExportFolder {
  /// Makes a folder beside its name, has it filled, and gives it the name.
  ///
  /// - Throws: ``ExchangeError`` if anything but an empty folder is there, or what `fill` throws.
  static func write(
    to path: String, fill: (borrowing Directory) throws -> Void
  ) throws {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let (parent, name) = AtomicFile.split(path)
    guard !name.isEmpty, name != ".", name != ".." else {
      throw ExchangeError(.alreadyExists, path: path, "name a folder that does not exist yet")
    }
    let temporary = ".\(name.prefix(40)).\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    do {
      let above = try Directory(at: parent)
      if let there = try above.status(of: name) {
        guard there.kind == .directory, try above.directory(name).entries().isEmpty else {
          throw ExchangeError(
            .alreadyExists, path: path, "is there already; remove it or choose another name")
        }
      }
      try above.makeDirectory(temporary)
      do {
        let folder = try above.directory(temporary)
        try fill(folder)
        try folder.synchronize()
        try above.rename(temporary, to: name)
      } catch {
        removeAll(temporary, in: above)
        throw error
      }
      try above.synchronize()
    } catch let failure as SystemCalls.Failure {
      throw ExchangeError(
        .unwritable, path: path,
        "cannot write: \(SystemCalls.message(failure.number)); choose another place, or free space")
    }
  }

  private static func removeAll(_ name: String, in folder: borrowing Directory) {
    if let inner = try? folder.directory(name) {
      for entry in (try? inner.entries()) ?? [] {
        if entry.kind == .directory {
          removeAll(entry.name, in: inner)
        } else {
          try? inner.remove(entry.name)
        }
      }
    }
    try? folder.remove(name, isDirectory: true)
  }
}

extension Directory {
  /// Writes a new file, whose name may lead into folders, which are made.
  func create(_ path: String, _ text: String) throws(SystemCalls.Failure) {
    if let slash = path.firstIndex(of: "/") {
      let folder = String(path[..<slash])
      try makeIfMissing(folder)
      try directory(folder).create(String(path[path.index(after: slash)...]), text)
      return
    }
    let file = try createForAppending(path)
    try file.append(Array(text.utf8))
    try file.close()
  }
}
