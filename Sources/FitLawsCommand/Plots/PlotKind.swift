internal import ArgumentParser
internal import Figures
internal import ScalingLaws
internal import Tables

/// What `plot` draws; each kind takes the input and options of a verb.
enum PlotKind: String, CaseIterable {
  case fit, isoflop

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
      "  " + kind.rawValue.padding(to: 11) + kind.words
    }.joined(separator: "\n")
  }

  private var words: String {
    switch self {
    case .fit: "loss against compute, the optimum and its band (--flops)"
    case .isoflop: "curves of equal compute; a table, as 'fitlaws isoflop'"
    }
  }

  /// Makes the figure.
  func plot(_ words: PlotWords, only group: String?) async throws -> Plot {
    switch self {
    case .fit:
      let fit = try await PicturedFit.read(words, only: group)
      return Plot(
        figure: try .fit(fit.law, runs: fit.runs, budgets: fit.budgets, inputs: fit.inputs),
        notes: fit.notes, inputs: fit.files)
    case .isoflop:
      let verb = try words.parse(as: IsoflopVerb.self)
      let analysis = try await verb.analysis()
      return Plot(
        figure: try .isoflop(analysis), notes: analysis.warnings.map { "warning: \($0)" },
        inputs: [verb.input])
    }
  }
}

extension String {
  fileprivate func padding(to length: Int) -> String {
    self + String(repeating: " ", count: max(0, length - count))
  }
}
