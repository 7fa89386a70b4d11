internal import ArgumentParser
internal import ScalingLaws

/// `fitlaws laws`.
struct LawsVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "laws",
    abstract: "List the laws of the catalogue, or explain one.",
    discussion: """
      The formula it prints can be given to --formula, as it is or changed.

      EXAMPLES
        fitlaws laws
        fitlaws laws chinchilla
      """)

  @Argument(help: ArgumentHelp("The law to explain.", valueName: "name"), completion: .laws)
  var name: String?

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    if let name {
      try output.deliver(LawPresentation(law: try LawOptions.law(named: name)))
    } else {
      try output.deliver(CataloguePresentation(laws: Law.all))
    }
  }
}
