internal import LeastSquares
internal import Tables

/// A power law through pairs of positive numbers: a straight line of logarithms by weighted least
/// squares.
///
///     y = coefficient * x^exponent
///     minimise  sum_i w_i (ln y_i - ln coefficient - exponent ln x_i)^2
///
/// Only the ratios of the weights matter: the variance of a point of unit weight is estimated from
/// the scatter about the line, so that intervals stay honest where the standard deviations behind
/// the weights are too small. Intervals use quantiles of Student's t with two degrees of freedom
/// fewer than points; through two points there are none.
///
///     let law = try PowerLawFit(x: budgets, y: optimalParams, weights: errors.map { 1 / ($0 * $0)
/// })
///     law.exponent
///     law.interval(at: 1e24, level: 0.95)
public struct PowerLawFit: Sendable, Hashable {
  /// The exponent.
  public let exponent: Double
  /// The factor before the power.
  public let coefficient: Double
  /// Standard error of the exponent; nil through two points.
  public let exponentError: Double?
  /// Standard error of the natural logarithm of the coefficient; nil through two points.
  public let logCoefficientError: Double?
  /// Points of positive weight minus two.
  public let degreesOfFreedom: Int

  /// The weighted mean of ln x, about which the line is fitted.
  private let middle: Double
  /// The height of the line there.
  private let height: Double
  /// Covariance of that height and the exponent; nil through two points.
  private let covariance: [Double]?

  /// Fits the law.
  ///
  /// - Parameters:
  ///   - x: positive numbers, of which two differ.
  ///   - y: a positive number for each.
  ///   - weights: a number of at least 0 for each, such as the inverse of the variance of ln y. The
  ///     default is equal weights.
  /// - Throws: `AnalysisError` `badValue` naming the pair (counted from 1) that has no logarithm or
  ///   weight, `tooFewRows` where fewer than two different x have weight.
  /// - Complexity: O(count).
  public init(x: [Double], y: [Double], weights: [Double]? = nil) throws(AnalysisError) {
    precondition(x.count == y.count, "a y for every x")
    let weights = weights ?? Array(repeating: 1, count: x.count)
    precondition(weights.count == x.count, "a weight for every x")
    for index in x.indices {
      for value in [x[index], y[index]] where !(value > 0 && value.isFinite) {
        throw AnalysisError(
          .badValue,
          "pair \(index + 1) of a power law: \(NumberText.shortest(value)) is no positive number")
      }
      guard weights[index] >= 0, weights[index].isFinite else {
        throw AnalysisError(
          .badValue,
          "pair \(index + 1) of a power law: the weight \(NumberText.shortest(weights[index])) "
            + "is no number of at least 0")
      }
    }
    let logX = x.map(logarithm)
    let total = weights.reduce(0, +)
    let used = zip(logX, weights).filter { $0.1 > 0 }.map(\.0)
    guard let low = used.min(), let high = used.max(), high > low else {
      throw AnalysisError(
        .tooFewRows, "a power law needs two different x of positive weight; add budgets")
    }
    let mean = zip(logX, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    guard
      let line = LinearFit(
        design: logX.map { [1, $0 - mean] }, response: y.map(logarithm),
        weights: weights.map { $0 / total })
    else { throw AnalysisError(.undetermined, "the pairs do not determine a power law") }
    exponent = line.coefficients[1]
    middle = mean
    height = line.coefficients[0]
    coefficient = exponential(height - exponent * mean)
    degreesOfFreedom = line.degreesOfFreedom
    guard line.degreesOfFreedom > 0 else {
      covariance = nil
      exponentError = nil
      logCoefficientError = nil
      return
    }
    let variance = line.residualSum / Double(line.degreesOfFreedom)
    let matrix = line.inverse.map { $0 * variance }
    covariance = matrix
    exponentError = max(matrix[3], 0).squareRoot()
    logCoefficientError = Self.variance(matrix, at: -mean).squareRoot()
  }

  private static func variance(_ matrix: [Double], at offset: Double) -> Double {
    max(matrix[0] + 2 * offset * matrix[1] + offset * offset * matrix[3], 0)
  }

  /// The law's y at an x.
  public func value(at x: Double) -> Double {
    exponential(height + exponent * (logarithm(x) - middle))
  }

  /// The interval of the law's y at an x, formed for its logarithm; nil through two points.
  ///
  /// - Precondition: the level lies between 0 and 1.
  public func interval(at x: Double, level: Double) -> Uncertainty.Interval? {
    guard let covariance, let t = quantile(level) else { return nil }
    let error = Self.variance(covariance, at: logarithm(x) - middle).squareRoot()
    let (y, factor) = (value(at: x), exponential(t * error))
    return Uncertainty.Interval(lower: y / factor, upper: y * factor)
  }

  /// The interval of the exponent; nil through two points.
  ///
  /// - Precondition: the level lies between 0 and 1.
  public func exponentInterval(level: Double) -> Uncertainty.Interval? {
    guard let exponentError, let t = quantile(level) else { return nil }
    return Uncertainty.Interval(
      lower: exponent - t * exponentError, upper: exponent + t * exponentError)
  }

  /// The interval of the coefficient, formed for its logarithm; nil through two points.
  ///
  /// It is the interval of y at x = 1, far from any data where x is compute: expect it to be wide.
  ///
  /// - Precondition: the level lies between 0 and 1.
  public func coefficientInterval(level: Double) -> Uncertainty.Interval? {
    interval(at: 1, level: level)
  }

  private func quantile(_ level: Double) -> Double? {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    guard degreesOfFreedom > 0 else { return nil }
    return StudentT.quantile((1 + level) / 2, degreesOfFreedom: Double(degreesOfFreedom))
  }
}
