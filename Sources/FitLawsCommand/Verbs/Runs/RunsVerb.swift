internal import ArgumentParser
internal import RunStore
internal import Tables

/// `fitlaws runs`.
struct RunsVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Keep runs as plain files: log, list, import, export, check.",
    discussion: """
      A store is a folder of JSON files that a cluster job can write, rsync and git can merge, and 'fitlaws fit' can \
      read. One damaged run never hides the others: what is wrong is listed on standard error, and the exit code is \
      3 then.

      EXAMPLES
        fitlaws runs init lab
        fitlaws runs list --store lab --where 'params > 1e8'
      """,
    subcommands: [
      RunsInitVerb.self, RunsLogVerb.self, RunsListVerb.self, RunsShowVerb.self,
      RunsTableVerb.self, RunsLabelVerb.self, RunsImportVerb.self, RunsExportVerb.self,
      RunsFitsVerb.self, RunsVerifyVerb.self, RunsCheckVerb.self,
    ])
}

/// `fitlaws runs init`.
struct RunsInitVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a store of runs.",
    discussion: """
      Nothing else makes one, so that a mistyped folder is an error and not a second store.

      EXAMPLES
        fitlaws runs init lab
        fitlaws runs init sweeps
      """)

  @Argument(
    help: ArgumentHelp("A folder that is new or empty.", valueName: "folder"),
    completion: .directory)
  var folder: String

  func run() async throws {
    let isThere = (try? RunStore(at: folder)) != nil
    let store = try RunStore.create(at: folder)
    try Console.current.write(
      "\(isThere ? "there is a store already" : "made a store"): \(store.root)\n")
  }
}

/// What is wrong in a store, on the error stream.
enum StoreProblems {
  /// Names the problems; if there are any, the command ends with exit code 3.
  static func report(_ problems: [RunStoreProblem]) throws {
    guard !problems.isEmpty else { return }
    for problem in problems { Console.current.error("problem: \(problem)\n") }
    throw ExitCode(3)
  }
}

/// Runs and fits as people name them: by the beginning of an identifier.
enum IDLookup {
  /// The run whose identifier begins so.
  static func run(_ prefix: String, in store: RunStore) throws -> RunID {
    if let id = RunID(prefix), (try? store.run(id)) != nil { return id }
    let ids = try store.runIDs()
    let found = try unique(prefix, among: ids.map(\.text), "run", list: "list")
    guard let id = RunID(found) else { throw InputFault("no run '\(prefix)'") }
    return id
  }

  /// The one of some identifiers that begins so.
  static func unique(
    _ prefix: String, among ids: [String], _ kind: String, list: String
  ) throws(InputFault) -> String {
    if ids.contains(prefix) { return prefix }
    let found = ids.filter { !prefix.isEmpty && $0.hasPrefix(prefix) }
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      throw InputFault(
        "\(found.count) \(kind)s begin with '\(prefix)': \(found.prefix(3).joined(separator: ", "))"
          + "\(found.count > 3 ? ", …" : ""); give more of the identifier")
    }
    let near = nearest(prefix, among: ids.map { String($0.prefix(prefix.count)) })
    let hint = ids.first { near != nil && $0.prefix(prefix.count) == near ?? "" }
    throw InputFault(
      "no \(kind) '\(prefix)'; "
        + (hint.map { "did you mean '\($0)'?" } ?? "'fitlaws runs \(list)' lists them"))
  }
}
