public import Tables

/// What people say of a run: the file `labels.json`.
public struct RunLabels: Sendable, Hashable {
  /// Why a run is to be left out of fits.
  public struct Exclusion: Sendable, Hashable {
    /// The reason.
    public var reason: String
    /// Who decided.
    public var by: String?
    /// When.
    public var at: UTCTime?

    /// Creates an exclusion.
    public init(reason: String, by: String? = nil, at: UTCTime? = nil) {
      self.reason = reason
      self.by = by
      self.at = at
    }
  }

  /// A name that stands in for the one in `run.json`.
  public var name: String?
  /// Tags, each with a value, which may be empty.
  public var tags: [String: String]
  /// Notes.
  public var notes: String?
  /// Why the run is to be left out; nil if it is not.
  public var exclusion: Exclusion?
  /// How often the file was replaced; the store counts.
  public internal(set) var revision = 0
  var nonce = ""
  /// Keys of `labels.json` beside these.
  public var other: [String: JSONValue]

  /// Creates labels.
  public init(
    name: String? = nil, tags: [String: String] = [:], notes: String? = nil,
    exclusion: Exclusion? = nil, other: [String: JSONValue] = [:]
  ) {
    self.name = name
    self.tags = tags
    self.notes = notes
    self.exclusion = exclusion
    self.other = other

  }
}
