public import Tables

/// How far a run has come: the file `state.json`, which the run's writer replaces.
public struct RunState: Sendable, Hashable {
  /// Whether and how a run ended.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// It has not ended, as far as the file knows.
    case running
    /// It ended as planned.
    case finished
    /// It ended with an error.
    case failed
    /// It was stopped from outside.
    case killed
    /// It was imported, and the source does not say how it ended.
    case imported
  }

  /// The last value of a metric.
  public struct Final: Sendable, Hashable {
    /// The value at the largest step; may be NaN.
    public var value: Double
    /// That step.
    public var step: Int

    /// Creates a last value.
    public init(value: Double, step: Int) {
      self.value = value
      self.step = step
    }
  }

  /// A file that will not change any more, and its digest.
  public struct Seal: Sendable, Hashable {
    /// The file's name in the run's directory.
    public var file: String
    /// Its size.
    public var bytes: Int
    /// Its rows of metrics; nil for a file that is no segment.
    public var rows: Int?
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    public var sha256: String

    /// Creates a seal.
    public init(file: String, bytes: Int, rows: Int? = nil, sha256: String) {
      self.file = file
      self.bytes = bytes
      self.rows = rows
      self.sha256 = sha256
    }
  }

  /// Whether and how the run ended.
  public var status: Status
  /// When it ended.
  public var ended: UTCTime?
  /// The last value of each metric, complete once the run has ended: `final`.
  public var final: [String: Final]
  /// Tokens seen, repetitions counted: `tokens_seen`.
  public var tokensSeen: Int?
  /// Floating-point operations done: `flops_done`.
  public var flopsDone: Double?
  /// Files that will not change any more, `run.json` among them.
  public var seals: [Seal]
  /// How often the file was replaced; the store counts.
  public internal(set) var revision = 0
  var nonce = ""
  /// Keys of `state.json` beside these, such as `cost`.
  public var other: [String: JSONValue]

  /// Creates a state.
  public init(
    status: Status = .running, ended: UTCTime? = nil, final: [String: Final] = [:],
    tokensSeen: Int? = nil, flopsDone: Double? = nil, seals: [Seal] = [],
    other: [String: JSONValue] = [:]
  ) {
    self.status = status
    self.ended = ended
    self.final = final
    self.tokensSeen = tokensSeen
    self.flopsDone = flopsDone
    self.seals = seals
    self.other = other

  }
}
