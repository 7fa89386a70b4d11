internal import ArgumentParser
internal import RunStore

/// `fitlaws runs show`.
struct RunsShowVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Everything a run says, and its metrics.",
    discussion: """
      The beginning of the identifier is enough, as long as no other run begins so.

      EXAMPLES
        fitlaws runs show 01kav --store lab
        fitlaws runs show 01kav --store lab --format json
      """)

  @Argument(help: ArgumentHelp("The run.", valueName: "id"))
  var id: String

  @OptionGroup var store: StoreOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let store = try store.open()
    let id = try IDLookup.run(id, in: store)
    _ = try store.run(id)
    // What can be read of a damaged curve is shown, and the damage named.
    let curves = try store.curves(of: id, salvaging: true)
    try output.deliver(try RunPresentation(id, curves, in: store))
    try StoreProblems.report(curves.problems)
  }
}
