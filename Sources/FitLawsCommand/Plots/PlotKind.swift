internal import ArgumentParser
internal import Figures
internal import Planning
internal import ScalingLaws
internal import Tables

/// What `plot` draws; each kind takes the input and options of a verb.
enum PlotKind: String, CaseIterable {
  case fit, isoflop, frontier, residuals, profile, pairs, compare, plan, curves

  /// A kind by its name.
  static func named(_ name: String) throws -> PlotKind {
    if let kind = PlotKind(rawValue: name) { return kind }
    let names = allCases.map(\.rawValue)
    let hint = nearest(name, among: names).map { "did you mean '\($0)'?" }
    throw ValidationError(
      "no kind '\(name)'; \(hint ?? "the kinds are \(names.joined(separator: ", "))")")
  }

  /// A line for each, for help.
  static var help: String {
    allCases.map { kind in
      "  " + kind.rawValue + String(repeating: " ", count: 11 - kind.rawValue.count) + kind.words
    }.joined(separator: "\n")
  }

  private var words: String {
    switch self {
    case .fit: "loss against compute: runs, law, best use of budgets"
    case .isoflop: "curves of equal compute; a table, as 'fitlaws isoflop'"
    case .frontier: "N*, D*, D*/N* against the budget, published laws beside"
    case .residuals: "against N, D and the fit; normal quantiles; outliers"
    case .profile: "the objective along each parameter, with its interval"
    case .pairs: "draws of the parameters, and their correlations"
    case .compare: "groups of runs, as 'fitlaws compare'; or a fit of groups"
    case .plan: "limits, what more of each buys, memory; as 'fitlaws plan'"
    case .curves: "of stored runs (--store --where --metric --against)"
    }
  }

  /// Makes the figure.
  func plot(_ words: PlotWords, only group: String?) async throws -> Plot {
    switch self {
    case .isoflop:
      let verb = try words.parse(as: IsoflopVerb.self)
      let analysis = try await verb.analysis()
      return Plot(
        figure: try .isoflop(analysis), notes: analysis.warnings.map { "warning: \($0)" },
        inputs: [verb.input])
    case .compare: return try await ComparedGroups.plot(words)
    case .plan: return try PlotKind.plan(words)
    case .curves: return try StoredCurves.plot(words)
    case .fit, .frontier, .residuals, .profile, .pairs:
      return try await plot(PicturedFit.read(words, only: group))
    }
  }

  /// The kinds that draw one fit.
  private func plot(_ fit: PicturedFit) throws -> Plot {
    let figure: Figure
    switch self {
    case .frontier:
      figure = try .frontier(
        fit.law, beside: PlotKind.published(beside: fit.law), budgets: fit.budgets,
        inputs: fit.inputs)
    case .residuals: figure = .residuals(fit.law, runs: try fit.requiredRuns("residuals"))
    case .profile:
      figure = try .profiles(
        fit.law, ParameterProfile.profiles(of: fit.fit, on: fit.requiredTable("profiles")),
        level: fit.fit.interval.level)
    case .pairs: figure = try .pairs(fit.law)
    default: figure = try .fit(fit.law, runs: fit.runs, budgets: fit.budgets, inputs: fit.inputs)
    }
    let showsRows = self == .fit
    return Plot(
      figure: figure, notes: (showsRows ? fit.notes : []) + fit.warnings, inputs: fit.files)
  }

  /// What a frontier is shown beside: the constants of the Chinchilla paper and those of Kaplan et
  /// al., as published.
  private static func published(beside law: EstimatedLaw) throws -> [EstimatedLaw] {
    let all = [(Law.chinchilla, "hoffmann", "Hoffmann 2022"), (.kaplan, "kaplan", "Kaplan 2020")]
    return try all.compactMap { published, name, label in
      guard let constants = published.constants(named: name) else { return nil }
      var other = try EstimatedLaw(published, constants)
      other.name = label
      return other
    }
  }

  private static func plan(_ words: PlotWords) throws -> Plot {
    let verb = try words.parse(as: PlanVerb.self)
    let (problem, answers) = try verb.answers()
    guard answers.count == 1 else {
      throw InputFault("--kind plan draws one plan, and the fit has \(answers.count) groups")
    }
    let plan = answers[0].plan
    return Plot(
      figure: .plan(plan, memory: problem.memory.flatMap { plan.memory(within: $0) }),
      notes: plan.warnings.map { "warning: \($0)" }, inputs: [verb.fit, verb.pools])
  }
}
