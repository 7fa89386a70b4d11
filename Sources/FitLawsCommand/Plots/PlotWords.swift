internal import ArgumentParser
internal import Figures
internal import Tables

/// The words of `plot` that belong to the verb it pictures.
struct PlotWords {
  let words: [String]

  init(_ words: [String]) { self.words = words }

  /// Whether the input is a saved fit: a JSON file comes first.
  func isSavedFit() throws -> Bool {
    guard let input = words.first, !input.hasPrefix("-") else { return false }
    guard (try? Directory(at: input)) == nil else { return false }
    let first = try FileBytes.read(input).first { !"\t\n\r \u{FEFF}".utf8.contains($0) }
    return first == UInt8(ascii: "{")
  }

  /// The words as those of a verb, which says itself what is wrong with them.
  func parse<Verb: ParsableArguments>(as verb: Verb.Type) throws -> Verb {
    for option in ["--format"]
    where words.contains(where: { $0 == option || $0.hasPrefix(option + "=") }) {
      throw ValidationError("The ending of --output says the format of a picture, not \(option).")
    }
    return try verb.parse(words)
  }
}

/// A figure to deliver, and what a reader should know beside it.
struct Plot {
  var figure: Figure
  var notes: [String] = []
  /// The files it was made from, which it must not replace.
  var inputs: [String?] = []
  /// Whether something could not be read: the command then ends with exit code 3.
  var isPartial = false
}
