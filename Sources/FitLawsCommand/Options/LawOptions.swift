internal import ArgumentParser
internal import ScalingLaws
internal import Tables

/// Which law: `--law`, `--formula`.
struct LawOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A law of the catalogue; see 'fitlaws laws'.", valueName: "name"))
  var law: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A law of your own, such as 'loss ~ E + A / N^alpha', or a file that holds it.",
      valueName: "text|file"))
  var formula: String?

  /// The law asked for.
  func source() throws -> FitSpec.Source {
    if law != nil, formula != nil {
      throw ValidationError("Give --law or --formula, not both.")
    }
    guard let formula else { return .law(try Self.law(named: law ?? "chinchilla")) }
    if formula.contains("~") { return .formula(formula) }
    return .formula(String(decoding: try FileBytes.read(formula), as: UTF8.self))
  }

  static func law(named name: String) throws -> Law {
    if let law = Law.named(name) { return law }
    let hint = nearest(name, among: Law.all.map(\.name)).map { "did you mean '\($0)'?" }
    throw InputFault("no law '\(name)'; \(hint ?? "'fitlaws laws' lists them")")
  }
}
