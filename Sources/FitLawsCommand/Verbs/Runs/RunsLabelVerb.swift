internal import ArgumentParser
internal import RunStore
internal import Tables

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `fitlaws runs label`.
struct RunsLabelVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Name, tag, annotate, exclude runs, or say how they ended.",
    discussion: """
      No change that another process makes at the same time is lost. What was logged is never changed.

      EXAMPLES
        fitlaws runs label 01kav --store lab --tag sweep=lr --notes 'second data order'
        fitlaws runs label 01kav 01kaw --store lab --exclude 'diverged at step 3000'
      """)

  @Argument(help: ArgumentHelp("The runs.", valueName: "id"))
  var ids: [String]

  @OptionGroup var store: StoreOptions

  @Option(name: .long, help: ArgumentHelp("A name in place of the one logged.", valueName: "text"))
  var name: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Tags; they become columns tags.NAME.", valueName: "name=value"))
  var tag: [String] = []

  @Option(
    name: .long, parsing: .singleValue, help: ArgumentHelp("Tags to remove.", valueName: "name"))
  var untag: [String] = []

  @Option(name: .long, help: ArgumentHelp("Notes; empty to remove them.", valueName: "text"))
  var notes: String?

  @Option(
    name: .long, help: ArgumentHelp("Leave the runs out of fits, and why.", valueName: "reason"))
  var exclude: String?

  @Flag(name: .long, help: "Take the runs into fits again.")
  var include = false

  @Option(
    name: .long,
    help: ArgumentHelp("How the runs ended: finished, failed or killed.", valueName: "status"))
  var status: String?

  func run() async throws {
    let tags = try Assignments.texts(tag, option: "--tag")
    let hasLabel = name != nil || !tags.isEmpty || !untag.isEmpty || notes != nil
    guard hasLabel || exclude != nil || include || status != nil else {
      throw ValidationError(
        "Say what to change: --name, --tag, --untag, --notes, --exclude, --include or --status.")
    }
    guard exclude == nil || !include else {
      throw ValidationError("Give --exclude or --include, not both.")
    }
    if exclude == "" { throw ValidationError("--exclude takes a reason, such as 'diverged'.") }
    let ended = try status.map { try Self.status($0) }
    let store = try store.open()
    // All of them are found before any is changed.
    let runs = try ids.map { try IDLookup.run($0, in: store) }
    for run in runs {
      if let ended { try store.updateState(of: run) { $0.status = ended } }
      if hasLabel || exclude != nil || include {
        let labels = try store.updateLabels(of: run) { change(&$0, tags) }
        try Console.current.write("\(run): \(Self.words(labels))\n")
      } else {
        try Console.current.write("\(run): \(status ?? "")\n")
      }
    }
  }

  private func change(_ labels: inout RunLabels, _ tags: [String: String]) {
    if let name { labels.name = name.isEmpty ? nil : name }
    if let notes { labels.notes = notes.isEmpty ? nil : notes }
    labels.tags.merge(tags) { $1 }
    for tag in untag { labels.tags[tag] = nil }
    if let exclude {
      labels.exclusion = .init(
        reason: exclude, by: ProcessInfo.processInfo.environment["USER"], at: .now)
    }
    if include { labels.exclusion = nil }
  }

  private static func words(_ labels: RunLabels) -> String {
    var words: [String] = []
    if let name = labels.name { words.append("name \(name.oneLine)") }
    words += labels.tags.sorted { $0.key < $1.key }.map {
      "tag \($0.key.oneLine)=\($0.value.oneLine)"
    }
    if let notes = labels.notes { words.append("notes \(notes.oneLine)") }
    if let exclusion = labels.exclusion { words.append("excluded (\(exclusion.reason.oneLine))") }
    return words.isEmpty ? "no labels" : words.joined(separator: "; ")
  }

  /// How a run can be said to have ended.
  static func status(_ word: String, option: String = "--status") throws -> RunState.Status {
    guard let status = RunState.Status(rawValue: word), status != .running, status != .imported
    else {
      throw ValidationError(option, takes: ["finished", "failed", "killed"], not: word)
    }
    return status
  }
}
