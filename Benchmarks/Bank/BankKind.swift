import ScalingLaws

/// A kind of fitting problem: a formula or a law, and how its rows and its truth are drawn.
///
/// Columns and truth are written in the words of `DrawnValue`, in which `unit` is the unit of the
/// problem.
struct BankKind: Sendable {
  /// Numbers of rows of laws of one column.
  static let someRows = [14, 20, 24, 30, 40, 60, 100, 160]
  /// Units of laws of one column.
  static let manyUnits = [
    1e-9, 1e-6, 1e-3, 1, 100, 1e4, 1e5, 1e6, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e15,
  ]
  /// Units of counts of parameters and tokens.
  static let countUnits = [1, 1e-6, 1e-9, 1e3]

  /// Its name; kinds of one name differ in size only, and take turns.
  var name: String
  /// What is fitted.
  var source: FitSpec.Source
  /// The formula of it.
  var formula: String
  /// The data columns.
  var columns: String
  /// The parameters.
  var truth: String
  /// Numbers of rows to choose from.
  var rows: [Int]
  /// Units to choose from.
  var units: [Double]
  /// The largest noise that leaves its parameters determined, in ranges of the response.
  var noise = 1.0
  /// Whether the response is positive, so that residuals may be logarithmic.
  var isPositive = true
  /// How many responses share each row.
  ///
  /// Columns i1, i2 and so on of ones and zeros tell them apart; with 1 there are none.
  var responses = 1

  /// A formula, by default of one column.
  init(
    _ name: String, _ formula: String, _ columns: String, _ truth: String,
    rows: [Int] = someRows, units: [Double] = manyUnits
  ) {
    (self.name, source, self.formula) = (name, .formula(formula), formula)
    (self.columns, self.truth, self.rows, self.units) = (columns, truth, rows, units)
  }

  /// A law of the catalogue, whose columns go by the law's own names.
  init(law: Law, _ columns: String, _ truth: String, rows: [Int]) {
    (name, source, formula) = ("law:\(law.name)", .law(law), law.formula)
    (self.columns, self.truth, self.rows, units) = (columns, truth, rows, [1])
  }

  /// The same kind with other settings.
  func with(noise: Double = 1, isPositive: Bool = true, responses: Int = 1) -> BankKind {
    var kind = self
    (kind.noise, kind.isPositive, kind.responses) = (noise, isPositive, responses)
    return kind
  }

  /// All kinds.
  static let all: [BankKind] =
    steps + curves + powers + language + mixtures + sharedResponses + learningRates + catalogue
}
