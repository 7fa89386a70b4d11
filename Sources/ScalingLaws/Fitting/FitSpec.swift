public import LeastSquares
internal import Tables

/// What to fit, and how: a law, the columns it reads, the rows it uses, the objective and the
/// interval.
///
/// The defaults are the literature's for loss laws: log residuals under Huber's loss with delta
/// 1e-3, summed, minimised globally.
public struct FitSpec: Sendable, Hashable {
  /// Where the law comes from.
  public enum Source: Sendable, Hashable {
    /// A law of the catalogue.
    case law(Law)
    /// A formula of the user's.
    case formula(String)
  }

  /// How intervals are found.
  public enum Interval: Sendable, Hashable {
    /// The sandwich covariance and quantiles of Student's t.
    case covariance
    /// Percentiles over refits of resampled rows, each with its own global search.
    case bootstrap(replicates: Int)
    /// The same draws, corrected for bias and skewness.
    case bca(replicates: Int)
    /// Likelihood ratio: where the objective has risen by more than chance explains.
    case profile
    /// All of them, side by side; the percentiles come first.
    case all(replicates: Int)

    /// The methods, the one that leads first.
    public var methods: [IntervalMethod] {
      switch self {
      case .covariance: [.covariance]
      case .bootstrap: [.bootstrap]
      case .bca: [.bca]
      case .profile: [.profile]
      case .all: [.bootstrap, .bca, .covariance, .profile]
      }
    }

    /// How many resamples it refits; nil where it needs none.
    public var replicates: Int? {
      switch self {
      case .covariance, .profile: nil
      case .bootstrap(let count), .bca(let count), .all(let count): count
      }
    }
  }

  /// What a bootstrap resamples.
  public enum Resampled: String, Sendable, Hashable, CaseIterable {
    /// Rows, or clusters of rows, with replacement.
    case rows
    /// The signs of the residuals, the rows staying as they are: for designs that must not be
    /// thinned.
    case wild
  }

  /// The law.
  public var source: Source
  /// For a name in the formula, the column (or an expression of columns) it stands for.
  ///
  /// Names not mentioned are found by name and by the usual synonyms, see `ColumnMapping`.
  public var columns: [String: String] = [:]
  /// Which rows to use, as a filter of the formula language.
  ///
  /// The default is all.
  public var filter: String?
  /// How residuals are formed.
  ///
  /// The default is the law's.
  public var residuals: ResidualKind?
  /// The loss.
  ///
  /// The default is the law's.
  public var loss: Loss?
  /// The column of row weights.
  ///
  /// The default is equal weights.
  public var weights: String?
  /// Bounds by parameter; they replace those stated in the formula.
  public var bounds: [String: Bounds] = [:]
  /// Parameters held at a value.
  public var fixed: [String: Double] = [:]
  /// Start values by parameter.
  ///
  /// Parameters not mentioned start at the middle of their search range.
  public var start: [String: Double] = [:]
  /// Whether only the start is polished, instead of a global search.
  public var isLocal = false
  /// How far the search goes.
  ///
  /// The default, nil, is the standard effort.
  public var search: SearchEffort?
  /// The most evaluations of the law that the search makes.
  ///
  /// The default, nil, is those of its effort.
  public var evaluations: Int?
  /// How intervals are found.
  ///
  /// The default is by covariance.
  public var interval = Interval.covariance
  /// The parameters that get an interval by profile, each of which costs some twenty refits.
  ///
  /// The default, nil, is all of them.
  public var profiledParameters: Set<String>?
  /// The column that says which rows are resampled together.
  ///
  /// The default is each row for itself.
  public var cluster: String?
  /// What is resampled.
  ///
  /// The default is rows.
  public var resampling = Resampled.rows
  /// The seed of the resampling.
  ///
  /// The default is 0.
  public var seed: UInt64 = 0
  /// The level of intervals, between 0 and 1.
  ///
  /// The default is 0.95.
  public var level = 0.95
  /// Tasks to run at once; results do not depend on it.
  ///
  /// The default is one per processor.
  public var tasks: Int?

  /// Makes a specification with the defaults.
  public init(_ source: Source) { self.source = source }

  /// Fits a law of the catalogue with the defaults.
  public init(law: Law) { self.init(.law(law)) }

  var law: Law? {
    if case .law(let law) = source { law } else { nil }
  }

  var formulaText: String {
    switch source {
    case .law(let law): law.formula
    case .formula(let text): text
    }
  }

  func validate() throws(AnalysisError) {
    guard level > 0, level < 1 else {
      throw AnalysisError(
        .badSetting,
        "level \(NumberText.shortest(level)): a level lies between 0 and 1, such as 0.95")
    }
    if let replicates = interval.replicates, !(2...10_000_000).contains(replicates) {
      throw AnalysisError(
        .badSetting,
        "\(replicates) replicates: a bootstrap takes from 2 to 10,000,000, such as 4000")
    }
    if cluster != nil, interval == .profile {
      throw AnalysisError(
        .badSetting,
        "a profile takes rows as independent; with --cluster use --interval covariance, bootstrap "
          + "or bca")
    }
    if isLocal, start.isEmpty {
      throw AnalysisError(
        .badSetting, "a local fit needs start values (--start alpha=0.3,beta=0.4)")
    }
  }
}
