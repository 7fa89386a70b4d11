internal import ArgumentParser
internal import Figures
internal import Planning
internal import ScalingLaws

/// Groups of runs to draw: of a table with the options of `compare`, or a saved fit of groups.
enum ComparedGroups {
  static func plot(_ words: PlotWords) async throws -> Plot {
    let input: String
    let comparison: GroupComparison
    if try words.isSavedFit() {
      let options = try words.parse(as: SavedGroupOptions.self)
      input = options.fit
      let fits = try FitFile.read(input)
      guard fits.count > 1 else {
        throw InputFault(
          "\(input): a single fit; fit groups of runs with 'fitlaws fit TABLE --group COLUMN', or "
            + "name a table with --by COLUMN")
      }
      comparison = try await compare(
        LawFits(fits), asked: Assignments.list(options.flops, option: "--flops"),
        range: CompareVerb.range(options.range),
        inputs: Assignments.numbers(options.at, option: "--at"))
    } else {
      let verb = try words.parse(as: CompareVerb.self)
      input = verb.input
      guard let column = verb.by else {
        throw ValidationError("--kind compare draws groups of runs; give their column with --by.")
      }
      let fits = try await verb.groupFits(by: column)
      comparison = try await compare(
        fits, asked: verb.budgets.budgets(),
        range: CompareVerb.range(verb.range), inputs: verb.inputs.byName(),
        seed: verb.intervals.resamples.seed, tasks: verb.intervals.tasks)
    }
    return Plot(
      figure: try .comparison(comparison), notes: comparison.warnings.map { "warning: \($0)" },
      inputs: [input])
  }

  /// Compares along the whole range, which reaches to the budgets asked for.
  private static func compare(
    _ fits: LawFits, asked: [Double], range: ClosedRange<Double>?, inputs: [String: Double],
    seed: UInt64 = 0, tasks: Int? = nil
  ) async throws -> GroupComparison {
    let known = try range ?? GroupComparison.range(of: fits, inputs: inputs)
    let end = range == nil ? asked.max() ?? known.upperBound : known.upperBound
    return try await GroupComparison(
      fits,
      budgets: Figure.budgets(for: known.lowerBound...max(end, 10 * known.lowerBound)),
      range: range, inputs: inputs, seed: seed, tasks: tasks)
  }
}

/// What can be said of a saved fit of groups to draw.
struct SavedGroupOptions: ParsableArguments {
  @Argument var fit: String
  @Option(name: .long, parsing: .unconditionalSingleValue) var flops: [String] = []
  @Option(name: .long, parsing: .singleValue) var at: [String] = []
  @Option(name: .long, parsing: .unconditional) var range: String?
}
