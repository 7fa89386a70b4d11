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
    let text = text.replacing(folder, with: "/data")
      .replacing(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ/, with: "2000-01-01T00:00:00.000Z")
      .replacing(/\b(log-\d{4}-)[0-9a-z]{8}\b/) { $0.output.1 + "00000000" }
    return text.replacing(/\b[0-9a-hjkmnp-tv-z]{26}\b/) { match in
      if let known = identifiers[match.output] { return known }
      let number = String(identifiers.count + 1)
      let zeros = String(repeating: "0", count: 25 - number.count)
      let name = match.output.prefix(1) + zeros + number
      identifiers[match.output] = String(name)
      return String(name)
    }
  }
}
