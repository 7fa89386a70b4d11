internal import ArgumentParser
internal import ScalingLaws
internal import Tables

/// What a prediction or a decision is made from: a saved fit, or published constants.
struct EstimateOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Instead of a fit: a law of the catalogue.", valueName: "name"),
    completion: .laws)
  var law: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Its published constants; the default is the first that 'fitlaws laws NAME' lists.",
      valueName: "name"))
  var constants: String?

  /// The laws to use, each with the group it was fitted to.
  func laws(fit path: String?) throws -> [(group: String?, law: EstimatedLaw)] {
    switch (path, law) {
    case (let path?, nil):
      guard constants == nil else {
        throw ValidationError("--constants belong to --law; a saved fit has its own.")
      }
      return try FitFile.read(path).map { ($0.group, try EstimatedLaw($0)) }
    case (nil, let name?):
      return [(nil, try published(LawOptions.law(named: name)))]
    case (nil, nil):
      throw ValidationError("Give a saved fit, or --law with --constants.")
    default:
      throw ValidationError("Give a saved fit or --law, not both.")
    }
  }

  /// Where published constants come from; none for a saved fit.
  func sources() throws -> [String] {
    guard let law else { return [] }
    let set = try publishedConstants(LawOptions.law(named: law))
    return ["constants '\(set.name)' of \(law): \(set.citation)"]
  }

  private func published(_ law: Law) throws -> EstimatedLaw {
    try EstimatedLaw(law, publishedConstants(law))
  }

  private func publishedConstants(_ law: Law) throws -> Law.PublishedConstants {
    guard let constants else {
      guard let first = law.defaultConstants else {
        throw InputFault(
          "no verified constants are known for \(law.name); fit it to runs of your own")
      }
      return first
    }
    guard let found = law.constants(named: constants) else {
      let names = law.constants.map(\.name)
      let hint = nearest(constants, among: names).map { "did you mean '\($0)'?" }
      throw InputFault(
        "no constants '\(constants)' of \(law.name); "
          + (hint
            ?? (names.isEmpty ? "none are known" : "known are \(names.joined(separator: ", "))")))
    }
    return found
  }
}

/// Saved fits.
enum FitFile {
  /// The fits of a file; one, unless it was made with `--group`.
  static func read(_ path: String) throws -> [LawFit] { try readWithBytes(path).fits }

  /// The same, with the bytes of the file.
  static func readWithBytes(_ path: String) throws -> (fits: [LawFit], bytes: [UInt8]) {
    let isStandardInput = path == "-"
    let bytes = try isStandardInput ? FileBytes.readStandardInput() : FileBytes.read(path)
    do {
      return (try LawFit.read(bytes), bytes)
    } catch {
      throw InputFault(
        "\(isStandardInput ? FileBytes.standardInputName : path): \(InputFault.line(error))")
    }
  }
}
