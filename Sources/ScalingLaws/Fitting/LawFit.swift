/// The version of this package, as the command and the files name it.
public let fitLawsVersion = "0.1.0"

/// A fitted law with everything needed to use it and to make it again: the saved form is
/// `fitlaws.fit/1`.
///
/// Readers ignore keys they do not know, and refuse a newer schema. In the file NaN and infinities
/// are the strings "NaN", "Infinity" and "-Infinity".
public struct LawFit: Sendable, Hashable, Codable {
  /// The schema that this version writes.
  public static let currentSchema = "fitlaws.fit/1"

  /// The law fitted.
  public struct LawPart: Sendable, Hashable, Codable {
    /// Its name in the catalogue, or `formula`.
    public var name: String
    /// The formula.
    public var formula: String
  }

  /// The figures fitted to.
  public struct DataPart: Sendable, Hashable, Codable {
    /// Where they came from.
    public var source: String
    /// SHA-256 of the bytes read, in hexadecimal.
    public var sha256: String
    /// Number of rows used.
    public var rows: Int
    /// For each name of the formula, the column or expression it stood for.
    public var columns: [String: String]
    /// The row filter, if there was one.
    public var `where`: String?
    /// Smallest and largest value used, by name; `C` is 6ND where N and D were given without it.
    public var ranges: [String: Range]
  }

  /// The span of a column.
  public struct Range: Sendable, Hashable, Codable {
    /// The smallest value.
    public var lower: Double
    /// The largest value.
    public var upper: Double
  }

  /// The ends of an interval; one is nil where the data leave that side open.
  public struct Ends: Sendable, Hashable, Codable {
    /// The lower end.
    public var lower: Double?
    /// The upper end.
    public var upper: Double?
  }

  /// A quantity computed from the parameters.
  public struct QuantityPart: Sendable, Hashable, Codable {
    /// What it is called.
    public var name: String
    /// Its value at the estimate.
    public var estimate: Double
    /// Its standard error, where one was found.
    public var standardError: Double?
    /// Lower end of its interval.
    public var lower: Double?
    /// Upper end of its interval.
    public var upper: Double?
    /// Its interval by each method, where several were asked for.
    public var intervals: [String: Ends]?
  }

  /// The objective minimised: the sum over rows of weight times loss of the residual.
  public struct ObjectivePart: Sendable, Hashable, Codable {
    /// `log`, `raw` or `relative`.
    public var residuals: String
    /// `squares`, `huber`, `softL1`, `cauchy` or `absolute`.
    public var loss: String
    /// The scale of the loss, where it has one.
    public var delta: Double?
    /// The column of weights, if there was one.
    public var weights: String?
    /// The value at the estimate.
    public var value: Double
  }

  /// One parameter.
  public struct ParameterPart: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Its estimate.
    public var estimate: Double
    /// Its standard error; nil where it was fixed, sits at a bound or is not determined, see
    /// `undetermined`.
    public var standardError: Double?
    /// Lower end of its interval.
    public var lower: Double?
    /// Upper end of its interval.
    public var upper: Double?
    /// Whether the estimate sits at one of its bounds.
    public var atBound: Bool
    /// Whether it was held at a value.
    public var fixed: Bool
    /// The bounds it was fitted in.
    public var bounds: Range
    /// Its interval by each method, where several were asked for.
    public var intervals: [String: Ends]?
  }

  /// How intervals were found.
  public struct IntervalPart: Sendable, Hashable, Codable {
    /// `covariance`, `bootstrap`, `bca` or `profile`: the one that the parameters' ends come from.
    public var method: String
    /// The level.
    public var level: Double
    /// Degrees of freedom: rows or clusters, minus the directions of the parameters that they
    /// determine.
    public var degreesOfFreedom: Int
    /// Number of replicates of a bootstrap.
    public var replicates: Int?
    /// Replicates that found no finite fit; they are left out.
    public var failed: Int?
    /// Replicates whose search ended without reaching a minimum; they are kept.
    public var unconverged: Int?
    /// The seed of the resampling.
    public var seed: UInt64?
    /// The column of clusters.
    public var cluster: String?
    /// What a bootstrap resampled: `rows` or `wild`.
    public var resampled: String?
  }

  /// How good the fit is.
  public struct QualityPart: Sendable, Hashable, Codable {
    /// One minus the residual sum of squares over that about the mean, in the scale of the
    /// residuals; NaN for a constant response, which has none to explain.
    public var r2: Double
    /// Root mean square of the residuals.
    public var rmse: Double
    /// Condition number of the scaled curvature at the estimate; infinite where it is singular.
    public var conditionNumber: Double
    /// What a reader should know before using the numbers.
    public var warnings: [String]
  }

  /// Covariance of the free parameters; of the logarithm for those on scale `log`.
  ///
  /// Where some are not determined, it is that of what is: right for quantities that do not change
  /// along `undetermined.directions`, and for no others.
  public struct CovariancePart: Sendable, Hashable, Codable {
    /// The parameters, in the order of rows and columns.
    public var parameters: [String]
    /// `log` or `linear`, one per parameter.
    public var scales: [String]
    /// The matrix.
    public var matrix: [[Double]]
    /// Vectors over the parameters whose squares v v' sum to the matrix, where its own digits would not
    /// do: where parameters are known in combination only, or nearly so.
    public var root: [[Double]]?
  }

  /// The schema of the file.
  public var schema: String
  /// The version of the package that made it.
  public var version: String
  /// The group of rows fitted, with `--group`.
  public var group: String?
  /// The law.
  public var law: LawPart
  /// The data.
  public var data: DataPart
  /// The objective.
  public var objective: ObjectivePart
  /// The search.
  public var search: SearchPart
  /// The parameters.
  public var parameters: [ParameterPart]
  /// The intervals.
  public var interval: IntervalPart
  /// The quality.
  public var quality: QualityPart
  /// Quantities asked for beside the parameters.
  public var quantities: [QuantityPart]?
  /// The same law fitted otherwise, the fit itself first; nil where it was not asked for.
  public var sensitivity: [SensitivityRow]?
  /// What the choice of runs lets the fit find out.
  public var design: DesignCheck?
  /// What the rows do not determine; nil where they determine every parameter.
  public var undetermined: UndeterminedPart?
  /// The covariance, where it could be found.
  public var covariance: CovariancePart?
  /// The draws of a bootstrap.
  public var draws: Draws?
  /// The parameters with each row or cluster left out in turn: what `bca` needs.
  public var jackknife: Draws?
  /// The residuals in ascending order, or a thousand quantiles of them, in one line: the scatter of
  /// a new run.
  public var residuals: String?

  /// The estimate of a parameter.
  public subscript(name: String) -> Double? {
    parameters.first { $0.name == name }?.estimate
  }
}

/// Several fits of one law, one per group of rows: the saved form is `fitlaws.fits/1`.
public struct LawFits: Sendable, Hashable, Codable {
  /// The schema that this version writes.
  public static let currentSchema = "fitlaws.fits/1"
  /// The schema of the file.
  public var schema: String
  /// The fits, in order of the groups' first appearance.
  public var fits: [LawFit]

  /// Collects fits.
  public init(_ fits: [LawFit]) {
    schema = Self.currentSchema
    self.fits = fits
  }
}
