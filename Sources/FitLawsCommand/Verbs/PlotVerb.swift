internal import ArgumentParser
internal import Figures
internal import Tables

/// `fitlaws plot`.
struct PlotVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a fit, an analysis or a plan.",
    usage: """
      fitlaws plot <fit.json> [--kind <kind>] [-o <file>] [--flops <numbers>]
      fitlaws plot <table> [--kind <kind>] [-o <file>] [<options of the verb>]
      """,
    discussion: """
      Kinds:
      \(PlotKind.help)

      The other options are those of the verb that is named, for a table or store those of \
      'fitlaws fit', for a saved fit --flops, --at and --data: it is drawn with the rows it was \
      made from where they are as they were, and --data names a copy. Drawn by gnuplot (apt-get \
      install gnuplot-nox, brew install gnuplot; FITLAWS_GNUPLOT names another).

      EXAMPLES
        fitlaws plot fit.json --flops 1e22,1e24
        fitlaws plot runs.csv --kind isoflop --output fit.svg
      """)

  @Option(
    name: .long, help: ArgumentHelp("What to draw; by default fit.", valueName: "kind"),
    completion: .list(PlotKind.allCases.map(\.rawValue)))
  var kind = "fit"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of fits by group, the group to draw.", valueName: "group"))
  var only: String?

  @OptionGroup(title: "Output") var output: PlotOutputOptions

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "A saved fit, or a table; then the options of the verb that the kind pictures.",
      valueName: "input"), completion: .file(extensions: ["json", "csv"]))
  var words: [String] = []

  func run() async throws {
    let kind = try PlotKind.named(kind)
    let target = try output.target()
    let plot = try await kind.plot(PlotWords(words), only: only)
    try await output.deliver(plot, to: target)
  }
}
