// A regression function and its exact derivatives, as the fitting engine needs them. The engine
// knows nothing of where the function comes from: a compiled formula and a hand-written kernel
// look the same from here.

/// A regression function f(row; theta) with exact derivatives, over fixed rows.
///
/// The model owns its data (the rows); the response belongs to ``Problem``. Derivatives must be
/// exact, because the last digits of an optimum come from them.
public protocol RegressionModel: Sendable {
  /// The number of rows.
  var rowCount: Int { get }
  /// The number of parameters theta.
  var parameterCount: Int { get }
  /// Parameter pairs (first <= second) whose second derivative of f is not identically zero.
  var hessianPairs: [ParameterPair] { get }
  /// Which parameters enter f linearly given the others; nil when none does.
  var linearStructure: LinearStructure? { get }
  /// Makes an evaluator for the use of one task; evaluators are not Sendable.
  func makeEvaluator() -> any RegressionEvaluator
  /// The same function over a subset of the rows, in the order given.
  ///
  /// - Parameter rows: Indices into the rows of this model; each is valid, none repeats.
  /// - Returns: A model of `rows.count` rows.
  func selecting(rows: [Int]) -> Self
  /// A form of its own for a global search; nil where it is searched as it stands, in the ranges of
  /// its problem.
  ///
  /// - Parameters:
  ///   - bounds: The bounds of the parameters.
  ///   - fixed: Values of those that do not move.
  /// - Returns: The form, or nil.
  func searchModel(bounds: [Bounds], fixed: [Double?]) -> (any SearchModel)?
}

extension RegressionModel {
  /// None.
  public func searchModel(bounds: [Bounds], fixed: [Double?]) -> (any SearchModel)? { nil }
}

/// Two parameter indices, first <= second.
public struct ParameterPair: Sendable, Hashable {
  /// The smaller index.
  public var first: Int
  /// The larger index.
  public var second: Int

  /// Makes the pair of two indices, in either order.
  public init(_ first: Int, _ second: Int) {
    self.first = min(first, second)
    self.second = max(first, second)
  }
}

/// The conditionally linear parameters of a model.
///
/// ```
/// f = sum over k of theta[parameters[k]] * basis_k(nonlinear) + offset(nonlinear)
/// ```
/// where basis_k = df/dtheta[parameters[k]].
public struct LinearStructure: Sendable, Hashable {
  /// Indices of the conditionally linear parameters.
  public var parameters: [Int]
  /// For basis k, the nonlinear parameter indices it depends on; empty for a fixed column.
  public var dependencies: [[Int]]
  /// What the part free of the linear parameters depends on; nil when there is no such part.
  public var offsetDependencies: [Int]?

  /// Describes the linear parameters of a model.
  ///
  /// - Precondition: `parameters` and `dependencies` have the same length.
  public init(parameters: [Int], dependencies: [[Int]], offsetDependencies: [Int]? = nil) {
    precondition(parameters.count == dependencies.count, "one dependency list per parameter")
    self.parameters = parameters
    self.dependencies = dependencies
    self.offsetDependencies = offsetDependencies
  }
}

/// How far an evaluation goes.
public enum DerivativeOrder: Int, Sendable {
  /// Only f: column 0.
  case value
  /// f and its gradient: columns 0...p.
  case gradient
  /// f, gradient and the second derivatives of `hessianPairs`: all columns.
  case hessian
}

/// Evaluates a model over blocks of rows; used by one task at a time.
public protocol RegressionEvaluator: AnyObject {
  /// Sets the parameters for the evaluations that follow.
  func setParameters(_ theta: [Double])
  /// Writes f and its derivatives for a range of rows.
  ///
  /// Column 0 is f, columns 1...p are df/dtheta_j, then (order `.hessian`) one column for each
  /// entry of `hessianPairs`. Column c starts at `c * stride`; row r goes to
  /// `c * stride + (r - rows.lowerBound)`. Values outside the domain of f are written as they
  /// come (NaN, infinity): the caller rejects such a point.
  func evaluate(
    rows: Range<Int>, order: DerivativeOrder, into output: inout MutableSpan<Double>, stride: Int)
}
