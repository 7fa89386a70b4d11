#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The rows of an objective and the buffer one block of them is evaluated into.
///
/// Layout: f, df/dtheta, second derivatives, then four work columns: the coefficients of the
/// gradient, of J J' and of the second derivatives, and J scaled by the second of these.
struct RowBlock {
  /// Rows in a block: its columns stay in the first-level cache.
  static let rows = 256

  let kind: ResidualKind
  private let pairs: [ParameterPair]
  private let pairBase: Int
  private let workBase: Int
  /// ln y for log residuals, else y.
  private(set) var target: [Double] = []
  /// 1 / y for relative residuals, else empty.
  private(set) var inverse: [Double] = []
  private(set) var weights: [Double] = []
  private var block: [Double]

  init(kind: ResidualKind, parameterCount: Int, pairs: [ParameterPair]) {
    self.kind = kind
    self.pairs = pairs
    pairBase = (1 + parameterCount) * RowBlock.rows
    workBase = pairBase + pairs.count * RowBlock.rows
    block = Array(repeating: 0, count: workBase + 4 * RowBlock.rows)
  }

  /// Sets response and weights.
  mutating func load(response: [Double], weights: [Double]) {
    self.weights = weights
    switch kind {
    case .raw: target = response
    case .log: target = response.map { Double(log($0)) }
    case .relative:
      target = response
      inverse = response.map { 1 / $0 }
    }
  }

  /// Evaluates a block of rows at the parameters the evaluator has.
  mutating func evaluate(
    _ rows: Range<Int>, _ order: DerivativeOrder, with evaluator: any RegressionEvaluator
  ) {
    var output = block.mutableSpan
    evaluator.evaluate(rows: rows, order: order, into: &output, stride: RowBlock.rows)
  }

  /// Adds the block's part of gradient and matrix (lower triangle).
  mutating func addDerivatives(
    _ n: Int, exact: Bool, free: [Int], position: [Int], gradient: inout [Double],
    matrix: inout [Double]
  ) {
    let stride = RowBlock.rows
    let count = free.count
    let base = workBase
    let scaled = base + 3 * stride
    for k in 0..<count {
      let column = (1 + free[k]) * stride
      var output = block.mutableSpan
      multiply(&output, column, base + stride, into: scaled, n)
      let s = output.span
      gradient[k] += dot(s, column, base, n)
      for l in 0...k {
        matrix[k * count + l] += dot(s, scaled, (1 + free[l]) * stride, n)
      }
    }
    guard exact else { return }
    let s = block.span
    for (index, pair) in pairs.enumerated() {
      let a = position[pair.first]
      let b = position[pair.second]
      guard a >= 0 && b >= 0 else { continue }
      matrix[max(a, b) * count + min(a, b)] +=
        dot(s, pairBase + index * stride, workBase + 2 * stride, n)
    }
  }

  /// Forms the row coefficients of a block and returns its part of F.
  mutating func coefficients(_ rows: Range<Int>, _ loss: Loss, _ order: DerivativeOrder)
    -> Double
  {
    switch loss {
    case .squares: coefficients(SquaresKernel(), rows, order)
    case .huber(let delta): coefficients(HuberKernel(delta: delta), rows, order)
    case .softL1(let delta): coefficients(SoftL1Kernel(delta: delta), rows, order)
    case .cauchy(let delta): coefficients(CauchyKernel(delta: delta), rows, order)
    case .absolute: coefficients(AbsoluteKernel(), rows, order)
    }
  }

  @inline(__always)
  private mutating func coefficients<Kernel: LossKernel>(
    _ kernel: Kernel, _ rows: Range<Int>, _ order: DerivativeOrder
  ) -> Double {
    let exact = order == .hessian
    let isLog = kind == .log
    let isRelative = kind == .relative
    let base = workBase
    let stride = RowBlock.rows
    let weights = weights
    let target = target
    let inverse = inverse
    let count = rows.count
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= target.count && count <= stride
        && weights.count == target.count && (!isRelative || inverse.count == target.count))
    let w = weights.span
    let y = target.span
    let scale = inverse.span
    var output = block.mutableSpan
    var sum = 0.0
    for i in 0..<count {
      let row = rows.lowerBound + i
      let f = unsafe output[unchecked: i]
      let r: Double
      let s: Double
      if isLog {
        guard f > 0 else { return .infinity }
        r = unsafe y[unchecked: row] - log(f)
        s = 1 / f
      } else if isRelative {
        s = unsafe scale[unchecked: row]
        r = unsafe (y[unchecked: row] - f) * s
      } else {
        r = unsafe y[unchecked: row] - f
        s = 1
      }
      let weight = unsafe w[unchecked: row]
      let terms = kernel.terms(r)
      sum += weight * terms.rho
      if order == .value { continue }
      let slope = -weight * terms.psi * s
      unsafe output[unchecked: base + i] = slope
      if exact {
        let curvature = terms.slope + (isLog ? terms.psi : 0)
        unsafe output[unchecked: base + stride + i] = weight * curvature * s * s
        unsafe output[unchecked: base + 2 * stride + i] = slope
      } else {
        unsafe output[unchecked: base + stride + i] = weight * terms.weight * s * s
      }
    }
    return sum
  }
}
