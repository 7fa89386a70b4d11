internal import CVectorMath

/// The rows of an objective and the buffer one block of them is evaluated into.
///
/// Layout: f, df/dtheta, second derivatives, then three work columns: the coefficients of the
/// gradient and of the second derivatives, those of J J', and room for one number a row.
struct RowBlock: ~Copyable {
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
  private let block: Numbers

  init(kind: ResidualKind, parameterCount: Int, pairs: [ParameterPair]) {
    self.kind = kind
    self.pairs = pairs
    pairBase = (1 + parameterCount) * RowBlock.rows
    workBase = pairBase + pairs.count * RowBlock.rows
    block = Numbers(count: workBase + 3 * RowBlock.rows)
  }

  /// Sets response and weights.
  mutating func load(response: [Double], weights: [Double]) {
    self.weights = weights
    switch kind {
    case .raw: target = response
    case .log:
      target = response
      unsafe vm_log_array(response, &target, response.count)
    case .relative:
      target = response
      inverse = response.map { 1 / $0 }
    }
  }

  /// Evaluates a block of rows at the parameters the evaluator has.
  func evaluate(
    _ rows: Range<Int>, _ order: DerivativeOrder, with evaluator: any RegressionEvaluator
  ) {
    var output = unsafe MutableSpan(_unsafeStart: block.pointer, count: block.count)
    evaluator.evaluate(rows: rows, order: order, into: &output, stride: RowBlock.rows)
  }

  /// Adds the block's part of gradient and matrix (lower triangle).
  func addDerivatives(
    _ n: Int, exact: Bool, free: [Int], position: [Int], gradient: borrowing Numbers,
    matrix: borrowing Numbers
  ) {
    let count = free.count
    precondition(n <= RowBlock.rows && gradient.count >= count && matrix.count >= count * count)
    precondition(free.allSatisfy { $0 >= 0 && (1 + $0) * RowBlock.rows < pairBase })
    let columns = unsafe parts
    unsafe vm_add_products(
      columns.base + RowBlock.rows, RowBlock.rows, free, count, columns.slope, columns.curvature, n,
      columns.work, gradient.pointer, matrix.pointer)
    guard exact else { return }
    for (index, pair) in pairs.enumerated() {
      let a = position[pair.first]
      let b = position[pair.second]
      guard a >= 0 && b >= 0 else { continue }
      matrix[max(a, b) * count + min(a, b)] += unsafe vm_dot(
        columns.base + pairBase + index * RowBlock.rows, columns.slope, n)
    }
  }

  /// Forms the row coefficients of a block and returns its part of F.
  func coefficients(_ rows: Range<Int>, _ loss: Loss, _ order: DerivativeOrder)
    -> Double
  {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= target.count && rows.count <= RowBlock.rows
        && weights.count == target.count && (kind != .relative || inverse.count == target.count))
    let columns = unsafe parts
    let first = rows.lowerBound
    return unsafe target.withUnsafeBufferPointer { target in
      unsafe inverse.withUnsafeBufferPointer { inverse in
        unsafe weights.withUnsafeBufferPointer { weights in
          var block = unsafe vm_rows()
          unsafe block.count = rows.count
          unsafe block.prediction = UnsafePointer(columns.base)
          unsafe block.target = target.baseAddress?.advanced(by: first)
          unsafe block.inverse = inverse.isEmpty ? nil : inverse.baseAddress?.advanced(by: first)
          unsafe block.weights = weights.baseAddress?.advanced(by: first)
          unsafe block.slope = columns.slope
          unsafe block.curvature = columns.curvature
          unsafe block.work = columns.work
          unsafe block.floor = 1
          return unsafe vm_coefficients(
            kind.kernel, loss.kernel, loss.delta ?? 0, Int32(order.rawValue), &block)
        }
      }
    }
  }

  /// Where the parts of the block lie.
  @unsafe private struct Columns {
    /// f; df/dtheta_j is 1 + j columns on.
    let base: UnsafeMutablePointer<Double>
    let slope: UnsafeMutablePointer<Double>
    let curvature: UnsafeMutablePointer<Double>
    let work: UnsafeMutablePointer<Double>
  }

  private var parts: Columns {
    let base = unsafe block.pointer
    let first = unsafe base + workBase
    return unsafe Columns(
      base: base, slope: first, curvature: first + RowBlock.rows,
      work: first + 2 * RowBlock.rows)
  }
}
