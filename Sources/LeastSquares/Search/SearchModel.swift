// What a global search needs of a regression function. A compiled formula has a rewritten form of
// its own; any other model is searched as it stands.

/// A regression function in the parameters that a search moves.
///
/// ```
/// f = offset(alpha) + sum over k of c_k basis_k(alpha)
/// ```
/// Parameters are numbered as in the ``RegressionModel`` it belongs to, but their values may be others:
/// a parameter p that occurs as exp(p) alone may be searched as exp(p).
public protocol SearchModel: Sendable {
  /// The parameters c that are solved for, given the others.
  var linear: [Int] { get }
  /// The parameters alpha that the search moves.
  var nonlinear: [Int] { get }
  /// The bounds of all parameters, in searched values.
  var searchBounds: [Bounds] { get }
  /// For each of ``nonlinear``, whether steps are better taken in its logarithm.
  var isLogarithmic: [Bool] { get }
  /// The most different values of data inside a periodic function; 0 where there is none.
  var periodicPoints: Int { get }
  /// Whether the slope of f jumps somewhere: then every gap between rows may have a minimum.
  var hasKinks: Bool { get }
  /// For each of ``nonlinear``, values in the gaps between the data it is compared with; empty where
  /// it is compared with none.
  var breaks: [[Double]] { get }
  /// Typed parameters from searched ones.
  func typed(_ searched: [Double]) -> [Double]
  /// Searched parameters from typed ones.
  func searched(_ typed: [Double]) -> [Double]
  /// How many turns a periodic function makes over its data, for a frequency or period; else nil.
  func turns(_ axis: Int, _ value: Double) -> Double?
  /// Corrects parameters that were moved by a step, where the law knows of a curve along which it
  /// hardly changes; to first order they must move as before.
  func straighten(_ moved: inout [Double], from theta: [Double], by change: [Double])
  /// An evaluator for the use of one task.
  func makeSearchEvaluator() -> any SearchEvaluator
  /// What draws seeds, for the use of one task.
  func makeSeedSampler() -> any SeedSampler
  /// The same on some of the rows.
  func selecting(rows: [Int]) -> Self
}

extension SearchModel {
  /// Steps are straight where nothing better is known.
  public func straighten(_ moved: inout [Double], from theta: [Double], by change: [Double]) {}
}

/// The columns of a projection that are asked for together.
public enum SearchColumns: Int, Sendable {
  /// The offset, then one column a linear parameter.
  case basis
  /// df/dalpha, one column a nonlinear parameter.
  case slopes
}

/// Evaluates a ``SearchModel`` over all its rows; used by one task at a time.
public protocol SearchEvaluator: AnyObject {
  /// Sets the searched parameters for the evaluations that follow; the basis ignores the linear ones.
  func setParameters(_ theta: [Double])
  /// Writes columns, `stride` numbers each.
  func evaluate(
    _ columns: SearchColumns, rows: Range<Int>, into output: inout MutableSpan<Double>, stride: Int)
}

/// Draws starting points of a search; used by one task at a time.
public protocol SeedSampler: AnyObject {
  /// Searched parameters from a point of the unit cube; the linear ones are 0.
  ///
  /// - Parameters:
  ///   - fractions: one from 0 to 1 for each nonlinear parameter.
  ///   - wide: what the ranges are widened by, 1 for none.
  ///   - layer: the number of the draw.
  /// - Returns: one value for each parameter.
  func draw(_ fractions: [Double], wide: Double, layer: Int) -> [Double]
}
