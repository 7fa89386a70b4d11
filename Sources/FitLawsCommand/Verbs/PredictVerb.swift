internal import ArgumentParser
internal import ScalingLaws
internal import Tables

/// `fitlaws predict`.
struct PredictVerb: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict the loss of runs, with intervals.",
    usage: """
      fitlaws predict <fit.json> --at <name=value> ... [<options>]
      fitlaws predict <fit.json> <table> [<options>]
      fitlaws predict --law <name> (--at <point> | <table>) [<options>]
      """,
    discussion: """
      Points come from --at or from a table; what a table says of the response is shown beside the prediction. \
      The interval is that of the law's value: a new run scatters about it.

      EXAMPLES
        fitlaws predict fit.json --at N=70B,D=1.4T
        fitlaws predict --law chinchilla --constants besiroglu --at N=8B,D=15T
      """)

  @Argument(
    help: ArgumentHelp(
      "A saved fit, then a table of runs; with --law only a table.", valueName: "fit.json [table]"),
    completion: .file(extensions: ["json", "csv"]))
  var files: [String] = []

  @OptionGroup var estimate: EstimateOptions

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A point; repeat it for several.", valueName: "name=value"))
  var at: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "The column of the table a name stands for: N=params,D=tokens.", valueName: "name=column"))
  var columns: [String] = []

  @Flag(name: .long, help: "Intervals of a new run, which scatters about the law, not of the mean.")
  var newRun = false

  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    let fit = estimate.law == nil ? files.first : nil
    let tables = files.dropFirst(fit == nil ? 0 : 1)
    guard tables.count <= 1, tables.isEmpty != at.isEmpty else {
      throw ValidationError("Give points with --at, or one table of runs.")
    }
    let laws = try estimate.laws(fit: fit)
    var presentation = PredictionPresentation(isOfNewRun: newRun)
    let table = try tables.first.map { try Self.table($0) }
    let stated = try Assignments.texts(columns, option: "--columns")
    guard table != nil || stated.isEmpty else {
      throw ValidationError("--columns belong to a table of runs.")
    }
    let points = try at.map { (text: $0, values: try Assignments.numbers([$0], option: "--at")) }
    for (group, law) in laws {
      if let table {
        let inputs = try law.columns(
          in: table, stated: stated.filter { $0.key != law.responseName })
        let observed = try law.observed(in: table, stated: stated)
        try presentation.append(
          law, group: group, inputs, rowCount: table.rowCount, observed: observed
        ) { "\(table.source):\(table.lineNumber(ofRow: $0)): " }
      } else {
        for (text, point) in points {
          try Self.check(point, text, law)
          try presentation.append(law, group: group, point.mapValues { [$0] }, rowCount: 1)
        }
      }
    }
    try output.deliver(presentation, from: files)
  }

  /// Refuses a point that lacks an input of the law or has one that it does not read.
  private static func check(
    _ point: [String: Double], _ text: String, _ law: EstimatedLaw
  ) throws(InputFault) {
    for name in point.keys.sorted() where !law.inputs.contains(name) {
      let hint = nearest(name, among: law.inputs).map { "; did you mean \($0)?" } ?? ""
      throw InputFault(
        "--at: \(law.name) reads \(law.inputs.joined(separator: ", ")), not \(name)\(hint)")
    }
    for name in law.inputs where point[name] == nil {
      let form = law.inputs.map { "\($0)=\(point[$0].map { Quantity.format($0) } ?? "VALUE")" }
      throw InputFault(
        "--at \(text): no value for \(name); a point has all inputs of \(law.name), as in "
          + "--at \(form.joined(separator: ","))")
    }
  }

  private static func table(_ path: String) throws -> Table {
    let table = try Table.read(contentsOf: path)
    guard table.rowCount > 0 else {
      throw InputFault("\(table.source): a header and no rows; there is nothing to predict")
    }
    return table
  }
}
