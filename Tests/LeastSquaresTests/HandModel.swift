import Foundation
import LeastSquares

/// Value, gradient and second derivatives of one row.
struct HandTerms {
  var value = 0.0
  var gradient: [Double]
  var hessian: [Double]
}

/// A model written by hand as one function of (x, theta).
struct HandModel: RegressionModel {
  var x: [Double]
  var parameterCount: Int
  var hessianPairs: [ParameterPair]
  var linearStructure: LinearStructure?
  var terms: @Sendable (_ x: Double, _ theta: [Double]) -> HandTerms

  var rowCount: Int { x.count }

  func makeEvaluator() -> any RegressionEvaluator { Evaluator(self) }

  func selecting(rows: [Int]) -> HandModel {
    var copy = self
    copy.x = rows.map { x[$0] }
    return copy
  }

  final class Evaluator: RegressionEvaluator {
    let model: HandModel
    var theta: [Double] = []

    init(_ model: HandModel) { self.model = model }

    func setParameters(_ theta: [Double]) { self.theta = theta }

    func evaluate(
      rows: Range<Int>, order: DerivativeOrder, into output: inout MutableSpan<Double>, stride: Int
    ) {
      let p = model.parameterCount
      for row in rows {
        let i = row - rows.lowerBound
        let terms = model.terms(model.x[row], theta)
        output[i] = terms.value
        if order == .value { continue }
        for j in 0..<p { output[(1 + j) * stride + i] = terms.gradient[j] }
        if order == .gradient { continue }
        for k in model.hessianPairs.indices {
          output[(1 + p + k) * stride + i] = terms.hessian[k]
        }
      }
    }
  }

  /// b1 (1 - exp(-b2 x)): Misra1a and BoxBOD.
  static func saturation(_ x: [Double]) -> HandModel {
    HandModel(
      x: x, parameterCount: 2, hessianPairs: [ParameterPair(0, 1), ParameterPair(1, 1)],
      linearStructure: LinearStructure(parameters: [0], dependencies: [[1]])
    ) { x, b in
      let e = exp(-b[1] * x)
      return HandTerms(
        value: b[0] * -expm1(-b[1] * x), gradient: [-expm1(-b[1] * x), b[0] * x * e],
        hessian: [x * e, -b[0] * x * x * e])
    }
  }

  /// b1 (x^2 + x b2) / (x^2 + x b3 + b4): MGH09.
  static func kowalik(_ x: [Double]) -> HandModel {
    HandModel(
      x: x, parameterCount: 4,
      hessianPairs: [
        ParameterPair(0, 1), ParameterPair(0, 2), ParameterPair(0, 3), ParameterPair(1, 2),
        ParameterPair(1, 3), ParameterPair(2, 2), ParameterPair(2, 3), ParameterPair(3, 3),
      ],
      linearStructure: LinearStructure(parameters: [0], dependencies: [[1, 2, 3]])
    ) { x, b in
      let u = x * x + x * b[1]
      let v = x * x + x * b[2] + b[3]
      return HandTerms(
        value: b[0] * u / v,
        gradient: [u / v, b[0] * x / v, -b[0] * u * x / (v * v), -b[0] * u / (v * v)],
        hessian: [
          x / v, -u * x / (v * v), -u / (v * v), -b[0] * x * x / (v * v), -b[0] * x / (v * v),
          2 * b[0] * u * x * x / (v * v * v), 2 * b[0] * u * x / (v * v * v),
          2 * b[0] * u / (v * v * v),
        ])
    }
  }

  /// b1 (b2 + x)^(-1/b3): Bennett5.
  static func bennett(_ x: [Double]) -> HandModel {
    HandModel(
      x: x, parameterCount: 3,
      hessianPairs: [
        ParameterPair(0, 1), ParameterPair(0, 2), ParameterPair(1, 1), ParameterPair(1, 2),
        ParameterPair(2, 2),
      ],
      linearStructure: LinearStructure(parameters: [0], dependencies: [[1, 2]])
    ) { x, b in
      let z = b[1] + x
      let l = log(z)
      let c = 1 / b[2]
      let g = exp(-c * l)
      let dc = c * c  // -d(1/b3)/db3
      return HandTerms(
        value: b[0] * g, gradient: [g, -b[0] * c * g / z, b[0] * g * l * dc],
        hessian: [
          -c * g / z, g * l * dc, b[0] * c * (c + 1) * g / (z * z),
          b[0] * dc * (g / z) * (1 - c * l), b[0] * g * l * dc * c * (c * l - 2),
        ])
    }
  }

  /// b1 / b2 exp(-((x - b3) / b2)^2 / 2): Eckerle4.
  static func peak(_ x: [Double]) -> HandModel {
    HandModel(
      x: x, parameterCount: 3,
      hessianPairs: [
        ParameterPair(0, 1), ParameterPair(0, 2), ParameterPair(1, 1), ParameterPair(1, 2),
        ParameterPair(2, 2),
      ],
      linearStructure: LinearStructure(parameters: [0], dependencies: [[1, 2]])
    ) { x, b in
      let t = (x - b[2]) / b[1]
      let s = b[1]
      let e = exp(-0.5 * t * t) / s
      return HandTerms(
        value: b[0] * e, gradient: [e, b[0] * e * (t * t - 1) / s, b[0] * e * t / s],
        hessian: [
          e * (t * t - 1) / s, e * t / s,
          b[0] * e * (t * t * t * t - 5 * t * t + 2) / (s * s),
          b[0] * e * (t * t * t - 3 * t) / (s * s), b[0] * e * (t * t - 1) / (s * s),
        ])
    }
  }
}
