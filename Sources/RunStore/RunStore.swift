internal import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of runs as plain files.
///
///     STORE/
///       fitlaws.json                  what the folder is
///       runs/<last 2 of id>/<id>/
///         run.json                    what the run is; never changed
///         log-0001-<writer>.jsonl     metrics, a row a line; only its writer appends to it
///         state.json                  how far it has come; absent while it is fresh
///         labels.json                 what people say of it; absent until used
///       .cache/index-1.jsonl          derived; may be deleted
///
/// A value that holds no file open: it may be copied and used from any thread.
public struct RunStore: Sendable {
  /// The folder, without symbolic links.
  public let root: String
  /// The store's identifier.
  public let id: String

  static let file = "fitlaws.json"
  private static let format = "fitlaws-store"

  /// Opens a store.
  ///
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/noStore`` if there is none at the path,
  ///   ``RunStoreError/Code/newerVersion`` if a later version wrote it.
  public init(at path: String) throws(RunStoreError) {
    guard let root = SystemCalls.resolved(path) else {
      throw RunStoreError(.noStore, path: path, "no such folder; check the path")
    }
    self.root = root
    do throws(FileFault) {
      let directory: Directory
      do throws(SystemCalls.Failure) {
        directory = try Directory(at: root)
      } catch {
        throw FileFault(error, Self.file)
      }
      guard let bytes = try directory.bytesIfPresent(Self.file) else {
        throw FileFault(.missingFile, Self.file, "")
      }
      id = try Self.identifier(bytes)
    } catch {
      switch error.code {
      case .newerVersion: throw RunStoreError(.newerVersion, path: path, error.message)
      case .missingFile:
        throw RunStoreError(.noStore, path: path, "no store: the folder has no \(Self.file)")
      default: throw RunStoreError(.damaged, path: "\(path)/\(Self.file)", error.message)
      }
    }
  }

  /// Makes a store, or opens the one that is there.
  ///
  /// - Parameter path: a folder that does not exist, in one that does, or is empty.
  /// - Returns: the store.
  /// - Throws: ``RunStoreError``: ``RunStoreError/Code/alreadyExists`` if something else is there.
  public static func create(at path: String) throws(RunStoreError) -> RunStore {
    let (parent, name) = AtomicFile.split(path)
    try attempt("make the store", path) { () throws(SystemCalls.Failure) in
      let parent = try Directory(at: parent)
      // A path that ends in a slash or dots names a folder that has to exist.
      if !name.isEmpty, name != ".", name != "..", try parent.status(of: name) == nil {
        try parent.makeIfMissing(name)
        try parent.synchronize()
      }
    }
    let directory = try attempt("open the folder", path) { () throws(SystemCalls.Failure) in
      try Directory(at: path)
    }
    let entries = try attempt("read the folder", path) { () throws(SystemCalls.Failure) in
      try directory.entries()
    }
    if !entries.contains(where: { $0.name == file }) {
      guard entries.allSatisfy({ $0.name.hasPrefix(".") || $0.name == "runs" }) else {
        throw RunStoreError(
          .alreadyExists, path: path, "the folder is not empty and no store; choose an empty one")
      }
      var members: [String: JSONValue] = ["format": .string(format), "version": 1]
      members["id"] = .string(RunID(new: .now).text)
      members.put("created", UTCTime.now)
      let text = Array(JSONValue.object(members).text.utf8)
      try attempt("make the store", path) { () throws(SystemCalls.Failure) in
        try directory.makeIfMissing("runs")
        // Line ends changed on checkout would break every digest.
        try directory.replace(".gitattributes", with: Array("* -text\n".utf8))
        try directory.replace(".gitignore", with: Array(".cache/\n.tmp-*\n.*.tmp\n".utf8))
        // The last, so that what has it is whole.
        try directory.replace(file, with: text)
        try directory.synchronize()
      }
    }
    return try RunStore(at: path)
  }

  /// The root of the store that holds a path: the path, or the nearest folder above it, that has
  /// a `fitlaws.json`; nil if none has.
  public static func findRoot(from path: String) -> String? {
    guard var path = SystemCalls.resolved(path) else { return nil }
    while true {
      if let directory = try? Directory(at: path),
        (try? directory.status(of: file))?.kind == .regular
      {
        return path
      }
      if path == "/" { return nil }
      path = AtomicFile.split(path).directory
    }
  }

  private static func identifier(_ bytes: [UInt8]) throws(FileFault) -> String {
    let value: JSONValue
    do throws(JSONTextError) {
      value = try JSONValue(parsing: bytes, source: file)
    } catch {
      throw FileFault(error, file)
    }
    guard value["format"]?.string == format, let version = value["version"]?.int,
      let id = value["id"]?.string
    else { throw FileFault(.badFile, file, "not the description of a store") }
    guard version <= 1 else {
      throw FileFault(
        .newerVersion, file,
        "a store of version \(version); this program reads version 1: use a later one")
    }
    return id
  }
}

extension Directory {
  /// Makes a directory unless it is there.
  func makeIfMissing(_ name: String) throws(SystemCalls.Failure) {
    do throws(SystemCalls.Failure) {
      try makeDirectory(name)
    } catch {
      guard error.number == EEXIST else { throw error }
    }
  }
}
