internal import ArgumentParser
internal import Formulas
internal import ScalingLaws
internal import Tables

/// Which law: `--law`, `--formula`.
struct LawOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A law of the catalogue; see 'fitlaws laws'.", valueName: "name"),
    completion: .laws)
  var law: String?

  // A formula may begin with a bound below zero.
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "A law of your own, such as 'loss ~ E + A / N^alpha', or a file that holds it.",
      valueName: "text|file"), completion: .file())
  var formula: String?

  /// The law asked for.
  func source() throws -> FitSpec.Source {
    if law != nil, formula != nil {
      throw ValidationError("Give --law or --formula, not both.")
    }
    guard let formula else { return .law(try Self.law(named: law ?? "chinchilla")) }
    return try Self.source(ofFormula: formula)
  }

  /// A formula as typed, or the one in a file of that name.
  static func source(ofFormula formula: String) throws -> FitSpec.Source {
    if formula.contains("~") { return .formula(formula) }
    let text: String
    do {
      text = String(decoding: try FileBytes.read(formula), as: UTF8.self)
    } catch {
      // A formula that lacks its '~' is no file name: its own error says more.
      if formula.contains(where: { " +*^()<>=;\n".contains($0) }) { return .formula(formula) }
      throw error
    }
    do {
      _ = try Formula(text)
    } catch {
      var fault = error
      fault.source = formula
      throw InputFault(fault.description)
    }
    return .formula(text)
  }

  static func law(named name: String) throws -> Law {
    if let law = Law.named(name) { return law }
    let hint = nearest(name, among: Law.all.map(\.name)).map { "did you mean '\($0)'?" }
    throw InputFault("no law '\(name)'; \(hint ?? "'fitlaws laws' lists them")")
  }
}
