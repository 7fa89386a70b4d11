internal import ArgumentParser
internal import Figures
internal import ScalingLaws
internal import Tables

/// `fitlaws report`.
struct ReportVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page about a fit: answer, figures, checks, how it was made.",
    usage: "fitlaws report <fit.json> [-o <file>] [<options>]",
    discussion: """
      One HTML file that holds its figures and style and can be read offline and printed; or Markdown, into which \
      figures come with --keep, a folder of SVG files with the scripts that draw them. Rows are read from the data \
      that the fit names where they are as they were, or from --data; without them the page says what is missing. \
      Figures need gnuplot. The same input gives the same bytes: there is no date in it.

      EXAMPLES
        fitlaws report fit.json --output report.html
        fitlaws report fit.json --format markdown --keep figures
      """)

  @Argument(
    help: ArgumentHelp("A saved fit; - is standard input.", valueName: "fit.json"),
    completion: .fit)
  var fit: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A copy of the table that was fitted, where it is not under its name.", valueName: "table"),
    completion: .table)
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Its heading; the default names law and data.", valueName: "text"))
  var title: String?

  @OptionGroup(title: "Optima") var budgets: BudgetOptions
  @OptionGroup(title: "Optima") var inputs: InputOptions
  @OptionGroup(title: "Output") var output: ReportOutputOptions

  func run() async throws {
    let format = try output.chosenFormat()
    let budgets = try budgets.budgets()
    for budget in budgets where !(budget > 0 && budget.isFinite) {
      throw InputFault(
        "--flops: \(NumberText.shortest(budget)) FLOP is no budget; one is positive, such as 1e24")
    }
    let (fits, bytes) = try FitFile.readWithBytes(fit)
    let builder = ReportBuilder(
      fits: fits,
      source: PicturedFit.Source(
        path: fit, data: data, budgets: budgets, inputs: try inputs.byName()),
      sha256: Digest.sha256(bytes), title: title)
    try await output.deliver(try await builder.report(), as: format, from: [fit, data])
  }
}
