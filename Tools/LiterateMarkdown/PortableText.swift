/// Output without what no two runs of a page have in common: the folder they ran in, the time, and
/// identifiers drawn at random.
struct PortableText {
  private let folder: String
  private var identifiers: [Substring: String] = [:]

  /// Text of cells that run in a folder, which will be called `/data`.
  init(folder: String) { self.folder = folder }

  /// The folder is `/data`, every time `2000-01-01T00:00:00.000Z`, and the n-th of the identifiers
  /// that a store of runs draws is its first character, zeros and n, as long as it was; the part of
  /// the name of a log that is drawn is zeros.
  mutating func callAsFunction(_ text: String) -> String {
    // Simple boundaries: by the default ones of Unicode a name and its ending are one word.
    let time = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ/.wordBoundaryKind(.simple)
    let log = /\b(log-\d{4}-)[0-9a-z]{8}\b/.wordBoundaryKind(.simple)
    let identifier = /\b[0-9a-hjkmnp-tv-z]{26}\b/.wordBoundaryKind(.simple)
    let text = text.replacing(folder, with: "/data")
      .replacing(time, with: "2000-01-01T00:00:00.000Z")
      .replacing(log) { $0.output.1 + "00000000" }
    return text.replacing(identifier) { match in
      if let known = identifiers[match.output] { return known }
      let number = String(identifiers.count + 1)
      let zeros = String(repeating: "0", count: 25 - number.count)
      let name = match.output.prefix(1) + zeros + number
      identifiers[match.output] = String(name)
      return String(name)
    }
  }
}
