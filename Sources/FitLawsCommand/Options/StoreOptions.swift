internal import ArgumentParser
internal import RunStore
internal import Tables

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Which store: `--store`.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The store. The default is FITLAWS_STORE, or the store that this folder lies in.",
      valueName: "folder"), completion: .directory)
  var store: String?

  static let variable = "FITLAWS_STORE"

  /// Opens the store.
  func open() throws -> RunStore {
    if let path = store ?? ProcessInfo.processInfo.environment[Self.variable], !path.isEmpty {
      return try RunStore(at: path)
    }
    guard let root = RunStore.findRoot(from: ".") else {
      throw InputFault(
        "no store here; name one with --store or \(Self.variable), or make one with 'fitlaws runs "
          + "init FOLDER'")
    }
    return try RunStore(at: root)
  }
}

/// Which runs of a store a fit takes, and whether it is saved.
struct RunSelectionOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "With a store: the metric that is the response. The default is loss.", valueName: "name"))
  var metric: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "With a store: last (the default), min, 'mean of last 20' or 'at tokens 10B'.",
      valueName: "how"), completion: .list(["last", "min"]))
  var reduce: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "With a store: also take excluded or unfinished runs.", valueName: "which"),
    completion: .list(["excluded", "unfinished"]))
  var include: [String] = []

  @Flag(
    name: .long,
    help: "Save question, rows and answer in the store; see 'fitlaws runs verify --help'.")
  var save = false

  @OptionGroup var store: StoreOptions

  /// Whether something is said that only a store has.
  private var isStated: Bool { metric != nil || reduce != nil || !include.isEmpty }

  /// The selection that the options say.
  func selection(filter: String?) throws -> RunSelection {
    var selection = RunSelection(
      metric: metric ?? "loss", reduction: try Self.reduction(reduce), filter: filter)
    for word in include.flatMap({ $0.split(separator: ",").map(String.init) }) {
      switch word {
      case "excluded": selection.takesExcluded = true
      case "unfinished": selection.takesUnfinished = true
      default: throw ValidationError("--include", takes: ["excluded", "unfinished"], not: word)
      }
    }
    return selection
  }

  /// Refuses what has no meaning for a table.
  func checkUnused() throws {
    guard !isStated else {
      throw ValidationError("--metric, --reduce and --include belong to a store of runs.")
    }
    guard save || store.store == nil else {
      throw ValidationError("--store says where --save saves; give both.")
    }
  }

  /// A reduction from its text.
  static func reduction(_ text: String?) throws -> Reduction {
    guard let text else { return .last }
    guard let reduction = Reduction(text) else {
      throw ValidationError(
        "--reduce takes last, min, 'mean of last 20' or 'at tokens 10B', not '\(text)'.")
    }
    return reduction
  }
}
