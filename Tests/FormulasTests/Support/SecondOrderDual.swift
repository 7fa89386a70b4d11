import Foundation

#if arch(x86_64) && !os(Windows)
  /// Eleven more bits than a double: the reference's own errors do not count.
  typealias Real = Float80
#else
  typealias Real = Double
#endif

/// A value with its gradient and second derivatives, carried forward through every operation.
///
/// This shares nothing with the module, which differentiates a graph in reverse. Beside each derivative
/// runs the sum of the magnitudes of its terms: cancellation between terms is measured against that.
struct SecondOrderDual {
  var value: Real
  var gradient: [Real]
  var hessian: [Real]
  var gradientScale: [Real]
  var hessianScale: [Real]

  var count: Int { gradient.count }

  init(constant value: Real, count: Int) {
    self.value = value
    gradient = Array(repeating: 0, count: count)
    hessian = Array(repeating: 0, count: count * count)
    gradientScale = gradient
    hessianScale = hessian
  }

  init(parameter index: Int, value: Real, count: Int) {
    self.init(constant: value, count: count)
    gradient[index] = 1
    gradientScale[index] = 1
  }

  /// `f(self)` from f and its first two derivatives there.
  func chain(_ f: Real, _ f1: Real, _ f2: Real) -> SecondOrderDual {
    var result = SecondOrderDual(constant: f, count: count)
    for i in 0..<count {
      result.gradient[i] = f1 * gradient[i]
      result.gradientScale[i] = abs(f1) * gradientScale[i]
      for j in 0..<count {
        let k = i * count + j
        result.hessian[k] = f1 * hessian[k] + f2 * gradient[i] * gradient[j]
        result.hessianScale[k] =
          abs(f1) * hessianScale[k] + abs(f2) * gradientScale[i] * gradientScale[j]
      }
    }
    return result
  }

  /// `f(a, b)` from f and its first and second partial derivatives.
  static func chain(
    _ a: SecondOrderDual, _ b: SecondOrderDual, _ f: Real, first: (Real, Real),
    second: (aa: Real, ab: Real, bb: Real)
  ) -> SecondOrderDual {
    let n = a.count
    var result = SecondOrderDual(constant: f, count: n)
    let sizes = (abs(first.0), abs(first.1), abs(second.aa), abs(second.ab), abs(second.bb))
    for i in 0..<n {
      let (ai, bi) = (a.gradient[i], b.gradient[i])
      let (si, ti) = (a.gradientScale[i], b.gradientScale[i])
      result.gradient[i] = first.0 * ai + first.1 * bi
      result.gradientScale[i] = sizes.0 * si + sizes.1 * ti
      for j in 0..<n {
        let k = i * n + j
        let (aj, bj) = (a.gradient[j], b.gradient[j])
        let (sj, tj) = (a.gradientScale[j], b.gradientScale[j])
        var sum = first.0 * a.hessian[k] + first.1 * b.hessian[k]
        sum += second.aa * ai * aj
        sum += second.ab * (ai * bj + bi * aj)
        sum += second.bb * bi * bj
        result.hessian[k] = sum
        var scale = sizes.0 * a.hessianScale[k] + sizes.1 * b.hessianScale[k]
        scale += sizes.2 * si * sj
        scale += sizes.3 * (si * tj + ti * sj)
        scale += sizes.4 * ti * tj
        result.hessianScale[k] = scale
      }
    }
    return result
  }
}

extension SecondOrderDual {
  /// A function of the language by its name, from calculus.
  func applying(_ function: String) -> SecondOrderDual {
    let x = value
    let ln2 = log(2 as Real)
    let ln10 = log(10 as Real)
    switch function {
    case "-": return chain(-x, -1, 0)
    case "exp": return chain(exp(x), exp(x), exp(x))
    case "log": return chain(log(x), 1 / x, -1 / (x * x))
    case "log2": return chain(log(x) / ln2, 1 / (x * ln2), -1 / (x * x * ln2))
    case "log10": return chain(log(x) / ln10, 1 / (x * ln10), -1 / (x * x * ln10))
    case "log1p": return chain(log1p(x), 1 / (1 + x), -1 / ((1 + x) * (1 + x)))
    case "expm1": return chain(expm1(x), exp(x), exp(x))
    case "sqrt":
      let root = x.squareRoot()
      return chain(root, 0.5 / root, -0.25 / (x * root))
    case "abs": return chain(abs(x), x < 0 ? -1 : 1, 0)
    case "tanh":
      let t = tanh(x)
      let slope = 1 / (cosh(x) * cosh(x))
      return chain(t, slope, -2 * t * slope)
    case "sigmoid":
      let s = 1 / (1 + exp(-x))
      let slope = s / (1 + exp(x))
      return chain(s, slope, slope * (1 - 2 * s))
    case "softplus":
      let s = 1 / (1 + exp(-x))
      return chain(log1p(exp(x)), s, s / (1 + exp(x)))
    case "sin": return chain(sin(x), cos(x), -sin(x))
    case "cos": return chain(cos(x), -sin(x), -cos(x))
    case "tan":
      let slope = 1 / (cos(x) * cos(x))
      return chain(tan(x), slope, 2 * tan(x) * slope)
    case "atan":
      let slope = 1 / (1 + x * x)
      return chain(atan(x), slope, -2 * x * slope * slope)
    default: preconditionFailure("no function \(function)")
    }
  }

  /// An operator or a function of two operands by its name.
  static func combining(
    _ a: SecondOrderDual, _ operation: String, _ b: SecondOrderDual
  ) -> SecondOrderDual {
    let (x, y) = (a.value, b.value)
    switch operation {
    case "+": return chain(a, b, x + y, first: (1, 1), second: (0, 0, 0))
    case "-": return chain(a, b, x - y, first: (1, -1), second: (0, 0, 0))
    case "*": return chain(a, b, x * y, first: (y, x), second: (0, 1, 0))
    case "/":
      return chain(
        a, b, x / y, first: (1 / y, -x / (y * y)),
        second: (0, -1 / (y * y), 2 * x / (y * y * y)))
    case "^":
      let f = pow(x, y)
      // The exponent of a negative base is a constant: its derivatives meet nothing.
      let l = x > 0 ? log(x) : 0
      return chain(
        a, b, f, first: (f * y / x, f * l),
        second: (f * y * (y - 1) / (x * x), f * (1 + y * l) / x, f * l * l))
    case "min": return x <= y ? a : b
    case "max": return x >= y ? a : b
    default: preconditionFailure("no operation \(operation)")
    }
  }
}
