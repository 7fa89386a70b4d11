public import Tables

/// A run as a foreign folder or file tells of it, before it enters a store.
public struct ImportedRun: Sendable, Hashable {
  /// A value of a metric.
  public struct Point: Sendable, Hashable {
    /// The step, which may be negative.
    public var step: Int
    /// When; nil if the source does not say.
    public var time: UTCTime?
    /// The value; NaN and infinities are kept.
    public var value: Double

    /// Creates a value.
    public init(step: Int, time: UTCTime? = nil, value: Double) {
      self.step = step
      self.time = time
      self.value = value
    }
  }

  /// What the source is.
  public var format: ImportFormat
  /// What identifies the source store wherever it lies, such as an experiment's id; never a path.
  public var store: String
  /// The run's identifier in the source.
  public var id: String
  /// The file or folder it was read from, from the root of the source, for messages.
  public var place: String
  /// A name for people; empty if the source has none.
  public var name = ""
  /// Whether and how it ended.
  public var status = RunState.Status.imported
  /// When it began.
  public var started: UTCTime?
  /// When it ended.
  public var ended: UTCTime?
  /// Whether the curves are known to be a sample of the rows logged.
  public var isSampled = false
  /// Whether the run was deleted in the source.
  public var isDeleted = false
  /// Hyperparameters; text where the source keeps them as text.
  public var config: [String: JSONValue] = [:]
  /// Tags.
  public var tags: [String: String] = [:]
  /// Notes.
  public var notes: String?
  /// What else the source says of the run, such as the user; kept in `source` of `run.json`.
  public var origin: [String: JSONValue] = [:]
  /// The metrics by name, each in the order of the source.
  public var metrics: [String: [Point]] = [:]

  /// Creates a run without content.
  public init(format: ImportFormat, store: String, id: String, place: String) {
    self.format = format
    self.store = store
    self.id = id
    self.place = place
  }

  /// The identifier the run has in every store it is imported into.
  public var runID: RunID { RunID(imported: format.kind, source: store, run: id) }

  /// Metrics of one row: a row of the store has at most a MiB.
  private static let mostMetrics = 2000

  /// The metrics as rows, by step and then by time.
  ///
  /// Values of one step and time share a row; a metric with several values there takes as many
  /// rows, in the order of the source, so that none is lost.
  public var rows: [MetricRow] {
    struct Place: Hashable {
      var step: Int
      var time: UTCTime?
    }
    var rows: [Place: [[String: Double]]] = [:]
    for name in metrics.keys.sorted() {
      var taken: [Place: Int] = [:]
      for point in metrics[name] ?? [] {
        let place = Place(step: point.step, time: point.time)
        var index = taken[place, default: 0]
        while index < rows[place]?.count ?? 0,
          rows[place]?[index].count ?? 0 >= Self.mostMetrics
        {
          index += 1
        }
        taken[place] = index + 1
        if index < rows[place]?.count ?? 0 {
          rows[place]?[index][name] = point.value
        } else {
          rows[place, default: []].append([name: point.value])
        }
      }
    }
    let places = rows.keys.sorted { a, b in
      (a.step, a.time?.milliseconds ?? .min) < (b.step, b.time?.milliseconds ?? .min)
    }
    return places.flatMap { place in
      (rows[place] ?? []).map { MetricRow(step: place.step, time: place.time, $0) }
    }
  }
}

/// What was read from sources, and what could not be.
public struct ImportedRuns: Sendable {
  /// What was left out on purpose.
  public struct Skipped: Sendable, Hashable, CustomStringConvertible {
    /// The file or folder, from the root of the source.
    public var place: String
    /// Why.
    public var reason: String

    /// Creates a note.
    public init(place: String, reason: String) {
      self.place = place
      self.reason = reason
    }

    /// One line: `mlruns/1/…: a deleted run; …`.
    public var description: String { "\(place): \(reason)" }
  }

  /// The runs, in the order of the sources.
  public var runs: [ImportedRun] = []
  /// What was left out on purpose: deleted runs and experiments.
  public var skipped: [Skipped] = []
  /// What could not be read, with file and line; paths are from the root of the source.
  public var problems: [RunStoreProblem] = []

  /// Creates an empty answer.
  public init() {}
}
